//! `pkce-flow revoke`.

use std::path::Path;

use pkce_flow::ErrorCode;
use serde_json::json;

use super::valid::Account;
use crate::args;
use crate::exit::{Code, Failure, Outcome};
use crate::output::{self, GOOD, styled};

pub(crate) async fn run(config: Option<&Path>, args: &args::Revoke) -> Outcome {
    let account = Account::open(config, &args.provider)?;
    let name = &account.selected.name;
    let locked = account.vault.lock().await?;
    let Some(tokens) = locked.read(&account.key).await? else {
        return Err(Failure::new(Code::Refused, format!("there are no tokens for `{name}`"))
            .help("nothing needs to be done"));
    };
    account.manager().revoke(&tokens).await.map_err(|error| {
        let unknown = error.code() == ErrorCode::EndpointUnknown;
        let failure = Failure::from(error);
        if unknown {
            failure.help(format!(
                "revoke them on the provider's own pages; they are still kept in {}",
                account.vault.path().display()
            ))
        } else {
            failure.help("the tokens are still kept; try again")
        }
    })?;
    locked.remove(&account.key).await?;
    if args.json {
        return output::json(&json!({ "name": name, "revoked": true }));
    }
    let done = styled(GOOD, "Revoked");
    output::result(&format!("{done}: the tokens for {name} are no longer valid, nor kept.\n"))
}
