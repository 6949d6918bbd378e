//! Tokens and profiles for people. A token is never shown whole.

use std::fmt::Write as _;
use std::time::{Duration, SystemTime};

use pkce_flow::{Profile, Secret, Tokens};
use serde_json::{Map, Value};

use crate::output::{DIM, KEY, styled};

/// A heading with one line for each pair below it.
pub(crate) fn table(heading: &str, lines: &[(&str, String)]) -> String {
    let width = lines.iter().map(|(key, _)| key.len()).max().unwrap_or_default();
    let mut text = format!("{heading}\n");
    for (key, value) in lines {
        let space = " ".repeat(width - key.len() + 2);
        // Writing to a String does not fail.
        let _ = writeln!(text, "  {}{space}{value}", styled(KEY, key));
    }
    text
}

/// The members of a token response, the tokens shortened.
pub(crate) fn tokens(tokens: &Tokens) -> Vec<(&'static str, String)> {
    let mut lines = vec![
        ("access_token", shortened(tokens.access_token())),
        ("token_type", printable(tokens.token_type())),
    ];
    if let Some(end) = tokens.expires_at() {
        lines.push(("expires", from_now(end, SystemTime::now())));
    }
    if let Some(token) = tokens.refresh_token() {
        lines.push(("refresh_token", shortened(token)));
    }
    if let Some(token) = tokens.id_token() {
        lines.push(("id_token", shortened(token)));
    }
    if !tokens.scope().is_empty() {
        lines.push(("scope", printable(&tokens.scope().join(" "))));
    }
    lines
}

/// What a profile says about a person.
pub(crate) fn profile(profile: &Profile) -> Vec<(&'static str, String)> {
    let mut lines = vec![("subject", printable(profile.subject()))];
    if let Some(name) = profile.name() {
        lines.push(("name", printable(name)));
    }
    if let Some(email) = profile.email() {
        let verified = match profile.email_verified() {
            Some(true) => " (verified)",
            Some(false) => " (not verified)",
            None => "",
        };
        lines.push(("email", format!("{}{verified}", printable(email))));
    }
    if let Some(picture) = profile.picture() {
        lines.push(("picture", printable(picture)));
    }
    lines
}

/// The beginning of a token, at most a quarter of it, and its length.
pub(crate) fn shortened(token: &Secret) -> String {
    let token = token.expose();
    let length = token.chars().count();
    let start: String = token.chars().take((length / 4).min(6)).collect();
    let size = styled(DIM, format_args!("({length} characters)"));
    format!("{}… {size}", printable(&start))
}

/// The whole token response as a JSON object, the standard's members first.
pub(crate) fn token_response(tokens: &Tokens) -> Value {
    let mut members: Map<String, Value> =
        serde_json::from_str(&tokens.expose_json()).unwrap_or_default();
    let mut sorted = Map::new();
    for name in ["access_token", "token_type", "expires_in", "expires_at", "refresh_token", "scope"]
    {
        if let Some(value) = members.shift_remove(name) {
            sorted.insert(name.to_owned(), value);
        }
    }
    sorted.extend(members);
    Value::Object(sorted)
}

/// How far a moment is from now: `in 59 min`.
fn from_now(moment: SystemTime, now: SystemTime) -> String {
    match moment.duration_since(now) {
        Ok(left) if !left.is_zero() => format!("in {}", rounded(left)),
        _ => "already".to_owned(),
    }
}

fn rounded(duration: Duration) -> String {
    let seconds = duration.as_secs() + u64::from(duration.subsec_nanos() >= 500_000_000);
    match seconds {
        0..120 => format!("{seconds} s"),
        120..7_200 => format!("{} min", (seconds + 30) / 60),
        7_200..172_800 => format!("{} h", (seconds + 1_800) / 3_600),
        _ => format!("{} days", (seconds + 43_200) / 86_400),
    }
}

/// Text from outside, without anything that a terminal would obey.
pub(crate) fn printable(text: &str) -> String {
    let tame = |character: char| match character {
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        other => other.is_control(),
    };
    text.chars().map(|character| if tame(character) { '\u{fffd}' } else { character }).collect()
}

/// A word as a shell takes it.
pub(crate) fn quoted(word: String) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:=@%+,".contains(&byte);
    if !word.is_empty() && word.bytes().all(plain) {
        return word;
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_never_shown_whole() {
        for token in ["", "a", "abc", "abcdefgh", "0123456789abcdefghijklmnopqrstuvwxyz"] {
            let shown = shortened(&Secret::new(token.to_owned()));
            let start = shown.split('…').next().expect("a beginning");
            assert!(start.len() * 4 <= token.len(), "{shown}");
        }
    }

    #[test]
    fn times_are_rounded_for_people() {
        for (seconds, expected) in [
            (0, "0 s"),
            (119, "119 s"),
            (120, "2 min"),
            (3_599, "60 min"),
            (7_200, "2 h"),
            (172_800, "2 days"),
        ] {
            assert_eq!(rounded(Duration::from_secs(seconds)), expected);
        }
        let now = SystemTime::now();
        assert_eq!(from_now(now - Duration::from_secs(5), now), "already");
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        assert_eq!(printable("a\u{1b}[31mb\n\u{202e}"), "a\u{fffd}[31mb\u{fffd}\u{fffd}");
    }

    #[test]
    fn words_are_quoted_for_a_shell() {
        assert_eq!(quoted("https://a.example/x".to_owned()), "https://a.example/x");
        assert_eq!(quoted("a b".to_owned()), "'a b'");
        assert_eq!(quoted("it's".to_owned()), r"'it'\''s'");
    }
}
