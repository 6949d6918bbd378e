//! Pages for people: start, consent, errors, and the form of `form_post`.
//!
//! Each page stands alone: no script (but for the one line that sends the form of `form_post`), no
//! content from elsewhere, a strict policy, and nothing that a cache or a frame may keep.

mod consent;
mod policy;

use std::fmt::Write as _;

use http::StatusCode;

use crate::{endpoint::Endpoint, faults::CallbackParams, respond::Reply, settings::Settings};

use self::policy::{Policy, send};

pub(crate) use self::consent::consent;

const STYLE: &str = include_str!("style.css");
/// Sends the form without a click, where scripts run.
const SUBMIT: &str = "document.forms[0].submit()";

/// A page that says what is wrong.
pub(crate) fn error(status: StatusCode, title: &str, why: &str) -> Reply {
    let main = format!("<h1>{}</h1>\n<p id=\"error\">{}</p>", escape(title), escape(why));
    send(status, &document(title, &main), &Policy::default())
}

/// What a person sees who opens the server's address.
pub(crate) fn start(settings: &Settings) -> Reply {
    let mut rows = String::new();
    for endpoint in Endpoint::ALL {
        let path = settings.paths.primary(*endpoint);
        // A write to a String never fails.
        let _ = writeln!(
            rows,
            "<li><code>{}</code> <span class=\"quiet\">{endpoint}</span></li>",
            escape(path)
        );
    }
    let main = format!(
        "<h1>A provider for tests</h1>\n\
         <p>This is an OAuth 2.0 authorization server that lives inside a test or a demo. \
         Its accounts are made up.</p>\n\
         <p>Its issuer is <code>{}</code>, and it answers at:</p>\n\
         <ul class=\"scopes\">\n{rows}</ul>",
        escape(&settings.issuer)
    );
    let page = document("A provider for tests", &main);
    send(StatusCode::OK, &page, &Policy::default())
}

/// The form that carries a callback (OAuth 2.0 Form Post Response Mode).
pub(crate) fn form_post(redirect_uri: &str, params: &CallbackParams) -> Reply {
    let mut fields = String::new();
    for (name, value) in params {
        // A write to a String never fails.
        let _ =
            writeln!(fields, "<input type=\"hidden\" name=\"{name}\" value=\"{}\">", escape(value));
    }
    let main = format!(
        "<h1>Going back to the application</h1>\n\
         <form id=\"callback\" method=\"post\" action=\"{}\">\n{fields}\
         <div class=\"buttons\"><button class=\"main\">Continue</button></div>\n</form>\n\
         <script>{SUBMIT}</script>",
        escape(redirect_uri)
    );
    let policy =
        Policy { form_action: Some(policy::source_of(redirect_uri)), script: Some(SUBMIT) };
    send(StatusCode::OK, &document("Continue", &main), &policy)
}

fn document(title: &str, main: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <main>\n<p class=\"ribbon\">Test provider</p>\n{main}\n</main>\n\
         <footer>Made by pkce-flow for tests and demos. No real account is involved.</footer>\n\
         </body>\n</html>\n",
        escape(title)
    )
}

/// Makes a text safe between tags and inside of quoted attributes.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}
