//! Userinfo, the profile API, metadata and the start page.

use std::time::Duration;

use pkce_flow_testing::{Client, ClientAuth, Endpoint, Person, TestServer};
use serde_json::json;

use crate::{
    login::{approved, but, exchange, text, token_params, tokens, userinfo},
    raw::{get, get_with, param, request},
};

#[test]
fn userinfo_gives_what_the_scope_opens() {
    let server = TestServer::start();
    let access = text(&tokens(&server), "access_token");
    let info = userinfo(&server, &access);
    assert_eq!(info.header("cache-control"), Some("no-store"));
    assert_eq!(
        info.json(),
        json!({
            "sub": "test-user",
            "name": "Ada Example",
            "picture": "https://example.org/ada.png",
            "email": "ada@example.org",
            "email_verified": true,
        })
    );
    server.set_person(Person::new("someone").name("Someone Else"));
    assert_eq!(
        userinfo(&server, &access).json(),
        json!({ "sub": "someone", "name": "Someone Else" })
    );
}

#[test]
fn userinfo_wants_a_good_token_and_openid() {
    let server = TestServer::start();
    let url = server.endpoint(Endpoint::UserInfo);
    let none = get(&url);
    assert_eq!(none.status, 401);
    assert_eq!(none.header("www-authenticate"), Some("Bearer realm=\"userinfo\""));
    let access = text(&tokens(&server), "access_token");
    // A token in the query is not looked at (RFC 9700 section 4.3.2).
    assert_eq!(get(&format!("{url}?access_token={access}")).status, 401);
    let wrong = userinfo(&server, "made-up");
    assert_eq!(wrong.status, 401);
    let challenge = wrong.header("www-authenticate").expect("a challenge");
    assert!(challenge.contains("error=\"invalid_token\""));
    server.clock().advance(Duration::from_secs(3_600));
    assert_eq!(userinfo(&server, &access).status, 401);

    let callback = approved(&server, &but("scope", Some("read")));
    let code = param(&callback, "code").expect("a code");
    let access = text(&exchange(&server, &token_params(&code)).json(), "access_token");
    let narrow = userinfo(&server, &access);
    assert_eq!(narrow.status, 403);
    let challenge = narrow.header("www-authenticate").expect("a challenge");
    assert!(challenge.contains("insufficient_scope"));
    let bearer = format!("bearer {access}");
    let headers = [("authorization", bearer.as_str())];
    let profile = get_with(&server.endpoint(Endpoint::Profile), &headers);
    assert_eq!(profile.json()["id"], "test-user");
}

#[test]
fn the_profile_api_answers_what_a_test_sets() {
    let server = TestServer::start();
    server.serve_at(Endpoint::Profile, "/api/user");
    server.set_profile_json(json!({ "login": "ada", "id": 1 }));
    let bearer = format!("Bearer {}", text(&tokens(&server), "access_token"));
    let url = format!("{}/api/user", server.origin());
    for method in ["GET", "POST"] {
        let headers = [("authorization", bearer.as_str())];
        let answer = request(method, &url, &headers, b"").expect("an answer");
        assert_eq!(answer.json(), json!({ "login": "ada", "id": 1 }));
    }
}

#[test]
fn metadata_is_right_for_an_issuer_with_a_path() {
    let server = TestServer::configure()
        .issuer_path("/tenant/a/")
        .path(Endpoint::Token, "/oauth/token")
        .start()
        .expect("the server starts");
    let origin = server.origin();
    assert_eq!(server.url(), format!("{origin}/tenant/a"));
    let openid = get(&format!("{}/.well-known/openid-configuration", server.url()));
    let oauth = get(&format!("{origin}/.well-known/oauth-authorization-server/tenant/a"));
    for metadata in [openid.json(), oauth.json()] {
        assert_eq!(metadata["issuer"], server.url());
        assert_eq!(metadata["authorization_endpoint"], format!("{}/authorize", server.url()));
        assert_eq!(metadata["token_endpoint"], format!("{origin}/oauth/token"));
        assert_eq!(metadata["code_challenge_methods_supported"], json!(["S256"]));
        assert_eq!(metadata["response_types_supported"], json!(["code"]));
        assert_eq!(metadata["authorization_response_iss_parameter_supported"], true);
    }
    assert_eq!(openid.json()["subject_types_supported"], json!(["public"]));
    // A whole login goes through the moved endpoints.
    let tokens = tokens(&server);
    assert_eq!(userinfo(&server, &text(&tokens, "access_token")).status, 200);
    assert_eq!(server.requests_to("/oauth/token").len(), 1);
}

#[test]
fn metadata_lists_the_client_authentication_that_clients_use() {
    let listed = |client: Client| {
        let server = TestServer::configure()
            .client(client)
            .announce_iss(false)
            .start()
            .expect("the server starts");
        let metadata = get(&server.endpoint(Endpoint::OauthAuthorizationServer)).json();
        let iss = "authorization_response_iss_parameter_supported";
        assert!(metadata.get(iss).is_none());
        metadata["token_endpoint_auth_methods_supported"].clone()
    };
    let secret = || Client::confidential("web", "secret");
    assert_eq!(listed(Client::public("app")), json!(["none"]));
    assert_eq!(listed(secret()), json!(["client_secret_basic", "client_secret_post"]));
    assert_eq!(listed(secret().auth(ClientAuth::Post)), json!(["client_secret_post"]));
}

#[test]
fn the_start_page_is_for_people_and_other_paths_are_404() {
    let server = TestServer::start();
    let start = get(server.url());
    assert_eq!(start.status, 200);
    assert!(start.text().contains(server.url()));
    assert_eq!(get(&format!("{}/favicon.ico", server.url())).status, 404);
    let posted = request("POST", server.url(), &[], b"").expect("an answer");
    assert_eq!(posted.status, 405);
}

#[test]
fn the_providers_toml_names_the_client_and_every_endpoint() {
    let server = TestServer::configure()
        .client(
            Client::confidential("a \"quoted\" id", "planted-secret")
                .auth(ClientAuth::Post)
                .redirect_uri("https://app.example/cb"),
        )
        .start()
        .expect("the server starts");
    let toml = server.providers_toml();
    for line in [
        "[providers.test]".to_owned(),
        "client_id = \"a \\\"quoted\\\" id\"".into(),
        "client_secret = { env = \"PKCE_FLOW_TEST_CLIENT_SECRET\" }".into(),
        "token_endpoint_auth_method = \"client_secret_post\"".into(),
        "redirect_uri = \"https://app.example/cb\"".into(),
        format!("token_endpoint = \"{}/token\"", server.url()),
        format!("issuer = \"{}\"", server.url()),
    ] {
        assert!(toml.lines().any(|known| known == line), "{line} in\n{toml}");
    }
    assert!(!toml.contains("planted-secret"));
    assert!(!server.providers_toml_with_issuer().contains("endpoint ="));
}
