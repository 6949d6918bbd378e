//! A real browser, driven over WebDriver.

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use fantoccini::{Client, ClientBuilder, Locator, wd::Capabilities};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use tempfile::TempDir;

use crate::{DEADLINE, cli::profile_folder, output::Output};

/// Headless Chromium with a new profile. It ends with this value.
#[derive(Debug)]
pub struct Chromium {
    driver: Driver,
    client: Client,
    profile: TempDir,
}

/// The process chromedriver, which owns the browser's.
#[derive(Debug)]
struct Driver {
    child: Child,
    port: u16,
}

impl Chromium {
    /// Starts the browser.
    ///
    /// # Panics
    ///
    /// Where Chromium or its driver are missing or do not start.
    pub async fn start() -> Self {
        let driver = Driver::start();
        let profile = tempfile::tempdir().expect("a profile");
        let arguments = [
            "--headless",
            // Chromium refuses its sandbox to root, and tests are run as root in containers.
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--window-size=1000,900",
        ];
        let arguments: Vec<String> = arguments
            .iter()
            .map(|argument| (*argument).to_owned())
            .chain([format!("--user-data-dir={}", profile.path().display())])
            .collect();
        let mut capabilities = Capabilities::new();
        capabilities.insert("goog:chromeOptions".to_owned(), json!({ "args": arguments }));
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{}", driver.port))
            .await
            .unwrap_or_else(|error| panic!("Chromium does not start: {error}"));
        Self { driver, client, profile }
    }

    /// The session, for whatever this type has no method for.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The folder of the browser's profile, which every process of the browser is started with.
    pub fn profile(&self) -> &Path {
        self.profile.path()
    }

    /// Opens an address.
    ///
    /// # Panics
    ///
    /// Where the browser cannot.
    pub async fn open(&self, url: &str) {
        self.client.goto(url).await.unwrap_or_else(|error| panic!("{url} does not open: {error}"));
    }

    /// Clicks the button that bears `label`, once it is there.
    ///
    /// # Panics
    ///
    /// Where there is none.
    pub async fn click(&self, label: &str) {
        let button = format!("//button[normalize-space()='{label}']");
        let found = self.client.wait().at_most(DEADLINE).for_element(Locator::XPath(&button)).await;
        let button = match found {
            Ok(button) => button,
            Err(error) => {
                let at = self.client.current_url().await;
                panic!("there is no button {label:?} at {at:?}: {error}\n{}", self.text().await)
            }
        };
        button.click().await.unwrap_or_else(|error| panic!("{label:?} is not clicked: {error}"));
    }

    /// Waits until the browser is at an address that `wanted` accepts, and says which.
    ///
    /// # Panics
    ///
    /// Where that does not come about in time.
    pub async fn wait_for_url(&self, wanted: impl Fn(&str) -> bool) -> String {
        // A browser has no event for this over WebDriver: it is asked, and not all the time.
        let mut turns = tokio::time::interval(Duration::from_millis(50));
        let arrived = tokio::time::timeout(DEADLINE, async {
            loop {
                turns.tick().await;
                let url = self.client.current_url().await.expect("the browser knows its address");
                if wanted(url.as_str()) {
                    return url.to_string();
                }
            }
        });
        arrived.await.expect("the browser arrives in time")
    }

    /// The text that a person sees.
    ///
    /// # Panics
    ///
    /// Where the browser cannot tell.
    pub async fn text(&self) -> String {
        let body = self.client.find(Locator::Css("body")).await.expect("a page has a body");
        body.text().await.expect("a body has text")
    }

    /// Takes a picture of the page: `target/screenshots/NAME.png`.
    ///
    /// # Panics
    ///
    /// Where it cannot be taken or written.
    pub async fn screenshot(&self, name: &str) -> PathBuf {
        let picture = self.client.screenshot().await.expect("a picture is taken");
        let profile = profile_folder();
        let folder = profile.parent().expect("the target folder").join("screenshots");
        let path = folder.join(format!("{name}.png"));
        fs::create_dir_all(&folder).expect("a folder for pictures");
        fs::write(&path, picture).expect("the picture is written");
        path
    }

    /// Ends the browser in order.
    ///
    /// # Panics
    ///
    /// Where it does not answer any more.
    pub async fn close(self) {
        let Self { driver, client, profile } = self;
        client.close().await.expect("the browser ends");
        drop(driver);
        drop(profile);
    }
}

impl Driver {
    fn start() -> Self {
        let mut child = Command::new("chromedriver")
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("chromedriver does not start: {error}"));
        let stdout = Output::follow(child.stdout.take().expect("standard output is piped"));
        // "ChromeDriver was started successfully on port 40605."
        let line = stdout
            .line(|line| line.contains("started successfully on port"))
            .unwrap_or_else(|what| panic!("chromedriver: {what}: {}", stdout.text()));
        let port = line.trim_end_matches('.').rsplit(' ').next().and_then(|port| port.parse().ok());
        let port = port.unwrap_or_else(|| panic!("chromedriver names no port: {line}"));
        Self { child, port }
    }

    /// Ends the driver and, where a test failed before [`Chromium::close`], its browser.
    fn shut_down(&self) -> std::io::Result<()> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(DEADLINE))?;
        stream
            .write_all(b"GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
        stream.read_to_end(&mut Vec::new()).map(drop)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Whatever it answers, the process is gone after this.
        let _ = self.shut_down();
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
