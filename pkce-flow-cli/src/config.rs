//! Which providers file is read, and which provider is meant.

use std::path::{Path, PathBuf};
use std::{fs, io, io::Read as _};

use pkce_flow::{Manager, Registration};
use pkce_flow_providers::{Draft, Preset, Problems, ProvidersToml, ScopeDraft, SecretSource, Text};

use crate::args;
use crate::arguments::at_arguments;
use crate::dirs;
use crate::exit::{Failure, Outcome};
use crate::show::quoted;

/// The redirect URI of a preset or an issuer: any free port.
const REDIRECT_URI: &str = "http://127.0.0.1/callback";

/// The embedded provider, which `login` starts: a word of the command line alone.
pub(crate) const DEMO: &str = "demo";

/// A providers file that was read and has no mistake.
#[derive(Debug)]
pub(crate) struct ProvidersFile {
    pub(crate) path: PathBuf,
    pub(crate) providers: ProvidersToml,
}

/// Finds the file of a command: the one that was named, else `providers.toml` here, else the
/// user's.
pub(crate) fn find(named: Option<&Path>) -> Option<PathBuf> {
    let here = PathBuf::from("providers.toml");
    let candidates =
        [Some(here), dirs::config().map(|folder| folder.join("pkce-flow/providers.toml"))];
    match named {
        Some(path) => Some(path.to_owned()),
        None => candidates.into_iter().flatten().find(|path| path.exists()),
    }
}

/// The largest providers file that is read, in bytes.
const LARGEST: u64 = 4 * 1024 * 1024;

/// Reads a file's text.
pub(crate) fn read(path: &Path) -> Outcome<String> {
    let shown = path.display();
    let cannot = |error: io::Error| {
        let failure = Failure::usage(format!("cannot read {shown}: {error}"));
        match error.kind() {
            io::ErrorKind::NotFound => failure.help("check the path"),
            io::ErrorKind::IsADirectory => failure.help("name the file in that folder"),
            _ => failure,
        }
    };
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(cannot)?;
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(cannot)?;
    if bytes.len() as u64 > LARGEST {
        return Err(Failure::usage(format!("{shown} is larger than {} MiB", LARGEST >> 20))
            .help("name a providers file: it has a table for each provider"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let (good, rest) = error.as_bytes().split_at(error.utf8_error().valid_up_to());
        let line = good.split(|byte| *byte == b'\n').next_back().unwrap_or_default();
        let number = good.iter().filter(|byte| **byte == b'\n').count() + 1;
        let column = String::from_utf8_lossy(line).chars().count() + 1;
        let byte = rest.first().copied().unwrap_or_default();
        Failure::usage(format!("{shown}:{number}:{column}: the byte 0x{byte:02X} is not UTF-8"))
            .help("save the file as UTF-8")
    })
}

/// Reads and checks the file of a command, where there is one.
pub(crate) fn load(named: Option<&Path>) -> Outcome<Option<ProvidersFile>> {
    let Some(path) = find(named) else {
        return Ok(None);
    };
    let text = read(&path)?;
    let providers = ProvidersToml::parse(&text).map_err(|problems| in_file(problems, &path))?;
    Ok(Some(ProvidersFile { path, providers }))
}

/// Puts the name of the file on the problems.
pub(crate) fn in_file(problems: Problems, path: &Path) -> Problems {
    problems.in_file(&path.display().to_string())
}

/// The provider that a command is about.
#[derive(Debug)]
pub(crate) struct Selected {
    pub(crate) manager: Manager,
    /// How the person called it; the vault's tokens are kept under it.
    pub(crate) name: String,
    /// The arguments that mean this provider again.
    pub(crate) again: String,
}

/// Makes the manager of the provider that the arguments mean. This reads the environment.
pub(crate) fn select(config: Option<&Path>, wanted: &args::Provider) -> Outcome<Selected> {
    let file = load(config)?;
    let found = draft(file.as_ref(), wanted)?;
    let name = found.name.clone();
    let table = found.path.clone();
    let is_table = file.as_ref().is_some_and(|file| file.providers.draft(&name).is_some());
    let manager = Registration::from_draft(found).manager().map_err(|error| {
        let Some(problems) = error.problems() else { return Failure::from(error) };
        let problems = at_arguments(problems, &table, wanted, !is_table);
        // What is not an argument's is a table's, and points at its lines.
        Failure::from(match &file {
            Some(file) => in_file(file.providers.locate(problems), &file.path),
            None => problems,
        })
    })?;
    Ok(Selected { manager, name, again: again(config, wanted) })
}

/// The table, the preset or the issuer, with what the arguments state over it.
fn draft(file: Option<&ProvidersFile>, wanted: &args::Provider) -> Outcome<Draft> {
    let table = wanted.name.as_deref().and_then(|name| file?.providers.draft(name));
    let mut draft = match (table, &wanted.name) {
        (Some(table), _) => table.clone(),
        (None, Some(name)) if Preset::find(name).is_some() => {
            if wanted.client_id.is_none() {
                return Err(Failure::usage(format!("the preset `{name}` needs a client_id")).help(
                    format!(
                        "register an application at the provider, then give --client-id, or write \
                         a table [providers.{name}] into a providers file"
                    ),
                ));
            }
            Draft { name: name.clone(), preset: Some(name.clone()), ..Draft::default() }
        }
        (None, name) if wanted.issuer.is_some() => {
            if wanted.client_id.is_none() {
                return Err(Failure::usage("--issuer needs --client-id")
                    .help("register an application at the provider, and give its client_id"));
            }
            Draft {
                name: name.clone().unwrap_or_else(|| "issuer".to_owned()),
                display_name: wanted.issuer.clone(),
                ..Draft::default()
            }
        }
        (None, Some(name)) if name == DEMO => {
            return Err(Failure::usage(format!("the tokens of `{DEMO}` are not kept")).help(
                "log in to a provider of yours, pkce-flow login --help, or leave the demo \
                       open: pkce-flow demo",
            ));
        }
        (None, Some(name)) => return Err(unknown(name, file)),
        (None, None) => {
            return Err(Failure::usage("no provider is named").help(
                "name a table or a preset (pkce-flow providers list), or give --issuer and \
                 --client-id",
            ));
        }
    };
    let text = |value: &String| Text::Literal(value.clone());
    for (slot, given) in [
        (&mut draft.client_id, &wanted.client_id),
        (&mut draft.issuer, &wanted.issuer),
        (&mut draft.redirect_uri, &wanted.redirect_uri),
    ] {
        if let Some(given) = given {
            *slot = Some(text(given));
        }
    }
    if table.is_none() {
        draft.redirect_uri.get_or_insert_with(|| REDIRECT_URI.into());
    }
    if let Some(name) = &wanted.client_secret_env {
        draft.client_secret = Some(SecretSource::Env(name.clone()));
    }
    if let Some(scope) = &wanted.scope {
        draft.scope = Some(ScopeDraft::Text(scope.clone()));
    }
    for (name, value) in &wanted.variables {
        draft.variables.insert(name.clone(), text(value));
    }
    Ok(draft)
}

fn unknown(name: &str, file: Option<&ProvidersFile>) -> Failure {
    let mut places = Vec::new();
    if let Some(file) = file {
        let names: Vec<_> = file.providers.names().collect();
        places.push(format!("{} has {}", file.path.display(), list(&names)));
    } else {
        places.push("there is no providers.toml here".to_owned());
    }
    let presets: Vec<_> = Preset::names().collect();
    places.push(format!("the presets are {}", list(&presets)));
    let near = Preset::nearest(name)
        .map(|near| format!("do you mean the preset `{near}`? "))
        .unwrap_or_default();
    Failure::usage(format!("there is no provider `{name}`")).help(format!(
        "{near}{}; another file is named with --config, and a provider without either with --issuer",
        places.join("; ")
    ))
}

fn list(names: &[&str]) -> String {
    match names {
        [] => "no table".to_owned(),
        names => names.join(", "),
    }
}

/// The arguments that mean the same provider in another command.
fn again(config: Option<&Path>, wanted: &args::Provider) -> String {
    let mut words: Vec<String> = wanted.name.iter().cloned().collect();
    let mut option = |name: &str, value: Option<String>| {
        words.extend(value.into_iter().flat_map(|value| [name.to_owned(), quoted(value)]));
    };
    option("--config", config.map(|path| path.display().to_string()));
    option("--issuer", wanted.issuer.clone());
    option("--client-id", wanted.client_id.clone());
    option("--client-secret-env", wanted.client_secret_env.clone());
    for (name, value) in &wanted.variables {
        option("--variable", Some(format!("{name}={value}")));
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "[providers.gitlab]\nroot_url = 'https://gitlab.corp.example/oauth/'\n\
        client_id = 'from-the-table'\nredirect_uri = 'http://127.0.0.1:8000/cb'\n";

    fn file() -> ProvidersFile {
        let providers = ProvidersToml::parse(FILE).expect("a good file");
        ProvidersFile { path: "providers.toml".into(), providers }
    }

    fn wanted(name: Option<&str>) -> args::Provider {
        args::Provider { name: name.map(str::to_owned), ..args::Provider::default() }
    }

    #[test]
    fn a_table_wins_over_a_preset_of_its_name() {
        let draft = draft(Some(&file()), &wanted(Some("gitlab"))).expect("the table");
        assert_eq!(draft.preset, None);
        assert_eq!(draft.client_id, Some("from-the-table".into()));
    }

    #[test]
    fn arguments_win_over_the_table() {
        let wanted = args::Provider {
            client_id: Some("given".to_owned()),
            client_secret_env: Some("SECRET".to_owned()),
            redirect_uri: Some("http://127.0.0.1:9000/".to_owned()),
            scope: Some("a b".to_owned()),
            ..wanted(Some("gitlab"))
        };
        let draft = draft(Some(&file()), &wanted).expect("the table");
        assert_eq!(draft.client_id, Some("given".into()));
        assert_eq!(draft.client_secret, Some(SecretSource::Env("SECRET".to_owned())));
        assert_eq!(draft.redirect_uri, Some("http://127.0.0.1:9000/".into()));
        assert_eq!(draft.scope, Some(ScopeDraft::Text("a b".to_owned())));
    }

    #[test]
    fn a_preset_needs_a_client_id_and_gets_a_redirect_uri() {
        let failure = draft(None, &wanted(Some("gitlab"))).expect_err("no client_id");
        assert_eq!(failure.code(), 2);
        let with_id = args::Provider { client_id: Some("id".to_owned()), ..wanted(Some("gitlab")) };
        let draft = draft(None, &with_id).expect("the preset");
        assert_eq!(draft.preset.as_deref(), Some("gitlab"));
        assert_eq!(draft.redirect_uri, Some(REDIRECT_URI.into()));
    }

    #[test]
    fn an_issuer_and_a_client_id_need_no_name() {
        let issuer = Some("https://idp.example".to_owned());
        let alone = args::Provider { issuer: issuer.clone(), ..wanted(None) };
        assert_eq!(draft(None, &alone).expect_err("no client_id").code(), 2);
        let both = args::Provider { issuer, client_id: Some("id".to_owned()), ..wanted(None) };
        let draft = draft(None, &both).expect("enough");
        assert_eq!(draft.issuer, Some("https://idp.example".into()));
    }

    #[test]
    fn who_names_nothing_is_told_what_to_name() {
        let Err(Failure::Message { help: Some(help), .. }) = draft(None, &wanted(None)) else {
            panic!("a name or an issuer is needed")
        };
        assert!(help.contains("--issuer") && help.contains("providers list"), "{help}");
    }

    #[test]
    fn an_unknown_name_lists_the_known_ones() {
        let failure = draft(Some(&file()), &wanted(Some("gitlb"))).expect_err("unknown");
        let Failure::Message { help: Some(help), .. } = failure else { panic!("no help") };
        assert!(help.contains("`gitlab`") && help.contains("github"), "{help}");
    }

    #[test]
    fn a_bad_argument_is_named_and_no_line_of_the_file_is() {
        let bad = args::Provider {
            redirect_uri: Some("http://example.org/".to_owned()),
            ..wanted(Some("gitlab"))
        };
        let file = file();
        let found = draft(Some(&file), &bad).expect("the table");
        let table = found.path.clone();
        let problems = pkce_flow_providers::resolve(found)
            .and_then(|resolved| pkce_flow_providers::check(&resolved))
            .expect_err("http is for loopback");
        let located = file.providers.locate(at_arguments(&problems, &table, &bad, false));
        let problem = located.iter().next().expect("one");
        assert_eq!(problem.path().to_string(), "--redirect-uri");
        assert!(problem.location().is_none());
    }
}
