//! A pending login outside the process: found by a hash of its state, sealed under a key derived
//! from it. Whoever reads the store has neither.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Key, KeyInit as _, Nonce};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

/// The name under which a store keeps the login with this state.
pub(crate) fn lookup_key(state: &str) -> String {
    URL_SAFE_NO_PAD.encode(labelled(b"pkce-flow pending key\0", state))
}

/// Seals the login. `None` only if the cipher refuses the length, which is far above any login.
pub(crate) fn seal(state: &str, plain: &[u8]) -> Option<Vec<u8>> {
    let key = lookup_key(state);
    cipher(state).encrypt(&Nonce::default(), Payload { msg: plain, aad: key.as_bytes() }).ok()
}

/// Opens the login; `None` where the octets are not what was sealed under this state.
pub(crate) fn open(state: &str, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let key = lookup_key(state);
    cipher(state)
        .decrypt(&Nonce::default(), Payload { msg: sealed, aad: key.as_bytes() })
        .ok()
        .map(Zeroizing::new)
}

/// A state has 256 bits of the system's randomness, so a labelled hash of it is a key; it seals
/// one message in its life, so the nonce may be constant.
fn cipher(state: &str) -> ChaCha20Poly1305 {
    ChaCha20Poly1305::new(&Key::from(labelled(b"pkce-flow pending seal\0", state)))
}

fn labelled(label: &[u8], state: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(label);
    hash.update(state.as_bytes());
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_state_opens_what_it_sealed() {
        let sealed = seal("state", b"verifier").expect("short");
        assert_eq!(open("state", &sealed).expect("same state").as_slice(), b"verifier");
        assert!(open("other", &sealed).is_none());
        assert!(!sealed.windows(8).any(|part| part == b"verifier"));
    }

    #[test]
    fn a_flipped_bit_anywhere_is_noticed() {
        let sealed = seal("state", b"verifier").expect("short");
        for at in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[at] ^= 1;
            assert!(open("state", &altered).is_none(), "octet {at}");
        }
        assert!(open("state", &[]).is_none());
    }
}
