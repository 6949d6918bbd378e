//! Each deviation is needed, and enough, at a server that departs from the RFCs in just that way.

mod embedded;

use pkce_flow::{Error, ErrorCode, Tokens};
use pkce_flow_testing::{Client, ClientAuth, Endpoint, Fault, TestServer};

use embedded::{SECRET, builder_from, log_in};

/// A login at the server with this line in the table of deviations, or without any.
async fn log_in_with(server: &TestServer, line: Option<&str>) -> Result<Tokens, Error> {
    let mut toml = server.providers_toml();
    if let Some(line) = line {
        toml.push_str("[providers.test.deviations]\n");
        toml.push_str(line);
        toml.push('\n');
    }
    log_in(server, &builder_from(&toml).build()?).await
}

/// The line makes the login work; without it the error prints that line.
async fn needs(fault: Fault, line: &str) -> Tokens {
    let server = TestServer::start();
    server.order_always(fault);
    let error = log_in_with(&server, None).await.expect_err("it departs from the RFC");
    assert_eq!(error.code(), ErrorCode::TokenResponse, "{error}");
    assert!(error.to_string().contains(&format!("`{line}`")), "{error}");
    log_in_with(&server, Some(line)).await.unwrap_or_else(|error| panic!("{line}: {error}"))
}

#[tokio::test]
async fn a_form_encoded_token_response() {
    let tokens = needs(Fault::FormEncodedTokenResponse, "form_encoded_token_response = true").await;
    assert!(tokens.expires_at().is_some(), "expires_in is text in a form");
}

#[tokio::test]
async fn a_missing_token_type() {
    let tokens = needs(Fault::MissingTokenType, "missing_token_type = true").await;
    assert_eq!(tokens.token_type(), "Bearer");
}

#[tokio::test]
async fn a_granted_scope_as_a_list() {
    let tokens = needs(Fault::ScopeAsArray, "granted_scope_array = true").await;
    assert_eq!(tokens.scope(), ["openid", "profile", "email"]);
}

#[tokio::test]
async fn errors_with_status_200() {
    let server = TestServer::start();
    server.order_always(Fault::TokenErrorWithStatus200);
    let line = "token_errors_with_status_200 = true";
    let error = log_in_with(&server, None).await.expect_err("refused");
    assert_eq!(error.code(), ErrorCode::TokenResponse);
    assert!(error.to_string().contains(line), "{error}");
    assert_eq!(error.provider_error().and_then(|said| said.error()), Some("invalid_grant"));
    let error = log_in_with(&server, Some(line)).await.expect_err("refused");
    assert_eq!(error.code(), ErrorCode::TokenRefused);
    assert_eq!(error.provider_error().and_then(|said| said.error()), Some("invalid_grant"));
}

#[tokio::test]
async fn a_granted_scope_with_another_separator() {
    let server = TestServer::start();
    server.order_always(Fault::ScopeWithCommas);
    let tokens = log_in_with(&server, Some("granted_scope_separator = \",\"")).await;
    assert_eq!(tokens.expect("tokens").scope(), ["openid", "profile", "email"]);
}

#[tokio::test]
async fn a_token_response_in_an_envelope() {
    let server = TestServer::start();
    server.order_always(Fault::NestedTokenResponse);
    log_in_with(&server, None).await.expect_err("no access_token at the top");
    log_in_with(&server, Some("token_response_path = \"data\"")).await.expect("tokens");
    let error = log_in_with(&server, Some("token_response_path = \"body.data\"")).await;
    assert!(error.expect_err("another place").to_string().contains("`body.data`"));
}

#[tokio::test]
async fn json_token_requests() {
    let server = TestServer::start();
    log_in_with(&server, Some("json_token_request = true")).await.expect("tokens");
    let requests = server.requests_of(Endpoint::Token);
    assert_eq!(requests[0].header("content-type"), Some("application/json"));
    let body: serde_json::Value = serde_json::from_str(requests[0].body()).expect("JSON");
    assert_eq!(body["grant_type"], "authorization_code");
}

#[tokio::test]
async fn headers_of_the_token_request() {
    let server = TestServer::start();
    let line = "token_request_headers = { Accept = \"text/plain\", X-Version = \"2\" }";
    log_in_with(&server, Some(line)).await.expect("tokens");
    let requests = server.requests_of(Endpoint::Token);
    assert_eq!(requests[0].header("accept"), Some("text/plain"));
    assert_eq!(requests[0].header("x-version"), Some("2"));
}

#[tokio::test]
async fn raw_basic_credentials() {
    // Without `:` in the id, which raw credentials cannot carry.
    let client = Client::confidential("app+1", SECRET).auth(ClientAuth::BasicRaw);
    let server = TestServer::configure().client(client).start().expect("it starts");
    let error = log_in_with(&server, None).await.expect_err("it decodes nothing");
    assert_eq!(error.code(), ErrorCode::ClientRefused);
    log_in_with(&server, Some("raw_client_secret_basic = true")).await.expect("tokens");
}

#[tokio::test]
async fn another_separator_in_the_authorization_request() {
    let server = TestServer::start();
    let toml = format!(
        "{}[providers.test.deviations]\nscope_separator = \",\"\n",
        server.providers_toml()
    );
    let manager = builder_from(&toml).build().expect("right");
    let login = manager.begin(&embedded::user()).await.expect("begun");
    let url = login.authorization_url();
    assert!(url.contains("scope=openid%2Cprofile%2Cemail"), "{url}");
}
