//! Tokens with other members than they should have.

use serde_json::{Map, Value, json};

use crate::faults::Fault;

pub(crate) fn alter_token_members(faults: &[Fault], members: &mut Map<String, Value>) {
    for fault in faults {
        alter(*fault, members);
    }
}

fn alter(fault: Fault, members: &mut Map<String, Value>) {
    let mut put = |name: &str, value: Value| {
        members.insert(name.to_owned(), value);
    };
    match fault {
        Fault::TokenTypeMac => put("token_type", json!("mac")),
        Fault::TokenTypeUpperCase => put("token_type", json!("BEARER")),
        Fault::EmptyAccessToken => put("access_token", json!("")),
        Fault::AccessTokenWithLineEnd => put("access_token", json!("one\r\nX-Forged: two")),
        Fault::ExpiresInAsText => put("expires_in", json!("3600")),
        Fault::ExpiresInAsWord => put("expires_in", json!("soon")),
        Fault::ExpiresInZero => put("expires_in", json!(0)),
        Fault::ExpiresInNegative => put("expires_in", json!(-1)),
        Fault::ExpiresInHuge => put("expires_in", json!(1e20)),
        Fault::ExpiresInGreatestInteger => put("expires_in", json!(u64::MAX)),
        Fault::ExpiresInFraction => put("expires_in", json!(3599.5)),
        Fault::UnknownMembers => {
            put("x_text", json!("text"));
            put("x_number", json!(1));
            put("x_list", json!(["a", 2]));
            put("x_object", json!({ "access_token": "not this one" }));
            put("x_null", Value::Null);
        }
        Fault::MissingTokenType => remove(members, "token_type"),
        Fault::MissingAccessToken => remove(members, "access_token"),
        Fault::MissingExpiresIn => remove(members, "expires_in"),
        Fault::MissingScope => remove(members, "scope"),
        Fault::MissingRefreshToken | Fault::RefreshWithoutRefreshToken => {
            remove(members, "refresh_token");
        }
        Fault::ScopeAsArray => change_scope(members, |tokens| json!(tokens)),
        Fault::ScopeWithCommas => change_scope(members, |tokens| json!(tokens.join(","))),
        Fault::ScopeNarrowed => change_scope(members, |tokens| json!(tokens.first())),
        _ => {}
    }
}

fn remove(members: &mut Map<String, Value>, name: &str) {
    members.remove(name);
}

fn change_scope(members: &mut Map<String, Value>, with: impl FnOnce(Vec<&str>) -> Value) {
    if let Some(Value::String(scope)) = members.get("scope") {
        let changed = with(scope.split(' ').collect());
        members.insert("scope".into(), changed);
    }
}
