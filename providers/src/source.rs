//! A providers TOML: text -> drafts, every mistake at once, each with its place.

use std::ops::Range;

use crate::check::check_into;
use crate::code::Code;
use crate::draft::Draft;
use crate::excerpt::{Excerpt, quoted};
use crate::keys::{DECLARATION_KEYS, FILE_KEYS, nearest};
use crate::location::{Place, locate};
use crate::names::{name_problems, type_name};
use crate::path::FieldPath;
use crate::problem::{Problem, Problems};
use crate::raw::{RawTable, RawValue};
use crate::read::read_into;
use crate::read_words::wrong_type;
use crate::report::Report;
use crate::resolve::resolve_into;
use crate::secrets::is_secret_name;
use crate::set::check_set;
use crate::tree::Tree;
use crate::unknown_key::unknown_key;

/// A providers TOML: one table `[providers.NAME]` for each provider.
///
/// ```
/// use pkce_flow_providers::ProvidersToml;
///
/// let text = r#"
/// [providers.gitlab]
/// preset = "gitlab"
/// client_id = "our application id"
/// redirect_uri = "http://example.org/callback"
/// "#;
/// let problems = ProvidersToml::parse(text).expect_err("http is for loopback only");
/// assert_eq!(problems.len(), 1);
/// let problem = problems.iter().next().expect("one problem");
/// assert_eq!(problem.code().as_str(), "http-not-loopback");
/// assert_eq!(problem.location().map(|at| (at.line, at.column)), Some((5, 16)));
/// ```
#[derive(Debug, Clone)]
pub struct ProvidersToml {
    text: String,
    places: std::collections::BTreeMap<FieldPath, Place>,
    drafts: Vec<Draft>,
    tables: RawTable,
}

impl ProvidersToml {
    /// Reads and checks the whole text, without the environment.
    ///
    /// # Errors
    /// Every mistake in the text, in the order of the text, each with line and column.
    pub fn parse(text: &str) -> Result<ProvidersToml, Problems> {
        let tree = Tree::parse(text);
        let mut report = Report::default();
        for problem in tree.problems {
            report.push(problem);
        }
        let mut drafts = Vec::new();
        // A text that is broken elsewhere may have lost keys: what is missing may not be missing.
        if tree.whole {
            for (key, value) in &tree.table.0 {
                let path = FieldPath::root().key(key);
                if key == "providers" {
                    providers(&path, value, &mut drafts, &mut report);
                } else {
                    unknown_top(&path, key, value, &mut report);
                }
            }
        }
        name_problems(&drafts, &mut report);
        let tables = match tree.table.get("providers") {
            Some(RawValue::Table(tables)) => tables.clone(),
            _ => RawTable::default(),
        };
        let file = ProvidersToml { text: text.to_owned(), places: tree.places, drafts, tables };
        match report.finish() {
            Ok(()) => Ok(file),
            Err(problems) => Err(file.locate(problems)),
        }
    }

    /// The names of the tables, in the order of the text.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.drafts.iter().map(|draft| draft.name.as_str())
    }

    /// The draft of the table `[providers.NAME]`, as it was written.
    pub fn draft(&self, name: &str) -> Option<&Draft> {
        self.drafts.iter().find(|draft| draft.name == name)
    }

    /// Every draft, in the order of the text.
    pub fn drafts(&self) -> &[Draft] {
        &self.drafts
    }

    /// The table `[providers.NAME]` itself, for whoever wants to show it.
    pub fn table(&self, name: &str) -> Option<&RawTable> {
        match self.tables.get(name) {
            Some(RawValue::Table(table)) => Some(table),
            _ => None,
        }
    }

    /// Puts line and column on the problems whose path is in this text, and sorts them by place.
    ///
    /// A key that is missing is located at the header of its table.
    #[must_use]
    pub fn locate(&self, problems: Problems) -> Problems {
        let mut located: Vec<Problem> = problems
            .into_iter()
            .map(|problem| match problem.location() {
                Some(_) => problem,
                None => self.locate_one(problem),
            })
            .collect();
        located.sort_by_key(|problem| problem.location().map(|at| at.range.start));
        Problems::from_located(located)
    }

    fn locate_one(&self, problem: Problem) -> Problem {
        let Some(range) = self.range_of(problem.path(), problem.is_at_key()) else {
            return problem;
        };
        let location = locate(&self.text, range.clone());
        let excerpt = if problem.is_secret() {
            // With the key at fault its value may still be a secret.
            let value = self.range_of(problem.path(), false);
            Excerpt::masking(&self.text, range, value)
        } else {
            Excerpt::new(&self.text, range)
        };
        problem.located(location, excerpt)
    }

    /// The bytes to point at: the value, the key, or the nearest table above that was written.
    fn range_of(&self, path: &FieldPath, at_key: bool) -> Option<Range<usize>> {
        if let Some(place) = self.places.get(path) {
            return Some(match &place.key {
                Some(key) if at_key || place.value.is_empty() => key.clone(),
                _ => place.value.clone(),
            });
        }
        let mut above = path.parent();
        while let Some(path) = above {
            match self.places.get(&path) {
                Some(place) => return Some(place.key.clone().unwrap_or(place.value.clone())),
                None => above = path.parent(),
            }
        }
        None
    }
}

/// Reads and checks each table, and then all those together that have no mistake of their own.
fn providers(path: &FieldPath, value: &RawValue, drafts: &mut Vec<Draft>, report: &mut Report) {
    let RawValue::Table(tables) = value else {
        report.push(wrong_type(path, "one table for each provider", value));
        return;
    };
    let mut right = Vec::new();
    for (name, value) in &tables.0 {
        let path = path.key(name);
        match value {
            RawValue::Table(table) if is_one_level_too_deep(table) => {
                for (key, _) in &table.0 {
                    report.push(too_deep(name, &path, key));
                }
            }
            RawValue::Table(table) => {
                let before = report.len();
                let draft = read_into(name, &path, table, report);
                let resolved = resolve_into(draft.clone(), report);
                check_into(&resolved, report);
                drafts.push(draft);
                if report.len() == before {
                    right.push(resolved);
                }
            }
            other => report.push(
                wrong_type(&path, &format!("a table [providers.{}]", type_hint(name)), other)
                    .at_key(),
            ),
        }
    }
    for (_, problem) in check_set(&right.iter().collect::<Vec<_>>()) {
        report.push(problem);
    }
}

/// Tells whether a table holds tables alone, none of which is one of a provider:
/// `[providers.sso.corp]` where `[providers.sso-corp]` was meant.
fn is_one_level_too_deep(table: &RawTable) -> bool {
    let is_a_provider = |(key, value): &(String, RawValue)| {
        matches!(value, RawValue::Table(_))
            && nearest(key, DECLARATION_KEYS.iter().map(|known| known.name)).is_none()
    };
    !table.0.is_empty() && table.0.iter().all(is_a_provider)
}

fn too_deep(name: &str, path: &FieldPath, key: &str) -> Problem {
    let path = path.key(key);
    let joined = format!("{name}-{key}");
    let what = format!("the table `{path}` is one level too deep");
    let help = format!("write [providers.{}]: each provider is one table", type_hint(&joined));
    Problem::new(Code::UnknownKey, path, what, help).at_key()
}

/// A name that can stand in a header as it is.
fn type_hint(name: &str) -> &str {
    let is_bare = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if is_bare && type_name(name).is_some() { name } else { "NAME" }
}

fn unknown_top(path: &FieldPath, key: &str, value: &RawValue, report: &mut Report) {
    if matches!(value, RawValue::Table(_)) && nearest(key, ["providers"]).is_none() {
        let problem = Problem::new(
            Code::UnknownKey,
            path.clone(),
            format!("there is no table `{path}` here"),
            format!("write [providers.{path}]"),
        );
        report.push(problem.at_key());
    } else if nearest(key, ["providers"]).is_none() {
        let what = format!("there is no key {} here", quoted(key));
        let help = "write one table [providers.NAME] for each provider, and its keys in there";
        let problem = Problem::new(Code::UnknownKey, path.clone(), what, help).at_key();
        report.push(if is_secret_name(key) { problem.secret() } else { problem });
    } else {
        unknown_key(report, path, key, FILE_KEYS);
    }
}
