//! `pkce-flow token`.

use std::path::Path;
use std::time::UNIX_EPOCH;

use serde_json::json;

use super::valid::{Account, Refresh};
use crate::args;
use crate::exit::{Code, Failure, Outcome};
use crate::output;

pub(crate) async fn run(config: Option<&Path>, args: &args::Token) -> Outcome {
    let account = Account::open(config, &args.provider)?;
    let tokens = account.tokens(Refresh::WhenNeeded).await?;
    let token = tokens.access_token().expose();
    // A line break in a token would put more into a script's header than a token.
    if token.chars().any(char::is_control) {
        return Err(Failure::new(Code::Provider, "the access token has control characters")
            .help("tell the provider; RFC 6750 allows none"));
    }
    if !args.json {
        return output::result(&format!("{token}\n"));
    }
    let mut object = json!({
        "access_token": token,
        "token_type": tokens.token_type(),
        "scope": tokens.scope().join(" "),
    });
    if let Some(end) = tokens.expires_at().and_then(|end| end.duration_since(UNIX_EPOCH).ok()) {
        object["expires_at"] = end.as_secs().into();
    }
    output::json(&object)
}
