//! Mistakes beside the scopes.

use crate::said;

#[test]
fn one_mistake_beside_the_scopes_is_no_other_one() {
    let gitlab = "[providers.app]\npreset = \"gitlab\"\nclient_id = \"id\"\n\
                  redirect_uri = \"https://app.example/cb\"\n";
    for (lines, code) in [
        ("scope = \"raed_api\"\nunlisted_scopes = [\"raed_api\"]\n", "unknown-key"),
        ("scope = \"raed_api\"\nunlisted_scope = \"raed_api\"\n", "wrong-type"),
        ("scope = \"raed_api\"\nscopes_open = \"yes\"\n", "wrong-type"),
        ("scope = [1]\nunlisted_scope = [\"raed_api\"]\n", "wrong-type"),
        ("scope = 1\nunlisted_scope = [\"raed_api\"]\n", "wrong-type"),
        ("scopes = \"raed_api\"\nunlisted_scope = [\"raed_api\"]\n", "unknown-key"),
        ("scope = [\"raed_api\", \"raed_api\"]\n", "unknown-scope"),
    ] {
        let said = said(&format!("{gitlab}{lines}"));
        let codes: Vec<_> = said.lines().step_by(3).collect();
        assert!(codes.len() == 1 && codes[0].ends_with(code), "{codes:?} of {lines}");
    }
}
