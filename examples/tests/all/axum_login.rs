//! The web application, with scripted browsers.

use pkce_flow_testing::UserAgent;

use crate::http::{Answer, Browser};
use crate::program::Program;

fn start() -> (Program, String) {
    let mut program = Program::start(env!("CARGO_BIN_EXE_axum_login"), &[]);
    let origin = program.stdout_line("listening on ");
    (program, origin)
}

/// Begins a login and decides at the provider; gives the callback URL, which is not called yet.
fn callback_of(browser: &mut Browser, provider: &str, person: UserAgent) -> String {
    let answer = browser.post(&format!("/login/{provider}"));
    assert_eq!(answer.status, 303, "{}", answer.body);
    person.authorize_blocking(answer.header("location")).expect("the provider answers")
}

fn log_in(browser: &mut Browser, provider: &str) {
    let callback = callback_of(browser, provider, UserAgent::allowing());
    assert_redirect_home(&browser.get(&callback));
}

fn assert_redirect_home(answer: &Answer) {
    assert_eq!(answer.status, 303, "{}", answer.body);
    assert_eq!(answer.header("location"), "/");
}

#[test]
fn a_person_logs_in_at_either_provider_and_out() {
    let (_program, origin) = start();
    let mut browser = Browser::new(&origin);
    assert!(browser.get("/").body.contains("Log in at work"));
    log_in(&mut browser, "work");
    assert!(browser.get("/").body.contains("Signed in: Grace Example (work)"));
    log_in(&mut browser, "home");
    assert!(browser.get("/").body.contains("Signed in: Grace &lt;at home&gt; (home)"));
    assert!(Browser::new(&origin).get("/").body.contains("Log in at work"));

    let session = browser.cookies["session"].clone();
    assert_redirect_home(&browser.post("/logout"));
    browser.cookies.insert("session".to_owned(), session);
    assert!(browser.get("/").body.contains("Log in at work"), "the session is over, cookie or not");
}

#[test]
fn a_callback_in_another_browser_is_refused() {
    let (_program, origin) = start();
    let (mut attacker, mut victim) = (Browser::new(&origin), Browser::new(&origin));
    victim.post("/login/work");
    let callback = callback_of(&mut attacker, "work", UserAgent::allowing());
    let answer = victim.get(&callback);
    assert_eq!(answer.status, 400);
    assert!(answer.body.contains("began in another browser"));
    assert!(!victim.cookies.contains_key("session"));
    // The try has spent the login: it is worth nothing to the attacker either.
    assert_eq!(attacker.get(&callback).status, 400);

    let callback = callback_of(&mut attacker, "work", UserAgent::allowing());
    assert_eq!(Browser::new(&origin).get(&callback).status, 400, "a browser without a cookie");
}

#[test]
fn a_callback_delivered_to_the_other_provider_is_refused() {
    let (_program, origin) = start();
    let mut browser = Browser::new(&origin);
    let callback = callback_of(&mut browser, "work", UserAgent::allowing());
    let answer = browser.get(&callback.replace("/callback/work", "/callback/home"));
    assert_eq!(answer.status, 400);
}

#[test]
fn the_session_id_is_new_at_each_login_and_other_tabs_go_on() {
    let (_program, origin) = start();
    let mut browser = Browser::new(&origin);
    browser.cookies.insert("session".to_owned(), "planted".to_owned());
    let other_tab = callback_of(&mut browser, "home", UserAgent::allowing());
    log_in(&mut browser, "work");
    let first = browser.cookies["session"].clone();
    assert_ne!(first, "planted");

    assert_redirect_home(&browser.get(&other_tab));
    let second = browser.cookies.insert("session".to_owned(), first.clone()).expect("a session");
    assert_ne!(second, first);
    assert!(browser.get("/").body.contains("Log in at work"), "the first session is over");
}

#[test]
fn a_form_on_another_site_starts_no_login() {
    let (_program, origin) = start();
    let browser = Browser::new(&origin);
    assert_eq!(browser.post_from_another_site("/login/work").status, 403);
}

#[test]
fn a_link_starts_no_login() {
    let (_program, origin) = start();
    assert_eq!(Browser::new(&origin).get("/login/work").status, 405);
}

#[test]
fn what_goes_wrong_gets_a_page_of_its_own() {
    let (_program, origin) = start();
    let mut browser = Browser::new(&origin);
    assert_eq!(browser.post("/login/nobody").status, 404);
    assert_eq!(browser.get("/callback/work?state=forged&code=c").status, 400);
    assert_eq!(browser.get("/callback/work").status, 400);
    let denied = callback_of(&mut browser, "work", UserAgent::denying());
    let answer = browser.get(&denied);
    assert_eq!(answer.status, 403);
    assert!(answer.body.contains("did not let you in"));
    // Once more it is a login that was used before.
    assert_eq!(browser.get(&denied).status, 400);
}

#[test]
fn cookies_are_kept_from_scripts_and_from_other_sites() {
    let (_program, origin) = start();
    let answer = Browser::new(&origin).post("/login/work");
    let cookie = answer.header("set-cookie");
    let (_, attributes) = cookie.split_once(';').expect("attributes");
    assert_eq!(attributes, " HttpOnly; SameSite=Lax; Path=/");
}
