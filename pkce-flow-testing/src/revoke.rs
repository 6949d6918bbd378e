//! The revocation endpoint (RFC 7009).

use http::{Method, StatusCode};

use crate::{
    body::{Answer, Body},
    client_auth::authenticate,
    endpoint::Endpoint,
    faults::{Occasion, instead_of_revocation},
    incoming::Incoming,
    respond::{Refusal, method_not_allowed, reply},
    state::State,
    token::post_params,
};

pub(crate) fn handle(request: &Incoming, state: &State) -> Answer {
    if request.method != Method::POST {
        return method_not_allowed("POST").into();
    }
    let faults = state.orders.take(Occasion::At(Endpoint::Revocation));
    if let Some(answer) = instead_of_revocation(&faults) {
        return answer;
    }
    match revoke(request, state) {
        Ok(()) => reply(StatusCode::OK, "", Body::empty()).into(),
        Err(refusal) => refusal.reply().into(),
    }
}

fn revoke(request: &Incoming, state: &State) -> Result<(), Refusal> {
    let params = post_params(request)?;
    let settings = state.settings();
    let client = authenticate(&request.headers, &params, &settings)?;
    let token = params.get("token").ok_or_else(|| Refusal::invalid_request("token is missing"))?;
    state.grants().revoke(token, &client.id)
}
