//! How long declarations take to compile: `cargo check` of crates with many of them.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use crate::{Outcome, root};

/// How many declarations each crate has.
const SIZES: [usize; 3] = [1, 100, 1000];
/// Each is checked so often after a touch; the fastest counts, since a machine is only ever slowed.
const ROUNDS: usize = 5;

/// A way to write the declarations.
struct Way {
    name: &'static str,
    main: fn(usize) -> String,
    toml: fn(usize) -> Option<String>,
}

const WAYS: [Way; 6] = [
    Way { name: "attributes, no preset", main: plain_attributes, toml: |_| None },
    Way { name: "attributes, preset of 4 scopes", main: small_attributes, toml: |_| None },
    Way { name: "attributes, preset of 25 scopes", main: preset_attributes, toml: |_| None },
    Way { name: "TOML, no preset", main: by_toml, toml: |count| Some(toml(count, PLAIN)) },
    Way {
        name: "TOML, preset of 25 scopes",
        main: by_toml,
        toml: |count| Some(toml(count, PRESET)),
    },
    Way { name: "serde::Deserialize, for scale", main: serde, toml: |_| None },
];

const PLAIN: &str = "root_url = \"https://sso.corp.example/oauth/\"";
const SMALL: &str = "preset = \"auth0\", variables(domain = \"corp.auth0.com\")";
const PRESET: &str = "preset = \"gitlab\"";

/// Prints the report, as Markdown.
pub(crate) fn compile_time() -> Outcome {
    let folder = root().join("target/bench-compile");
    let empty = measure(&folder, "empty", "fn main() {}\n", None)?;
    let mut report = String::from(
        "| declarations | how | `cargo check` after a touch | less the empty crate | each |\n\
         | ---: | --- | ---: | ---: | ---: |\n",
    );
    let _ = writeln!(report, "| 0 | empty crate | {:.0} ms | | |", milliseconds(empty));
    for way in &WAYS {
        for count in SIZES {
            let name = format!("crate-{count}");
            let time = measure(&folder, &name, &(way.main)(count), (way.toml)(count).as_deref())?;
            let more = milliseconds(time) - milliseconds(empty);
            let _ = writeln!(
                report,
                "| {count} | {} | {:.0} ms | {more:.0} ms | {:.2} ms |",
                way.name,
                milliseconds(time),
                more / count as f64
            );
        }
    }
    println!("{report}");
    Ok(())
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn plain_attributes(count: usize) -> String {
    attributes(count, PLAIN)
}

fn small_attributes(count: usize) -> String {
    attributes(count, SMALL).replace("read_api", "openid")
}

fn preset_attributes(count: usize) -> String {
    attributes(count, PRESET)
}

fn attributes(count: usize, provider: &str) -> String {
    let mut source = String::from("use pkce_flow::PkceProvider;\n");
    for n in 0..count {
        let _ = write!(
            source,
            "#[derive(PkceProvider)]\n#[pkce(name = \"p{n}\", {provider}, client_id = \"app-{n}\", \
             client_secret = env(\"SECRET_{n}\"), redirect_uri = \"https://app.example/cb/{n}\", \
             scope = \"read_api\")]\npub struct Provider{n};\n"
        );
    }
    source + "fn main() {}\n"
}

fn by_toml(_: usize) -> String {
    "pkce_flow::providers!(\"providers.toml\");\nfn main() {}\n".to_owned()
}

fn toml(count: usize, provider: &str) -> String {
    let mut text = String::new();
    for n in 0..count {
        let _ = write!(
            text,
            "[providers.p{n}]\n{provider}\nclient_id = \"app-{n}\"\n\
             client_secret = {{ env = \"SECRET_{n}\" }}\n\
             redirect_uri = \"https://app.example/cb/{n}\"\nscope = \"read_api\"\n\n"
        );
    }
    text
}

fn serde(count: usize) -> String {
    let mut source = String::new();
    for n in 0..count {
        let _ = write!(
            source,
            "#[derive(serde::Deserialize)]\npub struct Provider{n} {{ pub client_id: String, \
             pub client_secret: Option<String>, pub redirect_uri: String, pub scope: String }}\n"
        );
    }
    source + "fn main() {}\n"
}

/// The fastest `cargo check` of the crate after a touch of its source.
fn measure(folder: &Path, name: &str, main: &str, toml: Option<&str>) -> Outcome<Duration> {
    let krate = write_crate(folder, name, main, toml).map_err(|error| error.to_string())?;
    check(&krate)?;
    let mut fastest = Duration::MAX;
    for _ in 0..ROUNDS {
        fs::write(krate.join("src/main.rs"), main).map_err(|error| error.to_string())?;
        let started = Instant::now();
        check(&krate)?;
        fastest = fastest.min(started.elapsed());
    }
    Ok(fastest)
}

fn write_crate(
    folder: &Path,
    name: &str,
    main: &str,
    toml: Option<&str>,
) -> std::io::Result<PathBuf> {
    let krate = folder.join(name);
    fs::create_dir_all(krate.join("src"))?;
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         pkce-flow = {{ path = {:?} }}\nserde = {{ version = \"1\", features = [\"derive\"] }}\n\n\
         [workspace]\n",
        root().join("pkce-flow")
    );
    fs::write(krate.join("Cargo.toml"), manifest)?;
    fs::copy(root().join("Cargo.lock"), krate.join("Cargo.lock"))?;
    fs::write(krate.join("src/main.rs"), main)?;
    fs::write(krate.join("providers.toml"), toml.unwrap_or_default())?;
    Ok(krate)
}

fn check(krate: &Path) -> Outcome {
    let status = Command::new(env!("CARGO"))
        .args(["check", "--quiet"])
        .current_dir(krate)
        .env("CARGO_TARGET_DIR", root().join("target/bench-compile/target"))
        .stdin(Stdio::null())
        .status()
        .map_err(|error| format!("cargo: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{}: cargo check failed", krate.display())) }
}
