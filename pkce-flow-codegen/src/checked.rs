//! A providers TOML as declarations that can be written as types.

use pkce_flow_providers::{
    Code, Problem, Problems, ProvidersToml, Resolved, resolve, type_name_of,
};

/// The declarations of the text, presets filled in. `set` is the name of the enum of all, which no
/// table may take from it.
pub(crate) fn declarations(text: &str, set: &str) -> Result<Vec<Resolved>, Problems> {
    let file = ProvidersToml::parse(text)?;
    let taken = file.drafts().iter().filter_map(|draft| {
        let name = type_name_of(draft)?;
        let what = if name == set {
            format!(
                "the table `{}` and the enum of all providers both become the type `{set}`",
                draft.name
            )
        } else if name == "ALL" {
            format!("the table `{}` hides `{set}::ALL`, the constant of all providers", draft.name)
        } else {
            return None;
        };
        let help = "rename the table, or give it a rust_name of its own";
        Some(Problem::new(Code::NameCollision, draft.path.clone(), what, help).at_key())
    });
    Problems::none_or(taken.collect()).map_err(|problems| file.locate(problems))?;
    file.drafts().iter().cloned().map(resolve).collect()
}
