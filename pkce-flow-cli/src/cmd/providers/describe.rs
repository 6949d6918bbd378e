//! A preset or a table as one JSON object, under the keys of the TOML.

use pkce_flow_providers::{Draft, Preset, Text};
use serde_json::{Map, Value};

/// The preset as its file has it: its endpoints are whole URLs, tenant variables stand in braces.
pub(super) fn preset(preset: &Preset) -> Value {
    named(&preset.name, serde_json::to_value(&preset.raw))
}

/// A table that was filled from its preset: endpoints are whole URLs, with the tenant's variables.
pub(super) fn table(draft: &Draft) -> Value {
    let mut table = named(&draft.name, serde_json::to_value(draft.to_raw()));
    let root = draft.root_url.as_ref().and_then(Text::known);
    if let Some(preset) = &draft.preset {
        table["preset"] = preset.as_str().into();
        describe_scopes(&mut table, preset);
    }
    if root.is_some() {
        for (key, by_default) in
            [("authorization_endpoint", "authorize"), ("token_endpoint", "token")]
        {
            if table.get(key).is_none() {
                table[key] = by_default.into();
            }
        }
    }
    if let Some(members) = table.as_object_mut() {
        for (key, value) in members {
            if key.ends_with("_endpoint") || key == "jwks_uri" || key == "issuer" {
                complete(value, root, draft);
            } else if let Some(url) = value.get_mut("url").filter(|_| key == "profile") {
                complete(url, root, draft);
            }
        }
    }
    table
}

/// Puts the preset's words on its scopes in the place of their bare list, which they repeat.
fn describe_scopes(table: &mut Value, preset: &str) {
    let Some(preset) = Preset::find(preset) else { return };
    let names: Value = preset.scopes.iter().map(|scope| scope.name.as_str()).collect();
    if table["scopes_supported"] == names
        && let Some(members) = table.as_object_mut()
    {
        members.shift_remove("scopes_supported");
        members.insert("scopes".to_owned(), scopes(preset));
    }
}

/// The known scopes, each with a word on it, as a preset's file has them.
pub(super) fn scopes(preset: &Preset) -> Value {
    let described =
        preset.scopes.iter().map(|scope| (scope.name.clone(), scope.description.as_str().into()));
    Value::Object(described.collect())
}

fn named(name: &str, members: serde_json::Result<Value>) -> Value {
    let mut object = Map::new();
    object.insert("name".to_owned(), name.into());
    if let Ok(Value::Object(members)) = members {
        object.extend(members);
    }
    object.into()
}

/// Makes a whole URL of what was written. One that the environment begins stays as it is.
fn complete(value: &mut Value, root: Option<&str>, draft: &Draft) {
    let Value::String(url) = value else { return };
    for (name, known) in &draft.variables {
        if let Some(known) = known.known() {
            *url = url.replace(&format!("{{{name}}}"), known);
        }
    }
    if let Some(root) = root.filter(|_| !url.contains("://")) {
        *url = format!("{}/{url}", root.trim_end_matches('/'));
    }
}

#[cfg(test)]
mod tests {
    use pkce_flow_providers::{ProvidersToml, resolve};
    use serde_json::json;

    use super::*;

    fn described(text: &str) -> Value {
        let file = ProvidersToml::parse(text).expect("a good file");
        let draft = file.draft("corp").expect("the table").clone();
        table(resolve(draft).expect("resolved").draft())
    }

    #[test]
    fn a_preset_is_shown_under_the_keys_of_its_file() {
        let gitlab = preset(Preset::find("gitlab").expect("it is bundled"));
        assert_eq!(gitlab["name"], "gitlab");
        assert_eq!(gitlab["authorization_endpoint"], "https://{domain}/oauth/authorize");
        assert_eq!(gitlab["variables"]["domain"]["default"], "gitlab.com");
    }

    #[test]
    fn a_table_is_shown_with_whole_endpoints() {
        let corp = described(
            "[providers.corp]\nroot_url = 'https://sso.corp.example/oauth'\nclient_id = 'app'\n\
             revocation_endpoint = 'revoke'\nredirect_uri = 'http://127.0.0.1/cb'\nscope = 'a b'\n",
        );
        assert_eq!(corp["authorization_endpoint"], "https://sso.corp.example/oauth/authorize");
        assert_eq!(corp["token_endpoint"], "https://sso.corp.example/oauth/token");
        assert_eq!(corp["revocation_endpoint"], "https://sso.corp.example/oauth/revoke");
        assert_eq!(corp["name"], "corp");
        assert_eq!(corp["client_id"], "app");
    }

    #[test]
    fn a_presets_variables_are_filled_in_and_no_environment_is_read() {
        let corp = described(
            "[providers.corp]\npreset = 'gitlab'\nvariables = { domain = 'git.corp.example' }\n\
             client_id = { env = 'ID' }\nclient_secret = { env = 'SECRET' }\n\
             redirect_uri = 'http://127.0.0.1/cb'\n",
        );
        assert_eq!(corp["preset"], "gitlab");
        assert_eq!(corp["token_endpoint"], "https://git.corp.example/oauth/token");
        assert_eq!(corp["client_id"], json!({ "env": "ID" }));
        assert_eq!(corp["client_secret"], json!({ "env": "SECRET" }));
        assert_eq!(corp["profile"]["url"], "https://git.corp.example/api/v4/user");
    }

    #[test]
    fn known_scopes_have_a_word_on_each_and_a_tables_own_stay_as_they_are() {
        let lab = "[providers.corp]\npreset = 'gitlab'\nclient_id = 'app'\n\
                   redirect_uri = 'http://127.0.0.1/cb'\n";
        let corp = described(lab);
        assert_eq!(corp["scopes"], scopes(Preset::find("gitlab").expect("it is bundled")));
        assert!(corp["scopes"]["read_api"].is_string(), "{corp}");
        assert_eq!(corp["scopes_supported"], Value::Null);
        let own = described(&format!("{lab}scopes_supported = ['a']\n"));
        assert_eq!((&own["scopes_supported"], &own["scopes"]), (&json!(["a"]), &Value::Null));
    }
}
