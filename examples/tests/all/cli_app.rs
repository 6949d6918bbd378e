//! The desktop program, with a scripted browser in the person's place.

use pkce_flow_testing::UserAgent;

use crate::program::Program;

#[test]
fn cli_app_greets_whoever_allows_it() {
    let mut program = Program::start(env!("CARGO_BIN_EXE_cli_app"), &["--no-browser"]);
    let url = format!("http{}", program.stderr_line("http"));
    let page = UserAgent::allowing().visit_blocking(&url).expect("the program answers the browser");
    assert_eq!(page.status(), 200);
    assert_eq!(program.finish(), "hello, Ada Example\n");
}

#[test]
fn cli_app_needs_at_most_twelve_lines_for_the_login() {
    let source = include_str!("../../src/bin/cli_app.rs");
    let start = source.find("async fn log_in").expect("the login is a function");
    let login = source[start..].lines().take_while(|line| *line != "}").count() + 1;
    assert!(login <= 12, "it has {login}");
}
