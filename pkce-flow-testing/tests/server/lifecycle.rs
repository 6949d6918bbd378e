//! Starting, stopping and recording.

use std::net::{TcpListener, TcpStream};

use pkce_flow_testing::{Endpoint, Fault, TestServer};

use crate::{
    login::{exchange, token_params},
    raw::{get, post_with, send},
};

#[test]
fn a_dropped_server_has_closed_its_port_even_while_an_answer_drips() {
    let server = TestServer::start();
    let address = server.origin().trim_start_matches("http://").to_owned();
    server.order(Fault::SlowTokenResponse);
    let url = server.endpoint(Endpoint::Token);
    let dripping = send("POST", &url, &[], b"").expect("a connection");
    let idle = TcpStream::connect(&address).expect("a connection");
    while server.requests_of(Endpoint::Token).is_empty() {
        std::thread::yield_now();
    }
    drop(server);
    assert!(TcpStream::connect(&address).is_err());
    drop((dripping, idle));
}

#[test]
fn a_server_starts_and_stops_inside_of_an_async_runtime() {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let server = TestServer::start();
        drop(server);
    });
}

#[test]
fn a_port_can_be_chosen_and_a_taken_one_is_an_error() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = taken.local_addr().expect("an address").port();
    assert!(TestServer::configure().port(port).start().is_err());
    drop(taken);
    let server = TestServer::configure().port(port).start();
    let server = server.expect("the port is free again");
    assert_eq!(server.url(), format!("http://127.0.0.1:{port}"));
}

#[test]
fn requests_are_recorded_with_headers_and_body() {
    let server = TestServer::start();
    server.serve_at(Endpoint::Token, "/login/oauth/access_token");
    let url = format!("{}/login/oauth/access_token?a=b", server.url());
    let headers = [("X-Mark", "here"), ("accept", "application/json")];
    post_with(&url, &headers, &token_params("a code"));
    let requests = server.requests_to("/login/oauth/access_token");
    let request = requests.first().expect("it was recorded");
    assert_eq!(request.method(), "POST");
    assert_eq!(request.endpoint(), Some(Endpoint::Token));
    assert_eq!((request.query(), request.query_param("a")), ("a=b", Some("b".into())));
    assert_eq!(request.header("x-mark"), Some("here"));
    assert_eq!(request.form_param("code").as_deref(), Some("a code"));
    assert!(request.body().starts_with("grant_type=authorization_code&"));
    assert!(!request.headers().is_empty());
    server.forget_requests();
    assert!(server.requests().is_empty());
    get(&format!("{}/nowhere", server.url()));
    assert_eq!(server.requests().first().map(|request| request.endpoint()), Some(None));
}

#[test]
fn many_servers_run_side_by_side() {
    let servers: Vec<TestServer> = (0..8).map(|_| TestServer::start()).collect();
    for server in &servers {
        assert_eq!(exchange(server, &token_params("x")).error(), "invalid_grant");
        assert_eq!(server.requests().len(), 1);
    }
}
