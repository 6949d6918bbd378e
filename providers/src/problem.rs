//! What is wrong with a declaration, where, and what to write instead.

use std::fmt;

use crate::code::Code;
use crate::excerpt::Excerpt;
use crate::location::Location;
use crate::path::FieldPath;

/// One mistake: its code, the key it is about, what is wrong and what to write instead.
///
/// No part of it ever contains a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    code: Code,
    path: FieldPath,
    what: String,
    help: String,
    at_key: bool,
    secret: bool,
    file: Option<String>,
    location: Option<Location>,
    excerpt: Option<Excerpt>,
}

impl Problem {
    /// Makes a problem about the value at `path`.
    pub fn new(
        code: Code,
        path: FieldPath,
        what: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Problem {
            code,
            path,
            what: what.into(),
            help: help.into(),
            at_key: false,
            secret: false,
            file: None,
            location: None,
            excerpt: None,
        }
    }

    /// Says that the key is at fault, not its value.
    #[must_use]
    pub fn at_key(mut self) -> Self {
        self.at_key = true;
        self
    }

    /// Says that the value at fault is, or may be, a secret: whoever shows its line masks it.
    #[must_use]
    pub fn secret(mut self) -> Self {
        self.secret = true;
        self
    }

    /// The stable code.
    pub fn code(&self) -> Code {
        self.code
    }

    /// The key that the problem is about; for a missing key the address where it would stand.
    pub fn path(&self) -> &FieldPath {
        &self.path
    }

    /// What is wrong, quoting the key or value at fault (never a secret).
    pub fn what(&self) -> &str {
        &self.what
    }

    /// What to write instead.
    pub fn help(&self) -> &str {
        &self.help
    }

    /// Tells whether the key is at fault, not its value.
    pub fn is_at_key(&self) -> bool {
        self.at_key
    }

    /// Tells whether the value at fault is, or may be, a secret.
    ///
    /// Who shows the line itself must mask the bytes of [`Location::range`]; the [`Excerpt`] of
    /// this problem already is masked.
    pub fn is_secret(&self) -> bool {
        self.secret
    }

    /// Where the problem is in the text, if it came from a text.
    pub fn location(&self) -> Option<&Location> {
        self.location.as_ref()
    }

    /// The line at fault, safe to show, if the problem came from a text.
    pub fn excerpt(&self) -> Option<&Excerpt> {
        self.excerpt.as_ref()
    }

    /// The name of the file, if it was given.
    pub fn file(&self) -> Option<&str> {
        self.file.as_deref()
    }

    /// Puts a place and the line there on the problem.
    #[must_use]
    pub fn located(mut self, location: Location, excerpt: Excerpt) -> Self {
        self.location = Some(location);
        self.excerpt = Some(excerpt);
        self
    }
}

/// Shows the problem as plain text: place, what, code, the line with a caret below the value at
/// fault, and the help. It has no line break at its end.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.location, &self.file) {
            (Some(at), Some(file)) => write!(f, "{file}:{}:{}: ", at.line, at.column)?,
            (Some(at), None) => write!(f, "{}:{}: ", at.line, at.column)?,
            (None, _) if self.path.is_root() => {}
            (None, _) => write!(f, "{}: ", self.path)?,
        }
        write!(f, "{} [{}]", self.what, self.code)?;
        if let (Some(location), Some(excerpt)) = (&self.location, &self.excerpt) {
            let number = location.line.to_string();
            let gutter = " ".repeat(number.len());
            write!(f, "\n{gutter} |\n{number} | {}", excerpt.text())?;
            write!(f, "\n{gutter} | {}", excerpt.carets())?;
            write!(f, "\n{gutter} = help: {}", self.help)
        } else {
            write!(f, "\n  help: {}", self.help)
        }
    }
}

/// All the mistakes that were found at once. Inside an `Err` it is never empty.
///
/// `Display` shows all of them, one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Makes an error of `problems`, or gives `Ok` where there are none.
    ///
    /// # Errors
    /// The problems, where there is at least one.
    pub fn none_or(problems: Vec<Problem>) -> Result<(), Problems> {
        if problems.is_empty() { Ok(()) } else { Err(Problems(problems)) }
    }

    /// The same problems with their places. They are not empty, as they were not before.
    pub(crate) fn from_located(problems: Vec<Problem>) -> Problems {
        Problems(problems)
    }

    /// Makes an error of one problem.
    pub fn one(problem: Problem) -> Problems {
        Problems(vec![problem])
    }

    /// The problems, in the order of the text where they came from one.
    pub fn iter(&self) -> std::slice::Iter<'_, Problem> {
        self.0.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Tells whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Puts the name of the file on each problem, so that they show as `FILE:LINE:COLUMN`.
    #[must_use]
    pub fn in_file(mut self, name: &str) -> Problems {
        let name: String = crate::excerpt::printable(name);
        for problem in &mut self.0 {
            problem.file = Some(name.clone());
        }
        self
    }

    /// The problems themselves.
    pub fn into_vec(self) -> Vec<Problem> {
        self.0
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, problem) in self.0.iter().enumerate() {
            if position > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

impl IntoIterator for Problems {
    type Item = Problem;
    type IntoIter = std::vec::IntoIter<Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a Problem;
    type IntoIter = std::slice::Iter<'a, Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}
