//! From a request to its handler.

use std::{io, sync::Arc};

use http::{Method, Request, Response, StatusCode};
use hyper::body::Incoming as HyperBody;

use crate::{
    authorize,
    body::{Answer, Body},
    endpoint::Endpoint,
    incoming::Incoming,
    metadata, page,
    respond::method_not_allowed,
    revoke,
    state::State,
    token, userinfo,
};

pub(crate) async fn serve(
    request: Request<HyperBody>,
    state: Arc<State>,
) -> io::Result<Response<Body>> {
    let answer = match Incoming::read(request, &state).await {
        Ok(request) => answer(&request, &state),
        Err(reply) => reply.into(),
    };
    answer.into_service_result().await
}

fn answer(request: &Incoming, state: &State) -> Answer {
    let endpoint = state.settings().paths.at(&request.path);
    match endpoint {
        Some(Endpoint::Authorization) => authorize::handle(request, state),
        Some(Endpoint::Token) => token::handle(request, state),
        Some(Endpoint::Revocation) => revoke::handle(request, state),
        Some(Endpoint::UserInfo) => userinfo::handle_userinfo(request, state),
        Some(Endpoint::Profile) => userinfo::handle_profile(request, state),
        Some(endpoint) => metadata::handle(request, state, endpoint),
        None => other(request, state),
    }
}

fn other(request: &Incoming, state: &State) -> Answer {
    let settings = state.settings();
    let decision_path = settings.decision_path();
    let start_paths = ["/", &settings.issuer_path];
    if request.path == decision_path {
        // The handler asks for the settings itself.
        drop(settings);
        return authorize::decide(request, state);
    }
    if !start_paths.contains(&request.path.as_str()) {
        let why = "This server has no page at this address.";
        return page::error(StatusCode::NOT_FOUND, "Nothing here", why).into();
    }
    if request.method != Method::GET {
        return method_not_allowed("GET").into();
    }
    page::start(&settings).into()
}
