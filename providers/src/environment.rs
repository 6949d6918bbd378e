//! Reads the environment variables that a declaration names, all at once.

use crate::code::Code;
use crate::path::FieldPath;
use crate::problem::Problems;
use crate::report::Report;
use crate::resolved::Resolved;
use crate::value::{SecretSource, Text};

impl Resolved {
    /// Reads the environment variables that the declaration names, by `lookup`.
    ///
    /// The variable of a client_secret must be there and is not kept: whoever makes requests reads
    /// it where it is needed. Nothing else is checked; [`declare`](crate::declare) does that.
    ///
    /// # Errors
    /// Every variable that is not set or is empty, by name. No problem has a value in it.
    pub fn with_environment(
        &self,
        lookup: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Resolved, Problems> {
        let mut resolved = self.clone();
        let mut report = Report::default();
        let draft = &mut resolved.draft;
        let path = draft.path.clone();
        for (key, text) in [
            ("client_id", &mut draft.client_id),
            ("redirect_uri", &mut draft.redirect_uri),
            ("root_url", &mut draft.root_url),
            ("issuer", &mut draft.issuer),
        ] {
            if let Some(text) = text {
                *text = read(&path.key(key), text, lookup, &mut report);
            }
        }
        for (name, text) in &mut draft.variables {
            *text = read(&path.key("variables").key(name), text, lookup, &mut report);
        }
        if let Some(SecretSource::Env(name)) = &draft.client_secret {
            let value = lookup(name);
            refuse(&path.key("client_secret"), name, value.as_deref(), &mut report);
        }
        report.finish()?;
        Ok(resolved)
    }

    /// The names of the environment variables that the declaration reads, sorted.
    pub fn environment_variables(&self) -> Vec<&str> {
        let draft = &self.draft;
        let texts = [&draft.client_id, &draft.redirect_uri, &draft.root_url, &draft.issuer];
        let secret = match &draft.client_secret {
            Some(SecretSource::Env(name)) => Some(name.as_str()),
            _ => None,
        };
        let mut names: Vec<&str> = texts
            .into_iter()
            .flatten()
            .chain(draft.variables.values())
            .filter_map(Text::env_name)
            .chain(secret)
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

fn read(
    path: &FieldPath,
    text: &Text,
    lookup: &dyn Fn(&str) -> Option<String>,
    report: &mut Report,
) -> Text {
    let read = text.read(lookup);
    if let Text::Env(name) | Text::FromEnv { name, .. } = &read {
        refuse(path, name, read.known(), report);
    }
    read
}

fn refuse(path: &FieldPath, name: &str, value: Option<&str>, report: &mut Report) {
    let name = crate::excerpt::quoted(name);
    match value {
        None => {
            let what = format!("the environment variable {name} is not set");
            let help = format!("set {name} before the program starts");
            report.add(Code::MissingEnvironmentVariable, path, what, help);
        }
        Some(value) if value.trim().is_empty() => {
            let what = format!("the environment variable {name} is empty");
            let help = format!("give {name} a value");
            report.add(Code::EmptyEnvironmentVariable, path, what, help);
        }
        Some(_) => {}
    }
}
