//! The pages of the demo: no script, nothing from elsewhere.

use pkce_flow::{Profile, Tokens};

use crate::show;

/// A page's title and what stands below it, escaped already.
#[derive(Debug)]
pub(super) struct Html {
    title: String,
    body: String,
}

/// What the page shows of the person who signed in. It holds no whole token.
#[derive(Debug)]
pub(super) struct Person {
    name: String,
    profile: Vec<(String, String)>,
    tokens: Vec<(String, String)>,
}

impl Person {
    pub(super) fn new(profile: &Profile, tokens: &Tokens) -> Self {
        let owned = |lines: Vec<(&str, String)>| {
            let plain = |text: String| anstream::adapter::strip_str(&text).to_string();
            lines.into_iter().map(|(key, value)| (key.to_owned(), plain(value))).collect()
        };
        Self {
            name: profile.name().unwrap_or(profile.subject()).to_owned(),
            profile: owned(show::profile(profile)),
            tokens: owned(show::tokens(tokens)),
        }
    }
}

pub(super) fn start() -> Html {
    Html {
        title: "pkce-flow demo".to_owned(),
        body: "<p>This page stands for your application. The button begins a login at the \
               embedded provider: an authorization code flow with PKCE, as with a real one.</p>\n\
               <form method=\"post\" action=\"/login\"><button id=\"sign-in\">Sign in</button></form>\n"
            .to_owned(),
    }
}

pub(super) fn signed_in(person: &Person) -> Html {
    let table = |heading: &str, id: &str, lines: &[(String, String)]| {
        let rows: String = lines
            .iter()
            .map(|(key, value)| {
                format!(
                    "<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n",
                    escape(key),
                    escape(value)
                )
            })
            .collect();
        format!("<h2>{heading}</h2>\n<table id=\"{id}\">\n{rows}</table>\n")
    };
    Html {
        title: format!("Hello, {}", person.name),
        body: format!(
            "{}{}<form method=\"post\" action=\"/logout\"><button id=\"sign-out\" \
             class=\"quiet\">Sign out</button></form>\n",
            table("Your profile", "profile", &person.profile),
            table("The tokens, shortened", "tokens", &person.tokens)
        ),
    }
}

pub(super) fn denied() -> Html {
    message(
        "Access was denied",
        "The provider said that access was denied, so nobody is signed in.",
    )
}

pub(super) fn failed(reason: &str) -> Html {
    message("The login failed", reason)
}

pub(super) fn no_session() -> Html {
    message(
        "No login was begun here",
        "This browser has no session, so the callback is not its own. Start the login on the first \
         page.",
    )
}

pub(super) fn foreign() -> Html {
    message(
        "Not from this page",
        "Another page tried to start this. Use the button on the first page.",
    )
}

pub(super) fn wrong_method() -> Html {
    message("Not like this", "This address is not asked for in this way.")
}

pub(super) fn not_found() -> Html {
    message("Nothing here", "There is no such page.")
}

fn message(title: &str, text: &str) -> Html {
    Html {
        title: title.to_owned(),
        body: format!("<p>{}</p>\n<p><a href=\"/\">Back to the first page</a></p>\n", escape(text)),
    }
}

impl Html {
    pub(super) fn whole(&self) -> String {
        let title = escape(&self.title);
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n\
             <h1>{title}</h1>\n{}</main>\n</body>\n</html>\n",
            self.body
        )
    }
}

pub(super) const STYLE: &str = "\
:root{color-scheme:light dark;--back:#f4f5f7;--card:#fff;--text:#1c2024;--dim:#5c6570;\
--line:#dfe3e6;--main:#0b68cb;--on-main:#fff}\
@media (prefers-color-scheme:dark){:root{--back:#111315;--card:#1b1e21;--text:#eceef0;\
--dim:#a0a8b0;--line:#34393e;--main:#70b8ff;--on-main:#0a1a2b}}\
*{box-sizing:border-box}\
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1.5rem;\
background:var(--back);color:var(--text);font:1rem/1.5 system-ui,sans-serif}\
main{width:100%;max-width:36rem;padding:2.5rem 2rem;border-radius:1rem;background:var(--card);\
box-shadow:0 1px 3px rgba(0,0,0,.12),0 8px 32px rgba(0,0,0,.08)}\
h1{margin:0 0 .5rem;font-size:1.5rem;line-height:1.3;overflow-wrap:anywhere}\
h2{margin:1.5rem 0 .25rem;font-size:1rem;color:var(--dim)}\
p{margin:.5rem 0;color:var(--dim);overflow-wrap:anywhere}\
table{width:100%;border-collapse:collapse}\
th,td{padding:.4rem .5rem .4rem 0;border-bottom:1px solid var(--line);text-align:left;\
vertical-align:top;overflow-wrap:anywhere}\
th{width:9rem;font-weight:500;color:var(--dim)}\
td{font-family:ui-monospace,monospace;font-size:.9rem}\
form{margin-top:1.5rem}\
button{padding:.65rem 1.5rem;border:0;border-radius:.5rem;background:var(--main);\
color:var(--on-main);font:inherit;font-weight:600;cursor:pointer}\
button.quiet{background:none;color:var(--main);box-shadow:inset 0 0 0 1px var(--line)}\
button:focus-visible,a:focus-visible{outline:3px solid var(--main);outline-offset:2px}\
a{color:var(--main)}";

fn escape(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '&' => "&amp;".to_owned(),
            '<' => "&lt;".to_owned(),
            '>' => "&gt;".to_owned(),
            '"' => "&quot;".to_owned(),
            '\'' => "&#39;".to_owned(),
            other => other.to_string(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_provider_says_is_escaped() {
        let line = || vec![("name".to_owned(), "<script>x</script>".to_owned())];
        let person = Person { name: "<b>Eve</b>".to_owned(), profile: line(), tokens: line() };
        for html in [signed_in(&person).whole(), failed("<script>").whole()] {
            assert!(!html.contains("<script"), "{html}");
            assert!(!html.contains("<b>"), "{html}");
        }
    }

    #[test]
    fn pages_have_nothing_from_elsewhere() {
        for html in [start(), denied(), not_found(), no_session()] {
            let html = html.whole();
            for word in ["http:", "https:", "src=", "url(", "<script", "style=\""] {
                assert!(!html.contains(word), "{word} in {html}");
            }
        }
    }
}
