//! issuer, root_url and the endpoints.

use url::Url;

use super::said::{Known, Said, Variables, look};
use super::text::reserved_in_query;
use super::url::{Use, check_url, scheme};
use crate::code::Code;
use crate::draft::Draft;
use crate::excerpt::quoted;
use crate::model::Endpoints;
use crate::path::FieldPath;
use crate::preset::Preset;
use crate::problem::Problem;
use crate::report::Report;
use crate::value::Text;

/// Where relative endpoints start, and which origin a preset's URLs must have.
pub(crate) enum Root {
    /// No root_url is given.
    None,
    /// It is not known yet, or it is wrong and was reported.
    Open,
    /// It is known.
    At(String, Url),
}

impl Root {
    /// Looks at root_url and gives it its trailing slash.
    pub(crate) fn of(draft: &Draft, variables: &Variables, report: &mut Report) -> Root {
        let path = draft.path.key("root_url");
        match look(draft.root_url.as_ref(), &path, variables) {
            Known::Absent if report.is_excused(&path) => Root::Open,
            Known::Absent => Root::None,
            Known::Unknown | Known::Bad => Root::Open,
            Known::Is(said) => match check_url(&said, Use::Root, report) {
                None => Root::Open,
                Some(url) => {
                    let slash = if said.text.ends_with('/') { "" } else { "/" };
                    Root::At(format!("{}{slash}", said.text), url)
                }
            },
        }
    }

    /// Tells whether a preset's URL may be used beside this root: it must have the same origin.
    fn admits(&self, said: &Said) -> Admitted {
        match self {
            _ if !said.template => Admitted::Yes,
            Root::None => Admitted::Yes,
            Root::Open => Admitted::Open,
            Root::At(_, root) => match Url::parse(&said.text) {
                Ok(url) if url.origin() == root.origin() => Admitted::Yes,
                _ => Admitted::No,
            },
        }
    }
}

enum Admitted {
    Yes,
    No,
    Open,
}

/// What came out of one URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    Absent,
    /// Not known yet, or reported.
    Open,
    Is(String),
}

impl Outcome {
    pub(crate) fn into_option(self) -> Option<String> {
        match self {
            Outcome::Is(text) => Some(text),
            Outcome::Absent | Outcome::Open => None,
        }
    }
}

/// Checks one URL that requests go to: absolute, or relative to `root`.
pub(crate) fn endpoint(
    text: Option<&Text>,
    path: &FieldPath,
    variables: &Variables,
    root: &Root,
    report: &mut Report,
) -> Outcome {
    let mut said = match look(text, path, variables) {
        Known::Absent => return Outcome::Absent,
        Known::Unknown | Known::Bad => return Outcome::Open,
        Known::Is(said) => said,
    };
    match root.admits(&said) {
        Admitted::Yes => {}
        Admitted::No => return Outcome::Absent,
        Admitted::Open => return Outcome::Open,
    }
    if is_relative(&said.text) {
        if let Some(problem) = bad_relative(&said) {
            report.push(problem);
            return Outcome::Open;
        }
        match root {
            Root::Open => return Outcome::Open,
            Root::At(root, _) => {
                let whole = format!("{root}{}", said.text);
                said.written = Some(std::mem::replace(&mut said.text, whole));
            }
            Root::None => {
                let what = format!("{} is relative, and there is no root_url", said.quote());
                let help =
                    "write root_url = \"https://…/\" beside it, or an absolute URL".to_owned();
                report.add(Code::RelativeWithoutRootUrl, path, what, help);
                return Outcome::Open;
            }
        }
    }
    match check_url(&said, Use::Endpoint, report) {
        None => Outcome::Open,
        Some(url) => {
            if path.last_key() == Some("authorization_endpoint")
                && let Some(name) = reserved_in_query(&url, false)
            {
                let what =
                    format!("the query of {} has the flow's own {}", said.key(), quoted(&name));
                let help = "leave it out of the URL; each login makes its own".to_owned();
                report.add(Code::ReservedParameter, path, what, help);
                return Outcome::Open;
            }
            Outcome::Is(said.text)
        }
    }
}

/// Tells whether a text is meant as a path below root_url. What has illegal characters is left to
/// the check of URLs, which says so.
fn is_relative(text: &str) -> bool {
    let looks_absolute = text.contains("://") || scheme(text).is_some();
    let host_and_port = text.split_once(':').is_some();
    !text.trim().is_empty()
        && !looks_absolute
        && !host_and_port
        && !text.chars().any(|c| c.is_whitespace() || c.is_control())
}

fn bad_relative(said: &Said) -> Option<Problem> {
    let text = said.text.as_str();
    let lower = text.to_ascii_lowercase();
    let segments = || text.split(['?', '#']).next().unwrap_or_default().split(['/', '\\']);
    let (what, help) = if text.starts_with('/') {
        (
            "begins with `/`",
            format!("write {}", crate::excerpt::printable(text.trim_start_matches('/'))),
        )
    } else if text.contains('\\') {
        ("has a backslash in it", "write / where a slash is meant".to_owned())
    } else if segments().any(|segment| matches!(segment, "." | "..")) {
        ("has `.` or `..` in it", "write a path below root_url, or an absolute URL".to_owned())
    } else if ["%2e", "%2f", "%5c"].iter().any(|encoded| lower.contains(encoded)) {
        ("has an encoded dot or slash in it", "write it without the encoding".to_owned())
    } else {
        return None;
    };
    let what = format!("the relative endpoint {} {what}", said.quote());
    Some(Problem::new(Code::BadRelativeEndpoint, said.path.clone(), what, help))
}

/// Checks the issuer. Byte for byte it is what callbacks are compared with.
pub(crate) fn issuer(
    draft: &Draft,
    variables: &Variables,
    root: &Root,
    report: &mut Report,
) -> Outcome {
    let path = draft.path.key("issuer");
    match look(draft.issuer.as_ref(), &path, variables) {
        Known::Absent if report.is_excused(&path) => Outcome::Open,
        Known::Absent => Outcome::Absent,
        Known::Unknown | Known::Bad => Outcome::Open,
        Known::Is(said) => match root.admits(&said) {
            Admitted::No => Outcome::Absent,
            Admitted::Open => Outcome::Open,
            Admitted::Yes => match check_url(&said, Use::Issuer, report) {
                Some(_) => Outcome::Is(said.text),
                None => Outcome::Open,
            },
        },
    }
}

/// The endpoints, and whether metadata must fill them.
pub(crate) fn endpoints(
    draft: &Draft,
    variables: &Variables,
    root: &Root,
    issuer: &Outcome,
    report: &mut Report,
) -> (Endpoints, bool) {
    let mut one = |text: Option<&Text>, key: &str| {
        endpoint(text, &draft.path.key(key), variables, root, report)
    };
    let default = |text: &Option<Text>, default: &str| match (text, root) {
        (None, Root::At(..) | Root::Open) => Some(Text::from(default)),
        _ => text.clone(),
    };
    let authorization_endpoint = default(&draft.authorization_endpoint, "authorize");
    let token_endpoint = default(&draft.token_endpoint, "token");
    let authorization = one(authorization_endpoint.as_ref(), "authorization_endpoint");
    let token = one(token_endpoint.as_ref(), "token_endpoint");
    let mut optional = |text: &Option<Text>, key: &str| one(text.as_ref(), key).into_option();
    let mut endpoints = Endpoints {
        userinfo: optional(&draft.userinfo_endpoint, "userinfo_endpoint"),
        revocation: optional(&draft.revocation_endpoint, "revocation_endpoint"),
        introspection: optional(&draft.introspection_endpoint, "introspection_endpoint"),
        device_authorization: optional(
            &draft.device_authorization_endpoint,
            "device_authorization_endpoint",
        ),
        pushed_authorization_request: optional(
            &draft.pushed_authorization_request_endpoint,
            "pushed_authorization_request_endpoint",
        ),
        end_session: optional(&draft.end_session_endpoint, "end_session_endpoint"),
        jwks_uri: optional(&draft.jwks_uri, "jwks_uri"),
        ..Endpoints::default()
    };
    let missing = [
        (authorization == Outcome::Absent).then_some("authorization_endpoint"),
        (token == Outcome::Absent).then_some("token_endpoint"),
    ];
    let is_missing = missing.iter().any(Option::is_some);
    let discovered = *issuer != Outcome::Absent && draft.discovery != Some(false);
    if is_missing && !discovered {
        report_missing(draft, missing, issuer, report);
    }
    endpoints.authorization = authorization.into_option();
    endpoints.token = token.into_option();
    (endpoints, is_missing && discovered)
}

fn report_missing(
    draft: &Draft,
    missing: [Option<&str>; 2],
    issuer: &Outcome,
    report: &mut Report,
) {
    let switched_off = *issuer != Outcome::Absent;
    let because = if switched_off { ", and discovery = false" } else { "" };
    let named = |name: &str| Preset::names().any(|known| known == name);
    let help = if switched_off {
        "write it out, or leave out discovery = false".to_owned()
    } else if draft.preset.is_none() && named(&draft.name) {
        format!("write preset = \"{}\", or root_url, or issuer, or the endpoint itself", draft.name)
    } else {
        "write it out, or root_url = \"https://…/\", or the issuer, whose metadata gives it, or \
         a preset"
            .to_owned()
    };
    match missing {
        [Some(first), Some(second)] => {
            let path = draft.path.key(first);
            if report.is_excused(&draft.path.key(second)) {
                return;
            }
            let what = format!("there is neither `{first}` nor `{second}`{because}");
            let help =
                help.replace("write it out", "write both out").replace("gives it", "gives them");
            report.missing(Code::MissingEndpoint, &path, what, help);
        }
        [first, second] => {
            let Some(key) = first.or(second) else { return };
            let what = format!("`{key}` is missing{because}");
            report.missing(Code::MissingEndpoint, &draft.path.key(key), what, help);
        }
    }
}
