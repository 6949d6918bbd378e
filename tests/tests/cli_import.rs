//! `pkce-flow import` from the embedded server: what it writes logs in, and what is wrong with
//! metadata is said.

use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    net::TcpListener,
    thread,
};

use pkce_flow_testing::{
    Client, ClientAuth, Endpoint, Fault, SECRET_VARIABLE, TestServer, UserAgent,
};
use serde_json::Value;
use tests::{Cli, Finished};

fn import(cli: &Cli, issuer: &str, more: &[&str]) -> Finished {
    cli.run(["import", issuer, "--name", "imported"].iter().chain(more))
}

/// A failure: this exit code, nothing on standard output, a word on standard error, and no file.
#[track_caller]
fn assert_fails(finished: &Finished, cli: &Cli, code: i32, word: &str) {
    assert_eq!((finished.code, finished.stdout.as_str()), (Some(code), ""), "{finished:?}");
    assert!(finished.stderr.contains(word), "{finished:?}");
    assert!(!cli.home().join("providers.toml").exists());
}

/// The table as `providers show` reads it.
fn shown(cli: &Cli) -> Value {
    let shown = cli.run(["providers", "show", "imported", "--json"]);
    assert_eq!(shown.code, Some(0), "{shown:?}");
    serde_json::from_str(&shown.stdout).expect("standard output is one JSON object")
}

#[test]
fn an_imported_table_has_no_mistake_and_logs_in() {
    let server = TestServer::configure()
        .client(Client::public("app"))
        .issuer_path("/tenant")
        .announce_iss(true)
        .start()
        .expect("a free port");
    let cli = Cli::new().env("IMPORTED_CLIENT_ID", "app");
    let imported = import(&cli, &server.issuer(), &["-o", "providers.toml"]);
    assert_eq!((imported.code, imported.stdout.as_str()), (Some(0), ""), "{imported:?}");
    assert!(imported.stderr.contains("pkce-flow login imported"), "{}", imported.stderr);
    let checked = cli.run(["providers", "check", "providers.toml"]);
    assert_eq!(checked.code, Some(0), "{checked:?}");

    let login = cli.start(["login", "imported", "--no-browser", "--json", "--scope", "openid"]);
    let page = UserAgent::allowing().visit_blocking(&login.authorization_url());
    page.expect("the way leads to a page");
    let tokens = login.finish();
    assert_eq!(tokens.code, Some(0), "{tokens:?}");
    let tokens: Value = serde_json::from_str(&tokens.stdout).expect("one JSON object");
    assert!(tokens["access_token"].is_string(), "{tokens}");
    // Endpoints that were imported are not asked for again.
    assert_eq!(server.requests_of(Endpoint::OpenidConfiguration).len(), 1);
}

#[test]
fn the_table_says_what_the_metadata_says_and_no_more() {
    let server = TestServer::start();
    let cli = Cli::new();
    assert_eq!(import(&cli, &server.issuer(), &["-o", "providers.toml"]).code, Some(0));
    let table = shown(&cli);
    assert_eq!(table["issuer"], server.issuer());
    for (key, endpoint) in [
        ("authorization_endpoint", Endpoint::Authorization),
        ("token_endpoint", Endpoint::Token),
        ("userinfo_endpoint", Endpoint::UserInfo),
        ("revocation_endpoint", Endpoint::Revocation),
    ] {
        assert_eq!(table[key], server.endpoint(endpoint), "{key}");
    }
    assert_eq!(table["code_challenge_methods_supported"], serde_json::json!(["S256"]));
    for key in ["introspection_endpoint", "jwks_uri", "scope", "display_name", "deviations"] {
        assert_eq!(table[key], Value::Null, "{key}: {table}");
    }
}

#[test]
fn a_promised_iss_is_written_and_one_that_is_not_promised_is_not() {
    for announced in [true, false] {
        let server = TestServer::configure().announce_iss(announced).start().expect("a free port");
        let cli = Cli::new();
        assert_eq!(import(&cli, &server.issuer(), &["-o", "providers.toml"]).code, Some(0));
        let promise = &shown(&cli)["authorization_response_iss_parameter_supported"];
        assert_eq!(promise.as_bool(), announced.then_some(true));
    }
}

#[test]
fn a_secret_is_asked_for_by_the_one_way_that_the_server_takes() {
    let client = Client::confidential("app", "planted secret").auth(ClientAuth::Post);
    let server = TestServer::configure().client(client).start().expect("a free port");
    let cli = Cli::new()
        .env("IMPORTED_CLIENT_ID", "app")
        .env("IMPORTED_CLIENT_SECRET", "planted secret")
        .env(SECRET_VARIABLE, "not this one");
    assert_eq!(import(&cli, &server.issuer(), &["-o", "providers.toml"]).code, Some(0));
    assert_eq!(shown(&cli)["token_endpoint_auth_method"], "client_secret_post");
    let login = cli.start(["login", "imported", "--no-browser", "--json"]);
    let page = UserAgent::allowing().visit_blocking(&login.authorization_url());
    page.expect("the way leads to a page");
    assert_eq!(login.finish().code, Some(0));
}

#[test]
fn without_a_file_the_table_goes_to_standard_output_alone() {
    let server = TestServer::start();
    let cli = Cli::new();
    let printed = cli.run(["import", &server.issuer()]);
    assert_eq!(printed.code, Some(0), "{printed:?}");
    // Of an address alone no type can be named.
    assert!(printed.stdout.contains("\n[providers.issuer-127-0-0-1]\n"), "{}", printed.stdout);
    assert_eq!(fs::read_dir(cli.home()).expect("readable").count(), 0);
    cli.write("providers.toml", &printed.stdout);
    assert_eq!(cli.run(["providers", "check"]).code, Some(0));
}

#[test]
fn a_table_is_added_behind_others_and_only_once() {
    let server = TestServer::start();
    let cli = Cli::new();
    let before = "# mine\n[providers.corp]\nissuer = 'https://corp.example'\nclient_id = 'a'\n\
                  redirect_uri = 'http://127.0.0.1/cb'";
    let file = cli.write("providers.toml", before);
    assert_eq!(import(&cli, &server.issuer(), &["-o", "providers.toml"]).code, Some(0));
    let after = fs::read_to_string(&file).expect("there");
    assert!(after.starts_with(&format!("{before}\n\n# From the metadata of ")), "{after}");
    assert_eq!(shown(&cli)["issuer"], server.issuer());

    server.forget_requests();
    let again = import(&cli, &server.issuer(), &["-o", "providers.toml"]);
    assert_eq!(again.code, Some(2), "{again:?}");
    assert!(again.stderr.contains("has the table [providers.imported] already"), "{again:?}");
    assert_eq!(fs::read_to_string(&file).expect("there"), after);
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn the_place_of_rfc_8414_is_asked_too() {
    let server = TestServer::configure().issuer_path("/tenant").start().expect("a free port");
    server.order_always(Fault::OpenidMetadataStatus404);
    let cli = Cli::new();
    let imported = import(&cli, &server.issuer(), &[]);
    assert_eq!(imported.code, Some(0), "{imported:?}");
    assert!(imported.stdout.contains("token_endpoint = "), "{}", imported.stdout);
}

#[test]
fn the_issuer_is_compared_byte_by_byte() {
    let server = TestServer::start();
    let cli = Cli::new();
    let slash = format!("{}/", server.issuer());
    assert_fails(&import(&cli, &slash, &["-o", "providers.toml"]), &cli, 5, "last slash");
    server.order(Fault::MetadataWithWrongIssuer);
    let other = import(&cli, &server.issuer(), &["-o", "providers.toml"]);
    assert_fails(&other, &cli, 5, "the metadata is of the issuer");
}

#[test]
fn metadata_that_cannot_be_used_ends_with_4_and_leaves_no_file() {
    let server = TestServer::start();
    for (fault, word) in [
        (Fault::MetadataStatus404, "no metadata"),
        (Fault::MetadataIsNoJson, "not JSON"),
        (Fault::MetadataWithoutS256, "S256"),
        (Fault::MetadataWithHttpTokenEndpoint, "token_endpoint"),
        (Fault::TenMegabyteMetadata, "larger than"),
    ] {
        server.order_always(fault);
        let cli = Cli::new();
        let failed = import(&cli, &server.issuer(), &["-o", "providers.toml"]);
        assert_fails(&failed, &cli, 4, word);
        server.clear_faults();
    }
}

#[test]
fn metadata_without_a_token_endpoint_is_imported_and_says_what_is_missing() {
    let server = TestServer::start();
    server.order(Fault::MetadataWithoutTokenEndpoint);
    let imported = import(&Cli::new(), &server.issuer(), &[]);
    assert_eq!(imported.code, Some(0), "{imported:?}");
    assert!(imported.stdout.contains("\n# It says no token_endpoint"), "{}", imported.stdout);
}

#[test]
fn a_redirect_is_not_followed() {
    let server = TestServer::start();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let issuer = format!("http://{}", listener.local_addr().expect("an address"));
    let to = format!("{}/.well-known/openid-configuration", server.issuer());
    // It ends with the test, if nobody asks.
    thread::spawn(move || {
        let (stream, _) = listener.accept().expect("somebody asks");
        let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
        lines.find(String::is_empty).expect("a whole request");
        write!(&stream, "HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n")
    });
    let cli = Cli::new();
    let redirected = import(&cli, &issuer, &["-o", "providers.toml"]);
    assert_fails(&redirected, &cli, 4, "redirect");
    assert_eq!(server.requests().len(), 0);
}
