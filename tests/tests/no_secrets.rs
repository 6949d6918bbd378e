//! No planted secret stands in any error, `Debug` output, log line or URL.

mod embedded;

use std::fmt::Debug;
use std::io::Write;
use std::sync::{Arc, Mutex};

use pkce_flow::{Callback, Error, Manager, Provider, Registration, Secret, Tokens, User};
use pkce_flow_testing::{Client, Fault, TestServer};
use tracing_subscriber::fmt::MakeWriter;

use embedded::{SECRET, builder, user};

/// Everything that was shown, and what must not be in it.
#[derive(Default)]
struct Shown {
    text: String,
    planted: Vec<String>,
}

impl Shown {
    fn plant(&mut self, secret: &str) {
        assert!(secret.len() >= 8, "a secret that short proves nothing");
        self.planted.push(secret.to_owned());
    }

    fn debug(&mut self, value: &dyn Debug) {
        self.text.push_str(&format!("{value:?}\n{value:#?}\n"));
    }

    fn error(&mut self, error: &Error) {
        self.debug(error);
        let mut next: Option<&dyn std::error::Error> = Some(error);
        while let Some(error) = next {
            self.text.push_str(&format!("{error}\n{error:?}\n"));
            next = error.source();
        }
    }

    fn check(&self) {
        assert!(self.planted.len() > 5, "hardly anything was planted");
        for secret in &self.planted {
            let at = self.text.find(secret.as_str());
            let around = at.map(|at| &self.text[at.saturating_sub(200)..at]);
            assert!(at.is_none(), "a planted secret is shown after: {around:?}");
        }
    }
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("no panic").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Log;

    fn make_writer(&'a self) -> Log {
        self.clone()
    }
}

fn plant_tokens(shown: &mut Shown, tokens: &Tokens) {
    shown.plant(tokens.access_token().expose());
    for secret in [tokens.refresh_token(), tokens.id_token()].into_iter().flatten() {
        shown.plant(secret.expose());
    }
}

fn value_of(url: &str, name: &str) -> Option<String> {
    let url = url::Url::parse(url).ok()?;
    url.query_pairs().find(|(found, _)| found == name).map(|(_, value)| value.into_owned())
}

/// One login with whatever the server does wrong; all that can be shown of it is shown.
async fn login(shown: &mut Shown, server: &TestServer, manager: &Manager) {
    let user = User::new("planted-session-id");
    shown.debug(&user);
    shown.debug(manager);
    let secrets = match manager.make_user_secrets(&user).await {
        Ok(secrets) => secrets,
        Err(error) => return shown.error(&error),
    };
    shown.plant(secrets.state().expose());
    shown.plant(secrets.code_verifier().expose());
    shown.debug(&secrets);
    let url = manager.authorization_url(&secrets).await.expect("a URL");
    assert!(!url.contains(secrets.code_verifier().expose()), "the verifier is in the URL");
    assert!(!url.contains("planted"), "a secret is in the URL: {url}");
    let back = server.approve(&url).await.expect("a redirect");
    if let Some(code) = value_of(&back, "code") {
        shown.plant(&code);
    }
    let callback = match Callback::from_url(&back) {
        Ok(callback) => callback,
        Err(error) => return shown.error(&error),
    };
    shown.debug(&callback);
    // Each check of a misdirected callback makes its own error.
    if let Err(error) =
        manager.finish(&User::new("planted-other-session"), "state=planted-state&code=x").await
    {
        shown.error(&error);
    }
    let tokens = match manager.finish(&user, &callback).await {
        Ok(tokens) => tokens,
        Err(error) => return shown.error(&error),
    };
    plant_tokens(shown, &tokens);
    shown.debug(&tokens);
    if let Err(error) = manager.finish(&user, &callback).await {
        shown.error(&error);
    }
    let tokens = match manager.refresh(&tokens).await {
        Ok(renewed) => {
            plant_tokens(shown, &renewed);
            renewed
        }
        Err(error) => {
            shown.error(&error);
            tokens
        }
    };
    match manager.userinfo(&tokens).await {
        Ok(info) => shown.debug(&info),
        Err(error) => shown.error(&error),
    }
    match manager.profile(&tokens).await {
        Ok(profile) => shown.debug(&profile),
        Err(error) => shown.error(&error),
    }
    if let Err(error) = manager.revoke(&tokens).await {
        shown.error(&error);
    }
    #[derive(Debug, serde::Deserialize)]
    #[expect(dead_code, reason = "made to fail")]
    struct Unfit {
        scope: std::net::IpAddr,
    }
    if let Err(error) = tokens.extra::<Unfit>() {
        shown.error(&error);
    }
}

#[tokio::test]
async fn no_planted_secret_is_shown_whatever_the_provider_does() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(log.clone())
        .finish();
    let guard = tracing::subscriber::set_default(subscriber);
    let mut shown = Shown::default();
    for planted in [SECRET, "planted-session-id", "planted-other-session", "planted-state"] {
        shown.plant(planted);
    }
    let client = Client::confidential("app", SECRET);
    let server = TestServer::configure().client(client).start().expect("it starts");
    for fault in Fault::ALL {
        server.clear_faults();
        server.order_always(*fault);
        let manager = builder(&server).build().expect("right");
        login(&mut shown, &server, &manager).await;
    }
    server.clear_faults();
    let wrong = builder(&server).client_secret("planted-wrong-secret").build().expect("right");
    shown.plant("planted-wrong-secret");
    login(&mut shown, &server, &wrong).await;
    drop(guard);
    let logged = String::from_utf8(log.0.lock().expect("no panic").clone()).expect("text");
    assert!(logged.contains("finish"), "nothing of ours was logged:\n{logged}");
    shown.text.push_str(&logged);
    shown.check();
}

#[test]
fn types_and_builders_show_no_secret() {
    let mut shown = Shown::default();
    for planted in [
        "planted-secret",
        "planted-session",
        "planted-state",
        "planted-code",
        "planted-1",
        "planted-2",
    ] {
        shown.plant(planted);
    }
    shown.debug(&Secret::new("planted-secret"));
    shown.debug(&User::new("planted-session"));
    shown.debug(&Callback::new("planted-state", "planted-code"));
    let registration =
        Registration::new(Provider::preset("github")).client_secret("planted-secret");
    shown.debug(&registration);
    shown.debug(&registration.builder());
    let stored =
        r#"{"access_token":"planted-1","token_type":"Bearer","refresh_token":"planted-2"}"#;
    shown.debug(&Tokens::from_storage(stored).expect("readable"));
    shown.check();
}

#[test]
fn a_secret_written_into_a_toml_is_not_shown_again() {
    let mut shown = Shown::default();
    for n in 0..6 {
        shown.plant(&format!("planted-{n}"));
    }
    for line in [
        "client_secret = \"planted-0\"",
        "client_secret = { env = \"planted=1\", file = \"planted-1\" }",
        "client_secret = [\"planted-2\"]",
        "client_secret = { value = \"planted-3\" }",
        "client_secret = 'planted-4",
        "client-secret = \"planted-5\"",
    ] {
        let toml = format!(
            "[providers.a]\npreset = \"github\"\nclient_id = \"x\"\n\
             redirect_uri = \"https://a.example/cb\"\n{line}\n"
        );
        let error = pkce_flow::Providers::from_toml_str(&toml).expect_err(line);
        shown.error(&error);
    }
    shown.check();
}

#[tokio::test]
async fn what_the_environment_holds_is_not_shown_when_it_is_wrong() {
    let mut shown = Shown::default();
    let toml = r#"
        [providers.a]
        root_url = { env = "ROOT" }
        client_id = { env = "ID" }
        client_secret = { env = "SECRET" }
        redirect_uri = { env = "REDIRECT" }
    "#;
    let values = [
        ("ROOT", "http://planted-root.example/"),
        ("ID", "planted\u{7}id"),
        ("SECRET", "planted-secret"),
        ("REDIRECT", "planted-redirect"),
    ];
    for part in [
        "planted-root",
        "planted\u{7}id",
        "planted\\u{7}id",
        "planted-secret",
        "planted-redirect",
        "planted\\u{0007}id",
    ] {
        shown.plant(part);
    }
    let error = pkce_flow::Providers::from_toml_str(toml)
        .and_then(|providers| providers.builder("a"))
        .expect("right so far")
        .environment(move |name| {
            values.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
        .build()
        .expect_err("three values are wrong");
    assert_eq!(error.problems().map(|problems| problems.len()), Some(3), "{error}");
    for name in ["ROOT", "ID", "REDIRECT"] {
        assert!(error.to_string().contains(name), "{name} is not named: {error}");
    }
    shown.error(&error);
    shown.check();
    let _ = user();
}
