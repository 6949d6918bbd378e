//! ID tokens (OpenID Connect Core 1.0 section 2), signed with the client's secret.

use std::time::SystemTime;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::{clock::unix_seconds, grants::Grant, settings::Settings};

/// An ID token for who asked for `openid` and has a secret to sign with (`HS256`, OpenID Connect
/// Core 1.0 section 10.1). A public client gets none: there is no key that both sides know.
pub(crate) fn issue(grant: &Grant, settings: &Settings, now: SystemTime) -> Option<String> {
    if !grant.scope.iter().any(|token| token == "openid") {
        return None;
    }
    let secret = settings.client(&grant.client_id)?.secret.as_ref()?;
    let issued_at = unix_seconds(now);
    let mut claims = settings.person.claims(&grant.scope);
    claims.extend([
        ("iss".to_owned(), json!(settings.issuer)),
        ("aud".to_owned(), json!(grant.client_id)),
        ("iat".to_owned(), json!(issued_at)),
        ("exp".to_owned(), json!(issued_at.saturating_add(600))),
        ("auth_time".to_owned(), json!(unix_seconds(grant.authenticated_at))),
    ]);
    if let Some(nonce) = &grant.nonce {
        claims.insert("nonce".into(), json!(nonce));
    }
    Some(sign(&Value::Object(claims), secret.as_bytes()))
}

fn sign(claims: &Value, key: &[u8]) -> String {
    let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256","typ":"JWT"}"#);
    let signed = format!("{header}.{}", URL_SAFE_NO_PAD.encode(claims.to_string()));
    let signature = URL_SAFE_NO_PAD.encode(hmac_sha256(key, signed.as_bytes()));
    format!("{signed}.{signature}")
}

/// HMAC with SHA-256 (RFC 2104).
fn hmac_sha256(key: &[u8], message: &[u8]) -> [u8; 32] {
    let mut block = [0; 64];
    if key.len() > block.len() {
        block[..32].copy_from_slice(&Sha256::digest(key));
    } else {
        block[..key.len()].copy_from_slice(key);
    }
    let padded = |pad: u8| block.map(|byte| byte ^ pad);
    let inner = Sha256::new().chain_update(padded(0x36)).chain_update(message).finalize();
    let outer = Sha256::new().chain_update(padded(0x5c)).chain_update(inner);
    outer.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn hmac_gives_the_values_of_rfc_4231() {
        assert_eq!(
            hex(&hmac_sha256(b"Jefe", b"what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        let long = "Test Using Larger Than Block-Size Key - Hash Key First";
        assert_eq!(
            hex(&hmac_sha256(&[0xaa; 131], long.as_bytes())),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        );
    }
}
