//! `pkce-flow providers check`.

use std::path::Path;

use pkce_flow_providers::ProvidersToml;
use serde_json::json;

use crate::args;
use crate::config;
use crate::exit::{Code, Failure, Outcome};
use crate::output::{self, GOOD, styled};
use crate::report;

pub(crate) fn run(config: Option<&Path>, args: &args::Check) -> Outcome {
    let path = config::find(args.file.as_deref().or(config)).ok_or_else(|| {
        Failure::usage("there is no providers.toml here, nor in the configuration folder")
            .help("name the file: pkce-flow providers check FILE")
    })?;
    let text = config::read(&path)?;
    match ProvidersToml::parse(&text) {
        Ok(file) => {
            if args.json {
                return output::json(&json!([]));
            }
            if file.names().next().is_none() {
                output::note("warning: there is no table [providers.NAME]");
            }
            let count = match file.names().count() {
                1 => "1 provider".to_owned(),
                many => format!("{many} providers"),
            };
            output::result(&format!("{}: {count}, no mistake\n", styled(GOOD, path.display())))
        }
        Err(problems) => {
            let problems = config::in_file(problems, &path);
            if !args.json {
                return Err(Failure::Problems(problems));
            }
            output::json(&report::as_json(&problems))?;
            Err(Failure::Silent(Code::Usage))
        }
    }
}
