//! A browser's session with one server: keeps its cookies from visit to visit, and can post.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;

pub struct Browser {
    /// `127.0.0.1:PORT`
    server: String,
    pub cookies: BTreeMap<String, String>,
}

pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        let mut matching = self.headers.iter().filter(|(known, _)| known == name);
        matching.next().map(|(_, value)| value.as_str()).unwrap_or_else(|| panic!("no {name}"))
    }
}

impl Browser {
    pub fn new(origin: &str) -> Browser {
        let server = origin.strip_prefix("http://").expect("an origin").to_owned();
        Browser { server, cookies: BTreeMap::new() }
    }

    pub fn get(&mut self, url: &str) -> Answer {
        self.send("GET", url, "")
    }

    pub fn post(&mut self, path: &str) -> Answer {
        self.send("POST", path, "Sec-Fetch-Site: same-origin\r\n")
    }

    /// A form on another site: a browser sends no cookie that is SameSite=Lax.
    pub fn post_from_another_site(&self, path: &str) -> Answer {
        let mut browser = Browser { server: self.server.clone(), cookies: BTreeMap::new() };
        browser.send("POST", path, "Sec-Fetch-Site: cross-site\r\n")
    }

    /// Sends a request for a path, or a URL of the server; follows no redirect.
    fn send(&mut self, method: &str, url: &str, headers: &str) -> Answer {
        let path = url.strip_prefix(&format!("http://{}", self.server)).unwrap_or(url);
        let cookies: Vec<_> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nContent-Length: 0\r\n\
             Connection: close\r\n{headers}\r\n",
            self.server,
            cookies.join("; ")
        );
        let mut stream = TcpStream::connect(&self.server).expect("the server listens");
        stream.write_all(request.as_bytes()).expect("the request is sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("the answer is text");
        let answer = parse(&answer);
        for (name, value) in &answer.headers {
            if name == "set-cookie" {
                let (name, rest) = value.split_once('=').expect("a cookie");
                let value = rest.split(';').next().unwrap_or_default();
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        answer
    }
}

fn parse(answer: &str) -> Answer {
    let (head, body) = answer.split_once("\r\n\r\n").expect("a whole answer");
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).expect("a status line");
    let headers = lines.filter_map(|line| line.split_once(": "));
    Answer {
        status: status.parse().expect("a number"),
        headers: headers.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect(),
        body: body.to_owned(),
    }
}
