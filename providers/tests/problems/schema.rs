//! The JSON Schema is held against the validator, over the whole corpus.

use std::collections::BTreeSet;
use std::path::Path;

use jsonschema::Validator;
use pkce_flow_providers::{Code, Preset, ProvidersToml, schema};
use serde_json::Value;

use crate::cases;

/// What a schema cannot say, or says in part: each of these codes has a bad text that it accepts.
const BEYOND_A_SCHEMA: &[Code] = &[
    // It compares no two values.
    Code::NameCollision,
    Code::MixUp,
    Code::Contradiction,
    Code::UnknownScope,
    Code::UnusedUnlistedScope,
    Code::RelativeWithoutRootUrl,
    // It parses no URL.
    Code::UrlNotNormal,
    Code::ReservedParameter,
    // Headers that differ in the case of letters alone.
    Code::BadHeader,
];

fn validator() -> Validator {
    let schema: Value = serde_json::from_str(&schema::providers_toml()).expect("it is JSON");
    jsonschema::draft7::meta::validate(&schema)
        .unwrap_or_else(|error| panic!("the schema is no schema: {error}"));
    jsonschema::draft7::new(&schema).unwrap_or_else(|error| panic!("{error}"))
}

/// The text as an editor hands it to a schema; nothing where it is no TOML.
fn json(text: &str) -> Option<Value> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let table: toml::Table = toml::from_str(text).ok()?;
    serde_json::to_value(table).ok()
}

fn complaints(validator: &Validator, value: &Value) -> String {
    let complaints = validator.iter_errors(value);
    complaints.map(|error| format!("{}: {error}\n", error.instance_path())).collect()
}

/// The pages of the codes have texts of their own.
fn examples() -> impl Iterator<Item = &'static str> {
    Code::ALL.iter().flat_map(|code| {
        let blocks = code.explanation().split("```toml\n").skip(1);
        blocks.filter_map(|block| block.split("```").next())
    })
}

#[test]
fn the_committed_schema_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("providers.schema.json");
    let schema = schema::providers_toml();
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(&path, &schema).expect("the schema can be written");
    }
    let committed = std::fs::read_to_string(&path).expect("the schema is committed");
    assert!(committed == schema, "it is old: run the tests once with UPDATE_SCHEMA=1");
}

#[test]
fn what_the_validator_accepts_the_schema_accepts() {
    let validator = validator();
    let reference = include_str!("../../reference.toml");
    let texts = cases().flat_map(|case| [case.bad, case.good]).chain(examples()).chain([reference]);
    let mut accepted = 0;
    for text in texts.filter(|text| ProvidersToml::parse(text).is_ok()) {
        let value = json(text).expect("what the validator accepts is TOML");
        let complaints = complaints(&validator, &value);
        assert!(complaints.is_empty(), "{complaints}of this text:\n{text}");
        accepted += 1;
    }
    assert!(accepted > 100, "{accepted}");
}

#[test]
fn the_schema_is_never_stricter_than_the_validator_whatever_is_changed() {
    const CHANGES: &[&str] = &[
        "a",
        "Z",
        "0",
        "-",
        "_",
        ".",
        "..",
        ":",
        "/",
        "//",
        "?",
        "=",
        "&",
        "%",
        "%41",
        "%zz",
        "@",
        "!",
        "$",
        "'",
        "(",
        "*",
        "+",
        ",",
        ";",
        "[",
        "]",
        "{",
        "}",
        "|",
        "^",
        "`",
        "<",
        "~",
        " ",
        "ä",
        "#",
        "",
        "\\t",
        "\\u0000",
        "\\u2028",
        "[::1]",
        "localhost",
        "https://",
        "{tid}",
        "env",
        "Self",
    ];
    let validator = validator();
    let mut state = 0x5eed_u64;
    let mut below = |bound: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).expect("31 bits fit") % bound.max(1)
    };
    let good: Vec<&str> = cases().map(|case| case.good).chain(examples()).collect();
    let mut accepted = 0;
    for _ in 0..10_000 {
        let mut text: Vec<char> = good[below(good.len())].chars().collect();
        let at = below(text.len());
        let until = (at + below(3)).min(text.len());
        text.splice(at..until, CHANGES[below(CHANGES.len())].chars());
        let text: String = text.into_iter().collect();
        if ProvidersToml::parse(&text).is_err() {
            continue;
        }
        let value = json(&text).expect("what the validator accepts is TOML");
        let complaints = complaints(&validator, &value);
        assert!(complaints.is_empty(), "{complaints}of this text:\n{text}");
        accepted += 1;
    }
    assert!(accepted > 1000, "{accepted}");
}

#[test]
fn what_is_refused_the_schema_refuses_as_far_as_it_can_say_it() {
    let validator = validator();
    let mut accepted = BTreeSet::new();
    for text in cases().map(|case| case.bad).chain(examples()) {
        let Err(problems) = ProvidersToml::parse(text) else { continue };
        let Some(value) = json(text) else { continue };
        let codes: BTreeSet<Code> = problems.iter().map(|problem| problem.code()).collect();
        if !validator.is_valid(&value) {
            continue;
        }
        let sayable: Vec<_> = codes.iter().filter(|code| !BEYOND_A_SCHEMA.contains(code)).collect();
        assert!(sayable.is_empty(), "{sayable:?} is not refused:\n{text}");
        accepted.extend(codes);
    }
    let listed: BTreeSet<Code> = BEYOND_A_SCHEMA.iter().copied().collect();
    assert_eq!(accepted, listed, "the list names what a schema accepts, and no more");
}

#[test]
fn the_schema_has_every_key_with_a_description_and_every_preset() {
    use pkce_flow_providers::keys::{DECLARATION_KEYS, DEVIATION_KEYS, PROFILE_KEYS};

    let schema: Value = serde_json::from_str(&schema::providers_toml()).expect("it is JSON");
    let table = &schema["properties"]["providers"]["patternProperties"]["^"]["properties"];
    for (table, keys) in [
        (table, DECLARATION_KEYS),
        (&table["profile"]["properties"], PROFILE_KEYS),
        (&table["deviations"]["properties"], DEVIATION_KEYS),
    ] {
        for key in keys {
            assert_eq!(table[key.name]["description"], key.doc, "{}", key.name);
        }
        assert_eq!(table.as_object().map(serde_json::Map::len), Some(keys.len()));
    }
    let presets: Vec<_> = Preset::names().collect();
    assert_eq!(table["preset"]["enum"], Value::from(presets));
}

#[test]
fn no_value_of_a_secret_passes_the_schema() {
    let validator = validator();
    for secret in [
        "\"hunter2\"",
        "{ value = \"hunter2\" }",
        "{ env = \"S\", file = \"/s\" }",
        "{}",
        "[\"hunter2\"]",
        "12345",
    ] {
        let text = format!(
            "[providers.app]\npreset = \"gitlab\"\nclient_id = \"id\"\n\
             redirect_uri = \"https://app.example/cb\"\nclient_secret = {secret}\n"
        );
        assert!(!validator.is_valid(&json(&text).expect("it is TOML")), "{secret}");
        assert!(ProvidersToml::parse(&text).is_err(), "{secret}");
    }
}
