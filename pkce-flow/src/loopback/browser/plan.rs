//! Which commands may open the browser: nothing is started here.

use std::env;
use std::path::Path;

use super::words;

/// A command to start, without a shell.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Command {
    pub(super) program: String,
    pub(super) arguments: Vec<String>,
    pub(super) environment: Vec<(&'static str, &'static str)>,
}

/// What the choice depends on.
#[derive(Debug)]
pub(super) struct Surroundings {
    browser: Option<String>,
    display: bool,
    system: System,
}

#[derive(Debug, Clone, Copy)]
enum System {
    MacOs,
    Windows,
    Other,
}

impl Surroundings {
    pub(super) fn of_this_process() -> Self {
        let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
        Self {
            browser: env::var("BROWSER").ok(),
            display: is_set("DISPLAY") || is_set("WAYLAND_DISPLAY"),
            system: if cfg!(target_os = "macos") {
                System::MacOs
            } else if cfg!(windows) {
                System::Windows
            } else {
                System::Other
            },
        }
    }
}

/// They draw in the terminal, which is ours.
const TEXT_BROWSERS: &[&str] =
    &["w3m", "lynx", "links", "links2", "elinks", "www-browser", "browsh", "carbonyl"];

/// What `xdg-open` may fall back to: its own list without the text browsers at its end.
const GRAPHICAL_BROWSERS: &str =
    "x-www-browser:firefox:epiphany:konqueror:chromium:chromium-browser:google-chrome";

/// The commands to try, in order.
pub(super) fn commands(url: &str, surroundings: &Surroundings) -> Vec<Command> {
    // Whoever set BROWSER means it: nothing else is tried then.
    if let Some(browsers) = surroundings.browser.as_deref().filter(|text| !text.trim().is_empty()) {
        return browsers.split(':').filter_map(|browser| from_variable(browser, url)).collect();
    }
    let opener = |program: &str, arguments: &[&str]| Command {
        program: program.to_owned(),
        arguments: arguments.iter().map(|argument| (*argument).to_owned()).collect(),
        environment: Vec::new(),
    };
    match surroundings.system {
        System::MacOs => vec![opener("open", &[url])],
        System::Windows => vec![opener("rundll32", &["url.dll,FileProtocolHandler", url])],
        System::Other if surroundings.display => vec![Command {
            environment: vec![("BROWSER", GRAPHICAL_BROWSERS)],
            ..opener("xdg-open", &[url])
        }],
        System::Other => Vec::new(),
    }
}

/// One command of the variable `BROWSER`.
fn from_variable(browser: &str, url: &str) -> Option<Command> {
    let mut words = words::split(browser)?.into_iter();
    let program = words.next()?;
    let name = Path::new(&program).file_name()?.to_str()?;
    if TEXT_BROWSERS.contains(&name) {
        return None;
    }
    let mut arguments: Vec<String> = words.collect();
    if arguments.iter().any(|argument| argument.contains("%s")) {
        for argument in &mut arguments {
            *argument = argument.replace("%s", url);
        }
    } else {
        arguments.push(url.to_owned());
    }
    Some(Command { program, arguments, environment: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "https://idp.example/authorize?a=b&c=$(d)";

    fn plan(browser: Option<&str>, display: bool, system: System) -> Vec<String> {
        let surroundings = Surroundings { browser: browser.map(str::to_owned), display, system };
        commands(URL, &surroundings)
            .into_iter()
            .map(|command| {
                std::iter::once(command.program)
                    .chain(command.arguments)
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .collect()
    }

    fn from_browser(browser: &str) -> Vec<String> {
        plan(Some(browser), false, System::Other)
    }

    #[test]
    fn the_address_replaces_the_placeholder_or_comes_last() {
        assert_eq!(from_browser("firefox"), [format!("firefox {URL}")]);
        assert_eq!(
            from_browser("firefox --open=%s --new"),
            [format!("firefox --open={URL} --new")]
        );
        assert_eq!(from_browser("firefox '%s'"), [format!("firefox {URL}")]);
    }

    #[test]
    fn several_browsers_are_tried_in_order_and_text_browsers_are_none() {
        assert_eq!(
            from_browser("firefox:/usr/bin/lynx:w3m -o x: :chromium %s"),
            [format!("firefox {URL}"), format!("chromium {URL}")]
        );
        for browser in ["w3m", "lynx", "links", "elinks", "www-browser"] {
            assert!(plan(Some(browser), true, System::Other).is_empty(), "{browser}");
        }
    }

    #[test]
    fn the_address_stays_one_argument() {
        let surroundings =
            Surroundings { browser: Some("b".to_owned()), display: false, system: System::Other };
        let commands = commands(URL, &surroundings);
        assert_eq!(commands[0].arguments, [URL]);
    }

    #[test]
    fn without_the_variable_a_display_is_needed_where_xdg_open_is_the_opener() {
        for unset in [None, Some(""), Some("  ")] {
            assert!(plan(unset, false, System::Other).is_empty());
            assert_eq!(plan(unset, true, System::Other), [format!("xdg-open {URL}")]);
        }
        assert_eq!(plan(None, false, System::MacOs), [format!("open {URL}")]);
        assert_eq!(
            plan(None, false, System::Windows),
            [format!("rundll32 url.dll,FileProtocolHandler {URL}")]
        );
    }

    #[test]
    fn xdg_open_is_kept_from_text_browsers() {
        for name in GRAPHICAL_BROWSERS.split(':') {
            assert!(!TEXT_BROWSERS.contains(&name), "{name}");
        }
    }
}
