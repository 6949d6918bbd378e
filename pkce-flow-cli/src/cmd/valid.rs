//! Valid tokens from the vault, refreshed where needed, once for all processes.

use std::path::Path;
use std::time::{Duration, SystemTime};

use pkce_flow::{Manager, Tokens};

use crate::args;
use crate::config::{self, Selected};
use crate::exit::{Code, Failure, Outcome};
use crate::interrupt;
use crate::output;
use crate::vault::{Key, Locked, Vault};

/// A token that ends so soon is refreshed: it shall still be valid when it is used.
const MARGIN: Duration = Duration::from_secs(30);

/// When tokens are refreshed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refresh {
    WhenNeeded,
    Always,
}

/// The provider that the arguments mean, and the tokens that are kept for it.
#[derive(Debug)]
pub(crate) struct Account {
    pub(crate) selected: Selected,
    pub(crate) key: Key,
    pub(crate) vault: Vault,
}

impl Account {
    pub(crate) fn open(config: Option<&Path>, wanted: &args::Provider) -> Outcome<Self> {
        let selected = config::select(config, wanted)?;
        let key = Key::of(&selected.name, selected.manager.declaration());
        Ok(Self { selected, key, vault: Vault::of_this_user()? })
    }

    pub(crate) fn manager(&self) -> &Manager {
        &self.selected.manager
    }

    /// Tokens whose access token is valid, as far as anybody knows.
    pub(crate) async fn tokens(&self, refresh: Refresh) -> Outcome<Tokens> {
        let tokens = self.vault.read(&self.key).await?.ok_or_else(|| self.not_logged_in())?;
        if refresh == Refresh::WhenNeeded && is_fresh(&tokens) {
            return Ok(tokens);
        }
        let locked = self.vault.lock().await?;
        // Another process may have refreshed them, or forgotten them, in the meantime.
        let tokens = locked.read(&self.key).await?.ok_or_else(|| self.not_logged_in())?;
        if refresh == Refresh::WhenNeeded && is_fresh(&tokens) {
            return Ok(tokens);
        }
        let still_valid = !tokens.expires_within(Duration::ZERO, SystemTime::now());
        if tokens.refresh_token().is_none() && refresh == Refresh::WhenNeeded && still_valid {
            return Ok(tokens);
        }
        match interrupt::deferred(self.renew(&locked, &tokens)).await {
            Err(failure)
                if refresh == Refresh::WhenNeeded && still_valid && is_transient(&failure) =>
            {
                output::note("the token could not be refreshed yet; it is still valid");
                Ok(tokens)
            }
            other => other,
        }
    }

    /// What was answered is kept before anybody uses it: the old refresh token may be spent.
    async fn renew(&self, locked: &Locked<'_>, tokens: &Tokens) -> Outcome<Tokens> {
        let renewed = self.manager().refresh(tokens).await.map_err(|error| {
            let again = error.needs_login();
            let failure = Failure::from(error);
            if again { self.log_in_again(&failure) } else { failure }
        })?;
        locked.put(&self.key, &renewed, false).await?;
        Ok(renewed)
    }

    fn not_logged_in(&self) -> Failure {
        let name = &self.selected.name;
        Failure::new(Code::Refused, format!("there are no tokens for `{name}`"))
            .help(format!("log in first: pkce-flow login {}", self.selected.again))
    }

    fn log_in_again(&self, failure: &Failure) -> Failure {
        Failure::new(Code::Refused, crate::report::summary(failure))
            .help(format!("log in again: pkce-flow login {}", self.selected.again))
    }
}

/// Tokens that say nothing about their end are taken as they are.
fn is_fresh(tokens: &Tokens) -> bool {
    !tokens.expires_within(MARGIN, SystemTime::now())
}

fn is_transient(failure: &Failure) -> bool {
    failure.code() == Code::Provider as u8
}
