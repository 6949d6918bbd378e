//! Scopes that are asked for and are almost one that the provider is known to have.
//!
//! A provider may have more scopes than are known here, so that an unknown one alone is no
//! mistake. It is one where a few edits (a letter more, less, another one, or two that changed
//! places) make a known one of it: two at most, and no more than one for every three characters of
//! the shorter of the two, since in `api` two edits mean nothing. A scope that is a known one but
//! for the case of letters is a mistake as well. Of two scopes that are URLs only what stands
//! behind their common path counts: the path is long, and says nothing about the rest.

use std::collections::BTreeSet;

use super::text::is_scope_token;
use crate::code::Code;
use crate::draft::Draft;
use crate::excerpt::{printable, quoted};
use crate::report::Report;
use crate::value::ScopeDraft;

/// Longer scopes than this, in bytes, are compared with none.
const LONGEST: usize = 200;
/// How many unknown scopes of one declaration are compared, and with how many known ones: beyond
/// that a text is no declaration that a person wrote, and must not take long all the same.
const UNKNOWN: usize = 100;
const KNOWN: usize = 1000;

/// Reports scopes that are almost known ones, and items of `unlisted_scope` without a use.
pub(crate) fn check_asked(draft: &Draft, asked: &[String], report: &mut Report) {
    let path = draft.path.key("scope");
    let is_list = matches!(draft.scope, Some(ScopeDraft::List(_)));
    // What could not be read, or was written under another name, may have said otherwise.
    let was_read = |keys: &[&str]| keys.iter().all(|key| !report.is_excused(&draft.path.key(key)));
    let scope_was_read = was_read(&["scope"]);
    let may_slip = draft.scopes_open != Some(true) && was_read(&["unlisted_scope", "scopes_open"]);
    let known: BTreeSet<&String> = draft.scopes_supported.iter().collect();
    let unlisted: BTreeSet<&String> = draft.unlisted_scope.iter().collect();
    let mut seen = BTreeSet::new();
    let unknown = asked.iter().enumerate().filter(|(_, token)| {
        seen.insert(*token)
            && is_scope_token(token)
            && !known.contains(token)
            && !unlisted.contains(token)
    });
    if may_slip {
        for (position, token) in unknown.take(UNKNOWN) {
            let path = if is_list { path.index(position) } else { path.clone() };
            let several: Vec<&str> = token.split(',').filter(|scope| !scope.is_empty()).collect();
            let is_known = |scope: &&str| known.contains(&(*scope).to_owned());
            if token.contains(',') && several.iter().any(is_known) {
                let what = format!("{} is one scope with a comma in it", quoted(token));
                let help = if is_list {
                    format!("write \"{}\"", several.join("\", \""))
                } else {
                    format!("write {}: spaces stand between scopes", several.join(" "))
                };
                report.add(Code::UnknownScope, &path, what, help);
                continue;
            }
            let Some(known) = nearest(token, &draft.scopes_supported) else {
                continue;
            };
            let (known, shown) = (printable(known), quoted(token));
            let what = format!("there is no known scope {shown}, but there is `{known}`");
            let help = format!(
                "write {known}; if the provider does have {shown}, add \
                 unlisted_scope = [\"{token}\"]"
            );
            report.add(Code::UnknownScope, &path, what, help);
        }
    }
    let path = draft.path.key("unlisted_scope");
    let asked: BTreeSet<&String> = asked.iter().collect();
    for (position, token) in draft.unlisted_scope.iter().enumerate() {
        if scope_was_read && is_scope_token(token) && !asked.contains(token) {
            let what = format!("{} is in `unlisted_scope` and not in `scope`", quoted(token));
            let help = "leave it out, or write it as `scope` has it".to_owned();
            report.add(Code::UnusedUnlistedScope, &path.index(position), what, help);
        }
    }
}

/// The known scope that `token`, which is none, almost is.
fn nearest<'k>(token: &str, known: &'k [String]) -> Option<&'k str> {
    known
        .iter()
        .take(KNOWN)
        .filter_map(|known| edits(token, known).map(|edits| (edits, known.as_str())))
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, known)| known)
}

/// How many edits lie between the two, where that is few enough to be a slip.
fn edits(token: &str, known: &str) -> Option<usize> {
    if token.len().max(known.len()) > LONGEST {
        return None;
    }
    let (token, known) = behind_common_path(token, known);
    let lengths = (token.chars().count(), known.chars().count());
    let allowed = (lengths.0.min(lengths.1) / 3).min(2);
    if allowed > 0 && token.eq_ignore_ascii_case(known) {
        return Some(1);
    }
    if lengths.0.abs_diff(lengths.1) > allowed || foreign(token, known) > allowed {
        return None;
    }
    let edits = strsim::damerau_levenshtein(token, known);
    (edits <= allowed).then_some(edits)
}

/// How many bytes of `token` are not in `known`: each needs an edit. It is quick to say.
fn foreign(token: &str, known: &str) -> usize {
    token.bytes().filter(|byte| !known.as_bytes().contains(byte)).count()
}

fn behind_common_path<'t>(token: &'t str, known: &'t str) -> (&'t str, &'t str) {
    if !(token.contains("://") && known.contains("://")) {
        return (token, known);
    }
    let common = token.bytes().zip(known.bytes()).take_while(|(a, b)| a == b);
    let path = common
        .enumerate()
        .filter(|(_, (byte, _))| *byte == b'/')
        .map(|(at, _)| at + 1)
        .last()
        .unwrap_or_default();
    (&token[path..], &known[path..])
}

#[cfg(test)]
mod tests {
    fn nearest(token: &str, known: &[&str]) -> Option<String> {
        let known: Vec<String> = known.iter().map(|known| (*known).to_owned()).collect();
        super::nearest(token, &known).map(str::to_owned)
    }

    #[test]
    fn two_edits_are_a_slip_and_three_are_another_scope() {
        for slip in [
            "raed_api",
            "read_apis",
            "read_ap",
            "rad_api",
            "red_apy",
            "READ_API",
            "Read_Api",
            "readapi",
            "read-api",
            "reda_pai",
        ] {
            assert_eq!(nearest(slip, &["read_api"]).as_deref(), Some("read_api"), "{slip}");
        }
        for other in ["read_user", "write_api", "red_pai2", "api", "read"] {
            assert_eq!(nearest(other, &["read_api"]), None, "{other}");
        }
    }

    #[test]
    fn a_short_scope_takes_one_edit_for_every_three_characters() {
        assert_eq!(nearest("emial", &["email"]).as_deref(), Some("email"));
        assert_eq!(nearest("apo", &["api"]).as_deref(), Some("api"));
        assert_eq!(nearest("emil_", &["email"]), None, "two edits of five characters");
        assert_eq!(nearest("app", &["read"]), None);
        for short in ["b", "B", "ab"] {
            assert_eq!(nearest(short, &["a", "A", "ac"]), None, "{short}");
        }
    }

    #[test]
    fn the_nearest_known_scope_is_named() {
        let known = ["read_users", "read_user", "read_used"];
        assert_eq!(nearest("read_usr", &known).as_deref(), Some("read_user"));
    }

    #[test]
    fn of_urls_what_stands_behind_the_common_path_counts() {
        let auth = |name: &str| format!("https://www.googleapis.com/auth/{name}");
        let known = [auth("drive"), auth("books"), "https://mail.google.com/".to_owned()];
        let nearest = |token: &str| super::nearest(token, &known).map(str::to_owned);
        assert_eq!(nearest(&auth("drvie")), Some(auth("drive")));
        assert_eq!(nearest(&auth("tasks")), None);
        assert_eq!(nearest(&auth("drove2")), None, "two edits of five characters");
        let other_host = "https://www.googleapi.com/auth/drive";
        assert_eq!(nearest(other_host), Some(auth("drive")));
        assert_eq!(nearest("https://mail.google.com"), Some("https://mail.google.com/".to_owned()));
        assert_eq!(nearest("https://sso.example/drive"), None);
    }
}
