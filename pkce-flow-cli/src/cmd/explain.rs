//! `pkce-flow explain`.

use pkce_flow_providers::{Code, keys};

use crate::args::Explain;
use crate::exit::{Failure, Outcome};
use crate::output::{self, DIM, KEY, styled};

pub(crate) fn run(args: &Explain) -> Outcome {
    let Some(name) = &args.code else {
        return output::result(&list());
    };
    // As messages have it, too: `error[a-code]`, `[a-code]`.
    let name = name.trim_start_matches("error").trim_matches(['[', ']']);
    match Code::from_name(name) {
        Some(code) => output::result(&page(code.explanation())),
        None => Err(unknown(name)),
    }
}

fn list() -> String {
    let width = Code::ALL.iter().map(|code| code.as_str().len()).max().unwrap_or_default();
    let line = |code: &Code| {
        let space = " ".repeat(width - code.as_str().len() + 2);
        format!("{}{space}{}\n", styled(KEY, code), code.meaning())
    };
    Code::ALL.iter().map(line).collect()
}

fn unknown(name: &str) -> Failure {
    let near = keys::nearest(name, Code::ALL.iter().map(|code| code.as_str()))
        .map(|near| format!("do you mean `{near}`? "));
    Failure::usage(format!("there is no code `{name}`"))
        .help(format!("{}pkce-flow explain lists them", near.unwrap_or_default()))
}

/// A page of Markdown for reading: headings stand out, and examples are indented instead of fenced.
fn page(markdown: &str) -> String {
    let mut text = String::new();
    let mut in_example = false;
    for line in markdown.lines() {
        if line.starts_with("```") {
            in_example = !in_example;
            continue;
        }
        let heading = line.trim_start_matches('#');
        let shown = match (in_example, line) {
            (_, "") => String::new(),
            (true, line) if line.trim_start().starts_with('#') => {
                format!("    {}", styled(DIM, line))
            }
            (true, line) => format!("    {line}"),
            (false, line) if heading != line => styled(KEY, heading.trim_start()),
            (false, line) => line.to_owned(),
        };
        text.push_str(&shown);
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        anstream::adapter::strip_str(text).to_string()
    }

    #[test]
    fn examples_are_indented_and_headings_bold() {
        let shown = page("# a-code\n\nWhy.\n\n```toml\n# a comment\nkey = 1\n\n```\n");
        assert_eq!(plain(&shown), "a-code\n\nWhy.\n\n    # a comment\n    key = 1\n\n");
        assert!(shown.starts_with(&styled(KEY, "a-code")));
    }

    #[test]
    fn every_page_closes_its_fences() {
        for code in Code::ALL {
            let shown = plain(&page(code.explanation()));
            assert!(!shown.contains("```"), "{code}");
            // What stands behind the last example is prose again.
            let last = shown.trim_end().lines().last().unwrap_or_default();
            assert!(!last.starts_with(' '), "{code}: {last}");
        }
    }
}
