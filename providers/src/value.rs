//! Values that may come from the environment or from a preset's template.

use std::fmt;
use std::path::PathBuf;

/// A value that is written out, comes from the environment, or is a preset's template.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Text {
    /// Written out in the declaration.
    Literal(String),
    /// The name of an environment variable that was not read yet.
    Env(String),
    /// The value of an environment variable that was read.
    ///
    /// `Debug` and every problem name the variable and never show the value.
    FromEnv {
        /// The variable's name.
        name: String,
        /// What it held.
        value: String,
    },
    /// A preset's text, in which `{name}` stands for the variable `name`.
    Template(String),
}

impl Text {
    /// The value, where it is known as it stands: written out, or read from the environment.
    pub fn known(&self) -> Option<&str> {
        match self {
            Text::Literal(value) | Text::FromEnv { value, .. } => Some(value),
            Text::Env(_) | Text::Template(_) => None,
        }
    }

    /// The environment variable that the value comes from.
    pub fn env_name(&self) -> Option<&str> {
        match self {
            Text::Env(name) | Text::FromEnv { name, .. } => Some(name),
            Text::Literal(_) | Text::Template(_) => None,
        }
    }

    /// Reads the variable that this value names; anything else stays as it is.
    pub(crate) fn read(&self, lookup: &dyn Fn(&str) -> Option<String>) -> Text {
        match self {
            Text::Env(name) => match lookup(name) {
                Some(value) => Text::FromEnv { name: name.clone(), value },
                None => self.clone(),
            },
            other => other.clone(),
        }
    }
}

impl From<&str> for Text {
    fn from(value: &str) -> Text {
        Text::Literal(value.to_owned())
    }
}

impl From<String> for Text {
    fn from(value: String) -> Text {
        Text::Literal(value)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Text::Literal(value) => f.debug_tuple("Literal").field(value).finish(),
            Text::Env(name) => f.debug_tuple("Env").field(name).finish(),
            Text::FromEnv { name, .. } => {
                f.debug_struct("FromEnv").field("name", name).finish_non_exhaustive()
            }
            Text::Template(value) => f.debug_tuple("Template").field(value).finish(),
        }
    }
}

/// Where a client secret comes from. It never holds the secret itself.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SecretSource {
    /// The environment variable of this name.
    Env(String),
    /// The file at this path.
    File(PathBuf),
    /// Handed over in code, when the manager is made.
    Given,
}

/// The scope as it was written: one text, or a list of tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScopeDraft {
    /// Tokens with single spaces between them (RFC 6749 section 3.3).
    Text(String),
    /// One token an item.
    List(Vec<String>),
}
