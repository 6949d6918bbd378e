//! Splits a command line into words, with the quotes of a shell and nothing else of it.

/// The words of a command; `None` where a quote is not closed.
pub(super) fn split(command: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut characters = command.chars();
    while let Some(character) = characters.next() {
        match character {
            '\'' => {
                let word = word.get_or_insert_default();
                loop {
                    match characters.next()? {
                        '\'' => break,
                        inside => word.push(inside),
                    }
                }
            }
            '"' => {
                let word = word.get_or_insert_default();
                loop {
                    match characters.next()? {
                        '"' => break,
                        '\\' => match characters.next()? {
                            escaped @ ('"' | '\\' | '$' | '`') => word.push(escaped),
                            other => word.extend(['\\', other]),
                        },
                        inside => word.push(inside),
                    }
                }
            }
            '\\' => word.get_or_insert_default().push(characters.next()?),
            space if space.is_whitespace() => words.extend(word.take()),
            other => word.get_or_insert_default().push(other),
        }
    }
    words.extend(word);
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn quotes_join_words_and_nothing_is_expanded() {
        for (command, words) in [
            ("firefox", vec!["firefox"]),
            ("  firefox   --new-window %s ", vec!["firefox", "--new-window", "%s"]),
            ("'/opt/my browser/run' \"%s\"", vec!["/opt/my browser/run", "%s"]),
            (r"/opt/my\ browser/run", vec!["/opt/my browser/run"]),
            (r#"a "b \"c\" \d" '' e"#, vec!["a", r#"b "c" \d"#, "", "e"]),
            (
                "a $(b) `c` $D ; e | f > g",
                vec!["a", "$(b)", "`c`", "$D", ";", "e", "|", "f", ">", "g"],
            ),
            ("", vec![]),
        ] {
            assert_eq!(split(command).expect("closed quotes"), words, "{command}");
        }
    }

    #[test]
    fn an_open_quote_is_no_command() {
        for command in ["a 'b", "a \"b", "a \\"] {
            assert_eq!(split(command), None, "{command}");
        }
    }
}
