//! Scopes (RFC 6749 section 3.3).

/// The tokens of a scope: at least one, one blank between two, none twice.
pub(crate) fn parse(text: &str) -> Option<Vec<String>> {
    let mut tokens: Vec<String> = Vec::new();
    for token in text.split(' ') {
        if !is_token(token) {
            return None;
        }
        if !tokens.iter().any(|known| known == token) {
            tokens.push(token.to_owned());
        }
    }
    Some(tokens)
}

fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| matches!(byte, 0x21 | 0x23..=0x5B | 0x5D..=0x7E))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_split_at_single_blanks() {
        assert_eq!(parse("read write:all read"), Some(vec!["read".into(), "write:all".into()]));
        for bad in ["", " ", "a  b", " a", "a ", "a\tb", "a\"b", "a\\b", "é"] {
            assert_eq!(parse(bad), None, "{bad:?}");
        }
    }
}
