//! The schemas of single values. A pattern here is never stricter than the check of the model.

use serde_json::{Value, json};

use crate::check::{ALGORITHMS, AUTHORIZATION, HEADERS, NEVER_IN_A_URL, TOKEN};
use crate::model::{AuthMethod, ResponseMode};
use crate::names::KEYWORDS;
use crate::preset::Preset;

/// The names of tables that become no type: those need a `rust_name`.
pub(super) const NO_TYPE_NAME: &str =
    "^(?!(?![-_. ]*[sS]elf[-_. ]*$)[-_. ]*[A-Za-z][A-Za-z0-9_. -]*$)";

/// One character of a URL, or one that is percent-encoded.
const CHARACTER: &str = r"(?:[!$&'()*+,./0-9:;=@A-Z_a-z~\[\]-]|%[0-9A-Fa-f]{2})";
/// https with a host, or http with one that is loopback.
const ORIGIN: &str = r"(?:https://[!$&'()+,.0-9:;=_a-z~\[\]-]+|http://(?:127\.[0-9.]+|localhost|\[::1\])(?::[0-9]+)?)";
/// One token of a scope (RFC 6749 section 3.3).
const TOKEN_OF_SCOPE: &str = r"[!#-\[\]-~]+";
/// Anything but control characters, for a class of characters.
const CONTROL: &str = r"\u0000-\u001f\u007f-\u009f";
/// At least one character that is no white space.
const NOT_BLANK: &str = r"\S";

/// The string that the key `name` takes.
pub(super) fn string(name: &str) -> Value {
    let one_of = |names: Vec<&str>| json!({ "type": "string", "enum": names });
    let like = |pattern: String| json!({ "type": "string", "pattern": pattern });
    match name {
        "preset" => preset(),
        "token_endpoint_auth_method" => {
            one_of(AuthMethod::ALL.iter().map(|method| method.as_str()).collect())
        }
        "id_token_signed_response_alg" => one_of(ALGORITHMS.to_vec()),
        "response_mode" => {
            one_of(vec![ResponseMode::Query.as_str(), ResponseMode::FormPost.as_str()])
        }
        "method" => one_of(vec!["GET", "POST"]),
        "rust_name" => json!({
            "type": "string",
            "pattern": "^[A-Za-z_][A-Za-z0-9_]*$",
            "not": { "enum": KEYWORDS },
        }),
        "client_id" => like(r"^[!-~](?:[ -~]*[!-~])?$".to_owned()),
        "redirect_uri" => like(redirect_uri()),
        "issuer" | "root_url" => like(format!("^{ORIGIN}(?:/{CHARACTER}*)?$")),
        "documentation" => {
            like(format!(r"^{ORIGIN}(?:/{CHARACTER}*)?(?:\?(?:{CHARACTER}|\?)*)?(?:#\S*)?$"))
        }
        "issuer_template" => like(r"^https://[^{}]*/[^{}]*\{[A-Za-z0-9_]+\}[^{}]*$".to_owned()),
        "display_name" => like(format!(r"^[^{CONTROL}]*[^\s{CONTROL}][^{CONTROL}]*$")),
        "variables" => like(r"^[.:]*[A-Za-z0-9_~-][A-Za-z0-9._~:-]*$".to_owned()),
        "scope_separator" | "granted_scope_separator" => like(format!("^[^{CONTROL}]+$")),
        "token_response_path" | "subject" | "name" | "email" | "email_verified" | "picture" => {
            like(r"^[^.]*[^.\s][^.]*(?:\.[^.]*[^.\s][^.]*)*$".to_owned())
        }
        // What is left are the endpoints.
        _ => like(endpoint()),
    }
}

/// The names of the presets; taplo shows what each stands for.
fn preset() -> Value {
    let presets = || Preset::names().filter_map(Preset::find);
    let names: Vec<_> = presets().map(|preset| &preset.name).collect();
    let docs: Vec<_> = presets()
        .map(|preset| format!("{}: {}", preset.display_name, preset.documentation))
        .collect();
    json!({ "type": "string", "enum": names, "x-taplo": { "docs": { "enumValues": docs } } })
}

fn redirect_uri() -> String {
    let query = format!(r"(?:\?(?:{CHARACTER}|\?)*)?");
    let private_use = format!(r"[a-z][a-z0-9+.-]*\.[a-z0-9+.-]*:{CHARACTER}*");
    format!("^(?:{ORIGIN}(?:/{CHARACTER}*)?|{private_use}){query}$")
}

/// An absolute URL, or a path that stays below root_url.
fn endpoint() -> String {
    let relative = CHARACTER.replace(":;", ";");
    let query = format!(r"(?:\?(?:{CHARACTER}|\?)*)?");
    let stays_below = r"(?!/)(?!(?:[^?]*/)?\.\.?(?:[/?]|$))(?!.*%(?:2[EFef]|5[Cc]))";
    format!(
        r"^(?:{ORIGIN}(?:/{CHARACTER}*)?{query}|{stays_below}{relative}+(?:\?(?:{relative}|\?)*)?)$"
    )
}

/// A string of the schema `string`, or `{ env = "NAME" }`. One schema of both types, not two of
/// which one must hold: so an editor says what is wrong with the string, or with the table.
pub(super) fn text(mut string: Value) -> Value {
    super::extend(&mut string, source(json!({ "env": environment_name() })));
    super::extend(&mut string, json!({ "type": ["string", "object"] }));
    string
}

/// `{ env = "NAME" }` or `{ file = "PATH" }`: the secret itself is never written out.
pub(super) fn secret() -> Value {
    source(json!({
        "env": environment_name(),
        "file": {
            "description": "The file that holds the secret.",
            "type": "string",
            "pattern": NOT_BLANK,
        },
    }))
}

fn environment_name() -> Value {
    json!({
        "description": "The name of the environment variable.",
        "type": "string",
        "pattern": r"^[^=${}\u0000]*[^=${}\s\u0000][^=${}\u0000]*$",
    })
}

/// A table with exactly one of these keys.
fn source(properties: Value) -> Value {
    json!({
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
        "minProperties": 1,
        "maxProperties": 1,
    })
}

/// The list of strings that the key `name` takes.
pub(super) fn strings(name: &str) -> Value {
    let items = match name {
        "scopes_supported" | "unlisted_scope" => {
            json!({ "type": "string", "pattern": format!("^{TOKEN_OF_SCOPE}$") })
        }
        "id_token_issuers" => {
            json!({ "type": "string", "pattern": format!(r"^[^\s{CONTROL}]+$") })
        }
        _ => json!({ "type": "string" }),
    };
    let mut schema = json!({ "type": "array", "items": items });
    if name == "code_challenge_methods_supported" {
        super::extend(&mut schema, json!({ "contains": { "const": "S256" } }));
    }
    schema
}

/// Tokens with single spaces between them, or a list of tokens.
pub(super) fn scope() -> Value {
    json!({
        "type": ["string", "array"],
        "pattern": format!("^{TOKEN_OF_SCOPE}(?: {TOKEN_OF_SCOPE})*$"),
        "items": { "type": "string", "pattern": format!("^{TOKEN_OF_SCOPE}$") },
        "minItems": 1,
    })
}

/// The table of strings that the key `name` takes: parameters of a request, or headers.
pub(super) fn params(name: &str) -> Value {
    let (names, value) = match name {
        "extra_authorization_params" => {
            let reserved: Vec<_> = AUTHORIZATION.iter().chain(NEVER_IN_A_URL).collect();
            (json!({ "pattern": NOT_BLANK, "not": { "enum": reserved } }), json!({}))
        }
        "extra_token_params" => {
            (json!({ "pattern": NOT_BLANK, "not": { "enum": TOKEN } }), json!({}))
        }
        // Headers: their names do not differ by the case of letters.
        _ => (
            json!({
                "pattern": "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$",
                "not": { "pattern": format!("^(?:{})$", any_case(HEADERS)) },
            }),
            json!({ "pattern": "^(?:[!-~](?:[ -~]*[!-~])?)?$" }),
        ),
    };
    let mut value = value;
    super::extend(&mut value, json!({ "type": "string" }));
    json!({ "type": "object", "propertyNames": names, "additionalProperties": value })
}

/// The names in any case of letters, as alternatives of a pattern.
fn any_case(names: &[&str]) -> String {
    let one = |name: &&str| -> String {
        name.chars()
            .map(|c| match c {
                'a'..='z' => format!("[{}{c}]", c.to_ascii_uppercase()),
                _ => c.to_string(),
            })
            .collect()
    };
    names.iter().map(one).collect::<Vec<_>>().join("|")
}
