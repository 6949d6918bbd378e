//! Texts that are no URLs: client_id, scope tokens, parameters, headers, names and paths.

use super::said::Said;
use crate::code::Code;
use crate::excerpt::quoted;
use crate::path::FieldPath;
use crate::problem::Problem;
use crate::report::Report;
use crate::secrets::is_secret_name;
use crate::value::ScopeDraft;

/// Parameters of the authorization request that belong to the flow.
pub(crate) const AUTHORIZATION: &[&str] = &[
    "response_type",
    "client_id",
    "redirect_uri",
    "scope",
    "state",
    "nonce",
    "code_challenge",
    "code_challenge_method",
    "response_mode",
    "request",
    "request_uri",
];
/// Parameters of the token request that belong to the flow.
pub(crate) const TOKEN: &[&str] = &[
    "grant_type",
    "code",
    "code_verifier",
    "redirect_uri",
    "refresh_token",
    "scope",
    "client_id",
    "client_secret",
    "client_assertion",
    "client_assertion_type",
];
/// Parameters that hold a secret and must never be in a URL.
pub(crate) const NEVER_IN_A_URL: &[&str] =
    &["client_secret", "code_verifier", "client_assertion", "refresh_token", "access_token"];
/// Headers that belong to the request itself.
pub(crate) const HEADERS: &[&str] = &[
    "authorization",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "cookie",
    "host",
    "keep-alive",
    "proxy-authorization",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Which request the parameters are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Request {
    Authorization,
    Token,
}

/// RFC 6749 appendix A.1: visible ASCII and spaces; white space around it is a slip.
pub(crate) fn check_client_id(said: &Said, report: &mut Report) {
    let text = &said.text;
    let help = "write the client_id as the provider shows it";
    if text.trim().is_empty() {
        report.add(Code::EmptyValue, &said.path, format!("{} is blank", said.key()), help.into());
        return;
    }
    let what = if text.chars().any(char::is_control) {
        "has a control character in it"
    } else if text.trim() != text {
        "has white space around it"
    } else if !text.is_ascii() {
        "has characters beyond ASCII in it"
    } else {
        return;
    };
    let what = format!("{} {what}", said.quote());
    report.add(Code::BadClientId, &said.path, what, help.to_owned());
}

/// The scope as tokens; what is malformed is reported (RFC 6749 section 3.3).
pub(crate) fn check_scope(
    scope: &ScopeDraft,
    path: &FieldPath,
    report: &mut Report,
) -> Vec<String> {
    let tokens: Vec<(FieldPath, &str)> = match scope {
        ScopeDraft::Text(text) if text.trim().is_empty() => Vec::new(),
        ScopeDraft::Text(text) => text.split(' ').map(|token| (path.clone(), token)).collect(),
        ScopeDraft::List(items) => {
            let items = items.iter().enumerate();
            items.map(|(at, token)| (path.index(at), token.as_str())).collect()
        }
    };
    if tokens.is_empty() {
        let help = "write at least one scope token, or leave the key out".to_owned();
        report.add(Code::EmptyValue, path, format!("{} is empty", key(path)), help);
    }
    let is_list = matches!(scope, ScopeDraft::List(_));
    for (path, token) in &tokens {
        if let Some(problem) = bad_token(path, token, is_list) {
            // In one text, two empty tokens are one mistake.
            let seen = !is_list && report.is_excused(path);
            if !seen {
                report.push(problem);
            }
        }
    }
    tokens.into_iter().map(|(_, token)| token.to_owned()).collect()
}

/// Checks a list of scope tokens that a provider is known to have.
pub(crate) fn check_known_scopes(scopes: &[String], path: &FieldPath, report: &mut Report) {
    for (position, token) in scopes.iter().enumerate() {
        if let Some(problem) = bad_token(&path.index(position), token, true) {
            report.push(problem);
        }
    }
}

/// Whether the text is one scope token (RFC 6749 section 3.3).
pub fn is_scope_token(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| ('!'..='~').contains(&c) && c != '"' && c != '\\')
}

/// Whether the parameter of an authorization request belongs to the flow, or would put a secret
/// into the URL, so that nobody may set it.
pub fn is_reserved_authorization_param(name: &str) -> bool {
    AUTHORIZATION.contains(&name) || NEVER_IN_A_URL.contains(&name)
}

fn bad_token(path: &FieldPath, token: &str, is_list: bool) -> Option<Problem> {
    if token.is_empty() {
        let (what, help) = if is_list {
            ("a scope token is empty", "leave the item out")
        } else {
            ("the scope has an empty token", "write one space between tokens and none around them")
        };
        return Some(Problem::new(Code::BadScope, path.clone(), what, help));
    }
    if is_scope_token(token) {
        return None;
    }
    let (what, help) = if is_list && token.contains(' ') {
        let items: Vec<_> = token.split_whitespace().map(|item| format!("\"{item}\"")).collect();
        ("is not one scope token", format!("write one token an item: {}", items.join(", ")))
    } else {
        (
            "is not a scope token",
            "write visible ASCII without `\"` and `\\` (RFC 6749 section 3.3), spaces between \
             tokens"
                .to_owned(),
        )
    };
    let help = crate::excerpt::printable(&help);
    Some(Problem::new(Code::BadScope, path.clone(), format!("{} {what}", quoted(token)), help))
}

/// Checks the names of extra parameters.
pub(crate) fn check_params(
    params: &[(String, String)],
    request: Request,
    path: &FieldPath,
    report: &mut Report,
) {
    let (reserved, table) = match request {
        Request::Authorization => (AUTHORIZATION, "authorization"),
        Request::Token => (TOKEN, "token"),
    };
    for (name, _) in params {
        let path = path.key(name);
        if name.trim().is_empty() {
            let what = format!("a parameter of the {table} request has no name");
            let help = "write the parameter's name, or leave it out";
            let problem = Problem::new(Code::EmptyParameterName, path, what, help);
            report.push(problem.at_key());
            continue;
        }
        if params.iter().filter(|(other, _)| other == name).count() > 1 {
            // Only code can state one twice (RFC 6749 section 3.1).
            if !report.is_reported(&path) {
                let what = format!("the parameter {} stands twice", quoted(name));
                report.add(Code::DuplicateKey, &path, what, "leave one of them out".to_owned());
            }
            continue;
        }
        let secret = NEVER_IN_A_URL.contains(&name.as_str()) || is_secret_name(name);
        let never = request == Request::Authorization && NEVER_IN_A_URL.contains(&name.as_str());
        if reserved.contains(&name.as_str()) || never {
            let what = format!("the parameter {} of the {table} request is reserved", quoted(name));
            let problem =
                Problem::new(Code::ReservedParameter, path, what, reserved_help(name)).at_key();
            report.push(if secret { problem.secret() } else { problem });
        }
    }
}

fn reserved_help(name: &str) -> String {
    match name {
        "client_id" | "client_secret" | "redirect_uri" | "scope" | "response_mode" => {
            format!("write the key {name} of the provider's own table")
        }
        "request" | "request_uri" => "leave it out; request objects are not supported".to_owned(),
        _ => "leave it out; each login makes its own".to_owned(),
    }
}

/// The parameters in a URL's query that the flow itself sends or receives.
pub(crate) fn reserved_in_query<'u>(
    url: &'u url::Url,
    answers: bool,
) -> Option<std::borrow::Cow<'u, str>> {
    let answered = ["code", "state", "error", "error_description", "error_uri", "iss"];
    url.query_pairs().map(|(name, _)| name).find(|name| {
        let name: &str = name;
        if answers {
            answered.contains(&name)
        } else {
            AUTHORIZATION.contains(&name) || NEVER_IN_A_URL.contains(&name)
        }
    })
}

/// Checks names and values of headers (RFC 9110 section 5.5 and 5.6.2).
pub(crate) fn check_headers(headers: &[(String, String)], path: &FieldPath, report: &mut Report) {
    let mut seen: Vec<String> = Vec::new();
    for (name, value) in headers {
        let path = path.key(name);
        let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
        let lower = name.to_ascii_lowercase();
        if name.is_empty() || !name.chars().all(is_token) {
            let what = format!("{} is not the name of a header", quoted(name));
            let help = "write letters, digits and -, such as Accept";
            report.push(Problem::new(Code::BadHeader, path, what, help).at_key());
        } else if HEADERS.contains(&lower.as_str()) {
            let what = format!("the header {} belongs to the request itself", quoted(name));
            let help = match lower.as_str() {
                "authorization" => "leave it out; credentials come from client_secret or the token",
                _ => "leave it out",
            };
            report.push(Problem::new(Code::ReservedHeader, path, what, help).at_key().secret());
        } else if seen.contains(&lower) {
            let what = format!("the header {} stands twice", quoted(name));
            let help = "leave one of them out; the case of letters does not count";
            report.push(Problem::new(Code::BadHeader, path, what, help).at_key());
        } else if !value.chars().all(|c| (' '..='~').contains(&c)) || value.trim() != value {
            let what = format!("the value of the header {} has illegal characters", quoted(name));
            let help = "write visible ASCII and spaces, no white space around them".to_owned();
            report.push(Problem::new(Code::BadHeader, path, what, help).secret());
        }
        seen.push(lower);
    }
}

/// Checks a dotted path into JSON.
pub(crate) fn check_json_path(value: Option<&String>, path: &FieldPath, report: &mut Report) {
    let Some(value) = value else { return };
    if value.split('.').any(|part| part.trim().is_empty()) {
        let what = format!("the path {} into JSON has an empty part", quoted(value));
        let help = "write the names of members with dots between them, such as data.user.id";
        report.add(Code::BadJsonPath, path, what, help.to_owned());
    }
}

/// Checks a separator of scopes.
pub(crate) fn check_separator(value: Option<&String>, path: &FieldPath, report: &mut Report) {
    let Some(value) = value else { return };
    if value.is_empty() || value.chars().any(char::is_control) {
        let what = if value.is_empty() {
            format!("{} is empty", key(path))
        } else {
            format!("{} is not a separator of scopes", quoted(value))
        };
        let help = "write what stands between two scopes, such as \",\"".to_owned();
        report.add(Code::BadSeparator, path, what, help);
    }
}

fn key(path: &FieldPath) -> String {
    quoted(path.last_key().unwrap_or("value"))
}
