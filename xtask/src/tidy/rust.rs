//! As much of Rust as the rules need: its words and marks, without comments, texts and tests.

/// Splits source into identifiers, `::` and single marks. Comments, literals and modules under
/// `#[cfg(test)]` are left out.
pub(super) fn tokens(source: &str) -> Vec<String> {
    without_tests(split(&blank(source)))
}

/// Replaces comments and the insides of literals by spaces.
fn blank(source: &str) -> String {
    let chars: Vec<char> = source.chars().collect();
    let mut out = String::with_capacity(source.len());
    let mut at = 0;
    while at < chars.len() {
        let end = literal_end(&chars, at);
        if end > at {
            out.push(' ');
            at = end;
        } else {
            out.push(chars[at]);
            at += 1;
        }
    }
    out
}

/// Where a comment or literal that starts here ends; `at` itself where none starts.
fn literal_end(chars: &[char], at: usize) -> usize {
    let next = chars.get(at + 1).copied();
    let in_a_word = at > 0 && is_word(chars[at - 1]);
    match chars[at] {
        '/' if next == Some('/') => find(chars, at, |c| c == '\n'),
        '/' if next == Some('*') => block_comment_end(chars, at),
        '"' => text_end(chars, at + 1),
        'r' if !in_a_word && matches!(next, Some('"' | '#')) => raw_text_end(chars, at),
        '\'' if next == Some('\\') => find(chars, at + 3, |c| c == '\'') + 1,
        '\'' if chars.get(at + 2) == Some(&'\'') => at + 3,
        _ => at,
    }
}

fn find(chars: &[char], from: usize, stop: impl Fn(char) -> bool) -> usize {
    (from..chars.len()).find(|at| stop(chars[*at])).unwrap_or(chars.len())
}

fn block_comment_end(chars: &[char], start: usize) -> usize {
    let mut depth = 0;
    let mut at = start;
    while at + 1 < chars.len() {
        match (chars[at], chars[at + 1]) {
            ('/', '*') => (depth, at) = (depth + 1, at + 2),
            ('*', '/') => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    chars.len()
}

fn text_end(chars: &[char], start: usize) -> usize {
    let mut at = start;
    while at < chars.len() {
        match chars[at] {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    chars.len()
}

/// `r"…"`, `r#"…"#`; a raw identifier, `r#type`, is none.
fn raw_text_end(chars: &[char], start: usize) -> usize {
    let quote = find(chars, start + 1, |c| c != '#');
    if chars.get(quote) != Some(&'"') {
        return start;
    }
    let hashes = quote - start - 1;
    let closes = |at: usize| {
        chars[at] == '"'
            && chars[at + 1..].iter().take(hashes).filter(|c| **c == '#').count() == hashes
    };
    let end = (quote + 1..chars.len()).find(|at| closes(*at));
    end.map_or(chars.len(), |end| end + 1 + hashes)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn split(source: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = source.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = if is_word(first) {
            rest.find(|c| !is_word(c)).unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        tokens.push(rest[..length].to_owned());
        rest = rest[length..].trim_start();
    }
    tokens
}

fn without_tests(tokens: Vec<String>) -> Vec<String> {
    const MARK: [&str; 8] = ["#", "[", "cfg", "(", "test", ")", "]", "mod"];
    let mut kept = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        let marked = tokens[at..].iter().take(MARK.len()).eq(MARK);
        if marked {
            at = after_block(&tokens, at + MARK.len());
        } else {
            kept.push(tokens[at].clone());
            at += 1;
        }
    }
    kept
}

/// Past the `;` or the braces that come next.
fn after_block(tokens: &[String], from: usize) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().skip(from) {
        match token.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            ";" => {}
            _ => continue,
        }
        if depth == 0 {
            return at + 1;
        }
    }
    tokens.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(source: &str) -> String {
        tokens(source).join(" ")
    }

    #[test]
    fn comments_and_literals_are_left_out() {
        assert_eq!(joined("a // b\n/* c /* d */ e */ f"), "a f");
        assert_eq!(joined(r#"a "b \" crate::c" d"#), "a d");
        assert_eq!(joined(r##"a r#"b " crate::c"# d"##), "a d");
        assert_eq!(joined(r"a '\'' b '\\' c '{' d"), "a b c d");
    }

    #[test]
    fn lifetimes_and_raw_identifiers_are_no_literals() {
        assert_eq!(joined("fn a<'a>(b: &'a str) {}"), "fn a < ' a > ( b : & ' a str ) { }");
        assert_eq!(joined("r#type for"), "r # type for");
    }

    #[test]
    fn test_modules_are_left_out() {
        assert_eq!(joined("a #[cfg(test)] mod tests { use x::{y}; } b"), "a b");
        assert_eq!(joined("a #[cfg(test)] mod tests; b"), "a b");
    }

    #[test]
    fn paths_keep_their_double_colons() {
        assert_eq!(joined("use crate::a::{b, c};"), "use crate :: a :: { b , c } ;");
    }
}
