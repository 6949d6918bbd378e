//! A certificate authority made for one test.

use std::{
    fs,
    path::{Path, PathBuf},
};

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

/// An authority that nobody trusts, and a certificate by it for 127.0.0.1 and localhost.
#[derive(Debug)]
pub struct TestAuthority {
    folder: TempDir,
    root: String,
    server_fingerprint: String,
}

impl TestAuthority {
    /// The name in the authority's own certificate.
    pub const NAME: &str = "Authority of one test";

    /// Makes the keys and writes the PEM files into a new folder, which goes with this value.
    ///
    /// # Panics
    ///
    /// Where the files cannot be written.
    pub fn new() -> Self {
        let mut root = CertificateParams::default();
        root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        root.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        root.distinguished_name.push(DnType::CommonName, Self::NAME);
        let root_key = KeyPair::generate().expect("a key of the authority");
        let root_certificate = root.self_signed(&root_key).expect("the authority's certificate");
        let issuer = Issuer::new(root, root_key);

        let names = ["127.0.0.1".to_owned(), "localhost".to_owned()];
        let mut server = CertificateParams::new(names).expect("names of the server");
        server.distinguished_name.push(DnType::CommonName, "Server of one test");
        server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        let server_key = KeyPair::generate().expect("a key of the server");
        let server_certificate =
            server.signed_by(&server_key, &issuer).expect("the server's certificate");

        let folder = tempfile::tempdir().expect("a folder for the PEM files");
        let octets = Sha256::digest(server_certificate.der());
        let octets: Vec<String> = octets.iter().map(|octet| format!("{octet:02X}")).collect();
        let authority =
            Self { folder, root: root_certificate.pem(), server_fingerprint: octets.join(":") };
        for (path, text) in [
            (authority.root_certificate_file(), authority.root.clone()),
            (authority.server_certificate_file(), server_certificate.pem()),
            (authority.server_key_file(), server_key.serialize_pem()),
        ] {
            fs::write(path, text).expect("a PEM file is written");
        }
        authority
    }

    /// The authority's own certificate: what SSL_CERT_FILE may name.
    pub fn root_certificate_file(&self) -> PathBuf {
        self.file("root.pem")
    }

    /// The authority's own certificate, as PEM.
    pub fn root_certificate(&self) -> &str {
        &self.root
    }

    /// The SHA-256 fingerprint of the server's certificate, as `openssl x509 -fingerprint -sha256`
    /// writes it.
    pub fn server_fingerprint(&self) -> &str {
        &self.server_fingerprint
    }

    /// The server's certificate.
    pub fn server_certificate_file(&self) -> PathBuf {
        self.file("server.pem")
    }

    /// The server's key.
    pub fn server_key_file(&self) -> PathBuf {
        self.file("server.key.pem")
    }

    /// The key `tls` in the configuration of a [`NodeServer`](crate::NodeServer).
    pub fn tls(&self) -> Value {
        json!({ "key": self.server_key_file(), "cert": self.server_certificate_file() })
    }

    fn file(&self, name: &str) -> PathBuf {
        Path::new(self.folder.path()).join(name)
    }
}

impl Default for TestAuthority {
    fn default() -> Self {
        Self::new()
    }
}
