//! The corpus: the cases of the model's own tests, and the examples of the pages of the codes.

use pkce_flow_providers::{Code, ProvidersToml};

use crate::{known_scopes, missing, names, redirects, rules, scopes, sets, shape, types, urls};

/// A declaration with mistakes, and the same without.
pub(crate) struct Pair {
    pub(crate) bad: &'static str,
    pub(crate) good: &'static str,
}

/// Every pair that there is.
pub(crate) fn pairs() -> impl Iterator<Item = Pair> {
    let cases = [
        shape::CASES,
        types::CASES,
        names::CASES,
        missing::CASES,
        urls::CASES,
        redirects::CASES,
        scopes::CASES,
        rules::CASES,
        known_scopes::CASES,
        sets::CASES,
    ];
    let cases = cases.into_iter().flatten().map(|case| Pair { bad: case.bad, good: case.good });
    // What the environment gives is wrong when the manager is made, not in the text.
    let pages = Code::ALL.iter().filter_map(|code| {
        let pair = Pair { bad: example(*code, "Wrong")?, good: example(*code, "Right")? };
        ProvidersToml::parse(pair.bad).is_err().then_some(pair)
    });
    cases.chain(pages)
}

/// The example below this heading of the code's page.
fn example(code: Code, section: &str) -> Option<&'static str> {
    let (_, part) = code.explanation().split_once(&format!("\n## {section}\n"))?;
    let (_, block) = part.split_once("```toml\n")?;
    block.split("```").next()
}

#[test]
fn the_corpus_has_each_code_that_a_text_can_have() {
    let missing: Vec<_> = Code::ALL
        .iter()
        .filter(|code| {
            !pairs().any(|pair| {
                let problems = ProvidersToml::parse(pair.bad).expect_err("it is bad");
                problems.iter().any(|problem| problem.code() == **code)
            })
        })
        .collect();
    let environment = [Code::MissingEnvironmentVariable, Code::EmptyEnvironmentVariable];
    assert_eq!(missing, environment.iter().collect::<Vec<_>>());
}
