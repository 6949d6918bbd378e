//! The consent page: who asks for what, and two buttons.

use std::fmt::Write as _;

use http::StatusCode;

use crate::{
    grants::AuthorizationRequest,
    page::{
        document, escape,
        policy::{Policy, send, source_of},
    },
    respond::Reply,
    settings::Settings,
};

/// Asks the person. The form works without scripts.
pub(crate) fn consent(asked: &AuthorizationRequest, ticket: &str, settings: &Settings) -> Reply {
    let client = settings.client(&asked.client_id);
    let name = client.and_then(|client| client.name.as_deref()).unwrap_or(&asked.client_id);
    let name = escape(name);
    let main = format!(
        "<h1><strong>{name}</strong> asks for access to your account</h1>\n\
         {person}\
         <h2>If you allow it, {name} can</h2>\n<ul class=\"scopes\">\n{scopes}</ul>\n\
         <form id=\"consent\" method=\"post\" action=\"{action}\">\n\
         <input type=\"hidden\" name=\"ticket\" value=\"{ticket}\">\n\
         <div class=\"buttons\">\n\
         <button id=\"deny\" name=\"decision\" value=\"deny\">Deny</button>\n\
         <button id=\"allow\" class=\"main\" name=\"decision\" value=\"allow\">Allow</button>\n\
         </div>\n</form>\n\
         <p class=\"quiet\">Either way you go back to <code>{back}</code>.</p>",
        person = person(settings),
        scopes = scopes(&asked.scope),
        action = escape(&settings.decision_path()),
        ticket = escape(ticket),
        back = escape(without_query(&asked.redirect_uri)),
    );
    let policy = Policy {
        form_action: Some(format!("'self' {}", source_of(&asked.redirect_uri))),
        script: None,
    };
    send(StatusCode::OK, &document("Allow access?", &main), &policy)
}

fn person(settings: &Settings) -> String {
    let person = &settings.person;
    let name = person.name.as_deref().unwrap_or(&person.sub);
    let initial = name.chars().next().unwrap_or('?').to_string();
    let below = person.email.as_deref().unwrap_or(&person.sub);
    format!(
        "<div class=\"person\"><span class=\"initial\" aria-hidden=\"true\">{}</span>\
         <span>Signed in as <b>{}</b><br><span class=\"quiet\">{}</span></span></div>\n",
        escape(&initial),
        escape(name),
        escape(below)
    )
}

fn scopes(scope: &[String]) -> String {
    let mut rows = String::new();
    for token in scope {
        let meaning = match token.as_str() {
            "openid" => "Know who you are",
            "profile" => "See your name and picture",
            "email" => "See your e-mail address",
            "offline_access" => "Stay signed in while you are away",
            _ => "Use what this scope stands for",
        };
        // A write to a String never fails.
        let _ = writeln!(rows, "<li>{meaning} <code>{}</code></li>", escape(token));
    }
    rows
}

fn without_query(uri: &str) -> &str {
    uri.split_once('?').map_or(uri, |(before, _)| before)
}
