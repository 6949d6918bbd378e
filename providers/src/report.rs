//! Collects the mistakes of one declaration, so that one mistake gives one problem.

use crate::code::Code;
use crate::path::FieldPath;
use crate::problem::{Problem, Problems};

/// The problems found so far.
#[derive(Debug, Default)]
pub(crate) struct Report {
    problems: Vec<Problem>,
    excused: Vec<FieldPath>,
}

impl Report {
    pub(crate) fn push(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// Adds a problem about the value at `path`.
    pub(crate) fn add(&mut self, code: Code, path: &FieldPath, what: String, help: String) {
        self.push(Problem::new(code, path.clone(), what, help));
    }

    /// Adds a problem about a key that is missing, unless what stands for it is at fault already.
    pub(crate) fn missing(&mut self, code: Code, path: &FieldPath, what: String, help: String) {
        if !self.is_excused(path) {
            self.add(code, path, what, help);
        }
    }

    /// Says that the key at `path` is missing because of a problem that was reported.
    pub(crate) fn excuse(&mut self, path: FieldPath) {
        self.excused.push(path);
    }

    /// Tells whether a problem at or below `path` was reported, or is explained by another one.
    pub(crate) fn is_excused(&self, path: &FieldPath) -> bool {
        self.excused.contains(path)
            || self.problems.iter().any(|problem| problem.path().starts_with(path))
    }

    /// Tells whether the value at `path` itself was reported or could not be read, so that what it
    /// holds is not known.
    pub(crate) fn is_reported(&self, path: &FieldPath) -> bool {
        self.excused.contains(path) || self.problems.iter().any(|problem| problem.path() == path)
    }

    pub(crate) fn len(&self) -> usize {
        self.problems.len()
    }

    pub(crate) fn into_vec(self) -> Vec<Problem> {
        self.problems
    }

    pub(crate) fn finish(self) -> Result<(), Problems> {
        Problems::none_or(self.problems)
    }
}
