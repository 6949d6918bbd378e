//! Userinfo, the profile API and revocation, when they go wrong.

use http::StatusCode;
use serde_json::{Map, Value};

use crate::{
    body::Answer,
    faults::{
        Fault,
        token_instead::{html_page, retry_after},
    },
    respond::{Refusal, invalid_token},
};

pub(crate) fn instead_of_resource(faults: &[Fault]) -> Option<Answer> {
    faults.iter().find_map(|fault| {
        let reply = match fault {
            Fault::UserinfoStatus401 => invalid_token(),
            Fault::UserinfoStatus500 => html_page(StatusCode::INTERNAL_SERVER_ERROR),
            Fault::UserinfoStatus503RetryAfter { seconds } => {
                retry_after(StatusCode::SERVICE_UNAVAILABLE, &seconds.to_string())
            }
            Fault::UserinfoIsNoJson => html_page(StatusCode::OK),
            _ => return None,
        };
        Some(reply.into())
    })
}

pub(crate) fn alter_userinfo(faults: &[Fault], members: &mut Map<String, Value>) {
    for fault in faults {
        match fault {
            Fault::UserinfoOtherSub => {
                if let Some(Value::String(sub)) = members.get_mut("sub") {
                    sub.push('1');
                }
            }
            Fault::UserinfoWithoutSub => {
                members.remove("sub");
            }
            _ => {}
        }
    }
}

pub(crate) fn instead_of_revocation(faults: &[Fault]) -> Option<Answer> {
    faults.iter().find_map(|fault| {
        let reply = match fault {
            Fault::RevocationStatus500 => html_page(StatusCode::INTERNAL_SERVER_ERROR),
            Fault::RevocationStatus503RetryAfter { seconds } => {
                retry_after(StatusCode::SERVICE_UNAVAILABLE, &seconds.to_string())
            }
            Fault::RevocationUnsupported => Refusal::new(
                "unsupported_token_type",
                "an ordered fault: this kind of token cannot be revoked",
            )
            .reply(),
            _ => return None,
        };
        Some(reply.into())
    })
}
