//! What is wrong with a provider that was given as arguments, in the words of arguments.

use pkce_flow_providers::{Code, FieldPath, Problem, Problems, Segment};

use crate::args;

/// Lets the problems of values that came as arguments point at the arguments, never at a line of a
/// file that says something else. `alone`: there is no table, and all is said by arguments.
pub(crate) fn at_arguments(
    problems: &Problems,
    table: &FieldPath,
    wanted: &args::Provider,
    alone: bool,
) -> Problems {
    let known = if alone { args::Provider::arguments().to_vec() } else { wanted.given() };
    let renamed: Vec<Problem> = problems
        .iter()
        .map(|problem| {
            let argument =
                known.iter().find(|(key, _)| problem.path().starts_with(&table.key(key)));
            match argument {
                Some((_, argument)) => Problem::new(
                    problem.code(),
                    FieldPath::root().key(argument),
                    problem.what(),
                    help(problem, argument),
                ),
                None => problem.clone(),
            }
        })
        .collect();
    Problems::none_or(renamed).err().unwrap_or_else(|| problems.clone())
}

/// What to give instead, as arguments.
fn help(problem: &Problem, argument: &str) -> String {
    match (problem.code(), argument) {
        (Code::MissingVariable, _) => {
            let name = match problem.path().segments().last() {
                Some(Segment::Key(name)) => name.as_str(),
                _ => "NAME",
            };
            let what = problem.help().split_once(": ").map_or("", |(_, what)| what);
            format!("give --variable {name}=…: {what}")
        }
        (Code::MissingClientSecret, _) => {
            "put the secret into an environment variable, and give its name with \
             --client-secret-env"
                .to_owned()
        }
        (Code::HttpNotLoopback, "--redirect-uri") => {
            "login listens on loopback: give --redirect-uri http://127.0.0.1/callback, and \
             register it at the provider"
                .to_owned()
        }
        (Code::UnknownScope, _) => {
            let write = problem.help().split(';').next().unwrap_or_default();
            format!(
                "{write}; a scope that the provider does have is let through by unlisted_scope, \
                 in a table of a providers file"
            )
        }
        _ => problem.help().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn help_of(preset: &str, given: &str, value: &str) -> (String, String) {
        let text = format!(
            "[providers.x]\npreset = '{preset}'\nclient_id = 'id'\n\
             redirect_uri = 'http://127.0.0.1/'\n{given} = {value}\n"
        );
        let text = match given {
            "redirect_uri" => text.replacen("redirect_uri = 'http://127.0.0.1/'\n", "", 1),
            _ => text,
        };
        let problems = pkce_flow_providers::ProvidersToml::parse(&text).expect_err("it is bad");
        let table = FieldPath::root().key("providers").key("x");
        let told = at_arguments(&problems, &table, &args::Provider::default(), true);
        let problem = told.iter().next().expect("one problem");
        (problem.path().to_string(), problem.help().to_owned())
    }

    #[test]
    fn without_a_table_help_names_arguments() {
        for (preset, key, value, argument, help) in [
            ("auth0", "scope", "'openid'", "--variable", "give --variable domain=…: "),
            ("github", "scope", "'repo'", "--client-secret-env", "with --client-secret-env"),
            ("gitlab", "scope", "'raed_api'", "--scope", "write read_api; a scope that"),
            (
                "gitlab",
                "redirect_uri",
                "'http://app.example/'",
                "--redirect-uri",
                "give --redirect-uri http://127.0.0.1/callback",
            ),
        ] {
            let (path, said) = help_of(preset, key, value);
            assert_eq!(path, argument, "{preset}");
            assert!(said.contains(help) && !said.contains(" = "), "{said}");
        }
    }
}
