//! The model of OAuth 2.0 providers behind pkce-flow: declarations, their validation and the
//! bundled presets. No I/O, no async.
//!
//! Every door ends here: a providers TOML ([`ProvidersToml`]), attributes and plain code make a
//! [`Draft`]; [`resolve`] fills it from its [`Preset`]; [`check`] checks what can be known without
//! the environment; [`Resolved::with_environment`] reads the environment; [`declare`] makes the
//! checked [`Declaration`]. All mistakes come at once, as [`Problems`].
//!
//! ```
//! use pkce_flow_providers::{ProvidersToml, declare, resolve};
//!
//! let file = ProvidersToml::parse(r#"
//!     [providers.gitlab]
//!     preset = "gitlab"
//!     client_id = { env = "GITLAB_CLIENT_ID" }
//!     redirect_uri = "http://127.0.0.1:8000/callback"
//!     scope = "read_user"
//! "#)?;
//! let draft = file.draft("gitlab").expect("the table is there").clone();
//! let environment = |name: &str| (name == "GITLAB_CLIENT_ID").then(|| "our id".to_owned());
//! let gitlab = declare(&resolve(draft)?.with_environment(&environment)?)?;
//! assert_eq!(gitlab.client_id(), "our id");
//! # Ok::<(), pkce_flow_providers::Problems>(())
//! ```
//!
//! Several declarations of one program are checked together by [`check_set`]. What each [`Code`]
//! means, with a wrong and a right example, is in [`codes`]. Editors get [`schema`].
//!
//! # Every key of a providers TOML
//!
//! ```toml
#![doc = include_str!("../reference.toml")]
//! ```

mod check;
mod code;
mod deviations;
mod draft;
mod environment;
mod excerpt;
pub mod keys;
mod location;
mod metadata;
mod model;
mod names;
mod packed;
mod path;
mod preset;
mod problem;
mod raw;
mod read;
mod read_value;
mod read_words;
mod report;
mod resolve;
mod resolved;
pub mod schema;
mod secrets;
mod set;
mod source;
mod syntax;
mod table;
mod tree;
mod unknown_key;
mod value;
mod write;

pub use check::{check, declare, is_loopback, is_reserved_authorization_param, is_scope_token};
pub use code::{Code, codes, explanation};
pub use deviations::{Deviations, DeviationsDraft};
pub use draft::{Draft, ProfileDraft};
pub use excerpt::Excerpt;
pub use location::Location;
pub use metadata::{
    Metadata, MetadataError, oauth_authorization_server_url, openid_configuration_url,
};
pub use model::{AuthMethod, Declaration, Endpoints, ProfileApi, ResponseMode};
pub use names::{is_identifier, type_name, type_name_of};
pub use path::{FieldPath, Segment};
pub use preset::{KnownScope, Preset, Variable};
pub use problem::{Problem, Problems};
pub use raw::{RawTable, RawValue};
pub use read::read_declaration;
pub use resolve::resolve;
pub use resolved::Resolved;
pub use set::{check_pair, check_set, share_redirect_uri};
pub use source::ProvidersToml;
pub use table::check_table;
pub use value::{ScopeDraft, SecretSource, Text};
