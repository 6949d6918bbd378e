//! `login --keyring` with a real Secret Service: gnome-keyring on a bus of its own.
#![cfg(feature = "servers")]

use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, Command, Stdio},
};

use pkce_flow_testing::{TestServer, UserAgent};
use serde_json::Value;
use tempfile::TempDir;
use tests::{Cli, Finished};

/// A session bus with an unlocked keyring. Both end with this value.
struct Keyring {
    bus: Child,
    daemon: Child,
    address: String,
    _home: TempDir,
}

impl Keyring {
    fn start() -> Self {
        let home = tempfile::tempdir().expect("a home");
        let mut bus = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--nopidfile", "--print-address=1"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-daemon is installed");
        let address = first_line(&mut bus);
        let mut daemon = Command::new("gnome-keyring-daemon")
            .args(["--foreground", "--unlock", "--components=secrets"])
            .env("DBUS_SESSION_BUS_ADDRESS", &address)
            .env("HOME", home.path())
            .env("XDG_RUNTIME_DIR", home.path())
            .env_remove("XDG_DATA_HOME")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("gnome-keyring is installed");
        let mut password = daemon.stdin.take().expect("piped");
        password.write_all(b"a password").expect("it reads the password");
        drop(password);
        // It says where it listens once it does.
        first_line(&mut daemon);
        Self { bus, daemon, address, _home: home }
    }
}

impl Drop for Keyring {
    fn drop(&mut self) {
        for child in [&mut self.daemon, &mut self.bus] {
            // It may have ended already.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn first_line(child: &mut Child) -> String {
    let mut line = String::new();
    let stdout = child.stdout.as_mut().expect("piped");
    BufReader::new(stdout).read_line(&mut line).expect("a line");
    line.trim_end().to_owned()
}

fn login(cli: &Cli, more: &[&str]) -> Finished {
    let running = cli.start(["login", "test", "--no-browser", "--json"].iter().chain(more));
    UserAgent::allowing().visit_blocking(&running.authorization_url()).expect("a page");
    running.finish()
}

#[test]
fn the_vault_is_sealed_and_remembers_its_key() {
    let keyring = Keyring::start();
    let server = TestServer::start();
    let cli = Cli::new().env("DBUS_SESSION_BUS_ADDRESS", &keyring.address);
    cli.write("providers.toml", &server.providers_toml());
    let vault = cli.home().join(".local/share/pkce-flow/vault.json");
    let read = || fs::read_to_string(&vault).expect("the vault");

    // A vault that was open is sealed as a whole, with what it held before.
    assert_eq!(login(&cli, &[]).code, Some(0));
    assert!(read().contains("access_token"));
    let finished = login(&cli, &["--keyring"]);
    assert_eq!(finished.code, Some(0), "{finished:?}");
    let tokens: Value = serde_json::from_str(&finished.stdout).expect("one JSON object");
    for member in ["access_token", "refresh_token"] {
        let token = tokens[member].as_str().expect("a token");
        assert!(!read().contains(token) && !read().contains(member), "{}", read());
    }

    // From now on no option is needed, and it stays sealed.
    let token = cli.run(["token", "test"]);
    assert_eq!(token.code, Some(0), "{token:?}");
    assert_eq!(token.stdout.trim_end(), tokens["access_token"]);
    let sealed = read();
    assert_eq!(cli.run(["refresh", "test"]).code, Some(0));
    assert_ne!(read(), sealed);
    assert!(!read().contains("access_token"), "{}", read());

    // Without the keyring nothing is given, and nothing is lost.
    let sealed = read();
    drop(keyring);
    let locked = cli.run(["token", "test"]);
    assert_eq!((locked.code, locked.stdout.as_str()), (Some(2), ""), "{locked:?}");
    assert!(locked.stderr.contains("keyring"), "{}", locked.stderr);
    assert_eq!(read(), sealed);
}
