//! Whatever the text is: no panic, and each problem has a place in it.

use pkce_flow_providers::{Metadata, ProvidersToml};

const REFERENCE: &str = include_str!("../reference.toml");

/// A small generator, so that a failure can be repeated.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound.max(1)).expect("a length fits");
        usize::try_from(self.next() % bound).expect("it is below a length")
    }
}

/// Checks what is promised of the problems of any text, and gives them as they are shown.
fn shown(text: &str) -> String {
    let Err(problems) = ProvidersToml::parse(text) else {
        return String::new();
    };
    assert!(!problems.is_empty());
    let lines = text.split('\n').count();
    for problem in &problems {
        let Some(at) = problem.location() else { panic!("no place: {problem:?} of {text:?}") };
        assert!((1..=lines).contains(&at.line), "{at:?} of {text:?}");
        assert!(at.column >= 1, "{at:?}");
        assert!(text.get(at.range.clone()).is_some(), "{at:?} of {text:?}");
        let excerpt = problem.excerpt().expect("a place has an excerpt");
        assert!(!excerpt.mark().is_empty());
        assert!(excerpt.text().chars().count() <= 122, "{excerpt:?}");
        assert!(!problem.what().is_empty() && !problem.help().is_empty());
    }
    let shown = problems.to_string();
    let is_safe = |c: char| c == '\n' || !c.is_control();
    assert!(shown.chars().all(is_safe), "a control character is shown: {shown:?}");
    shown
}

#[test]
fn random_bytes_never_panic() {
    let mut random = Random(0x5eed);
    for _ in 0..3000 {
        let length = random.below(200);
        let bytes: Vec<u8> = (0..length).map(|_| random.next().to_le_bytes()[0]).collect();
        shown(&String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn random_words_of_the_language_never_panic() {
    const WORDS: &[&str] = &[
        "[",
        "]",
        "{",
        "}",
        "=",
        "\"",
        "'",
        "\"\"\"",
        "\n",
        "\r\n",
        ".",
        ",",
        "#",
        "\\",
        "\t",
        "providers",
        "client_id",
        "client_secret",
        "preset",
        "gitlab",
        "env",
        "scope",
        "variables",
        "https://",
        "ä",
        "\u{0}",
        "1",
        "true",
        "deviations",
        "profile",
        "unlisted_scope",
        "redirect_uri",
        " ",
    ];
    let mut random = Random(0xbeef);
    for _ in 0..6000 {
        let length = random.below(40);
        let text: String = (0..length).map(|_| WORDS[random.below(WORDS.len())]).collect();
        shown(&text);
    }
}

#[test]
fn mutations_of_the_reference_never_panic() {
    let mut random = Random(0xcafe);
    for _ in 0..1500 {
        let mut text: Vec<char> = REFERENCE.chars().collect();
        for _ in 0..=random.below(4) {
            let at = random.below(text.len());
            let until = (at + random.below(30)).min(text.len());
            match random.below(4) {
                0 => drop(text.drain(at..until)),
                1 => text[at] = char::from(random.next().to_le_bytes()[0]),
                2 => text.insert(at, ['"', '\n', '=', '[', '{', '\u{1b}'][random.below(6)]),
                _ => {
                    let copy = text[at..until].to_vec();
                    let to = random.below(text.len());
                    text.splice(to..to, copy);
                }
            }
        }
        shown(&text.into_iter().collect::<String>());
    }
}

#[test]
fn the_reference_without_any_one_line_never_panics() {
    let lines: Vec<&str> = REFERENCE.lines().collect();
    for without in 0..lines.len() {
        let kept = lines.iter().enumerate().filter(|(at, _)| *at != without);
        shown(&kept.map(|(_, line)| format!("{line}\n")).collect::<String>());
    }
}

#[test]
fn a_secret_is_not_shown_however_its_value_is_broken() {
    for text in [
        "[providers.app]\nclient_secret = \"hunter2hunter2\"\nscope = \"a\"\n",
        "[providers.app]\nclient_secret = '''hunter2hunter2'''\nscope = \"a\"\n",
        "[providers.app]\nclient_secret = \"\"\"\nhunter2hunter2\n\"\"\"\n",
        "[providers]\napp = { client_secret = \"hunter2hunter2\", scope = \"a\" }\n",
        "[providers.app.client_secret]\nvalue = \"hunter2hunter2\"\n",
        "[providers.app]\nclient_secret.value = \"hunter2hunter2\"\n",
    ] {
        assert!(!shown(text).contains("hunter2"), "{}", shown(text));
        let from = text.rfind("secret").map_or(0, |at| at + "secret".len());
        for at in from..text.len() {
            for inserted in ["\"", "'", "\n", "=", "[", "]", "{", "}", "#", ",", "\\", "\u{0}"] {
                let broken = format!("{}{inserted}{}", &text[..at], &text[at..]);
                let shown = shown(&broken);
                assert!(!shown.contains("hunter2"), "{broken}\n{shown}");
            }
            let shown = shown(&text[..at]);
            assert!(!shown.contains("hunter"), "{shown}");
        }
    }
}

#[test]
fn thousands_of_mistakes_are_reported_in_reasonable_time() {
    let table = |at: usize| format!("[providers.a{at}]\npreset = \"gitlub\"\nclient_id = \" \"\n");
    let text: String = (0..300).map(table).collect();
    let problems = ProvidersToml::parse(&text).expect_err("each table has three mistakes");
    assert_eq!(problems.len(), 900);
}

#[test]
fn huge_scopes_are_checked_in_reasonable_time() {
    let long = "a".repeat(100_000);
    let many =
        |prefix: &str| -> String { (0..5000).map(|at| format!("\"{prefix}{at}\",")).collect() };
    let text = format!(
        "[providers.app]\nclient_id = \"id\"\nredirect_uri = \"https://app.example/cb\"\n\
         root_url = \"https://sso.example/\"\nscope = [\"{long}b\",{}]\n\
         scopes_supported = [\"{long}\",{}]\n",
        many("read_scope_"),
        many("write_other_"),
    );
    assert!(ProvidersToml::parse(&text).is_ok());
}

#[test]
fn random_metadata_never_panics() {
    const WORDS: &[&str] = &[
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"issuer\"",
        "\"https://idp.example\"",
        "null",
        "true",
        "\"token_endpoint\"",
        "\"code_challenge_methods_supported\"",
        "\"S256\"",
        "1e999",
        "\"",
    ];
    let mut random = Random(0xd15c);
    for _ in 0..5000 {
        let length = random.below(30);
        let text: String = (0..length).map(|_| WORDS[random.below(WORDS.len())]).collect();
        if let Err(error) = Metadata::parse(text.as_bytes(), "https://idp.example") {
            assert!(!error.to_string().is_empty());
        }
    }
}
