//! The names of tables, and the types that they become.

use std::collections::BTreeMap;

use crate::code::Code;
use crate::draft::Draft;
use crate::excerpt::quoted;
use crate::problem::Problem;
use crate::report::Report;

/// The words that no type may be called.
pub(crate) const KEYWORDS: &[&str] = &[
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield", "_",
];

/// The type's name that a table's name becomes: UpperCamelCase of its words, which `-`, `_`, `.`
/// and spaces separate. Nothing where the result is no identifier.
///
/// ```
/// use pkce_flow_providers::type_name;
///
/// assert_eq!(type_name("microsoft-entra").as_deref(), Some("MicrosoftEntra"));
/// assert_eq!(type_name("42-school"), None);
/// assert_eq!(type_name("self"), None);
/// ```
pub fn type_name(name: &str) -> Option<String> {
    let mut converted = String::new();
    for word in name.split(['-', '_', '.', ' ']) {
        let mut rest = word.chars();
        if let Some(first) = rest.next() {
            converted.push(first.to_ascii_uppercase());
            converted.push_str(rest.as_str());
        }
    }
    is_identifier(&converted).then_some(converted)
}

/// Tells whether `name` can be a type's name: ASCII letters, digits and `_`, no digit at the
/// start, no keyword.
pub fn is_identifier(name: &str) -> bool {
    let mut characters = name.chars();
    characters.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && characters.all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !KEYWORDS.contains(&name)
}

/// The type's name of one declaration: its `rust_name`, else what its table's name becomes.
pub fn type_name_of(draft: &Draft) -> Option<String> {
    match &draft.rust_name {
        Some(name) => is_identifier(name).then(|| name.clone()),
        None => type_name(&draft.name),
    }
}

/// Reports names that are no identifiers, and two declarations that would become one type.
pub(crate) fn name_problems(drafts: &[Draft], report: &mut Report) {
    let mut taken: BTreeMap<String, &Draft> = BTreeMap::new();
    for draft in drafts {
        let Some(name) = type_name_of(draft) else {
            report.push(not_an_identifier(draft));
            continue;
        };
        let Some(first) = taken.get(&name) else {
            taken.insert(name, draft);
            continue;
        };
        let what = format!(
            "the tables {} and {} both become the type `{name}`",
            quoted(&first.name),
            quoted(&draft.name)
        );
        let help = "rename one of them, or give it a rust_name of its own";
        report.push(Problem::new(Code::NameCollision, draft.path.clone(), what, help).at_key());
    }
}

fn not_an_identifier(draft: &Draft) -> Problem {
    if let Some(name) = &draft.rust_name {
        let what = match name.as_str() {
            "" => "`rust_name` is empty".to_owned(),
            _ => format!("{} is not a name that a type can have", quoted(name)),
        };
        let help =
            "write letters, digits and _, a letter first, no keyword: rust_name = \"GitLab\"";
        return Problem::new(Code::BadRustName, draft.path.key("rust_name"), what, help);
    }
    let what = match draft.name.as_str() {
        "" => "the table's name is empty".to_owned(),
        name => format!("the table's name {} does not become an identifier", quoted(name)),
    };
    let help = "begin with a letter, and use letters, digits, - and _; or add rust_name = \"…\"";
    Problem::new(Code::BadTableName, draft.path.clone(), what, help).at_key()
}

/// `my-app` -> `MY_APP_CLIENT_SECRET`.
pub(crate) fn secret_variable(provider: &str) -> String {
    let name: String = provider
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' })
        .collect();
    let name = name.trim_matches('_');
    if name.is_empty() { "CLIENT_SECRET".to_owned() } else { format!("{name}_CLIENT_SECRET") }
}

#[cfg(test)]
mod tests {
    use super::{is_identifier, type_name};

    #[test]
    fn words_become_upper_camel_case() {
        for (name, converted) in [
            ("gitlab", "Gitlab"),
            ("git-lab", "GitLab"),
            ("git_lab", "GitLab"),
            ("GitHub", "GitHub"),
            ("my.corp sso", "MyCorpSso"),
            ("auth0", "Auth0"),
            ("a--b", "AB"),
        ] {
            assert_eq!(type_name(name).as_deref(), Some(converted));
        }
    }

    #[test]
    fn what_is_no_identifier_has_no_name() {
        for name in ["", "-", "1st", "größe", "a/b", "self", "Self", "a\"b"] {
            assert_eq!(type_name(name), None, "{name}");
        }
        for name in ["_", "type", "r#type", "A b"] {
            assert!(!is_identifier(name), "{name}");
        }
    }
}
