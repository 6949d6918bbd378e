//! Unknown keys, and what they were meant to be.

use crate::code::Code;
use crate::excerpt::quoted;
use crate::keys::{DECLARATION_KEYS, DEVIATION_KEYS, Key, PROFILE_KEYS, nearest};
use crate::path::FieldPath;
use crate::problem::Problem;
use crate::report::Report;
use crate::secrets::is_secret_name;

/// Names that other libraries use for ours.
const ELSEWHERE: &[(&str, &str)] = &[
    ("authorize_url", "authorization_endpoint"),
    ("authorization_url", "authorization_endpoint"),
    ("auth_url", "authorization_endpoint"),
    ("auth_uri", "authorization_endpoint"),
    ("token_url", "token_endpoint"),
    ("token_uri", "token_endpoint"),
    ("access_token_url", "token_endpoint"),
    ("userinfo_url", "userinfo_endpoint"),
    ("revocation_url", "revocation_endpoint"),
    ("revoke_url", "revocation_endpoint"),
    ("jwks_url", "jwks_uri"),
    ("callback_url", "redirect_uri"),
    ("callback_uri", "redirect_uri"),
    ("redirect_url", "redirect_uri"),
    ("scopes", "scope"),
    ("known_scopes", "scopes_supported"),
    ("supported_scopes", "scopes_supported"),
    ("unknown_scope", "unlisted_scope"),
    ("issuer_url", "issuer"),
    ("base_url", "root_url"),
    ("secret", "client_secret"),
    ("auth_method", "token_endpoint_auth_method"),
    ("authorization_params", "extra_authorization_params"),
    ("token_params", "extra_token_params"),
];

/// Variables of presets.
const VARIABLES: &[&str] = &["domain", "tenant", "subdomain", "region"];

/// What other keys stand for, and where it belongs.
const PLACES: &[(&[&str], &str)] = &[
    (
        &["audience", "prompt", "access_type", "login_hint", "hd", "resource", "acr_values"],
        "put it into the table `extra_authorization_params`",
    ),
    (
        &["state", "nonce", "response_type", "grant_type", "code_challenge", "code_verifier"],
        "leave it out; each login makes its own",
    ),
    (
        &["pkce", "code_challenge_method", "use_pkce"],
        "leave it out; every login uses PKCE with S256",
    ),
];

/// Reports that there is no key `key` among `known`, and what stands nearest.
pub(crate) fn unknown_key(report: &mut Report, path: &FieldPath, key: &str, known: &[Key]) {
    let is_known = |name: &str| known.iter().any(|key| key.name == name);
    let elsewhere =
        ELSEWHERE.iter().find(|(name, ours)| *name == key && is_known(ours)).map(|(_, ours)| *ours);
    let place = PLACES.iter().find(|(keys, _)| keys.contains(&key)).map(|(_, help)| *help);
    let meant = elsewhere.or_else(|| nearest(key, known.iter().map(|key| key.name)));
    let is_variable = VARIABLES.contains(&key) && is_known("variables");
    let has = |keys: &[Key]| keys.iter().any(|other| other.name == key);
    let help = if has(DEVIATION_KEYS) {
        format!("put it into the table `deviations`: deviations.{key} = …")
    } else if has(DECLARATION_KEYS) {
        "put it into the provider's own table, one level up".to_owned()
    } else if is_variable {
        format!("write variables.{key} = \"…\", which the preset puts into its URLs")
    } else if let Some(place) = place {
        place.to_owned()
    } else if let Some(meant) = meant {
        format!("write {meant}")
    } else if has(PROFILE_KEYS) {
        format!("put it into the table `profile`: profile.{key} = …")
    } else if is_known("client_id") {
        "the keys that most declarations need are preset or root_url or issuer, client_id, \
         client_secret, redirect_uri and scope; reference.toml of pkce-flow has them all"
            .to_owned()
    } else {
        let names: Vec<_> = known.iter().map(|key| key.name).collect();
        format!("the keys here are {}", names.join(", "))
    };
    if let Some(table) = path.parent() {
        if is_variable {
            report.excuse(table.key("variables").key(key));
        } else if let Some(meant) = meant {
            report.excuse(table.key(meant));
        }
    }
    let what = format!("there is no key {} here", quoted(key));
    let problem = Problem::new(Code::UnknownKey, path.clone(), what, help).at_key();
    let secret = is_secret_name(key) || meant.is_some_and(is_secret_name);
    report.push(if secret { problem.secret() } else { problem });
}
