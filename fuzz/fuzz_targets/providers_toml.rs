//! The TOML door, whatever the text is: no panic, no hang, no error without a place in it. What
//! passes can be generated.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pkce_flow_providers::ProvidersToml;

fuzz_target!(|text: &str| {
    let problems = match ProvidersToml::parse(text) {
        Ok(file) => {
            let generated = pkce_flow_codegen::file("fuzz.toml", text);
            // The enum of all is called Provider: that name alone may be taken.
            let taken = |name: &str| name.replace(['-', '_', '.', ' '], "").eq_ignore_ascii_case("provider");
            let named = file.drafts().iter().any(|draft| {
                taken(draft.rust_name.as_deref().unwrap_or(&draft.name))
            });
            assert!(generated.is_ok() || named, "{generated:?}");
            return;
        }
        Err(problems) => problems,
    };
    assert!(!problems.is_empty(), "an error says what is wrong");
    let lines = text.split('\n').count();
    for problem in &problems {
        let at = problem.location().expect("a mistake in a text has a place in it");
        assert!((1..=lines).contains(&at.line) && at.column >= 1, "{at:?}");
        assert!(text.get(at.range.clone()).is_some(), "{at:?}");
        let excerpt = problem.excerpt().expect("a place has its line");
        assert!(!excerpt.mark().is_empty(), "{excerpt:?}");
        assert!(!problem.what().is_empty() && !problem.help().is_empty(), "{problem:?}");
    }
    assert!(!problems.to_string().is_empty());
});
