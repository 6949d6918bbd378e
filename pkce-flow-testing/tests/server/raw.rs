//! A plain HTTP/1.1 client: one connection a request, everything as it came.

use std::{
    io::{self, Read as _, Write as _},
    net::TcpStream,
    time::Duration,
};

use serde_json::Value;
use url::form_urlencoded;

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    /// Whether the body has the length that was announced.
    pub(crate) whole: bool,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let found = headers.find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("the answer is JSON")
    }

    /// The `error` of a JSON answer.
    pub(crate) fn error(&self) -> String {
        self.json()["error"].as_str().unwrap_or_default().to_owned()
    }

    /// A parameter of the query of the Location.
    pub(crate) fn location_param(&self, name: &str) -> Option<String> {
        param(self.header("location")?, name)
    }
}

/// The first value of a parameter in a URL's query.
pub(crate) fn param(url: &str, name: &str) -> Option<String> {
    params(url, name).into_iter().next()
}

pub(crate) fn params(url: &str, name: &str) -> Vec<String> {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    form_urlencoded::parse(query.as_bytes())
        .filter(|(known, _)| known == name)
        .map(|(_, value)| value.into_owned())
        .collect()
}

pub(crate) fn form(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

pub(crate) fn get(url: &str) -> Answer {
    request("GET", url, &[], b"").expect("an answer comes")
}

pub(crate) fn get_with(url: &str, headers: &[(&str, &str)]) -> Answer {
    request("GET", url, headers, b"").expect("an answer comes")
}

pub(crate) fn post(url: &str, pairs: &[(&str, &str)]) -> Answer {
    post_with(url, &[], pairs)
}

pub(crate) fn post_with(url: &str, headers: &[(&str, &str)], pairs: &[(&str, &str)]) -> Answer {
    let mut all = vec![("content-type", "application/x-www-form-urlencoded")];
    all.extend(headers);
    request("POST", url, &all, form(pairs).as_bytes()).expect("an answer comes")
}

/// One request. An error is a connection that ended without the head of an answer.
pub(crate) fn request(
    method: &str,
    url: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> io::Result<Answer> {
    let mut stream = send(method, url, headers, body)?;
    let mut bytes = Vec::new();
    // A connection that breaks off still gave what came before.
    let ended = stream.read_to_end(&mut bytes);
    parse(&bytes, ended.is_ok())
}

pub(crate) fn send(
    method: &str,
    url: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> io::Result<TcpStream> {
    let rest = url.strip_prefix("http://").expect("an http URL");
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let mut stream = TcpStream::connect(host)?;
    // A test that hangs says less than one that fails.
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    let path = if path.is_empty() { "/" } else { path };
    let mut head = format!("{method} {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("content-length: {}\r\n\r\n", body.len()));
    stream.write_all(head.as_bytes())?;
    stream.write_all(body)?;
    Ok(stream)
}

fn parse(bytes: &[u8], ended_well: bool) -> io::Result<Answer> {
    let end = bytes
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .ok_or(io::ErrorKind::UnexpectedEof)?;
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|line| line.get(9..12));
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let header = |wanted: &str| {
        let mut headers = headers.iter();
        let found = headers.find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.clone())
    };
    let raw = &bytes[end + 4..];
    let (body, whole) = if header("transfer-encoding").is_some() {
        unchunk(raw)
    } else {
        let length = header("content-length").and_then(|text| text.parse().ok());
        (raw.to_vec(), length.is_none_or(|length: usize| length == raw.len()))
    };
    Ok(Answer {
        status: status.and_then(|text| text.parse().ok()).unwrap_or(0),
        headers,
        body,
        whole: whole && ended_well,
    })
}

fn unchunk(mut raw: &[u8]) -> (Vec<u8>, bool) {
    let mut body = Vec::new();
    while let Some(end) = raw.windows(2).position(|window| window == b"\r\n") {
        let size = std::str::from_utf8(&raw[..end]).ok();
        let Some(size) = size.and_then(|size| usize::from_str_radix(size, 16).ok()) else {
            break;
        };
        let rest = &raw[end + 2..];
        if size == 0 {
            return (body, true);
        }
        let Some(chunk) = rest.get(..size) else {
            break;
        };
        body.extend_from_slice(chunk);
        raw = rest.get(size + 2..).unwrap_or_default();
    }
    (body, false)
}
