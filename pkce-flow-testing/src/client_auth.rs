//! Who is calling the token or revocation endpoint (RFC 6749 section 2.3).

use base64::{Engine as _, engine::general_purpose::STANDARD};
use http::{HeaderMap, StatusCode, header};

use crate::{
    client::{Client, ClientAuth},
    params::{Params, decode_component},
    respond::Refusal,
    settings::Settings,
};

/// The client that sent the request, where it proved to be that one.
pub(crate) fn authenticate<'a>(
    headers: &HeaderMap,
    params: &Params,
    settings: &'a Settings,
) -> Result<&'a Client, Refusal> {
    let mut basic = headers.get_all(header::AUTHORIZATION).iter();
    match (basic.next(), basic.next()) {
        (Some(_), Some(_)) => Err(Refusal::invalid_request("there are two Authorization headers")),
        (Some(value), None) => {
            if params.has("client_secret") || params.has("client_assertion") {
                return Err(Refusal::invalid_request(
                    "the client authenticates in two ways at once: one is allowed",
                ));
            }
            let client = by_basic(value.as_bytes(), settings)?;
            match params.get("client_id") {
                Some(id) if id != client.id => Err(Refusal::invalid_request(
                    "client_id is not that of the Authorization header",
                )),
                _ => Ok(client),
            }
        }
        (None, _) => by_body(params, settings),
    }
}

fn by_basic<'a>(value: &[u8], settings: &'a Settings) -> Result<&'a Client, Refusal> {
    let refuse = |why: &str| Err(invalid_client(why, true));
    let Some((id, secret)) = basic_credentials(value) else {
        return refuse("the Authorization header is no Basic with an id and a secret");
    };
    // Whether the id is encoded is the client's affair, so look for it both ways.
    let decoded_id = decode_component(&id);
    let client = settings.clients.iter().find(|client| match client.auth {
        ClientAuth::BasicRaw => client.id == id,
        _ => Some(&client.id) == decoded_id.as_ref(),
    });
    let Some(client) = client else {
        return refuse("the client is unknown");
    };
    let given = match client.auth {
        ClientAuth::Basic | ClientAuth::BasicOrPost => decode_component(&secret),
        ClientAuth::BasicRaw => Some(secret),
        ClientAuth::Post | ClientAuth::None => {
            return refuse("this client does not authenticate with client_secret_basic");
        }
    };
    if given.is_some() && given == client.secret {
        Ok(client)
    } else {
        refuse("the client secret is wrong")
    }
}

fn by_body<'a>(params: &Params, settings: &'a Settings) -> Result<&'a Client, Refusal> {
    let refuse = |why: &str| Err(invalid_client(why, false));
    let Some(id) = params.get("client_id") else {
        return refuse("there is no client authentication and no client_id");
    };
    let Some(client) = settings.client(id) else {
        return refuse("the client is unknown");
    };
    match (client.auth, params.get("client_secret")) {
        (ClientAuth::None, None) => Ok(client),
        (ClientAuth::None, Some(_)) => refuse("this client has no secret, but one was sent"),
        (ClientAuth::Post | ClientAuth::BasicOrPost, Some(secret)) => {
            if client.secret.as_deref() == Some(secret) {
                Ok(client)
            } else {
                refuse("the client secret is wrong")
            }
        }
        (_, Some(_)) => refuse("this client does not authenticate with client_secret_post"),
        (_, None) => refuse("this client must authenticate with its secret"),
    }
}

fn basic_credentials(value: &[u8]) -> Option<(String, String)> {
    let text = std::str::from_utf8(value).ok()?;
    let (scheme, encoded) = text.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = decoded.split_once(':')?;
    Some((id.to_owned(), secret.to_owned()))
}

/// RFC 6749 section 5.2: 401, and a challenge where the client used the header.
fn invalid_client(why: &str, used_header: bool) -> Refusal {
    Refusal {
        status: StatusCode::UNAUTHORIZED,
        challenge: used_header.then_some("Basic realm=\"token\", charset=\"UTF-8\""),
        ..Refusal::new("invalid_client", why)
    }
}
