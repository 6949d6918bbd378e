//! TOML of what comes from outside: nothing in it ends its string, its line or its comment.

/// The widest line.
const WIDTH: usize = 100;

/// A basic string on one line. Besides what TOML forbids, what reorders a line is escaped.
pub(super) fn string(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            // Controls of C0 and C1, line and paragraph separators, marks of direction.
            c if c.is_control()
                || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                    | '\u{2060}'..='\u{206f}' | '\u{feff}') =>
            {
                quoted.push_str(&format!("\\u{:04X}", u32::from(c)));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// A key, bare where it can be.
pub(super) fn key(text: &str) -> String {
    let bare = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if !text.is_empty() && text.bytes().all(bare) { text.to_owned() } else { string(text) }
}

/// `key = [ … ]`, on as many lines as it takes; `prefix` begins each.
pub(super) fn list(prefix: &str, key: &str, items: &[String]) -> String {
    let items: Vec<String> = items.iter().map(|item| string(item)).collect();
    let line = format!("{prefix}{key} = [{}]\n", items.join(", "));
    if line.chars().count() <= WIDTH + 1 {
        return line;
    }
    let mut text = format!("{prefix}{key} = [\n");
    let mut line = format!("{prefix}   ");
    for item in items {
        if line.chars().count() + item.chars().count() + 2 > WIDTH && !line.ends_with("   ") {
            text.push_str(&line);
            text.push('\n');
            line = format!("{prefix}   ");
        }
        line.push_str(&format!(" {item},"));
    }
    format!("{text}{line}\n{prefix}]\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_stays_in_its_line_and_its_quotes() {
        let hostile = "a\"\n[providers.evil]\\\u{0}\u{7f}\u{85}\u{2028}\u{202e}ü";
        let written = string(hostile);
        assert_eq!(
            written,
            "\"a\\\"\\u000A[providers.evil]\\\\\\u0000\\u007F\\u0085\\u2028\\u202Eü\""
        );
    }

    #[test]
    fn a_key_is_quoted_where_it_must_be() {
        assert_eq!(key("my-corp"), "my-corp");
        assert_eq!(key("my.corp"), "\"my.corp\"");
        assert_eq!(key(""), "\"\"");
    }

    #[test]
    fn long_lists_are_broken_and_every_line_keeps_its_prefix() {
        assert_eq!(list("# ", "k", &["a".to_owned()]), "# k = [\"a\"]\n");
        let items: Vec<String> = (0..40).map(|at| format!("scope-{at}")).collect();
        let written = list("# ", "k", &items);
        assert!(written.lines().all(|line| line.starts_with('#')), "{written}");
        assert!(written.lines().all(|line| line.chars().count() <= WIDTH), "{written}");
        assert_eq!(written.matches("scope-").count(), 40);
    }
}
