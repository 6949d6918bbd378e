//! `pkce-flow demo` with a real browser: the policies of its pages let the forms work.
#![cfg(feature = "servers")]

use tests::{Chromium, Cli};

#[tokio::test]
async fn a_person_signs_in_and_out_on_the_demos_page() {
    let cli = Cli::new();
    let demo = cli.start(["demo", "--no-browser"]);
    let page = demo.wait_for_line(|line| line.starts_with("http"));
    let browser = Chromium::start().await;
    browser.open(&page).await;
    browser.click("Sign in").await;
    browser.click("Allow").await;
    // The address of the callback, with its code, is gone from the address line.
    browser.wait_for_url(|url| url == page).await;
    let shown = browser.text().await;
    for part in ["Hello, Ada Example", "access_token", "Your profile"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    browser.screenshot("demo-signed-in").await;

    browser.click("Sign out").await;
    browser.click("Sign in").await;
    browser.click("Deny").await;
    browser.wait_for_url(|url| url.starts_with(&format!("{page}callback?"))).await;
    let told = browser.text().await;
    assert!(told.contains("Access was denied"), "{told}");

    browser.close().await;
    demo.interrupt();
    assert_eq!(demo.finish().code, Some(130));
}
