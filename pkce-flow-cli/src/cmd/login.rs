//! `pkce-flow login`.

use std::path::Path;

use pkce_flow::{Profile, Tokens};

use super::demo;
use super::person::{Person, log_in};
use crate::args;
use crate::config::{self, Selected};
use crate::exit::{Failure, Outcome};
use crate::output::{self, GOOD, styled};
use crate::show;
use crate::vault::{Key, Vault};

pub(super) use crate::config::DEMO;

pub(crate) async fn run(config: Option<&Path>, args: &args::Login) -> Outcome {
    if args.provider.name.as_deref() == Some(DEMO) {
        return demonstrate(config, args).await;
    }
    let selected = config::select(config, &args.provider)?;
    let manager = &selected.manager;
    let key = Key::of(&selected.name, manager.declaration());
    let vault = if args.no_save { None } else { Some(Vault::of_this_user()?) };
    if let Some(vault) = &vault {
        // Nobody should sign in before a vault is found to be unusable.
        vault.check(&key, args.keyring).await?;
    }
    let done = log_in(manager, &person(args, false)).await?;
    let kept = match &vault {
        Some(vault) => keep(vault, &key, &done.tokens, args.keyring).await,
        None => Ok(()),
    };
    let tokens = done.show(&kept).await;
    kept?;
    print(args, manager.declaration().display_name(), &tokens, None)?;
    say_where(&selected, vault.as_ref());
    Ok(())
}

fn person(args: &args::Login, scripted: bool) -> Person {
    Person { timeout: args.timeout, no_browser: args.no_browser, scripted }
}

async fn keep(vault: &Vault, key: &Key, tokens: &Tokens, seal: bool) -> Outcome {
    vault.lock().await?.put(key, tokens, seal).await
}

/// `login demo`: nothing to set up, and nothing is kept.
async fn demonstrate(config: Option<&Path>, args: &args::Login) -> Outcome {
    let only_name = args::Provider { name: Some(DEMO.to_owned()), ..args::Provider::default() };
    if config.is_some() || args.provider != only_name || args.keyring {
        return Err(Failure::usage("`demo` is the embedded provider, and takes no other settings")
            .help("leave them out; a table of your own needs another name"));
    }
    let embedded = demo::Embedded::start()?;
    let done = log_in(&embedded.manager, &person(args, true)).await?;
    let profile = embedded.manager.profile(&done.tokens).await.map_err(Failure::from);
    let tokens = done.show(&Ok::<_, Failure>(())).await;
    print(args, demo::NAME, &tokens, Some(&profile?))?;
    output::note(
        "Nothing was kept, and the embedded provider ends now. Next: pkce-flow login --help",
    );
    Ok(())
}

fn print(
    args: &args::Login,
    provider: &str,
    tokens: &Tokens,
    profile: Option<&Profile>,
) -> Outcome {
    if args.json {
        return output::json(&show::token_response(tokens));
    }
    let mut text =
        show::table(&styled(GOOD, format_args!("Signed in at {provider}")), &show::tokens(tokens));
    if let Some(profile) = profile {
        text.push_str(&show::table("\nProfile", &show::profile(profile)));
    }
    output::result(&text)
}

fn say_where(selected: &Selected, vault: Option<&Vault>) {
    match vault {
        Some(vault) => output::note(format_args!(
            "The tokens are kept in {}.\nNext: pkce-flow token {}",
            vault.path().display(),
            selected.again
        )),
        None => output::note("The tokens are not kept."),
    }
}
