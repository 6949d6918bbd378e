//! Metadata that many ask for at once, late, or where something else stands in front.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use pkce_flow::transport::Limits;
use pkce_flow::{ErrorCode, Manager, Providers, User};
use pkce_flow_testing::TestServer;

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn of_issuer(issuer: &str) -> Result<pkce_flow::ManagerBuilder, pkce_flow::Error> {
    let text = format!(
        "[providers.sso]\nissuer = \"{issuer}\"\nclient_id = \"test-client\"\n\
         redirect_uri = \"http://127.0.0.1/callback\"\n"
    );
    Providers::from_toml_str(&text)?.builder("sso")
}

/// An issuer whose metadata is where RFC 8414 puts it; at OpenID's place this is answered.
fn issuer(first: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let origin = format!("http://{}", listener.local_addr().expect("an address"));
    let body = format!(
        "{{\"issuer\":\"{origin}\",\"authorization_endpoint\":\"{origin}/a\",\
         \"token_endpoint\":\"{origin}/t\"}}"
    );
    let second = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    let first = first.to_owned();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { break };
            let mut request = [0; 4096];
            let read = stream.read(&mut request).unwrap_or_default();
            let line = String::from_utf8_lossy(&request[..read]);
            let is_second = line.starts_with("GET /.well-known/oauth-authorization-server ");
            let answer = if is_second { &second } else { &first };
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    origin
}

#[tokio::test]
async fn rfc_8414_is_asked_where_a_web_application_stands_in_front() -> Outcome {
    for first in [
        "HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 302 Found\r\nlocation: /login\r\nconnection: close\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 6\r\n\r\n<html>",
    ] {
        let origin = issuer(first);
        let login = of_issuer(&origin)?.build()?.begin(&User::new("session")).await?;
        assert!(login.authorization_url().starts_with(&format!("{origin}/a?")), "{first}");
    }
    Ok(())
}

#[tokio::test]
async fn of_many_that_wait_for_a_silent_issuer_one_asks() -> Outcome {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let origin = format!("http://{}", listener.local_addr()?);
    let accepted = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&accepted);
    tokio::spawn(async move {
        let mut kept = Vec::new();
        while let Ok((stream, _)) = listener.accept().await {
            counted.fetch_add(1, Ordering::SeqCst);
            kept.push(stream);
        }
    });
    let mut limits = Limits::default();
    limits.timeout = Duration::from_millis(300);
    let manager = of_issuer(&origin)?.limits(limits).build()?;
    let begins = (0..20).map(|_| {
        let manager: Manager = manager.clone();
        tokio::spawn(async move { manager.begin(&User::new("session")).await })
    });
    let begins: Vec<_> = begins.collect();
    for begin in begins {
        let error = begin.await?.expect_err("nobody answers");
        assert_eq!(error.code(), ErrorCode::Timeout, "{error}");
    }
    assert_eq!(accepted.load(Ordering::SeqCst), 1);
    Ok(())
}

#[test]
fn a_thousand_blocking_logins_begin_in_one_task_of_tokio() -> Outcome {
    let server = TestServer::start();
    let providers = pkce_flow::blocking::Providers::from_toml_str(&format!(
        "[providers.sso]\nissuer = \"{}\"\nclient_id = \"test-client\"\n\
         redirect_uri = \"http://127.0.0.1/callback\"\n",
        server.issuer()
    ))?;
    let manager = providers.manager("sso")?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        for at in 0..1000 {
            manager.begin(&User::new(format!("session {at}")))?;
        }
        Ok::<(), pkce_flow::Error>(())
    })?;
    Ok(())
}
