//! `providers schema`.

use serde_json::Value;

use crate::home::Home;

#[test]
fn the_schema_is_json_and_names_keys_and_presets() {
    let ended = Home::new().run(&["providers", "schema"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    assert_eq!(ended.stdout, pkce_flow_providers::schema::providers_toml());
    let schema: Value = serde_json::from_str(&ended.stdout).expect("JSON");
    assert!(schema["$schema"].is_string(), "{schema}");
    for word in ["\"authorization_endpoint\"", "\"gitlab\""] {
        assert!(ended.stdout.contains(word), "{word}");
    }
}

#[test]
fn the_help_says_how_an_editor_finds_it() {
    let help = Home::new().run(&["providers", "schema", "--help"]).stdout;
    assert!(help.contains("#:schema ./providers.schema.json"), "{help}");
}
