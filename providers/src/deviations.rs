//! The named ways in which a provider departs from the RFCs.

/// How a provider departs from the RFCs. The default is no deviation at all.
///
/// In a providers TOML they stand in a table of their own:
///
/// ```toml
/// [providers.corp.deviations]
/// json_token_request = true
/// token_request_headers = { Accept = "application/json" }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Deviations {
    /// `client_secret_basic` without the percent-encoding of RFC 6749 section 2.3.1.
    pub raw_client_secret_basic: bool,
    /// The token request's body is JSON, not a form (RFC 6749 section 4.1.3).
    pub json_token_request: bool,
    /// Headers that each token request carries, such as `Accept`.
    pub token_request_headers: Vec<(String, String)>,
    /// Errors come with status 200, not 400 (RFC 6749 section 5.2).
    pub token_errors_with_status_200: bool,
    /// The token response is a form, not JSON (RFC 6749 section 5.1).
    pub form_encoded_token_response: bool,
    /// The token response has no `token_type` (RFC 6749 section 5.1).
    pub missing_token_type: bool,
    /// What stands between scopes in the authorization request, instead of a space.
    pub scope_separator: Option<String>,
    /// What stands between scopes in the token response, instead of a space.
    pub granted_scope_separator: Option<String>,
    /// The token response has the scope as a list.
    pub granted_scope_array: bool,
    /// The dotted path to the object that holds the members of the token response.
    pub token_response_path: Option<String>,
}

/// The deviations as they were written: what is left out is the preset's.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeviationsDraft {
    /// See [`Deviations::raw_client_secret_basic`].
    pub raw_client_secret_basic: Option<bool>,
    /// See [`Deviations::json_token_request`].
    pub json_token_request: Option<bool>,
    /// See [`Deviations::token_request_headers`].
    pub token_request_headers: Vec<(String, String)>,
    /// See [`Deviations::token_errors_with_status_200`].
    pub token_errors_with_status_200: Option<bool>,
    /// See [`Deviations::form_encoded_token_response`].
    pub form_encoded_token_response: Option<bool>,
    /// See [`Deviations::missing_token_type`].
    pub missing_token_type: Option<bool>,
    /// See [`Deviations::scope_separator`].
    pub scope_separator: Option<String>,
    /// See [`Deviations::granted_scope_separator`].
    pub granted_scope_separator: Option<String>,
    /// See [`Deviations::granted_scope_array`].
    pub granted_scope_array: Option<bool>,
    /// See [`Deviations::token_response_path`].
    pub token_response_path: Option<String>,
}

impl DeviationsDraft {
    /// The deviations with everything that was left out at its default.
    pub fn to_deviations(&self) -> Deviations {
        Deviations {
            raw_client_secret_basic: self.raw_client_secret_basic.unwrap_or_default(),
            json_token_request: self.json_token_request.unwrap_or_default(),
            token_request_headers: self.token_request_headers.clone(),
            token_errors_with_status_200: self.token_errors_with_status_200.unwrap_or_default(),
            form_encoded_token_response: self.form_encoded_token_response.unwrap_or_default(),
            missing_token_type: self.missing_token_type.unwrap_or_default(),
            scope_separator: self.scope_separator.clone(),
            granted_scope_separator: self.granted_scope_separator.clone(),
            granted_scope_array: self.granted_scope_array.unwrap_or_default(),
            token_response_path: self.token_response_path.clone(),
        }
    }
}

/// States every deviation, also those that are not there.
impl From<Deviations> for DeviationsDraft {
    fn from(all: Deviations) -> DeviationsDraft {
        DeviationsDraft {
            raw_client_secret_basic: Some(all.raw_client_secret_basic),
            json_token_request: Some(all.json_token_request),
            token_request_headers: all.token_request_headers,
            token_errors_with_status_200: Some(all.token_errors_with_status_200),
            form_encoded_token_response: Some(all.form_encoded_token_response),
            missing_token_type: Some(all.missing_token_type),
            scope_separator: all.scope_separator,
            granted_scope_separator: all.granted_scope_separator,
            granted_scope_array: Some(all.granted_scope_array),
            token_response_path: all.token_response_path,
        }
    }
}
