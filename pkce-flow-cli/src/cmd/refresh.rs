//! `pkce-flow refresh`.

use std::path::Path;

use super::valid::{Account, Refresh};
use crate::args;
use crate::exit::Outcome;
use crate::output::{self, GOOD, styled};
use crate::show;

pub(crate) async fn run(config: Option<&Path>, args: &args::Refresh) -> Outcome {
    let account = Account::open(config, &args.provider)?;
    let tokens = account.tokens(Refresh::Always).await?;
    if args.json {
        return output::json(&show::token_response(&tokens));
    }
    let heading = styled(GOOD, format_args!("New tokens for {}", account.selected.name));
    output::result(&show::table(&heading, &show::tokens(&tokens)))
}
