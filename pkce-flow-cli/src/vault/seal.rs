//! Seals the vault with a key that is kept elsewhere.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use serde_json::json;
use zeroize::Zeroizing;

use super::contents::FORMAT;
use super::file::Sealed;
use super::keyring::SealingKey;
use super::random::fill;
use crate::exit::{Failure, Outcome};

/// The file of a sealed vault: the text under a fresh nonce, bound to the key's name.
pub(super) fn seal(key: &SealingKey, text: &str) -> Outcome<String> {
    let mut nonce = [0; 24];
    fill(&mut nonce)?;
    let context = context(&key.name);
    let payload = Payload { msg: text.as_bytes(), aad: context.as_bytes() };
    let data = cipher(key)
        .encrypt(&XNonce::from(nonce), payload)
        .map_err(|_| Failure::machine("the vault could not be sealed"))?;
    let sealed = Sealed {
        key: key.name.clone(),
        nonce: STANDARD.encode(nonce),
        data: STANDARD.encode(data),
    };
    Ok(format!("{:#}\n", json!({ "format": FORMAT, "sealed": sealed })))
}

/// The text of a sealed vault.
pub(super) fn open(key: &SealingKey, sealed: &Sealed) -> Result<Zeroizing<String>, String> {
    let decode = |text: &str| STANDARD.decode(text).map_err(|_| "it is not Base64".to_owned());
    let nonce: [u8; 24] =
        decode(&sealed.nonce)?.try_into().map_err(|_| "its nonce has not 24 bytes".to_owned())?;
    let data = decode(&sealed.data)?;
    let context = context(&key.name);
    let payload = Payload { msg: &data, aad: context.as_bytes() };
    let text = cipher(key)
        .decrypt(&XNonce::from(nonce), payload)
        .map_err(|_| "the key in the keyring does not open it, or it was changed".to_owned())?;
    String::from_utf8(text).map(Zeroizing::new).map_err(|_| "it is not UTF-8".to_owned())
}

fn cipher(key: &SealingKey) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&Key::from(*key.bytes))
}

fn context(name: &str) -> String {
    format!("pkce-flow vault {FORMAT} {name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> SealingKey {
        SealingKey { name: "vault-1".to_owned(), bytes: Zeroizing::new([byte; 32]) }
    }

    fn sealed(text: &str) -> Sealed {
        let value: serde_json::Value = serde_json::from_str(text).expect("JSON");
        serde_json::from_value(value["sealed"].clone()).expect("a sealed vault")
    }

    #[test]
    fn what_was_sealed_opens_with_its_key_and_shows_nothing() {
        let text = seal(&key(1), "a secret token").expect("sealed");
        assert!(!text.contains("secret"), "{text}");
        let opened = open(&key(1), &sealed(&text)).expect("opened");
        assert_eq!(*opened, "a secret token");
    }

    #[test]
    fn two_seals_of_one_text_differ() {
        assert_ne!(seal(&key(1), "x").expect("sealed"), seal(&key(1), "x").expect("sealed"));
    }

    #[test]
    fn another_key_another_name_and_changed_bytes_do_not_open() {
        let good = sealed(&seal(&key(1), "a secret token").expect("sealed"));
        open(&key(2), &good).expect_err("another key");
        let renamed = SealingKey { name: "vault-2".to_owned(), ..key(1) };
        open(&renamed, &good).expect_err("another name");
        for change in [
            Sealed { data: STANDARD.encode("short"), ..sealed(&seal(&key(1), "x").expect("s")) },
            Sealed { nonce: STANDARD.encode([0; 24]), ..sealed(&seal(&key(1), "x").expect("s")) },
            Sealed { nonce: "AAAA".to_owned(), ..sealed(&seal(&key(1), "x").expect("s")) },
            Sealed { data: "not base64!".to_owned(), ..sealed(&seal(&key(1), "x").expect("s")) },
        ] {
            open(&key(1), &change).expect_err("changed");
        }
    }
}
