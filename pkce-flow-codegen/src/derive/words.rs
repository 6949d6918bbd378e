//! The words of a providers TOML -> those of attributes: a help that shows what to write shows it
//! as it is written here.

/// `{ env = "NAME" }` -> `env("NAME")`, `variables.domain = "…"` -> `variables(domain = "…")`.
pub(crate) fn in_attributes(text: &str) -> String {
    let mut text = text.to_owned();
    for source in ["env", "file"] {
        let begin = format!("{{ {source} = \"");
        while let Some(start) = text.find(&begin) {
            let Some(length) = text[start + begin.len()..].find("\" }") else {
                break;
            };
            let end = start + begin.len() + length;
            let name = text[start + begin.len()..end].to_owned();
            text.replace_range(start..end + 3, &format!("{source}(\"{name}\")"));
        }
    }
    for table in TABLES {
        let begin = format!("{table}.");
        let Some(start) = text.find(&begin) else {
            continue;
        };
        let Some((key, value)) = text[start + begin.len()..].split_once(" = ") else {
            continue;
        };
        let Some(length) = value_end(value) else {
            continue;
        };
        let end = start + begin.len() + key.len() + 3 + length;
        let inside = format!("{table}({key} = {})", &value[..length]);
        text.replace_range(start..end, &inside);
    }
    text.replace("write profile.url", "write profile(url = \"…\")")
        .replace(" = { name = \"value\" }", "(name = \"value\")")
}

/// The tables of a declaration.
const TABLES: &[&str] =
    &["variables", "extra_authorization_params", "extra_token_params", "profile", "deviations"];

/// Where the value at the beginning ends: a string, a word, or `…`.
fn value_end(value: &str) -> Option<usize> {
    if let Some(string) = value.strip_prefix('"') {
        return string.find('"').map(|end| end + 2);
    }
    let word = value.trim_start_matches(|c: char| c.is_alphanumeric() || c == '…');
    (word.len() < value.len()).then(|| value.len() - word.len())
}

#[cfg(test)]
mod tests {
    use super::in_attributes;

    #[test]
    fn what_to_write_is_shown_as_attributes_have_it() {
        for (toml, attribute) in [
            (
                "write client_secret = { env = \"NAME\" }, or { file = \"/run/secrets/…\" }",
                "write client_secret = env(\"NAME\"), or file(\"/run/secrets/…\")",
            ),
            (
                "write variables.domain = \"…\": the host",
                "write variables(domain = \"…\"): the host",
            ),
            (
                "put it into the table `deviations`: deviations.json_token_request = …",
                "put it into the table `deviations`: deviations(json_token_request = …)",
            ),
            (
                "write profile.url, or leave the profile out",
                "write profile(url = \"…\"), or leave the profile out",
            ),
            ("write x = { name = \"value\" }", "write x(name = \"value\")"),
            ("an unclosed { env = \"", "an unclosed { env = \""),
        ] {
            assert_eq!(in_attributes(toml), attribute);
        }
    }
}
