//! The authorization response (RFC 6749 section 4.1.2, RFC 9207): a redirect or a form.

use url::form_urlencoded;

use crate::{
    endpoint::Endpoint,
    faults::{CallbackParams, Occasion, alter_callback},
    page,
    respond::{Reply, see_other},
    state::State,
};

/// Sends the browser back to the application. None where the address can stand in no header.
pub(crate) fn send(
    redirect_uri: &str,
    form_post: bool,
    mut params: CallbackParams,
    state: &State,
) -> Option<Reply> {
    let settings = state.settings();
    if settings.send_iss {
        params.push(("iss", settings.issuer.clone()));
    }
    let faults = state.orders.take(Occasion::At(Endpoint::Authorization));
    alter_callback(&faults, &mut params);
    if form_post {
        return Some(page::form_post(redirect_uri, &params));
    }
    see_other(&with_query(redirect_uri, &params))
}

/// Adds parameters to a URL whose own bytes stay as they are.
fn with_query(url: &str, params: &CallbackParams) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(params).finish();
    let joint = match url.split_once('?') {
        None => "?",
        Some((_, "")) => "",
        Some(_) => "&",
    };
    format!("{url}{joint}{query}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_added_after_those_that_a_redirect_uri_has() {
        let params: CallbackParams = vec![("code", "a b".into())];
        for (url, whole) in [
            ("http://127.0.0.1/cb", "http://127.0.0.1/cb?code=a+b"),
            ("http://127.0.0.1/cb?", "http://127.0.0.1/cb?code=a+b"),
            ("http://127.0.0.1/cb?x=%41", "http://127.0.0.1/cb?x=%41&code=a+b"),
            ("com.example.app:/cb", "com.example.app:/cb?code=a+b"),
        ] {
            assert_eq!(with_query(url, &params), whole);
        }
    }
}
