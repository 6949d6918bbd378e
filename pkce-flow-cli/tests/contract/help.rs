//! Help, version, completions, wrong usage.

use crate::home::Home;

const COMMANDS: &[&[&str]] = &[
    &[],
    &["login"],
    &["token"],
    &["refresh"],
    &["revoke"],
    &["userinfo"],
    &["providers", "list"],
    &["providers", "show"],
    &["providers", "check"],
    &["providers", "schema"],
    &["generate"],
    &["import"],
    &["explain"],
    &["demo"],
    &["completions"],
];

#[test]
fn every_command_has_help_with_examples() {
    let home = Home::new();
    for command in COMMANDS {
        for flag in ["--help", "-h"] {
            let ended = home.run(&[command, &[flag][..]].concat());
            assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""), "{command:?}");
            let example = format!("  pkce-flow {}", command.join(" "));
            let (_, examples) = ended.stdout.split_once("Examples:\n").expect("examples");
            assert!(examples.contains(example.trim_end()), "{}", ended.stdout);
        }
    }
}

#[test]
fn the_version_is_the_packages() {
    let ended = Home::new().run(&["--version"]);
    assert_eq!(ended.code, Some(0));
    assert_eq!(ended.stdout, format!("pkce-flow {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn completions_name_every_command() {
    let home = Home::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let ended = home.run(&["completions", shell]);
        assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""), "{shell}");
        for command in COMMANDS.iter().flat_map(|command| command.iter()) {
            assert!(ended.stdout.contains(command), "{shell} lacks {command}");
        }
    }
}

#[test]
fn wrong_usage_ends_with_2_and_says_it_on_standard_error() {
    let home = Home::new();
    for arguments in [
        &[][..],
        &["login"],
        &["no-such-command"],
        &["login", "--no-such-option"],
        &["login", "corp", "--timeout", "0"],
        &["login", "corp", "--timeout", "soon"],
        &["login", "gitlab", "--client-id", "x", "--variable", "domain"],
        &["login", "corp", "--keyring", "--no-save"],
        &["token"],
        &["providers", "show"],
        &["generate"],
        &["generate", "providers.toml", "--check"],
        &["import"],
        &["import", "https://idp.example", "--name", "1st"],
        &["completions", "no-such-shell"],
    ] {
        let ended = home.run(arguments);
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(!ended.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn no_option_takes_a_secret_as_its_value() {
    let home = Home::new();
    for command in COMMANDS {
        let help = home.run(&[command, &["--help"][..]].concat()).stdout;
        for option in ["--client-secret ", "--password", "--token ", "--access-token"] {
            assert!(!help.contains(option), "{command:?} has {option}");
        }
    }
}
