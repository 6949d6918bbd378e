//! What can be told to go wrong, by name. Each file has the effects at one place of the flow.

mod callback;
mod list;
mod metadata;
mod orders;
mod token_encoding;
mod token_instead;
mod token_members;
mod userinfo;

use std::{error::Error, fmt, str::FromStr};

use crate::endpoint::Endpoint;

pub use self::list::Fault;

pub(crate) use self::{
    callback::{CallbackParams, alter_callback},
    metadata::{alter_metadata, instead_of_metadata},
    orders::{Occasion, Orders},
    token_encoding::encode_token_answer,
    token_instead::instead_of_token,
    token_members::alter_token_members,
    userinfo::{alter_userinfo, instead_of_resource, instead_of_revocation},
};

impl Fault {
    /// Whether it can strike a request to this endpoint.
    fn strikes(self, occasion: Occasion) -> bool {
        let endpoint = match occasion {
            Occasion::At(endpoint) => endpoint,
            Occasion::Refresh => Endpoint::Token,
        };
        match self {
            Self::RefreshWithoutRefreshToken | Self::RefreshRefusedAsInvalidGrant => {
                occasion == Occasion::Refresh
            }
            Self::OpenidMetadataStatus404 => endpoint == Endpoint::OpenidConfiguration,
            Self::UserinfoOtherSub | Self::UserinfoWithoutSub => endpoint == Endpoint::UserInfo,
            _ => match self.endpoint() {
                Endpoint::OpenidConfiguration => matches!(
                    endpoint,
                    Endpoint::OpenidConfiguration | Endpoint::OauthAuthorizationServer
                ),
                Endpoint::UserInfo => matches!(endpoint, Endpoint::UserInfo | Endpoint::Profile),
                own => own == endpoint,
            },
        }
    }
}

impl fmt::Display for Fault {
    /// The name, with `=` and the number where it has one: `token-status-429-retry-after=1`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        match self.number() {
            Some(number) => write!(f, "={number}"),
            None => Ok(()),
        }
    }
}

impl FromStr for Fault {
    type Err = UnknownFault;

    /// Reads a name; `=` and a number may follow the name of a fault that has one.
    fn from_str(text: &str) -> Result<Self, UnknownFault> {
        let (name, number) = match text.split_once('=') {
            Some((name, number)) => (name, Some(number)),
            None => (text, None),
        };
        let known = Self::ALL.iter().find(|fault| fault.name() == name);
        let fault = match (known, number) {
            (Some(fault), None) => Some(*fault),
            (Some(fault), Some(number)) => {
                number.parse().ok().and_then(|number| fault.with_number(number))
            }
            (None, _) => None,
        };
        fault.ok_or_else(|| UnknownFault(text.chars().take(80).collect()))
    }
}

/// A text that names no [`Fault`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownFault(String);

impl fmt::Display for UnknownFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "there is no fault `{}`; the names are in `Fault::ALL`, and only those with a number \
             take `=` and a number",
            self.0.escape_debug()
        )
    }
}

impl Error for UnknownFault {}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_name_is_kebab_case_and_leads_back_to_its_fault() {
        let mut names = HashSet::new();
        for fault in Fault::ALL {
            let name = fault.name();
            assert!(names.insert(name), "{name} twice");
            assert!(
                name.bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
                "{name}"
            );
            assert_eq!(name.parse(), Ok(*fault));
            assert_eq!(fault.to_string().parse(), Ok(*fault));
            assert!(fault.description().ends_with('.'), "{name}");
        }
    }

    #[test]
    fn a_number_is_read_where_the_fault_has_one_and_refused_elsewhere() {
        assert_eq!(
            "token-status-429-retry-after=30".parse(),
            Ok(Fault::TokenStatus429RetryAfter { seconds: 30 })
        );
        for bad in [
            "token-status-500=3",
            "token-status-429-retry-after=x",
            "token-status-429-retry-after=",
            "nothing",
            "",
        ] {
            assert!(bad.parse::<Fault>().is_err(), "{bad}");
        }
    }
}
