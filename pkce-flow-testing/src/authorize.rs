//! The authorization endpoint (RFC 6749 section 4.1.1) and the decision of the person.

use http::{Method, StatusCode};

use crate::{
    body::Answer,
    callback,
    grants::AuthorizationRequest,
    incoming::Incoming,
    page,
    params::Params,
    pkce::is_s256_challenge,
    respond::{Reply, method_not_allowed},
    scope,
    settings::{Consent, Settings},
    state::State,
};

/// What a request without a scope gets.
const DEFAULT_SCOPE: &str = "profile";

pub(crate) fn handle(request: &Incoming, state: &State) -> Answer {
    let text = match request.method {
        Method::GET => request.query.as_bytes(),
        Method::POST if request.media_type() == "application/x-www-form-urlencoded" => {
            &request.body
        }
        Method::POST => return bad_request("The parameters must be sent as a form.").into(),
        _ => return method_not_allowed("GET, POST").into(),
    };
    let params = match Params::from_form(text) {
        Ok(params) => params,
        Err(why) => return bad_request(&format!("The parameters are malformed: {why}.")).into(),
    };
    // Whoever names a wrong client or address is never redirected (RFC 6749 section 4.1.2.1).
    let back = match WayBack::find(&params, &state.settings()) {
        Ok(back) => back,
        Err(why) => return bad_request(why).into(),
    };
    let checked = check(&params, &back, &state.settings());
    match checked {
        Ok(asked) => go_on(asked, params.get("prompt"), state),
        Err((error, description)) => back.refuse(error, description, state),
    }
}

/// The decision: a POST with the ticket of a consent page.
pub(crate) fn decide(request: &Incoming, state: &State) -> Answer {
    if request.method != Method::POST {
        return method_not_allowed("POST").into();
    }
    let params = match Params::from_form(&request.body) {
        Ok(params) if params.duplicate().is_none() => params,
        _ => return bad_request("The form is malformed.").into(),
    };
    let allowed = match params.get("decision") {
        Some("allow") => true,
        Some("deny") => false,
        _ => return bad_request("The decision is neither allow nor deny.").into(),
    };
    let ticket = params.get("ticket").unwrap_or_default();
    let taken = state.grants().take_ticket(ticket, state.clock.now());
    match taken {
        Ok(asked) if allowed => allow(&asked, state),
        Ok(asked) => deny(&asked, state),
        Err(why) => bad_request(why).into(),
    }
}

fn go_on(asked: AuthorizationRequest, prompt: Option<&str>, state: &State) -> Answer {
    let consent = state.settings().consent;
    match consent {
        Consent::Approve => allow(&asked, state),
        Consent::Deny => deny(&asked, state),
        // OpenID Connect Core 1.0 section 3.1.2.6: no page may be shown, but one is needed.
        Consent::Ask if prompt == Some("none") => {
            let back = WayBack::of(&asked);
            back.refuse("consent_required", "the person must be asked", state)
        }
        Consent::Ask => {
            let settings = state.settings();
            let now = state.clock.now();
            let lifetimes = &settings.lifetimes;
            let ticket = state.grants().issue_ticket(asked.clone(), now, lifetimes);
            page::consent(&asked, &ticket, &settings).into()
        }
    }
}

fn allow(asked: &AuthorizationRequest, state: &State) -> Answer {
    let lifetimes = state.settings().lifetimes;
    let now = state.clock.now();
    let code = state.grants().issue_code(asked, now, &lifetimes);
    WayBack::of(asked).send(vec![("code", code)], state)
}

fn deny(asked: &AuthorizationRequest, state: &State) -> Answer {
    let why = "the person did not allow it";
    WayBack::of(asked).refuse("access_denied", why, state)
}

/// Where an answer goes once client and redirect_uri are known to be right.
struct WayBack {
    client_id: String,
    redirect_uri: String,
    state: Option<String>,
    form_post: bool,
}

impl WayBack {
    fn find(params: &Params, settings: &Settings) -> Result<Self, &'static str> {
        if params.count("client_id") > 1 {
            return Err("client_id comes more than once.");
        }
        if params.count("redirect_uri") > 1 {
            return Err("redirect_uri comes more than once.");
        }
        let id = params.get("client_id").ok_or("client_id is missing.")?;
        let client =
            settings.client(id).ok_or("No application is registered under this client_id.")?;
        let uri = params.get("redirect_uri").ok_or("redirect_uri is missing.")?;
        if !client.allows_redirect_to(uri) {
            return Err("The application did not register this redirect_uri.");
        }
        Ok(Self {
            client_id: id.to_owned(),
            redirect_uri: uri.to_owned(),
            state: params.get("state").map(str::to_owned),
            form_post: params.get("response_mode") == Some("form_post"),
        })
    }

    fn of(asked: &AuthorizationRequest) -> Self {
        Self {
            client_id: asked.client_id.clone(),
            redirect_uri: asked.redirect_uri.clone(),
            state: asked.state.clone(),
            form_post: asked.form_post,
        }
    }

    fn refuse(&self, error: &'static str, description: &str, state: &State) -> Answer {
        let params =
            vec![("error", error.to_owned()), ("error_description", description.to_owned())];
        self.send(params, state)
    }

    fn send(&self, mut params: Vec<(&'static str, String)>, state: &State) -> Answer {
        params.extend(self.state.iter().map(|value| ("state", value.clone())));
        let reply = callback::send(&self.redirect_uri, self.form_post, params, state);
        let cannot = "The redirect_uri cannot stand in a header.";
        reply.unwrap_or_else(|| bad_request(cannot)).into()
    }
}

type Refused = (&'static str, &'static str);

fn check(
    params: &Params,
    back: &WayBack,
    settings: &Settings,
) -> Result<AuthorizationRequest, Refused> {
    let invalid = |why| Err(("invalid_request", why));
    if params.duplicate().is_some() {
        return invalid("a parameter comes more than once");
    }
    if params.has("request") {
        return Err(("request_not_supported", "request objects are not supported"));
    }
    if params.has("request_uri") {
        return Err(("request_uri_not_supported", "request_uri is not supported"));
    }
    if !matches!(params.get("response_mode"), None | Some("query" | "form_post")) {
        return invalid("response_mode is neither query nor form_post");
    }
    match params.get("response_type") {
        Some("code") => {}
        None => return invalid("response_type is missing"),
        Some(_) => return Err(("unsupported_response_type", "response_type is not code")),
    }
    let Some(challenge) = params.get("code_challenge") else {
        return invalid("code_challenge is missing: PKCE is required");
    };
    match params.get("code_challenge_method") {
        Some("S256") => {}
        // RFC 7636 section 4.3: without a method it is plain.
        None | Some("plain") => {
            return invalid("code_challenge_method must be S256; plain is not supported");
        }
        Some(_) => return invalid("code_challenge_method must be S256"),
    }
    if !is_s256_challenge(challenge) {
        return invalid("code_challenge is not the base64url of 32 bytes");
    }
    Ok(AuthorizationRequest {
        client_id: back.client_id.clone(),
        redirect_uri: back.redirect_uri.clone(),
        scope: check_scope(params, settings)?,
        state: back.state.clone(),
        nonce: params.get("nonce").map(str::to_owned),
        challenge: challenge.to_owned(),
        form_post: back.form_post,
    })
}

fn check_scope(params: &Params, settings: &Settings) -> Result<Vec<String>, Refused> {
    let text = params.get("scope").unwrap_or(DEFAULT_SCOPE);
    let scope = scope::parse(text).ok_or(("invalid_scope", "the scope is malformed"))?;
    let known = |token: &String| match &settings.scopes {
        Some(known) => known.contains(token),
        None => true,
    };
    if params.has("scope") && !scope.iter().all(known) {
        return Err(("invalid_scope", "a scope is unknown"));
    }
    Ok(scope)
}

fn bad_request(why: &str) -> Reply {
    page::error(StatusCode::BAD_REQUEST, "This sign-in cannot go on", why)
}
