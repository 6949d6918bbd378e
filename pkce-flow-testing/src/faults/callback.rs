//! Callbacks with other parameters than they should have.

use crate::faults::Fault;

/// The parameters of a callback, in their order.
pub(crate) type CallbackParams = Vec<(&'static str, String)>;

pub(crate) fn alter_callback(faults: &[Fault], params: &mut CallbackParams) {
    for fault in faults {
        alter(*fault, params);
    }
}

fn alter(fault: Fault, params: &mut CallbackParams) {
    match fault {
        Fault::CallbackWithoutIss => remove(params, "iss"),
        Fault::CallbackWithWrongIss => append(params, "iss", "1"),
        Fault::CallbackIssWithSlash => append(params, "iss", "/"),
        Fault::CallbackWithoutState => remove(params, "state"),
        Fault::CallbackWithAlteredState => append(params, "state", "1"),
        Fault::CallbackWithTwoCodes => params.push(("code", "another-code".into())),
        Fault::CallbackWithTwoStates => params.push(("state", "another-state".into())),
        Fault::CallbackWithoutCode => remove(params, "code"),
        Fault::CallbackWithForeignCode => {
            for (_, value) in params.iter_mut().filter(|(name, _)| *name == "code") {
                *value = "a-code-that-nobody-gave-out".into();
            }
        }
        Fault::CallbackError => fail(params, "server_error"),
        Fault::CallbackErrorWithoutIss => {
            fail(params, "server_error");
            remove(params, "iss");
        }
        Fault::CallbackErrorWithWrongIss => {
            fail(params, "access_denied");
            append(params, "iss", "1");
        }
        Fault::CallbackWithCodeAndError => params.push(("error", "access_denied".into())),
        Fault::CallbackWithUnknownParams => {
            params.push(("session_state", "unknown".into()));
            params.push(("x_empty", String::new()));
        }
        _ => {}
    }
}

fn fail(params: &mut CallbackParams, error: &str) {
    remove(params, "code");
    remove(params, "error");
    remove(params, "error_description");
    params.push(("error", error.into()));
    params.push(("error_description", "an ordered fault".into()));
}

fn remove(params: &mut CallbackParams, name: &str) {
    params.retain(|(known, _)| *known != name);
}

fn append(params: &mut CallbackParams, name: &str, end: &str) {
    for (_, value) in params.iter_mut().filter(|(known, _)| *known == name) {
        value.push_str(end);
    }
}
