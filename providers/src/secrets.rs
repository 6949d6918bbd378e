//! Which part of a text may be a secret, so that no line of it is shown with one.

use std::ops::Range;

use crate::location::line_at;

/// Words in the names of keys that hold secrets.
const WORDS: &[&str] = &[
    "secret",
    "password",
    "passwd",
    "assertion",
    "private_key",
    "privatekey",
    "api_key",
    "apikey",
];
/// Names with such a word that hold none.
const HARMLESS: &[&str] = &[
    "raw_client_secret_basic",
    "client_secret_basic",
    "client_secret_post",
    "client_secret_required",
];

/// Tells whether a key of this name holds a secret.
pub(crate) fn is_secret_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    !HARMLESS.contains(&name.as_str()) && WORDS.iter().any(|word| name.contains(word))
}

/// The bytes of this line that may be a secret: what stands behind a name of one, or, where the
/// value began on a line before, the whole line. Rather too much is masked than too little.
pub(crate) fn secret_part(text: &str, line: &Range<usize>) -> Option<Range<usize>> {
    let shown = &text[line.clone()];
    if let Some(at) = behind_secret_name(shown) {
        return Some(at..shown.len());
    }
    let before = &text[..line.start];
    let string = ["\"\"\"", "'''"].iter().filter_map(|quotes| before.rfind(quotes)).max();
    let in_string = string.is_some_and(|at| secret_name_end(&text[line_at(text, at)]).is_some());
    let header = before.lines().rev().find(|line| line.trim_start().starts_with('['));
    let in_table = header.is_some_and(|header| secret_name_end(header).is_some());
    let previous = before.lines().rev().find(|line| !line.trim().is_empty());
    (in_string || in_table || previous.is_some_and(leaves_secret_open)).then_some(0..shown.len())
}

/// Tells whether the value of a secret that begins on this line may go on behind it.
fn leaves_secret_open(line: &str) -> bool {
    let Some(end) = secret_name_end(line) else {
        return false;
    };
    let Some((_, value)) = line[end..].split_once('=') else {
        return true;
    };
    let count = |marks: &[char]| value.matches(marks).count();
    !value.contains(char::is_alphanumeric)
        || count(&['"']) % 2 == 1
        || count(&['\'']) % 2 == 1
        || count(&['{', '[']) > count(&['}', ']'])
}

/// The byte behind the name of a secret, and behind the `=` that follows it.
fn behind_secret_name(line: &str) -> Option<usize> {
    let end = secret_name_end(line)?;
    let rest = &line[end..];
    if !rest.contains(|c: char| c.is_alphanumeric()) && !rest.contains(['=', '"', '\'']) {
        return None;
    }
    let value = rest.split_once('=').map_or(rest, |(_, value)| value);
    Some(line.len() - value.trim_start_matches([' ', '\t']).len())
}

/// The byte behind the first name of a secret.
fn secret_name_end(line: &str) -> Option<usize> {
    let mut lower = line.to_ascii_lowercase();
    for harmless in HARMLESS {
        lower = lower.replace(harmless, &"-".repeat(harmless.len()));
    }
    WORDS.iter().filter_map(|word| Some(lower.find(word)? + word.len())).min()
}

#[cfg(test)]
mod tests {
    use super::{is_secret_name, secret_part};

    #[test]
    fn names_of_secrets_are_known_and_names_of_methods_are_none() {
        assert!(is_secret_name("Client_Secret"));
        assert!(is_secret_name("clientsecret"));
        assert!(is_secret_name("client_assertion"));
        assert!(!is_secret_name("client_secret_basic"));
        assert!(!is_secret_name("client_id"));
    }

    #[test]
    fn what_stands_behind_the_name_is_masked() {
        for (line, kept) in [
            ("client_secret = \"hunter2\"", "client_secret = "),
            ("a = { client_secret= \"hunter2\", b = 1 }", "a = { client_secret= "),
            ("client_secret: hunter2", "client_secret"),
            ("client_secret[ = \"hunter2\"", "client_secret[ = "),
        ] {
            let masked = secret_part(line, &(0..line.len())).expect("there is a secret");
            assert_eq!(&line[..masked.start], kept);
        }
        for line in ["token_endpoint_auth_method = 'client_secret_post'", "[a.client_secret]"] {
            assert_eq!(secret_part(line, &(0..line.len())), None, "{line}");
        }
    }

    #[test]
    fn lines_inside_a_table_or_a_string_of_a_secret_are_masked() {
        for text in [
            "[a.client_secret]\nvalue = hunter2",
            "client_secret = \"\"\"\nhunter2 = 1",
            "client_secret =\nhunter2",
            "client_secret\n= hunter2",
            "a = { client_secret = \"\nhunter2\" }",
            "client_secret = [\nhunter2",
        ] {
            let start = text.find('\n').expect("two lines") + 1;
            assert_eq!(secret_part(text, &(start..text.len())), Some(0..text.len() - start));
        }
    }
}
