//! The server's half of PKCE (RFC 7636), by code of its own: a client is never checked by itself.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};

/// `BASE64URL-ENCODE(SHA256(ASCII(code_verifier)))` (RFC 7636 section 4.2).
pub(crate) fn s256(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()))
}

/// Whether this can be a `code_verifier`: 43 to 128 unreserved characters (RFC 7636 section 4.1).
pub(crate) fn is_verifier(text: &str) -> bool {
    (43..=128).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
}

/// Whether this can be the S256 challenge of something: the base64url of 32 bytes, unpadded.
pub(crate) fn is_s256_challenge(text: &str) -> bool {
    URL_SAFE_NO_PAD.decode(text).is_ok_and(|bytes| bytes.len() == 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s256_gives_the_challenge_of_rfc_7636_appendix_b() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
        assert_eq!(s256(verifier), challenge);
        assert!(is_verifier(verifier));
        assert!(is_s256_challenge(challenge));
    }

    #[test]
    fn a_verifier_has_43_to_128_unreserved_characters() {
        assert!(!is_verifier(&"a".repeat(42)));
        assert!(is_verifier(&"a".repeat(43)));
        assert!(is_verifier(&"~".repeat(128)));
        assert!(!is_verifier(&"a".repeat(129)));
        for bad in ["+", "/", "=", " ", "%", "é"] {
            assert!(!is_verifier(&format!("{}{bad}", "a".repeat(50))), "{bad}");
        }
    }

    #[test]
    fn a_challenge_is_32_bytes_of_unpadded_base64url() {
        assert!(!is_s256_challenge(&"A".repeat(42)));
        assert!(!is_s256_challenge(&format!("{}=", "A".repeat(43))));
        assert!(!is_s256_challenge(&format!("{}+", "A".repeat(42))));
    }
}
