//! `generate`: source from a providers file.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use crate::home::{CORP, Home};

const WRITE: &[&str] = &["generate", "providers.toml", "-o", "providers.rs"];
const CHECK: &[&str] = &["generate", "providers.toml", "-o", "providers.rs", "--check"];

fn home() -> Home {
    let home = Home::new();
    home.write("providers.toml", CORP);
    home
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("it is there")
}

#[test]
fn one_file_gives_the_same_bytes_by_either_way_and_from_anywhere() {
    let home = home();
    let printed = home.run(&["generate", "providers.toml"]);
    assert_eq!((printed.code, printed.stderr.as_str()), (Some(0), ""));
    assert!(printed.stdout.contains("pub struct Corp;"), "{}", printed.stdout);
    let written = home.run(WRITE);
    assert_eq!((written.code, written.stdout.as_str()), (Some(0), ""));
    assert_eq!(read(&home.path().join("providers.rs")), printed.stdout);
    let path = home.path().join("providers.toml");
    let from_elsewhere = home.run(&["generate", path.to_str().expect("UTF-8")]);
    assert_eq!(from_elsewhere.stdout, printed.stdout);
}

#[test]
fn current_output_is_not_written_again_and_stale_output_is() {
    let home = home();
    home.run(WRITE);
    let out = home.path().join("providers.rs");
    // A file that is replaced is another one.
    let file = || fs::metadata(&out).expect("it is there").ino();
    let first = file();
    let again = home.run(WRITE);
    assert_eq!((again.code, file()), (Some(0), first));
    assert!(again.stderr.contains("current"), "{}", again.stderr);
    home.write("providers.toml", &CORP.replace("read", "write"));
    assert_eq!(home.run(WRITE).code, Some(0));
    assert!(file() != first && read(&out).contains("write"));
    let names = fs::read_dir(home.path()).expect("readable").count();
    assert_eq!(names, 2, "no temporary file is left");
}

#[test]
fn a_check_passes_on_current_output_whoever_formatted_it() {
    let home = home();
    home.run(WRITE);
    let out = home.path().join("providers.rs");
    for source in [read(&out), read(&out).replace("    ", "\t").replace('{', "{\n")] {
        fs::write(&out, &source).expect("written");
        let ended = home.run(CHECK);
        assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
        assert_eq!(ended.stdout, "providers.rs: current\n");
        assert_eq!(read(&out), source);
    }
}

#[test]
fn a_check_fails_on_stale_output_and_says_where_and_what_to_do() {
    let home = home();
    home.run(WRITE);
    let old = read(&home.path().join("providers.rs"));
    home.write("providers.toml", &CORP.replace("\"read\"", "\"write\""));
    let ended = home.run(CHECK);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
    let differs = old.lines().position(|line| line.contains("\"read\"")).expect("the scope") + 1;
    for part in [
        format!("providers.rs is stale; line {differs} is the first that differs"),
        "there:  (\"scope\", text(\"read\")),".to_owned(),
        "wanted: (\"scope\", text(\"write\")),".to_owned(),
        "make it current: pkce-flow generate providers.toml -o providers.rs".to_owned(),
    ] {
        assert!(ended.stderr.contains(&part), "{part}: {}", ended.stderr);
    }
    assert_eq!(read(&home.path().join("providers.rs")), old, "nothing is written");
}

#[test]
fn a_check_fails_on_missing_output_and_writes_nothing() {
    let home = home();
    let ended = home.run(CHECK);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
    assert!(ended.stderr.contains("providers.rs is missing"), "{}", ended.stderr);
    assert!(ended.stderr.contains("pkce-flow generate providers.toml"), "{}", ended.stderr);
    assert!(!home.path().join("providers.rs").exists());
}

#[test]
fn output_that_is_no_source_is_stale() {
    let home = home();
    for bytes in [&b"\xff\xfe"[..], b"fn (", b""] {
        fs::write(home.path().join("providers.rs"), bytes).expect("written");
        let ended = home.run(CHECK);
        assert_eq!(ended.code, Some(2));
        assert!(ended.stderr.contains("stale; line 1 "), "{}", ended.stderr);
    }
    assert_eq!(home.run(WRITE).code, Some(0), "an empty file is nobody's");
    assert_eq!(home.run(CHECK).code, Some(0));
}

#[test]
fn a_file_that_was_not_generated_is_not_replaced() {
    let home = home();
    for own in [&b"fn main() {}\n"[..], b"\xff\xfe", CORP.as_bytes()] {
        let path = home.path().join("own.rs");
        fs::write(&path, own).expect("written");
        let ended = home.run(&["generate", "providers.toml", "-o", "own.rs"]);
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
        assert!(ended.stderr.contains("own.rs is there"), "{}", ended.stderr);
        assert_eq!(fs::read(&path).expect("it is there"), own);
    }
    let itself = home.run(&["generate", "providers.toml", "-o", "providers.toml"]);
    assert_eq!(itself.code, Some(2));
    assert_eq!(read(&home.path().join("providers.toml")), CORP);
}

#[test]
fn mistakes_of_the_file_are_shown_as_a_check_shows_them_and_nothing_is_written() {
    let home = Home::new();
    let bad = format!("{CORP}{}", CORP.replace("corp", "demo").replace("http://127", "ftp://127"));
    let path = home.write("folder/providers.toml", &bad);
    let path = path.to_str().expect("UTF-8");
    let checked = home.run(&["providers", "check", path]);
    for arguments in [&["generate", path][..], &["generate", path, "-o", "providers.rs"]] {
        let ended = home.run(arguments);
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
        assert_eq!(ended.stderr, checked.stderr);
    }
    assert!(!home.path().join("providers.rs").exists());
}

#[test]
fn paths_that_lead_nowhere_are_wrong_usage() {
    let home = home();
    assert_eq!(home.run(&["generate", "nowhere.toml"]).code, Some(2));
    for out in ["no/such/folder.rs", "."] {
        let ended = home.run(&["generate", "providers.toml", "-o", out]);
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""), "{ended:?}");
        assert!(ended.stderr.contains(&format!("cannot write {out}: ")), "{}", ended.stderr);
    }
}
