//! The command line's demo, with a real browser: a person reads the consent page, clicks, and
//! lands on the end page.

use tests::{Chromium, Cli, Finished, Running, parameter};

/// Starts the demo and opens its address, which stands alone on a line of standard error.
async fn start(cli: &Cli) -> (Running, Chromium) {
    let login = cli.start(["login", "demo", "--no-browser"]);
    let url = login.authorization_url();
    let browser = Chromium::start().await;
    browser.open(&url).await;
    (login, browser)
}

/// Waits until the browser is back at the redirect URI of the login.
async fn wait_for_callback(login: &Running, browser: &Chromium) {
    let redirect_uri = parameter(&login.authorization_url(), "redirect_uri").expect("it is sent");
    browser.wait_for_url(|url| url.starts_with(&format!("{redirect_uri}?"))).await;
}

/// Nothing is left running, and the demo's tokens are kept nowhere.
#[track_caller]
fn assert_nothing_left(cli: &Cli, finished: &Finished) {
    let left: Vec<_> = std::fs::read_dir(cli.home()).expect("the home").collect();
    assert!(left.is_empty(), "{left:?} {finished:?}");
}

#[tokio::test]
async fn allow_ends_on_the_end_page_with_exit_code_0() {
    let cli = Cli::new();
    let (login, browser) = start(&cli).await;
    let consent = browser.text().await;
    for part in ["asks for access", "Allow", "Deny"] {
        assert!(consent.contains(part), "{part}: {consent}");
    }
    browser.screenshot("consent").await;

    browser.click("Allow").await;
    wait_for_callback(&login, &browser).await;
    let end = browser.text().await;
    browser.screenshot("signed-in").await;
    assert!(end.contains("You are signed in"), "{end}");

    let finished = login.finish();
    assert_eq!(finished.code, Some(0), "{finished:?}");
    assert!(finished.stdout.contains("Profile"), "{finished:?}");
    assert_nothing_left(&cli, &finished);
    browser.close().await;
}

#[tokio::test]
async fn deny_ends_with_exit_code_3() {
    let cli = Cli::new();
    let (login, browser) = start(&cli).await;
    browser.click("Deny").await;
    wait_for_callback(&login, &browser).await;
    let end = browser.text().await;
    browser.screenshot("denied").await;
    assert!(end.contains("Access was denied"), "{end}");

    let finished = login.finish();
    assert_eq!(finished.code, Some(3), "{finished:?}");
    assert_eq!(finished.stdout, "");
    assert!(finished.stderr.contains("access_denied"), "{finished:?}");
    assert_nothing_left(&cli, &finished);
    browser.close().await;
}

/// A page that another tab sends to the listener changes nothing for the login that waits.
#[tokio::test]
async fn a_forged_callback_is_refused_and_the_right_one_is_taken() {
    let cli = Cli::new();
    let (login, browser) = start(&cli).await;
    let url = login.authorization_url();
    let redirect_uri = parameter(&url, "redirect_uri").expect("it is sent");
    browser.open(&format!("{redirect_uri}?code=forged&state=forged")).await;
    browser.screenshot("forged").await;
    let page = browser.text().await;
    assert!(!page.contains("You are signed in"), "{page}");

    browser.open(&url).await;
    browser.click("Allow").await;
    wait_for_callback(&login, &browser).await;
    assert!(browser.text().await.contains("You are signed in"));
    assert_eq!(login.finish().code, Some(0));
    browser.close().await;
}
