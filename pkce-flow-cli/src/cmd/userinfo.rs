//! `pkce-flow userinfo`.

use std::path::Path;

use serde_json::Value;

use super::valid::{Account, Refresh};
use crate::args;
use crate::exit::{Code, Failure, Outcome};
use crate::output::{self, KEY, styled};
use crate::show;

pub(crate) async fn run(config: Option<&Path>, args: &args::Userinfo) -> Outcome {
    let account = Account::open(config, &args.provider)?;
    let tokens = account.tokens(Refresh::WhenNeeded).await?;
    let profile = account.manager().profile(&tokens).await.map_err(|error| {
        let again = error.needs_login();
        let failure = Failure::from(error);
        if again {
            failure.help(format!("log in again: pkce-flow login {}", account.selected.again))
        } else {
            failure
        }
    })?;
    if args.json {
        let json: Value = serde_json::from_str(&profile.json())
            .map_err(|_| Failure::new(Code::Provider, "the profile is no JSON"))?;
        return output::json(&json);
    }
    let heading = styled(KEY, format_args!("Profile at {}", account.selected.name));
    output::result(&show::table(&heading, &show::profile(&profile)))
}
