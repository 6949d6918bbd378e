//! The values of a preset's variables: they must stay in their place in the URL.

use super::said::{Known, Said, Variables, look};
use crate::code::Code;
use crate::draft::Draft;
use crate::report::Report;

/// Checks each variable of the draft.
pub(crate) fn check_variables(draft: &Draft, report: &mut Report) -> Variables {
    let path = draft.path.key("variables");
    let mut variables = Variables::new();
    for (name, text) in &draft.variables {
        let mut known = look(Some(text), &path.key(name), &Variables::new());
        if let Known::Is(said) = &known
            && !check_value(name, said, report)
        {
            known = Known::Bad;
        }
        variables.insert(name.clone(), known);
    }
    variables
}

fn check_value(name: &str, said: &Said, report: &mut Report) -> bool {
    let text = said.text.as_str();
    if text.trim().is_empty() {
        let what = format!("the variable `{name}` is empty");
        report.add(Code::EmptyValue, &said.path, what, format!("write {name} = \"…\""));
        return false;
    }
    let is_fine = |c: char| c.is_ascii_alphanumeric() || "-._~:".contains(c);
    let Some(wrong) = text.chars().find(|c| !is_fine(*c)) else {
        if text.chars().all(|c| ".:".contains(c)) {
            let what = format!("{} is no name", said.quote());
            report.add(Code::BadVariableValue, &said.path, what, "write a name".to_owned());
            return false;
        }
        return true;
    };
    let host = text.split_once("://").map(|(_, rest)| rest.split(['/', '?', '#']).next());
    let help = match host.flatten().filter(|host| !host.is_empty() && host.chars().all(is_fine)) {
        Some(host) => said.instead(&format!("{name} = \"{host}\""), "write the name alone"),
        None => "write letters, digits, `-`, `.` and `_` alone; a host may have `:` and a port"
            .to_owned(),
    };
    let wrong = if wrong.is_whitespace() {
        "white space".to_owned()
    } else if wrong.is_control() {
        "a control character".to_owned()
    } else if wrong.is_ascii() {
        format!("`{wrong}`")
    } else {
        "a character beyond ASCII".to_owned()
    };
    let what = format!("{} has {wrong} in it", said.quote());
    report.add(Code::BadVariableValue, &said.path, what, help);
    false
}
