//! What an enum says holds for each variant that does not say otherwise.

use pkce_flow_providers::keys::{DECLARATION_KEYS, Kind};
use pkce_flow_providers::{Code, FieldPath, RawTable, RawValue};

use super::attr::Said;

/// Where a provider is. A preset says it too, so it stands beside none of these from elsewhere.
const LOCATIONS: &[&str] = &[
    "root_url",
    "issuer",
    "issuer_template",
    "id_token_issuers",
    "authorization_endpoint",
    "token_endpoint",
    "userinfo_endpoint",
    "revocation_endpoint",
    "introspection_endpoint",
    "device_authorization_endpoint",
    "pushed_authorization_request_endpoint",
    "end_session_endpoint",
    "jwks_uri",
    "profile",
];

/// Takes from the enum what the variant leaves out.
///
/// Tables are filled key by key, as a preset fills them; every other value is taken whole or not
/// at all. A variant's own preset or root_url beside another provider's URLs would send codes of
/// one provider to another, so that is a mistake.
pub(crate) fn inherit(own: &mut Said, shared: &Said, errors: &mut Vec<syn::Error>) {
    own.place_is_of_enum = own.place.is_none();
    own.place = own.place.or(shared.place);
    refuse_two_providers(own, shared, errors);
    let another_preset = own.has("preset") && shared.has("preset");
    for (key, value) in &shared.table.0 {
        // Variables are the preset's.
        if own.says(key) || key == "variables" && another_preset {
            if let (Some(table), RawValue::Table(more)) = (own.table_mut(key), value)
                && !(key == "variables" && another_preset)
            {
                fill(table, more);
            }
            continue;
        }
        own.table.0.push((key.clone(), value.clone()));
        own.from_enum.insert(key.clone());
    }
    for path in &shared.broken {
        if own.places.of_key(path).is_none() {
            own.broken.insert(path.clone());
        }
    }
    own.places.fill(&shared.places);
}

fn refuse_two_providers(own: &Said, shared: &Said, errors: &mut Vec<syn::Error>) {
    let absolute = |key: &&str| match shared.table.get(key) {
        Some(RawValue::String(url)) => url.contains("://"),
        Some(_) => true,
        None => false,
    };
    let beside_root = |key: &&str| *key != "root_url" && absolute(key);
    let clash = if own.has("preset") {
        LOCATIONS
            .iter()
            .copied()
            .find(|key| shared.has(key) && !own.says(key))
            .map(|key| ("preset", key))
    } else if own.has("root_url") {
        LOCATIONS
            .iter()
            .copied()
            .filter(beside_root)
            .find(|key| !own.says(key))
            .map(|key| ("root_url", key))
    } else {
        None
    };
    let Some((mine, theirs)) = clash else {
        return;
    };
    let Some(place) = own.places.of_key(&FieldPath::root().key(mine)) else {
        return;
    };
    let what = format!("`{mine}` names another provider than the enum's `{theirs}` does");
    let help = format!("move `{theirs}` from the enum to the variants that it holds for");
    errors.push(place.coded(Code::Contradiction, &what, &help));
}

/// What `more` says and `table` does not; tables inside of it likewise.
fn fill(table: &mut RawTable, more: &RawTable) {
    for (key, value) in &more.0 {
        match table.0.iter_mut().find(|(own, _)| own == key).map(|(_, own)| own) {
            Some(RawValue::Table(own)) if key == "headers" || key == "token_request_headers" => {
                if let RawValue::Table(more) = value {
                    fill(own, more);
                }
            }
            Some(_) => {}
            None => table.0.push((key.clone(), value.clone())),
        }
    }
}

impl Said {
    fn has(&self, key: &str) -> bool {
        self.table.get(key).is_some()
    }

    /// Also where the value could not be read.
    fn says(&self, key: &str) -> bool {
        self.places.of_key(&FieldPath::root().key(key)).is_some()
    }

    /// The table at this key, where the key takes tables: `env("NAME")` is no table to fill.
    fn table_mut(&mut self, key: &str) -> Option<&mut RawTable> {
        let takes_tables = DECLARATION_KEYS.iter().any(|known| {
            known.name == key
                && matches!(known.kind, Kind::Params | Kind::Variables | Kind::Table(_))
        });
        self.table.0.iter_mut().filter(|_| takes_tables).find(|(own, _)| own == key).and_then(
            |(_, value)| match value {
                RawValue::Table(table) => Some(table),
                _ => None,
            },
        )
    }
}
