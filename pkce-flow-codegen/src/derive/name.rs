//! A provider's name: the key `name`, else its preset's, else the type's in snake_case.

use pkce_flow_providers::{Code, RawValue};
use proc_macro2::Ident;
use syn::ext::IdentExt as _;

use super::attr::Said;
use super::place::Place;

const HELP: &str = "write letters, digits, - and _: it becomes a part of URLs, /login/{provider}";

/// The name of what was declared on this type or variant.
pub(crate) fn name(ident: &Ident, said: &Said, errors: &mut Vec<syn::Error>) -> String {
    if let Some((name, place)) = &said.name {
        if name.trim().is_empty() {
            errors.push(place.coded(Code::EmptyValue, "`name` is empty", HELP));
        } else if !is_name(name) {
            let what = format!("`{}` is not a name that a provider can have", name.escape_debug());
            errors.push(place.coded(Code::BadTableName, &what, HELP));
        }
        return name.clone();
    }
    match said.table.get("preset") {
        Some(RawValue::String(preset)) if !said.inherited("preset") => preset.clone(),
        _ => {
            let name = snake_case(&ident.unraw().to_string());
            if !is_name(&name) {
                let what = format!("`{name}` is not a name that a provider can have");
                let help = format!("give it one, #[pkce(name = \"…\")]; {HELP}");
                errors.push(Place::at(ident.span()).coded(Code::BadTableName, &what, &help));
            }
            name
        }
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

/// `GitLab` -> `git_lab`, `CorpSSO` -> `corp_sso`, `SSOServer` -> `sso_server`.
pub(crate) fn snake_case(ident: &str) -> String {
    let letters: Vec<char> = ident.chars().collect();
    let mut name = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let after = letters.get(at + 1);
        let begins_word = letter.is_uppercase()
            && before.is_some_and(|before| {
                before.is_lowercase()
                    || before.is_numeric()
                    || before.is_uppercase() && after.is_some_and(|after| after.is_lowercase())
            });
        if begins_word {
            name.push('_');
        }
        name.extend(letter.to_lowercase());
    }
    name
}

#[cfg(test)]
mod tests {
    use super::snake_case;

    #[test]
    fn identifiers_become_snake_case() {
        for (ident, name) in [
            ("Corp", "corp"),
            ("GitLab", "git_lab"),
            ("CorpSSO", "corp_sso"),
            ("SSOServer", "sso_server"),
            ("Auth0Login", "auth0_login"),
            ("My_Corp", "my_corp"),
            ("corp", "corp"),
            ("X", "x"),
        ] {
            assert_eq!(snake_case(ident), name);
        }
    }
}
