//! What tests need besides Rust: node, the packages of `tests/node`, Chromium, and a keyring.

use std::{env, fs, path::Path, process::Command};

use crate::{
    Outcome, root,
    step::{ask, run},
};

/// The oldest node that the servers of `tests/node` run on.
const NODE: u32 = 20;

const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];

/// Installs the packages that the lock file names, unless they are there already.
pub(crate) fn node_packages() -> Outcome {
    check_node(ask("node", &["--version"]).as_deref())?;

    let folder = root().join("tests/node");
    let lock = fs::read_to_string(folder.join("package-lock.json"))
        .map_err(|error| format!("tests/node/package-lock.json: {error}"))?;
    // A copy of the lock file lies among what was installed from it.
    let stamp = folder.join("node_modules/.installed-from.json");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        println!("the packages are there already");
        return Ok(());
    }
    run(Command::new("npm").arg("ci").current_dir(&folder)).map_err(|what| {
        format!("{what}\nthe packages of tests/node are needed: run `npm ci` there")
    })?;
    fs::write(&stamp, lock).map_err(|error| format!("{}: {error}", stamp.display()))
}

/// Installs Chromium and its driver where they are missing and this is root on Debian.
pub(crate) fn browser() -> Outcome {
    debian("Chromium and chromedriver", &["chromium", "chromium-driver"], || {
        on_path("chromedriver") && BROWSERS.into_iter().any(on_path)
    })
}

/// Installs a message bus and a keyring in the same way.
pub(crate) fn keyring() -> Outcome {
    debian("dbus-daemon and gnome-keyring-daemon", &["dbus", "gnome-keyring"], || {
        on_path("dbus-daemon") && on_path("gnome-keyring-daemon")
    })
}

fn debian(programs: &str, packages: &[&str], there: impl Fn() -> bool) -> Outcome {
    if there() {
        println!("{programs} are there already");
        return Ok(());
    }
    let root = ask("id", &["-u"]).as_deref() == Some("0");
    if !root || !on_path("apt-get") {
        return Err(format!(
            "{programs} are missing. On Debian, as root: `apt-get install {}`; \
             elsewhere install both, of one version, where PATH finds them",
            packages.join(" ")
        ));
    }
    run(apt_get().arg("update"))?;
    run(apt_get().args(["install", "--yes", "--no-install-recommends"]).args(packages))?;
    if there() {
        Ok(())
    } else {
        Err(format!("{} are installed, and PATH does not find {programs}", packages.join(" and ")))
    }
}

fn check_node(version: Option<&str>) -> Outcome {
    let how = format!(
        "the test servers need node {NODE} or newer, with npm: install it where PATH finds it \
         (tests that need no server: `cargo test --workspace`)"
    );
    let Some(version) = version else {
        return Err(format!("node is missing: {how}"));
    };
    let major = version.trim_start_matches('v').split('.').next().and_then(|n| n.parse().ok());
    match major {
        Some(major) if u32::ge(&major, &NODE) => Ok(()),
        _ => Err(format!("node {version} is too old: {how}")),
    }
}

fn on_path(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| Path::new(&folder).join(program).is_file())
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_is_missing_too_old_or_new_enough() {
        let missing = check_node(None).expect_err("it is missing");
        assert!(missing.contains("node is missing") && missing.contains("node 20"), "{missing}");
        let old = check_node(Some("v18.19.1")).expect_err("it is too old");
        assert!(old.contains("node v18.19.1 is too old"), "{old}");
        check_node(Some("something else")).expect_err("it is no version");
        check_node(Some("v20.0.0")).expect("20 is enough");
        check_node(Some("v100.1.0")).expect("numbers are compared, not texts");
    }
}
