//! One value of the neutral tree -> one typed value.

use std::path::PathBuf;

use crate::code::Code;
use crate::excerpt::quoted;
use crate::names::secret_variable;
use crate::path::FieldPath;
use crate::problem::Problem;
use crate::raw::{RawTable, RawValue};
use crate::read_words::{maybe_secret, name_of, wrong_type};
use crate::report::Report;
use crate::value::{ScopeDraft, SecretSource, Text};

/// Reads values and reports those that have another type.
pub(crate) struct Reader<'r> {
    pub(crate) report: &'r mut Report,
    /// The provider's name, for the names of variables in help texts.
    pub(crate) provider: &'r str,
    /// URLs are templates of a preset, and nothing comes from the environment.
    pub(crate) template: bool,
}

impl Reader<'_> {
    pub(crate) fn string(&mut self, path: &FieldPath, value: &RawValue) -> Option<String> {
        match value {
            RawValue::String(text) => Some(text.clone()),
            RawValue::Table(table) if table.get("env").is_some() => {
                let what = format!("{} does not come from the environment", name_of(path));
                let help = "write a string; client_id, client_secret, redirect_uri, root_url, \
                            issuer and variables may come from the environment"
                    .to_owned();
                self.report.add(Code::WrongType, path, what, help);
                None
            }
            other => self.wrong(path, "a string", other),
        }
    }

    pub(crate) fn bool(&mut self, path: &FieldPath, value: &RawValue) -> Option<bool> {
        match value {
            RawValue::Bool(value) => Some(*value),
            other => self.wrong(path, "true or false", other),
        }
    }

    pub(crate) fn url(&mut self, path: &FieldPath, value: &RawValue) -> Option<Text> {
        if let RawValue::Template(text) = value {
            return Some(Text::Template(text.clone()));
        }
        let text = self.string(path, value)?;
        Some(if self.template { Text::Template(text) } else { Text::Literal(text) })
    }

    pub(crate) fn text(&mut self, path: &FieldPath, value: &RawValue) -> Option<Text> {
        match value {
            _ if self.template || matches!(value, RawValue::Template(_)) => self.url(path, value),
            RawValue::String(text) => Some(Text::Literal(text.clone())),
            RawValue::Table(table) => {
                let (key, name) =
                    self.source(path, table, &["env"], "a string or { env = \"NAME\" }")?;
                self.env_name(&path.key(key), name).map(Text::Env)
            }
            other => self.wrong(path, "a string or { env = \"NAME\" }", other),
        }
    }

    pub(crate) fn secret(&mut self, path: &FieldPath, value: &RawValue) -> Option<SecretSource> {
        let takes = "{ env = \"NAME\" } or { file = \"PATH\" }";
        match value {
            RawValue::String(_) => {
                let variable = secret_variable(self.provider);
                let help = format!(
                    "write {} = {{ env = \"{variable}\" }}, or {{ file = \"/run/secrets/…\" }}, \
                     and get a new secret if this one was ever shared",
                    path.last_key().unwrap_or("client_secret")
                );
                let what = format!("{} is written out", name_of(path));
                self.report
                    .push(Problem::new(Code::SecretInClear, path.clone(), what, help).secret());
                None
            }
            RawValue::Table(table) => match self.source(path, table, &["env", "file"], takes)? {
                ("env", name) => self.env_name(&path.key("env"), name).map(SecretSource::Env),
                (_, file) if file.trim().is_empty() => {
                    let what = "`file` is empty".to_owned();
                    let help = "write the path of the file that holds the secret".to_owned();
                    self.report.add(Code::EmptyValue, &path.key("file"), what, help);
                    None
                }
                (_, file) => Some(SecretSource::File(PathBuf::from(file))),
            },
            other => self.wrong(path, takes, other),
        }
    }

    pub(crate) fn strings(&mut self, path: &FieldPath, value: &RawValue) -> Option<Vec<String>> {
        let RawValue::Array(items) = value else {
            return self.wrong(path, "a list of strings", value);
        };
        let before = self.report.len();
        let read = items
            .iter()
            .enumerate()
            .filter_map(|(position, item)| self.string(&path.index(position), item))
            .collect();
        (self.report.len() == before).then_some(read)
    }

    pub(crate) fn scope(&mut self, path: &FieldPath, value: &RawValue) -> Option<ScopeDraft> {
        match value {
            RawValue::String(text) => Some(ScopeDraft::Text(text.clone())),
            RawValue::Array(_) => self.strings(path, value).map(ScopeDraft::List),
            RawValue::Table(table) if table.get("env").is_some() => {
                self.string(path, value).map(ScopeDraft::Text)
            }
            other => self.wrong(path, "a string or a list of strings", other),
        }
    }

    pub(crate) fn params(&mut self, path: &FieldPath, value: &RawValue) -> Vec<(String, String)> {
        let Some(table) = self.table(path, value, "a table of strings") else {
            return Vec::new();
        };
        let mut params = Vec::new();
        for (name, value) in &table.0 {
            if let Some(text) = self.string(&path.key(name), value) {
                params.push((name.clone(), text));
            }
        }
        params
    }

    pub(crate) fn table<'v>(
        &mut self,
        path: &FieldPath,
        value: &'v RawValue,
        takes: &str,
    ) -> Option<&'v RawTable> {
        match value {
            RawValue::Table(table) => Some(table),
            other => self.wrong(path, takes, other),
        }
    }

    /// Reads `{ env = "NAME" }` and the like: a table of exactly one of the keys of `known`.
    fn source<'v>(
        &mut self,
        path: &FieldPath,
        table: &'v RawTable,
        known: &[&'static str],
        takes: &str,
    ) -> Option<(&'static str, &'v str)> {
        let mut found = None;
        for (key, value) in &table.0 {
            let name = known.iter().find(|known| *known == key);
            match (name, value) {
                (Some(name), RawValue::String(text)) if found.is_none() => {
                    found = Some((*name, text.as_str()));
                }
                (Some(name), RawValue::String(_)) => {
                    let what = format!("`{name}` stands beside another source");
                    let help = format!("write one of them: {takes}");
                    self.report.add(Code::Contradiction, &path.key(key), what, help);
                    return None;
                }
                (Some(_), other) => return self.wrong(&path.key(key), "a string", other),
                (None, _) => {
                    let what = if key == "file" {
                        "`file` is for `client_secret` alone".to_owned()
                    } else {
                        format!("there is no key {} here", quoted(key))
                    };
                    let problem = Problem::new(
                        Code::UnknownKey,
                        path.key(key),
                        what,
                        format!("write {takes}"),
                    );
                    self.report.push(maybe_secret(path, problem.at_key()));
                    return None;
                }
            }
        }
        if found.is_none() {
            let what = format!("{} is an empty table", name_of(path));
            self.report.add(Code::WrongType, path, what, format!("write {takes}"));
        }
        found
    }

    /// Checks the name of an environment variable.
    fn env_name(&mut self, path: &FieldPath, name: &str) -> Option<String> {
        match bad_env_name(path, name) {
            Some(problem) => {
                self.report.push(problem);
                None
            }
            None => Some(name.to_owned()),
        }
    }

    fn wrong<T>(&mut self, path: &FieldPath, takes: &str, value: &RawValue) -> Option<T> {
        self.report.push(wrong_type(path, takes, value));
        None
    }
}

/// The problem with the name of an environment variable, if it has one. Where the variable holds
/// a secret the name is not quoted: the secret itself may have been written there.
pub(crate) fn bad_env_name(path: &FieldPath, name: &str) -> Option<Problem> {
    let secret = path.segments().iter().any(|segment| {
        matches!(segment, crate::path::Segment::Key(key) if crate::secrets::is_secret_name(key))
    });
    let shown = if secret { String::new() } else { format!(" {}", quoted(name)) };
    let what = if name.trim().is_empty() {
        "the name of the environment variable is empty".to_owned()
    } else if name.contains('=') {
        format!("the environment variable's name{shown} has `=` in it")
    } else if name.contains(['$', '{', '}']) {
        format!("the environment variable's name{shown} is written as shells have it")
    } else if name.contains('\0') {
        format!("the environment variable's name{shown} has a NUL in it")
    } else {
        return None;
    };
    let help = "write the variable's name alone, such as { env = \"CLIENT_ID\" }";
    let problem = Problem::new(Code::BadEnvironmentName, path.clone(), what, help);
    Some(if secret && !name.trim().is_empty() { problem.secret() } else { problem })
}
