//! URLs: absolute, https or loopback, and sent byte for byte as written.

use url::{Host, Url};

use super::said::Said;
use crate::code::Code;
use crate::excerpt::quoted;
use crate::problem::Problem;
use crate::report::Report;

/// What a URL is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// An endpoint, or any other URL that requests go to.
    Endpoint,
    /// The issuer identifier (RFC 8414 section 2): no query.
    Issuer,
    /// The start of relative endpoints: no query.
    Root,
    /// A page for people: a fragment is fine.
    Documentation,
    /// The redirect URI (RFC 6749 section 3.1.2, RFC 8252 section 7): private-use schemes too.
    Redirect,
}

/// Schemes that run or open something where a browser follows them.
const DANGEROUS: &[&str] = &[
    "javascript",
    "vbscript",
    "data",
    "file",
    "filesystem",
    "blob",
    "about",
    "view-source",
    "jar",
    "chrome",
    "resource",
    "intent",
    "ftp",
    "ws",
    "wss",
    "mailto",
    "tel",
];

/// Tells whether `url` is http or https on 127.0.0.0/8, `[::1]` or exactly `localhost`.
///
/// ```
/// let is_loopback = |text| pkce_flow_providers::is_loopback(&url::Url::parse(text).unwrap());
/// assert!(is_loopback("http://127.0.0.5:80/"));
/// assert!(is_loopback("http://[::1]/"));
/// assert!(!is_loopback("http://localhost.example.org/"));
/// ```
pub fn is_loopback(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
        && match url.host() {
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            Some(Host::Domain(name)) => name == "localhost",
            None => false,
        }
}

/// Checks one URL; the first mistake of it is reported.
pub(crate) fn check_url(said: &Said, purpose: Use, report: &mut Report) -> Option<Url> {
    match look_at(said, purpose) {
        Ok(url) => Some(url),
        Err(problem) => {
            // A preset's variable stands in many URLs, and is one mistake.
            if said.variable.is_none() || !report.is_excused(&said.path) {
                report.push(*problem);
            }
            None
        }
    }
}

fn look_at(said: &Said, purpose: Use) -> Result<Url, Box<Problem>> {
    plain(&said.text).map_or_else(|| look_closely(said, purpose), Ok)
}

fn look_closely(said: &Said, purpose: Use) -> Result<Url, Box<Problem>> {
    let text = said.text.as_str();
    let refuse = |code, what: String, help: String| {
        Err(Box::new(Problem::new(code, said.path.clone(), what, help)))
    };
    if text.trim().is_empty() {
        let what = format!("{} is empty", said.key());
        return refuse(Code::EmptyValue, what, example(purpose));
    }
    illegal_character(said)?;
    let Some(scheme) = scheme(text) else {
        let what = format!("{} is not an absolute URL", said.quote());
        let help = if text.contains(['$', '{']) {
            "write the whole URL: nothing is filled into it".to_owned() + from_environment(purpose)
        } else {
            said.instead(&with_scheme(text, purpose), &example(purpose))
        };
        return refuse(Code::RelativeUrl, what, help);
    };
    let lower = scheme.to_ascii_lowercase();
    let web = matches!(lower.as_str(), "http" | "https");
    if !web {
        refuse_scheme(said, &lower, purpose)?;
    }
    if let Some((_, rest)) = text.split_once("://")
        && rest.split(['/', '?', '#']).next().is_some_and(|authority| authority.contains('@'))
    {
        let what = format!("the URL of {} has userinfo before its host", said.key());
        let help = "leave out everything from behind `//` up to the `@`".to_owned();
        let problem = Problem::new(Code::UserinfoInUrl, said.path.clone(), what, help);
        return Err(Box::new(problem.secret()));
    }
    if text.contains('#') && purpose != Use::Documentation {
        let what = format!("{} has a fragment", said.quote());
        return refuse(Code::FragmentInUrl, what, "leave out the `#` and all behind it".to_owned());
    }
    if text.contains('?') && matches!(purpose, Use::Issuer | Use::Root) {
        let what = format!("{} has a query", said.quote());
        return refuse(Code::QueryInUrl, what, "leave out the `?` and all behind it".to_owned());
    }
    if web && !text[scheme.len() + 1..].starts_with("//") {
        let what = format!("{} has no `//` behind its scheme", said.quote());
        return refuse(Code::MalformedUrl, what, example(purpose));
    }
    let url = match Url::parse(text) {
        Ok(url) => url,
        Err(error) => {
            let what = format!("{} is not a URL: {error}", said.quote());
            return refuse(Code::MalformedUrl, what, example(purpose));
        }
    };
    if lower == "http" && !is_loopback(&url) {
        return Err(Box::new(not_loopback(said, &url)));
    }
    if !is_sent_as_written(text, &url) {
        // A host may stand without its slash, so the slash is not what is wrong.
        let sent = match url.as_str().strip_suffix('/') {
            Some(host) if url.path() == "/" && !text.ends_with('/') => host,
            _ => url.as_str(),
        };
        let (what, help) = match said.instead(sent, "") {
            help if help.is_empty() => (
                format!("{} would be sent otherwise than it is written", said.quote()),
                "write the host in lower case ASCII, and leave out default ports, `.` and `..`"
                    .to_owned(),
            ),
            help => (format!("{} would be sent as {}", said.quote(), quoted(sent)), help),
        };
        return refuse(Code::UrlNotNormal, what, help);
    }
    if web && url.host_str().is_some_and(|host| host.contains('*')) {
        let what = format!("{} has a wildcard in its host", said.quote());
        return refuse(Code::MalformedUrl, what, "write the one host that is meant".to_owned());
    }
    if let Some(what) = not_in_a_url(text) {
        let what = format!("{} has {what}", said.quote());
        let help = "write it percent-encoded, % as %25".to_owned();
        return refuse(Code::IllegalUrlCharacter, what, help);
    }
    Ok(url)
}

/// The short way for what nearly every URL is: https, a host, a path, and no character that any
/// rule is about. Derives check many URLs, and are built without optimisation.
fn plain(text: &str) -> Option<Url> {
    let rest = text.strip_prefix("https://")?;
    let is_plain =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'.' | b'_');
    if !rest.bytes().all(is_plain) {
        return None;
    }
    Url::parse(text).ok().filter(|url| is_sent_as_written(text, url))
}

/// What RFC 3986 has no place for, and a parser lets pass.
fn not_in_a_url(text: &str) -> Option<String> {
    let is_foreign = |c: &char| matches!(c, '"' | '<' | '>' | '^' | '`' | '{' | '|' | '}');
    if let Some(c) = text.chars().find(is_foreign) {
        return Some(format!("the character `{c}` in it"));
    }
    let is_encoded = |rest: &str| {
        let digits: Vec<char> = rest.chars().take(2).collect();
        digits.len() == 2 && digits.iter().all(char::is_ascii_hexdigit)
    };
    let mut parts = text.split('%');
    parts.next();
    (!parts.all(is_encoded)).then(|| "a `%` without two hexadecimal digits behind it".to_owned())
}

/// White space, control characters and backslashes, before anything parses the URL: parsers drop
/// or turn them, each in its own way.
fn illegal_character(said: &Said) -> Result<(), Box<Problem>> {
    let found = said.text.chars().find_map(|c| match c {
        '\\' => Some(("a backslash", "write / where a slash is meant")),
        c if c.is_control() => Some(("a control character", "leave it out")),
        c if c.is_whitespace() => Some(("white space", "leave it out, or write it as %20")),
        _ => None,
    });
    match found {
        None => Ok(()),
        Some((what, help)) => {
            let what = format!("{} has {what} in it", said.quote());
            let path = said.path.clone();
            Err(Box::new(Problem::new(Code::IllegalUrlCharacter, path, what, help)))
        }
    }
}

/// Schemes other than http and https.
fn refuse_scheme(said: &Said, scheme: &str, purpose: Use) -> Result<(), Box<Problem>> {
    let shown = quoted(scheme);
    let (code, help) = if purpose != Use::Redirect {
        (Code::SchemeNotHttps, "write an https URL; http is for loopback only".to_owned())
    } else if DANGEROUS.contains(&scheme) {
        (Code::DangerousScheme, example(purpose))
    } else if scheme == "urn" {
        let help =
            "out-of-band redirects are retired; listen on loopback: http://127.0.0.1/callback";
        (Code::PrivateSchemeWithoutDot, help.to_owned())
    } else if !scheme.contains('.') {
        let help = "write a domain of yours in reverse, such as com.example.app:/callback \
                    (RFC 8252 section 7.1)";
        (Code::PrivateSchemeWithoutDot, help.to_owned())
    } else {
        return Ok(());
    };
    let what = match code {
        Code::PrivateSchemeWithoutDot => {
            format!("{} has the private-use scheme {shown}, which has no dot", said.quote())
        }
        _ => format!("{} has the scheme {shown}", said.quote()),
    };
    // The scheme of what the environment held is a part of its value.
    let what = if said.is_shown() {
        what
    } else {
        format!("{} has a scheme that is not allowed here", said.quote())
    };
    Err(Box::new(Problem::new(code, said.path.clone(), what, help)))
}

fn not_loopback(said: &Said, url: &Url) -> Problem {
    let host = url.host_str().unwrap_or_default();
    let alike = host.starts_with("127.")
        || host.contains("localhost")
        || host.contains("::1")
        || host.contains("127.0.0.1")
        || host.contains("7f00:1");
    let what = if alike {
        format!("{} is http, and its host only looks like loopback", said.quote())
    } else {
        format!("{} is http, and its host is not loopback", said.quote())
    };
    let https = said.text.get(4..).map(|rest| format!("https{rest}")).unwrap_or_default();
    let help = format!(
        "{}; http is for 127.0.0.0/8, [::1] and localhost alone",
        said.instead(&https, "write an https URL")
    );
    Problem::new(Code::HttpNotLoopback, said.path.clone(), what, help)
}

/// Compares what would be sent with what was written. A host may stand without its slash, and on
/// loopback port 80 may be written out.
fn is_sent_as_written(text: &str, url: &Url) -> bool {
    let same = |sent: &str| {
        sent == text
            || (url.path() == "/" && url.query().is_none() && sent.strip_suffix('/') == Some(text))
    };
    if same(url.as_str()) {
        return true;
    }
    let Some(host) = url.host_str().filter(|_| url.scheme() == "http" && is_loopback(url)) else {
        return false;
    };
    match url.as_str().strip_prefix("http://").and_then(|rest| rest.strip_prefix(host)) {
        Some(rest) => same(&format!("http://{host}:80{rest}")),
        None => false,
    }
}

/// The scheme, if the text has one. `localhost:8000/x` has none: a port is no path.
pub(crate) fn scheme(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_once(':')?;
    let mut characters = scheme.chars();
    let is_scheme = characters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && characters.all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    let port = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_port = !port.is_empty() && port.chars().all(|c| c.is_ascii_digit());
    (is_scheme && !is_port).then_some(scheme)
}

fn with_scheme(text: &str, purpose: Use) -> String {
    let host = text.trim_start_matches('/');
    let name = host.split(['/', ':', '?', '#']).next().unwrap_or_default();
    if name == "localhost" || name.starts_with("127.") {
        format!("http://{host}")
    } else if name.contains('.') {
        format!("https://{host}")
    } else if purpose == Use::Redirect {
        format!("https://app.example.org/{host}")
    } else {
        format!("https://sso.example.org/{host}")
    }
}

/// How a URL that is not the same everywhere is declared, where that can be.
fn from_environment(purpose: Use) -> &'static str {
    match purpose {
        Use::Redirect => {
            ", but redirect_uri = { env = \"REDIRECT_URI\" } is read when the program runs"
        }
        Use::Root => ", but root_url = { env = \"ROOT_URL\" } is read when the program runs",
        Use::Issuer => ", but issuer = { env = \"ISSUER\" } is read when the program runs",
        Use::Endpoint | Use::Documentation => "",
    }
}

fn example(purpose: Use) -> String {
    match purpose {
        Use::Redirect => "write an absolute URL: https://app.example.org/callback, or \
                          http://127.0.0.1/callback on loopback"
            .to_owned(),
        _ => "write an absolute https URL, such as https://sso.example.org/".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Said, Use, look_closely, plain};
    use crate::path::FieldPath;

    #[test]
    fn the_short_way_accepts_nothing_that_the_long_way_refuses() {
        const PIECES: &[&str] = &[
            "https://",
            "http://",
            "a",
            "B",
            "sso.example",
            "127.0.0.1",
            "0x7f.1",
            "1.2",
            "/",
            ".",
            "..",
            "-",
            "_",
            ":",
            "80",
            "443",
            "?",
            "#",
            "@",
            "%",
            "*",
            "ä",
            " ",
            "xn--",
        ];
        let mut state = 0x5eed_u64;
        let mut next = |bound: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            usize::try_from(state >> 33).expect("31 bits fit") % bound
        };
        let mut short = 0;
        for _ in 0..20_000 {
            let rest: String = (0..next(6)).map(|_| PIECES[next(PIECES.len())]).collect();
            let text = format!("https://sso.example{rest}");
            if plain(&text).is_none() {
                continue;
            }
            short += 1;
            for purpose in
                [Use::Endpoint, Use::Issuer, Use::Root, Use::Documentation, Use::Redirect]
            {
                let said = Said::literal(&text, FieldPath::root());
                assert!(look_closely(&said, purpose).is_ok(), "{text} as {purpose:?}");
            }
        }
        assert!(short > 1000, "{short}");
    }
}
