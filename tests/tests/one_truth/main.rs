//! One corpus through all doors: run-time TOML, attributes, `providers!` and generated source say
//! the same of each bad declaration, and make the same model of its good twin.

mod attributes;
mod corpus;
mod evaluate;
#[path = "../../../providers/tests/problems/known_scopes.rs"]
mod known_scopes;
#[path = "../../../providers/tests/problems/missing.rs"]
mod missing;
#[path = "../../../providers/tests/problems/names.rs"]
mod names;
#[path = "../../../providers/tests/problems/redirects.rs"]
mod redirects;
#[path = "../../../providers/tests/problems/rules.rs"]
mod rules;
#[path = "../../../providers/tests/problems/scopes.rs"]
mod scopes;
#[path = "../../../providers/tests/problems/sets.rs"]
mod sets;
#[path = "../../../providers/tests/problems/shape.rs"]
mod shape;
#[path = "../../../providers/tests/problems/types.rs"]
mod types;
#[path = "../../../providers/tests/problems/urls.rs"]
mod urls;

use std::collections::BTreeSet;
use std::path::Path;

use pkce_flow::Providers;
use pkce_flow_codegen::{derive_pkce_provider, file, providers_macro};
use pkce_flow_providers::{Code, Problems, ProvidersToml, resolve};
use quote::quote;

use self::attributes::{NO_ATTRIBUTES, declaration};
use self::corpus::{Pair, pairs};
use self::evaluate::{Model, declarations, messages};

const FILE: &str = "providers.toml";

/// A case of the model's own tests.
struct Case {
    bad: &'static str,
    #[expect(dead_code, reason = "the words are tested where the cases are")]
    says: &'static str,
    good: &'static str,
}

/// `providers!` of this text.
fn macro_of(text: &str, folder: &Path) -> proc_macro2::TokenStream {
    std::fs::write(folder.join(FILE), text).expect("the folder takes a file");
    providers_macro(quote!("providers.toml"), &[folder.to_owned()], lex)
}

fn lex(text: &str) -> proc_macro2::TokenStream {
    text.parse().expect("it is Rust")
}

/// The codes of these problems, sorted.
fn codes(problems: &Problems) -> Vec<String> {
    let mut codes: Vec<_> =
        problems.iter().map(|problem| problem.code().as_str().to_owned()).collect();
    codes.sort_unstable();
    codes
}

/// What stands behind each declaration of a good text, in its order.
fn models(text: &str) -> Vec<Model> {
    let file = ProvidersToml::parse(text).unwrap_or_else(|problems| panic!("{problems}\n{text}"));
    let models = file.drafts().iter().map(|draft| {
        let resolved = resolve(draft.clone()).expect("it was checked");
        Model {
            name: draft.name.clone(),
            keys: resolved.to_raw(),
            client_secret_required: resolved.client_secret_required(),
        }
    });
    models.collect()
}

#[test]
fn the_toml_doors_say_the_same_words_at_the_same_places() {
    let folder = tempfile::tempdir().expect("a folder");
    for Pair { bad, .. } in pairs() {
        let read = ProvidersToml::parse(bad).expect_err("it is bad").in_file(FILE);
        let said = read.to_string();
        let run_time = Providers::from_toml_str(bad).expect_err("it is bad");
        assert_eq!(run_time.problems().map(codes), Some(codes(&read)), "{bad}");
        assert_eq!(file(FILE, bad).expect_err("it is bad").to_string(), said);
        let [message] = messages(macro_of(bad, folder.path())).try_into().expect("one message");
        for problem in &read {
            assert!(message.contains(&problem.to_string()), "{message}\nhas not\n{problem}");
        }
        let places = message.lines().filter(|line| line.starts_with(FILE)).count();
        assert_eq!(places, read.len(), "{message}");
    }
}

#[test]
fn attributes_say_the_same_codes() {
    let mut compared = BTreeSet::new();
    for Pair { bad, .. } in pairs() {
        let Some(declaration) = declaration(bad) else { continue };
        let expected = codes(&ProvidersToml::parse(bad).expect_err("it is bad"));
        let said = messages(derive_pkce_provider(declaration.clone(), lex));
        let mut found: Vec<_> = said.iter().filter_map(|message| code_of(message)).collect();
        found.sort_unstable();
        assert_eq!(found, expected, "{bad}\n{declaration}\n{}", said.join("\n"));
        compared.extend(found);
    }
    let environment = [Code::MissingEnvironmentVariable, Code::EmptyEnvironmentVariable];
    for code in Code::ALL {
        let door_has_it = !NO_ATTRIBUTES.contains(code) && !environment.contains(code);
        assert_eq!(compared.contains(code.as_str()), door_has_it, "{code}");
    }
}

/// The code in `what [code]`, the first line of a message.
fn code_of(message: &str) -> Option<String> {
    let (_, code) = message.lines().next()?.rsplit_once(" [")?;
    Some(code.strip_suffix(']')?.to_owned())
}

#[test]
fn every_door_makes_the_same_model_of_a_good_declaration() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut by_attributes = 0;
    for Pair { good, .. } in pairs() {
        let expected = models(good);
        assert_eq!(declarations(&macro_of(good, folder.path())), expected, "{good}");
        let source = file(FILE, good).expect("it is good");
        let source = source.parse().expect("generated source is Rust");
        assert_eq!(declarations(&source), expected, "{good}");
        if let Some(declaration) = declaration(good) {
            let expansion = derive_pkce_provider(declaration, lex);
            assert_eq!(messages(expansion.clone()), Vec::<String>::new(), "{good}");
            assert_eq!(declarations(&expansion), expected, "{good}");
            by_attributes += 1;
        }
    }
    assert!(by_attributes > 150, "only {by_attributes} cases have attributes");
}
