//! Metadata that is wrong or missing.

use http::StatusCode;
use serde_json::{Map, Value, json};

use crate::{
    body::Answer,
    faults::{
        Fault,
        token_instead::{html_page, ten_megabytes},
    },
};

pub(crate) fn instead_of_metadata(faults: &[Fault]) -> Option<Answer> {
    faults.iter().find_map(|fault| {
        let reply = match fault {
            Fault::MetadataStatus404 | Fault::OpenidMetadataStatus404 => {
                html_page(StatusCode::NOT_FOUND)
            }
            Fault::MetadataStatus500 => html_page(StatusCode::INTERNAL_SERVER_ERROR),
            Fault::MetadataIsNoJson => html_page(StatusCode::OK),
            Fault::TenMegabyteMetadata => ten_megabytes(),
            _ => return None,
        };
        Some(reply.into())
    })
}

pub(crate) fn alter_metadata(faults: &[Fault], members: &mut Map<String, Value>) {
    for fault in faults {
        match fault {
            Fault::MetadataWithWrongIssuer => {
                if let Some(Value::String(issuer)) = members.get_mut("issuer") {
                    issuer.push('1');
                }
            }
            Fault::MetadataWithoutS256 => {
                members.insert("code_challenge_methods_supported".into(), json!(["plain"]));
            }
            Fault::MetadataWithoutChallengeMethods => {
                members.remove("code_challenge_methods_supported");
            }
            Fault::MetadataWithoutTokenEndpoint => {
                members.remove("token_endpoint");
            }
            Fault::MetadataWithHttpTokenEndpoint => {
                let url = "http://token.example.org/token";
                members.insert("token_endpoint".into(), json!(url));
            }
            _ => {}
        }
    }
}
