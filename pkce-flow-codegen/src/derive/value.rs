//! A value of `#[pkce(…)]`. It must be known before anything else of the program is, so it is a
//! literal, a list, or the name of where it comes from; anything else is told why not.

use pkce_flow_providers::Code;
use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};

use super::place::{Place, visible};
use super::tokens::{Tokens, begins_entry, end_entry, is_comma};
use super::tree::Value;

/// Reads the value that is next, and not the comma behind it.
pub(crate) fn value(
    tokens: &mut Tokens,
    before: Place,
    key: &str,
    errors: &mut Vec<syn::Error>,
) -> Option<Value> {
    let mut ahead = tokens.clone();
    if let Some(first) = ahead.next() {
        // What is wrong inside counts only where this is a value, not the beginning of something.
        let mut inside = Vec::new();
        if let Known::Value(value) = simple(&first, &mut ahead, key, &mut inside)
            && ends_here(&ahead)
        {
            *tokens = ahead;
            errors.append(&mut inside);
            return value;
        }
    }
    if key == "crate"
        && let Some(path) = path(tokens)
    {
        return Some(path);
    }
    let mut expression = Vec::new();
    while let Some(token) = tokens.next_if(|token| !is_comma(token)) {
        expression.push(token);
    }
    errors.push(refused(&expression, before, key));
    None
}

/// A path such as `$crate::auth`.
fn path(tokens: &mut Tokens) -> Option<Value> {
    let mut ahead = tokens.clone();
    let mut written = Vec::new();
    while let Some(token) = ahead.next_if(|token| !is_comma(token)) {
        written.push(token);
    }
    let place = Place::of(&written, Place::at(written.first()?.span()));
    let parse =
        syn::parse::Parser::parse2(syn::Path::parse_mod_style, written.into_iter().collect());
    let path = parse.ok()?;
    *tokens = ahead;
    Some(Value::Path(path, place))
}

/// Tells whether a value may end here: where a comma is missing, that is what is told.
fn ends_here(ahead: &Tokens) -> bool {
    let literal = |token: &TokenTree| matches!(token, TokenTree::Literal(_));
    let mut next = ahead.clone();
    next.peek().is_none_or(|token| is_comma(token) || literal(token)) || begins_entry(ahead)
}

enum Known {
    /// A value, or nothing where it is wrong inside, which was reported.
    Value(Option<Value>),
    No,
}

fn simple(first: &TokenTree, rest: &mut Tokens, key: &str, errors: &mut Vec<syn::Error>) -> Known {
    let place = Place::at(first.span());
    let value = match first {
        TokenTree::Literal(literal) => match syn::Lit::new(literal.clone()) {
            syn::Lit::Str(text) => Value::Text(text.value(), place),
            syn::Lit::Int(_) => Value::Other("an integer", place),
            syn::Lit::Float(_) => Value::Other("a float", place),
            syn::Lit::Char(_) => Value::Other("a character", place),
            _ => Value::Other("a byte string", place),
        },
        TokenTree::Ident(ident) if ident == "true" => Value::Flag(true, place),
        TokenTree::Ident(ident) if ident == "false" => Value::Flag(false, place),
        TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket => {
            return Known::Value(list(group, key, errors));
        }
        TokenTree::Ident(ident) if ident == "env" || ident == "file" => {
            return match rest.next_if(|token| in_parentheses(token).is_some()) {
                Some(TokenTree::Group(group)) => Known::Value(source(ident, &group, errors)),
                _ => Known::No,
            };
        }
        _ => return Known::No,
    };
    Known::Value(Some(value))
}

fn in_parentheses(token: &TokenTree) -> Option<&Group> {
    match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => Some(group),
        _ => None,
    }
}

fn list(group: &Group, key: &str, errors: &mut Vec<syn::Error>) -> Option<Value> {
    let mut tokens = visible(group.stream()).into_iter().peekable();
    let mut items = Vec::new();
    let mut whole = true;
    while tokens.peek().is_some() {
        match value(&mut tokens, Place::of_group(group), key, errors) {
            Some(item) => items.push(item),
            None => whole = false,
        }
        end_entry(&mut tokens, errors);
    }
    whole.then_some(Value::List(items, Place::of_group(group)))
}

/// `env("NAME")`, `file("PATH")`.
fn source(name: &Ident, group: &Group, errors: &mut Vec<syn::Error>) -> Option<Value> {
    let inside = visible(group.stream());
    let whole = Place::from_to(name.span(), group.span_close());
    if let [TokenTree::Literal(literal), rest @ ..] = inside.as_slice()
        && let syn::Lit::Str(text) = syn::Lit::new(literal.clone())
        && (rest.is_empty() || matches!(rest, [token] if is_comma(token)))
    {
        return Some(Value::Source(name.to_string(), whole, text.value(), Place::at(text.span())));
    }
    let takes = match name.to_string().as_str() {
        "env" => "the name of one environment variable",
        _ => "the path of one file",
    };
    let what = format!("{name}(…) takes {takes}, as a string literal");
    let example = match (inside.as_slice(), name == "env") {
        ([TokenTree::Ident(variable)], true) => format!("env(\"{variable}\")"),
        (_, true) => "env(\"CLIENT_ID\")".to_owned(),
        (_, false) => "file(\"/run/secrets/…\")".to_owned(),
    };
    let place = Place::of(&inside, whole);
    errors.push(place.coded(Code::WrongType, &what, &format!("write {example}")));
    None
}

/// Why this is no value, and what to write instead.
fn refused(expression: &[TokenTree], before: Place, key: &str) -> syn::Error {
    let place = Place::of(expression, before);
    if expression.is_empty() {
        let help = format!("write {key} = \"…\"");
        return place.mistake(&format!("the key `{key}` has no value"), &help);
    }
    let shown = shown(expression, key);
    let in_braces = matches!(expression, [TokenTree::Group(group)] if is_braces(group));
    let what = match expression {
        _ if in_braces => "a value in braces is TOML's, not an attribute's".to_owned(),
        [TokenTree::Ident(word)] if is_lowercase(word) => {
            format!("{shown} is no value: a string stands in quotes")
        }
        [TokenTree::Ident(_)] => {
            format!("{shown} is not known here: attributes are read before constants")
        }
        [.., TokenTree::Punct(mark), TokenTree::Group(_)] if mark.as_char() == '!' => {
            format!("{shown} is not known here: attributes are read before macros")
        }
        _ => format!("{shown} is not known here: attributes are read, not evaluated"),
    };
    let help = match (variable_of(expression), expression) {
        (Some(name), _) => format!("write env({name}), which is read when the manager is made"),
        (None, [TokenTree::Ident(word)]) if is_lowercase(word) => format!("write \"{word}\""),
        // Elsewhere a secret may stand there.
        _ if in_braces && key == "variables" => {
            format!("write {key}({})", entries_of(expression))
        }
        _ if in_braces => format!("write {key}(name = \"…\")"),
        // `GitLab::READ_API`, which is not known yet: its scope in lower case.
        (None, [.., TokenTree::Ident(constant)]) if key.ends_with("scope") => {
            format!("write \"{}\"", constant.to_string().to_lowercase())
        }
        _ if key == "client_secret" => "write env(\"NAME\") or file(\"PATH\")".to_owned(),
        _ if MAY_BE_READ.contains(&key) => "write the string itself, or env(\"NAME\")".to_owned(),
        _ => "write the value itself".to_owned(),
    };
    place.coded(Code::WrongType, &what, &help)
}

/// What stands in the braces, where it is short and has the form of entries.
fn entries_of(expression: &[TokenTree]) -> String {
    if let [TokenTree::Group(group)] = expression
        && begins_entry(&visible(group.stream()).into_iter().peekable())
    {
        let text = group.stream().to_string();
        if text.len() <= 60 && !text.contains('\n') {
            return text;
        }
    }
    "name = \"…\"".to_owned()
}

/// The keys that may come from the environment.
const MAY_BE_READ: &[&str] = &["client_id", "redirect_uri", "root_url", "issuer"];

fn is_braces(group: &Group) -> bool {
    group.delimiter() == Delimiter::Brace
}

fn is_lowercase(word: &Ident) -> bool {
    word.to_string().starts_with(char::is_lowercase)
}

/// Where an expression reads an environment variable: its name, as it is written.
fn variable_of(expression: &[TokenTree]) -> Option<String> {
    fn has_env(tokens: &[TokenTree]) -> bool {
        tokens.iter().any(|token| match token {
            TokenTree::Ident(ident) => ["env", "Env", "ENV", "option_env", "var", "var_os"]
                .iter()
                .any(|word| ident == word),
            TokenTree::Group(group) => has_env(&visible(group.stream())),
            _ => false,
        })
    }
    fn text(tokens: &[TokenTree]) -> Option<String> {
        tokens.iter().find_map(|token| match token {
            TokenTree::Literal(literal) => {
                Some(literal.to_string()).filter(|text| text.starts_with('"'))
            }
            TokenTree::Group(group) => text(&visible(group.stream())),
            _ => None,
        })
    }
    has_env(expression).then(|| text(expression)).flatten()
}

/// The beginning of an expression, in quotes. What may hold a secret is not shown.
fn shown(expression: &[TokenTree], key: &str) -> String {
    if key.contains("secret") {
        return "this expression".to_owned();
    }
    let tokens: TokenStream = expression.iter().cloned().collect();
    let text = tokens.to_string().replace(" :: ", "::").replace(" !", "!").replace("! (", "!(");
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(40) {
        Some((end, _)) => format!("`{}…`", &line[..end]),
        None => format!("`{line}`"),
    }
}
