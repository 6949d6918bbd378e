//! A login over https, under an authority that was made for the test.

use tests::{Cli, OidcProvider, TestAuthority, UserAgent};

const LOGIN: [&str; 4] = ["login", "public", "--no-browser", "--json"];

#[tokio::test]
async fn an_authority_is_trusted_through_ssl_cert_file() {
    let authority = TestAuthority::new();
    let server = OidcProvider::start_under(&authority);
    assert!(server.issuer().starts_with("https://"), "{}", server.issuer());
    let cli = Cli::new().env("SSL_CERT_FILE", authority.root_certificate_file());
    cli.write("providers.toml", &server.declared_by_issuer());

    let login = cli.start(LOGIN);
    let person = UserAgent::trusting("alice", &authority);
    let callback = person.authorize(&login.authorization_url()).await.callback();
    person.open(&callback).await;
    let finished = login.finish();
    assert_eq!(finished.code, Some(0), "{finished:?}");
    let profile = cli.run(["userinfo", "public", "--json"]);
    assert!(profile.stdout.contains("alice@example.org"), "{profile:?}");
}

/// By the issuer: the metadata cannot be had, and no browser is sent anywhere.
#[test]
fn without_it_the_login_says_which_certificate_and_what_to_set() {
    let authority = TestAuthority::new();
    let server = OidcProvider::start_under(&authority);
    let cli = Cli::new();
    cli.write("providers.toml", &server.declared_by_issuer());
    let finished = cli.run(LOGIN);
    assert_untrusted(&finished, &authority);
    assert!(!finished.stderr.contains("code_challenge"), "{}", finished.stderr);
}

/// By endpoints: the certificate comes up when the code is to be redeemed.
#[tokio::test]
async fn without_it_no_code_is_sent() {
    let authority = TestAuthority::new();
    let server = OidcProvider::start_under(&authority);
    let cli = Cli::new();
    cli.write("providers.toml", &server.declared_by_endpoints());
    let login = cli.start(LOGIN);
    let person = UserAgent::trusting("alice", &authority);
    let callback = person.authorize(&login.authorization_url()).await.callback();
    person.open(&callback).await;
    assert_untrusted(&login.finish(), &authority);
}

#[track_caller]
fn assert_untrusted(finished: &tests::Finished, authority: &TestAuthority) {
    assert_eq!(finished.code, Some(4), "{finished:?}");
    assert_eq!(finished.stdout, "");
    for part in [authority.server_fingerprint(), "not trusted", "SSL_CERT_FILE"] {
        assert!(finished.stderr.contains(part), "{part}: {}", finished.stderr);
    }
}
