//! A value under check: its text, where it came from, and how a message may quote it.

use std::collections::BTreeMap;

use crate::excerpt::{printable, quoted};
use crate::path::FieldPath;
use crate::value::Text;

/// A value whose text is known.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    pub(crate) text: String,
    /// The text as it was written, where `text` is a relative endpoint below its root_url.
    pub(crate) written: Option<String>,
    /// The key to blame.
    pub(crate) path: FieldPath,
    /// The environment variable that the text, or a part of it, came from.
    env: Option<String>,
    /// The text is a preset's; the name of the variable that made it what it is.
    pub(crate) variable: Option<String>,
    /// The text came from a preset.
    pub(crate) template: bool,
}

/// What is known about a value.
#[derive(Debug, Clone)]
pub(crate) enum Known {
    /// The key was left out.
    Absent,
    /// The environment was not read yet.
    Unknown,
    /// It was reported already.
    Bad,
    /// The text is known.
    Is(Said),
}

impl Said {
    pub(crate) fn literal(text: &str, path: FieldPath) -> Said {
        let text = text.to_owned();
        Said { text, written: None, path, env: None, variable: None, template: false }
    }

    /// The value in a message. What the environment held is never shown.
    pub(crate) fn quote(&self) -> String {
        match &self.env {
            Some(name) => format!("the value of the environment variable {}", quoted(name)),
            None => quoted(self.written.as_deref().unwrap_or(&self.text)),
        }
    }

    /// Tells whether a message may show the value or a part of it.
    pub(crate) fn is_shown(&self) -> bool {
        self.env.is_none()
    }

    /// The key in a message.
    pub(crate) fn key(&self) -> String {
        quoted(self.path.last_key().unwrap_or("value"))
    }

    /// A help text that shows a corrected value, or `otherwise` where none may be shown.
    pub(crate) fn instead(&self, corrected: &str, otherwise: &str) -> String {
        match (&self.env, &self.variable) {
            (None, None) => format!("write {}", printable(corrected)),
            _ => otherwise.to_owned(),
        }
    }
}

/// The values of a preset's variables, already checked.
pub(crate) type Variables = BTreeMap<String, Known>;

/// Looks at a value that may be left out.
pub(crate) fn look(text: Option<&Text>, path: &FieldPath, variables: &Variables) -> Known {
    match text {
        None => Known::Absent,
        Some(Text::Env(_)) => Known::Unknown,
        Some(Text::Literal(text)) => Known::Is(Said::literal(text, path.clone())),
        Some(Text::FromEnv { name, value }) => {
            let mut said = Said::literal(value, path.clone());
            said.env = Some(name.clone());
            Known::Is(said)
        }
        Some(Text::Template(template)) => fill(template, path, variables),
    }
}

/// Puts the variables into a template.
fn fill(template: &str, path: &FieldPath, variables: &Variables) -> Known {
    let mut said = Said::literal("", path.clone());
    said.template = true;
    let mut rest = template;
    while let Some((before, opened)) = rest.split_once('{') {
        let variable =
            opened.split_once('}').map(|(name, after)| (name, after, variables.get(name)));
        match variable {
            Some((name, after, Some(Known::Is(value)))) => {
                said.text.push_str(before);
                said.text.push_str(&value.text);
                said.path = value.path.clone();
                said.variable = Some(name.to_owned());
                said.env = said.env.or_else(|| value.env.clone());
                rest = after;
            }
            Some((_, _, Some(Known::Unknown))) => return Known::Unknown,
            // A variable that is missing or wrong was reported; its place is still open.
            _ => return Known::Bad,
        }
    }
    said.text.push_str(rest);
    if rest.contains('}') { Known::Bad } else { Known::Is(said) }
}
