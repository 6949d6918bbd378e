//! One request over one connection.

use std::time::Duration;

use http::{Request, header};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::{body::Bytes, client::conn::http1};
use hyper_util::rt::TokioIo;
use tokio::{net::TcpStream, time::timeout};
use url::Url;

use crate::agent::{AgentError, Page, without_query};

/// An application may ask its provider, with a deadline of its own, before it answers.
const TIME: Duration = Duration::from_secs(30);
const MOST_BODY: usize = 4 * 1024 * 1024;

/// Sends a GET, or a POST where there is a form, over a connection of its own.
pub(super) async fn exchange(
    url: &str,
    form: Option<String>,
    cookies: Option<String>,
) -> Result<Page, AgentError> {
    let failed = |why: &dyn std::fmt::Display| {
        AgentError::new(format!("{} gave no answer: {why}", without_query(url)))
    };
    match timeout(TIME, send(url, form, cookies)).await {
        Ok(Ok(page)) => Ok(page),
        Ok(Err(error)) => Err(failed(&error)),
        Err(_) => Err(failed(&"30 seconds are over")),
    }
}

type BoxError = Box<dyn std::error::Error + Send + Sync>;

async fn send(url: &str, form: Option<String>, cookies: Option<String>) -> Result<Page, BoxError> {
    let target = Url::parse(url)?;
    if target.scheme() != "http" {
        return Err("the scripted browser speaks http only".into());
    }
    let host = target.host_str().ok_or("the URL has no host")?;
    let port = target.port_or_known_default().unwrap_or(80);
    let bare_host = host.trim_matches(['[', ']']);
    let stream = TcpStream::connect((bare_host, port)).await?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    let connection = tokio::spawn(connection);
    let answer = sender.send_request(request(&target, host, port, form, cookies)?).await?;
    let (parts, body) = answer.into_parts();
    let body = Limited::new(body, MOST_BODY).collect().await?.to_bytes();
    connection.abort();
    let headers = parts.headers.iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        (name.as_str().to_owned(), value)
    });
    Ok(Page {
        url: url.to_owned(),
        status: parts.status.as_u16(),
        headers: headers.collect(),
        body: String::from_utf8_lossy(&body).into_owned(),
    })
}

fn request(
    target: &Url,
    host: &str,
    port: u16,
    form: Option<String>,
    cookies: Option<String>,
) -> Result<Request<Full<Bytes>>, http::Error> {
    let query = target.query().map(|query| format!("?{query}"));
    let path = format!("{}{}", target.path(), query.unwrap_or_default());
    let mut request = Request::builder()
        .method(if form.is_some() { "POST" } else { "GET" })
        .uri(path)
        .header(header::HOST, format!("{host}:{port}"))
        .header(header::ACCEPT, "text/html");
    if form.is_some() {
        request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    }
    if let Some(cookies) = cookies {
        request = request.header(header::COOKIE, cookies);
    }
    request.body(Full::from(form.unwrap_or_default()))
}
