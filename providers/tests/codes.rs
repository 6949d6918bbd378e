//! The long explanation of each code, and its examples.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use pkce_flow_providers::{
    Code, Draft, Metadata, MetadataError, Problems, ProvidersToml, declare, explanation, resolve,
};

/// One example of a page: the environment it states, if it states one, and the text.
struct Example {
    environment: Option<BTreeMap<String, String>>,
    toml: String,
}

/// The fenced blocks of one section.
fn example(code: Code, section: &str) -> Example {
    let page = code.explanation();
    let heading = format!("\n## {section}\n");
    let (_, rest) = page.split_once(&heading).unwrap_or_else(|| panic!("{code}: no {section}"));
    let part = rest.split("\n## ").next().unwrap_or_default();
    let block = |language: &str| {
        let fence = format!("```{language}\n");
        let mut blocks = part.split(&fence).skip(1);
        let block = blocks.next().map(|rest| rest.split("```").next().unwrap_or_default());
        assert!(blocks.next().is_none(), "{code}: two blocks of {language} below {section}");
        block
    };
    let lines = |text: &str| {
        let set = text.lines().filter_map(|line| line.split_once('='));
        set.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    };
    Example {
        environment: block("env").map(lines),
        toml: block("toml").unwrap_or_else(|| panic!("{code}: no example")).to_owned(),
    }
}

/// Every mistake of the example: of its text, and of what the environment gives.
fn problems(example: &Example) -> Vec<Code> {
    let codes = |problems: Problems| problems.iter().map(|problem| problem.code()).collect();
    let file = match ProvidersToml::parse(&example.toml) {
        Ok(file) => file,
        Err(problems) => return codes(problems),
    };
    let Some(environment) = &example.environment else { return Vec::new() };
    let made = |draft: &Draft| {
        let lookup = |name: &str| environment.get(name).cloned();
        declare(&resolve(draft.clone())?.with_environment(&lookup)?)
    };
    let found = file.drafts().iter().filter_map(|draft| made(draft).err());
    found.flat_map(|problems: Problems| -> Vec<Code> { codes(problems) }).collect()
}

#[test]
fn every_code_has_its_page_and_every_page_its_code() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("codes");
    let pages: BTreeSet<String> = std::fs::read_dir(folder)
        .expect("the folder of pages is there")
        .map(|entry| entry.expect("an entry can be read").file_name())
        .map(|name| name.to_str().expect("names are UTF-8").to_owned())
        .collect();
    let of_metadata = MetadataError::CODES.iter().copied();
    let names = Code::ALL.iter().map(|code| code.as_str()).chain(of_metadata);
    let codes: BTreeSet<String> = names.clone().map(|code| format!("{code}.md")).collect();
    assert_eq!(pages, codes);
    for code in names {
        let page = explanation(code).unwrap_or_else(|| panic!("{code} has no page"));
        assert!(page.starts_with(&format!("# {code}\n\n")), "{code}");
        for line in page.lines() {
            assert!(line.chars().count() <= 80, "{code}: {line}");
        }
    }
}

#[test]
fn every_page_begins_with_its_code_and_its_rule_and_has_the_same_sections() {
    for code in Code::ALL {
        let page = code.explanation();
        let head: Vec<_> = page.split("\n\n").take(2).map(|part| part.replace('\n', " ")).collect();
        assert_eq!(head, [format!("# {code}"), code.meaning().to_owned()]);
        let sections: Vec<_> = page.lines().filter(|line| line.starts_with("## ")).collect();
        assert_eq!(sections, ["## Wrong", "## Right", "## What to do"], "{code}");
        assert!(page.ends_with(".\n"), "{code} ends in a sentence");
    }
}

#[test]
fn each_wrong_example_has_exactly_its_mistake() {
    for code in Code::ALL {
        assert_eq!(problems(&example(*code, "Wrong")), [*code], "{}", code.explanation());
    }
}

#[test]
fn each_right_example_has_none() {
    for code in Code::ALL {
        assert_eq!(problems(&example(*code, "Right")), [], "{}", code.explanation());
    }
}

#[test]
fn the_examples_of_metadata_give_their_code_and_none() {
    for code in MetadataError::CODES {
        let page = explanation(code).unwrap_or_else(|| panic!("{code} has no page"));
        let blocks: Vec<_> = page.split("```json\n").skip(1).collect();
        let said = |block: &&str| {
            let json = block.split("```").next().unwrap_or_default();
            Metadata::parse(json.as_bytes(), "https://sso.example.org")
                .err()
                .map(|error| error.code())
        };
        let said: Vec<_> = blocks.iter().map(said).collect();
        // A page has no room for what is too large.
        let expected: &[_] = if *code == "metadata-too-large" { &[] } else { &[Some(*code), None] };
        assert_eq!(said, expected, "{page}");
    }
}

#[test]
fn a_code_is_found_by_its_name() {
    for code in Code::ALL {
        assert_eq!(Code::from_name(code.as_str()), Some(*code));
    }
    assert_eq!(Code::from_name("HTTP-not-loopback"), None);
    assert_eq!(explanation("HTTP-not-loopback"), None);
}
