//! `pkce-flow import`.

mod table;
mod toml;

use std::path::Path;

use pkce_flow::transport::ReqwestClient;
use pkce_flow_providers::{Preset, Problems, ProvidersToml, Text, type_name, type_name_of};

use super::login::DEMO;
use crate::args::Import;
use crate::config;
use crate::exit::{Failure, Outcome};
use crate::output;
use crate::place;
use crate::show::{printable, quoted};

pub(crate) async fn run(args: &Import) -> Outcome {
    if let Some((issuer, _)) = args.issuer.split_once("/.well-known/") {
        return Err(Failure::usage(format!(
            "{} is no issuer: it is where metadata is",
            args.issuer
        ))
        .help(format!("write the issuer, as the metadata has it: {}", quoted(issuer.to_owned()))));
    }
    let name = args.name.clone().unwrap_or_else(|| name_of(&args.issuer));
    if name == DEMO {
        return Err(Failure::usage(format!("`{DEMO}` is the embedded provider"))
            .help("give the table another name with --name"));
    }
    let open = || args.output.as_deref().map(|path| File::open(path, &name)).transpose();
    // A name that is taken needs no request.
    open()?;
    let metadata = pkce_flow::discover(&args.issuer, &ReqwestClient::new()).await?;
    let table = table::table(&name, &metadata)?;
    // It may have changed since.
    let file = open()?;
    match &file {
        None => output::result(&table)?,
        Some(file) => {
            file.add(&table)?;
            output::note(format_args!(
                "The table [providers.{}] is in {}.",
                toml::key(&name),
                file.path.display()
            ));
        }
    }
    if let Some(preset) = preset_of(&args.issuer) {
        output::note(format_args!(
            "There is a preset of this provider, which knows more: preset = \"{preset}\""
        ));
    }
    let (place, config) = match &file {
        None => ("put the table into a providers.toml, ", String::new()),
        Some(file) => ("", format!(" --config {}", quoted(file.path.display().to_string()))),
    };
    output::note(format_args!(
        "Next: {place}register your application, fill in client_id, and pkce-flow login {}{config}",
        quoted(name)
    ));
    Ok(())
}

/// A providers file that gets a table more.
struct File<'a> {
    path: &'a Path,
    /// What it holds by now: nothing where it is not there yet.
    text: String,
}

impl<'a> File<'a> {
    /// Reads the file, which must have no mistake and no table of this name or type.
    fn open(path: &'a Path, name: &str) -> Outcome<Self> {
        let text = if path.exists() { config::read(path)? } else { String::new() };
        let found = ProvidersToml::parse(&text);
        let found = found.map_err(|problems| config::in_file(problems, path))?;
        let taken = found.drafts().iter().find(|draft| {
            draft.name == name
                || type_name_of(draft).is_some_and(|taken| type_name(name) == Some(taken))
        });
        match taken {
            None => Ok(Self { path, text }),
            Some(draft) => Err(Failure::usage(format!(
                "{} has the table [providers.{}] already",
                path.display(),
                printable(&toml::key(&draft.name))
            ))
            .help("give another name with --name, or leave -o out to see what is new")),
        }
    }

    /// Adds the table behind all others.
    fn add(&self, table: &str) -> Outcome {
        let gap = match self.text.as_str() {
            "" => "",
            text if text.ends_with('\n') => "\n",
            _ => "\n\n",
        };
        let text = format!("{}{gap}{table}", self.text);
        // Such as a file that has `providers` in braces.
        ProvidersToml::parse(&text).map_err(|problems| self.cannot_take(&problems))?;
        place::put(self.path, &text)
    }

    fn cannot_take(&self, problems: &Problems) -> Failure {
        let what = problems.iter().next().map(|problem| problem.what().to_owned());
        Failure::usage(format!(
            "{} cannot take the table behind what it has: {}",
            self.path.display(),
            what.unwrap_or_default()
        ))
        .help("leave -o out, and put the table where it belongs")
    }
}

/// The name of a table for this issuer: its host with `-` for dots, which always makes a type.
fn name_of(issuer: &str) -> String {
    let rest = issuer.split_once("://").map_or(issuer, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = match authority.strip_prefix('[') {
        Some(address) => address.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    let dashed = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let name: String = host.chars().map(dashed).collect();
    let name = name.trim_matches('-');
    match type_name(name) {
        Some(_) if name != DEMO => name.to_owned(),
        _ => format!("issuer-{name}"),
    }
}

/// The preset whose provider has this issuer, by the defaults of its variables.
fn preset_of(issuer: &str) -> Option<&'static str> {
    Preset::names().find(|name| {
        let Some(preset) = Preset::find(name) else { return false };
        let Some(Text::Literal(template) | Text::Template(template)) = &preset.draft.issuer else {
            return false;
        };
        let mut filled = template.clone();
        for variable in &preset.variables {
            if let Some(default) = &variable.default {
                filled = filled.replace(&format!("{{{}}}", variable.name), default);
            }
        }
        filled == issuer
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_becomes_a_name_that_is_a_type() {
        for (issuer, name) in [
            ("https://idp.example.com/tenant", "idp-example-com"),
            ("https://IdP.example:8443", "idp-example"),
            ("http://127.0.0.1:3000", "issuer-127-0-0-1"),
            ("http://[::1]:3000/a", "issuer-1"),
            ("http://localhost:3000", "localhost"),
            ("https://self", "issuer-self"),
            ("https://demo", "issuer-demo"),
            ("https://1st.example", "issuer-1st-example"),
            ("", "issuer-"),
        ] {
            assert_eq!(name_of(issuer), name, "{issuer}");
            assert!(type_name(&name_of(issuer)).is_some(), "{issuer}");
        }
    }

    #[test]
    fn a_preset_is_found_by_its_issuer() {
        assert_eq!(preset_of("https://gitlab.com"), Some("gitlab"));
        assert_eq!(preset_of("https://gitlab.corp.example"), None);
    }
}
