//! What attributes say -> a checked declaration, or mistakes, each at its place.

use pkce_flow_providers::{
    FieldPath, Problem, Problems, Resolved, check, read_declaration, resolve,
};
use proc_macro2::{Ident, Span};
use syn::ext::IdentExt as _;

use super::attr::Said;

/// One checked declaration and the provider's name.
pub(crate) struct Declared {
    pub(crate) name: String,
    pub(crate) resolved: Resolved,
}

/// Reads and checks one declaration; every mistake goes to `errors`.
pub(crate) fn declare(
    ident: &Ident,
    said: &Said,
    errors: &mut Vec<syn::Error>,
) -> Option<Declared> {
    let place = said.place.unwrap_or_else(|| ident.span());
    let name = match &said.name {
        Some(name) if name.value().trim().is_empty() => {
            errors.push(syn::Error::new(name.span(), "`name` is empty: write the provider's name"));
            return None;
        }
        Some(name) => name.value(),
        None => match said.table.get("preset") {
            Some(pkce_flow_providers::RawValue::String(preset)) => preset.clone(),
            _ => snake_case(&ident.unraw().to_string()),
        },
    };
    let (draft, unread) = read_declaration(&name, &FieldPath::root(), &said.table);
    let mut problems = unread;
    let resolved = match resolve(draft) {
        Ok(resolved) => {
            problems.extend(check(&resolved).err().into_iter().flatten());
            Some(resolved)
        }
        Err(found) => {
            problems.extend(found);
            None
        }
    };
    let Err(problems) = Problems::none_or(one_of_each(problems)) else {
        return resolved.map(|resolved| Declared { name, resolved });
    };
    errors.extend(problems.iter().map(|problem| error(problem, said, place)));
    None
}

/// A key that could not be read is not missing as well.
fn one_of_each(problems: Vec<Problem>) -> Vec<Problem> {
    let mut kept: Vec<Problem> = Vec::new();
    for problem in problems {
        let told = kept.iter().any(|other| {
            other.path() == problem.path() || other.path().parent().as_ref() == Some(problem.path())
        });
        if !told {
            kept.push(problem);
        }
    }
    kept
}

fn error(problem: &Problem, said: &Said, place: Span) -> syn::Error {
    let span = said.spans.of(problem).unwrap_or(place);
    syn::Error::new(
        span,
        format!("{} [{}]\nhelp: {}", problem.what(), problem.code(), problem.help()),
    )
}

/// `GitLab` -> `git_lab`, `OAuth2Server` -> `o_auth2_server`.
fn snake_case(ident: &str) -> String {
    let mut name = String::new();
    for c in ident.chars() {
        if c.is_uppercase() && !name.is_empty() && !name.ends_with('_') {
            name.push('_');
        }
        name.extend(c.to_lowercase());
    }
    name
}
