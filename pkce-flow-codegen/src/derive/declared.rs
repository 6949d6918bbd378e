//! What attributes say -> checked declarations, or mistakes, each at its place.

use std::collections::{BTreeMap, BTreeSet};

use pkce_flow_providers::{Code, FieldPath, Problem, Resolved, check_set, check_table};
use proc_macro2::Ident;

use super::attr::{self, Said};
use super::inherit::inherit;
use super::name::{name, snake_case};
use super::place::{Place, error_at};
use super::shape::VariantShape;
use crate::write::Variant;

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
    let mut told = Told::new();
    declare_once(ident, said, &mut told, errors)
}

/// The mistakes that an enum's own attributes were told already, by their words.
type Told = BTreeSet<String>;

fn declare_once(
    ident: &Ident,
    said: &Said,
    told: &mut Told,
    errors: &mut Vec<syn::Error>,
) -> Option<Declared> {
    let before = errors.len();
    let Some(place) = said.place else {
        let what = format!("`{ident}` declares nothing: it has no #[pkce(…)]");
        let help =
            "write #[pkce(preset = \"…\", client_id = \"…\", redirect_uri = \"…\")] above it";
        errors.push(Place::at(ident.span()).mistake(&what, help));
        return None;
    };
    let name = name(ident, said, errors);
    let resolved = check_table(&name, &FieldPath::root(), &said.table, &said.broken);
    let resolved = match resolved {
        Ok(resolved) => Some(resolved),
        Err(problems) => {
            let missing = |problem: &&Problem| problem.code().as_str().starts_with("missing-");
            for problem in problems.iter().filter(|problem| !said.keyless || !missing(problem)) {
                if !said.is_of_enum(problem) || told.insert(problem.to_string()) {
                    let error = said.places.error(problem);
                    errors.push(error.unwrap_or_else(|| error_at(place, problem)));
                }
            }
            None
        }
    };
    let resolved = resolved.filter(|_| errors.len() == before && said.broken.is_empty())?;
    Some(Declared { name, resolved })
}

/// Reads and checks the declarations of an enum.
pub(crate) fn declare_variants(
    shared: &Said,
    shapes: Vec<VariantShape>,
    errors: &mut Vec<syn::Error>,
) -> Vec<Variant> {
    if let Some((_, place)) = &shared.name {
        errors.push(place.mistake("`name` is one provider's", "write it on the variant"));
    }
    let mut told = Told::new();
    let mut names: BTreeMap<String, Ident> = BTreeMap::new();
    let mut declared: Vec<(Variant, Said)> = Vec::new();
    for VariantShape { ident, attributes, cfgs } in shapes {
        let mut said = attr::read(&attributes, errors);
        if let Some((_, place)) = &said.krate {
            errors.push(place.mistake("`crate` is the whole enum's", "write it on the enum"));
        }
        inherit(&mut said, shared, errors);
        if said.place.is_some() && said.place_is_of_enum {
            said.place = Some(Place::at(ident.span()));
        }
        let Some(Declared { name, resolved }) = declare_once(&ident, &said, &mut told, errors)
        else {
            continue;
        };
        if let Some(first) = names.get(&name) {
            errors.push(twice(&name, first, &ident, &said));
        } else {
            names.insert(name.clone(), ident.clone());
        }
        declared.push((Variant { ident, name, resolved, cfgs }, said));
    }
    let resolved: Vec<&Resolved> = declared.iter().map(|(variant, _)| &variant.resolved).collect();
    for (at, problem) in check_set(&resolved) {
        let Some((variant, said)) = declared.get(at) else {
            continue;
        };
        // A value that the enum says is not what the variant wrote.
        let own = if said.is_of_enum(&problem) { None } else { said.places.error(&problem) };
        let place = Place::at(variant.ident.span());
        errors.push(own.unwrap_or_else(|| error_at(place, &problem)));
    }
    declared.into_iter().map(|(variant, _)| variant).collect()
}

fn twice(name: &str, first: &Ident, second: &Ident, said: &Said) -> syn::Error {
    let place = match &said.name {
        Some((_, place)) => *place,
        None => Place::at(second.span()),
    };
    let what = format!("the provider `{name}` is declared twice, first by `{first}`");
    let own = snake_case(&second.to_string());
    let own = if own == name { "…" } else { &own };
    let help = format!("give `{second}` a name of its own, #[pkce(name = \"{own}\")]");
    place.coded(Code::NameCollision, &what, &help)
}

impl Said {
    /// Tells whether the mistake is about something that the enum says, not the variant.
    fn is_of_enum(&self, problem: &Problem) -> bool {
        let path = problem.path();
        path.segments().first().is_some_and(|first| match first {
            pkce_flow_providers::Segment::Key(key) => self.inherited(key),
            pkce_flow_providers::Segment::Index(_) => false,
        })
    }
}
