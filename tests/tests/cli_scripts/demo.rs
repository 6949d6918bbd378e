//! `login demo` and `demo`: the embedded provider, with nothing to set up.

use std::fs;

use pkce_flow_testing::UserAgent;
use tests::Cli;

use crate::machine::{assert_fails, get, header, json, send, status};

#[test]
fn without_a_browser_login_demo_approves_by_itself_and_says_so() {
    let cli = Cli::new();
    let finished = cli.run(["login", "demo"]);
    assert_eq!(finished.code, Some(0), "{finished:?}");
    assert!(finished.stderr.contains("approves by itself"), "{}", finished.stderr);
    for word in ["access_token", "Ada Example"] {
        assert!(finished.stdout.contains(word), "{}", finished.stdout);
    }
    assert_eq!(fs::read_dir(cli.home()).expect("readable").count(), 0, "nothing is kept");
    assert_fails(&cli.run(["token", "demo"]), 2, "demo");
}

#[test]
fn login_demo_gives_one_json_object() {
    let tokens = json(&Cli::new().run(["login", "demo", "--json"]));
    assert!(tokens["access_token"].is_string(), "{tokens}");
}

#[test]
fn with_no_browser_login_demo_asks_for_consent() {
    let cli = Cli::new();
    let allowed = cli.start(["login", "demo", "--no-browser", "--json"]);
    UserAgent::allowing().visit_blocking(&allowed.authorization_url()).expect("a page");
    json(&allowed.finish());
    let denied = cli.start(["login", "demo", "--no-browser", "--json"]);
    UserAgent::denying().visit_blocking(&denied.authorization_url()).expect("a page");
    assert_fails(&denied.finish(), 3, "access_denied");
}

#[test]
fn the_demo_signs_a_person_in_on_its_page_until_it_is_interrupted() {
    let cli = Cli::new();
    let running = cli.start(["demo", "--no-browser"]);
    let page = running.wait_for_line(|line| line.starts_with("http"));
    let origin = page.strip_suffix('/').expect("the first page");
    let begin = format!("{origin}/login");

    let first = get(&page);
    assert!(first.contains("Sign in"), "{first}");
    let policy = header(&first, "content-security-policy");
    assert!(policy.starts_with("default-src 'none'"), "{policy}");

    // No other page can begin a login here.
    assert_eq!(status(&get(&begin)), "405");
    assert_eq!(status(&send("POST", &begin, &[])), "403");
    let foreign = [("origin", "http://evil.example")];
    assert_eq!(status(&send("POST", &begin, &foreign)), "403");

    let begun = send("POST", &begin, &[("origin", origin)]);
    let cookie = header(&begun, "set-cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    let cookie = cookie.split(';').next().expect("name and value");
    let callback =
        UserAgent::allowing().authorize_blocking(header(&begun, "location")).expect("a callback");

    // A callback that somebody else's browser brings is not theirs to use.
    assert_eq!(status(&get(&callback)), "400");

    let done = send("GET", &callback, &[("cookie", cookie)]);
    assert_eq!((status(&done), header(&done, "location")), ("303", "/"));
    let shown = send("GET", &page, &[("cookie", cookie)]);
    assert!(shown.contains("Hello, Ada Example") && shown.contains("access_token"), "{shown}");
    assert!(get(&page).contains("Sign in"), "other browsers are not signed in");

    let out = send("POST", &format!("{origin}/logout"), &[("origin", origin), ("cookie", cookie)]);
    assert_eq!(status(&out), "303");
    assert!(send("GET", &page, &[("cookie", cookie)]).contains("Sign in"));

    running.interrupt();
    assert_fails(&running.finish(), 130, "interrupted");
}

#[test]
fn a_denied_consent_is_told_on_the_demos_page() {
    let cli = Cli::new();
    let running = cli.start(["demo", "--no-browser"]);
    let page = running.wait_for_line(|line| line.starts_with("http"));
    let origin = page.strip_suffix('/').expect("the first page");
    let begun = send("POST", &format!("{origin}/login"), &[("origin", origin)]);
    let cookie = header(&begun, "set-cookie").split(';').next().expect("name and value");
    let callback =
        UserAgent::denying().authorize_blocking(header(&begun, "location")).expect("a callback");
    let told = send("GET", &callback, &[("cookie", cookie)]);
    assert_eq!(status(&told), "400");
    assert!(told.contains("Access was denied"), "{told}");
}
