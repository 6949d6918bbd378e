//! What several declarations of one program are together: no provider may get another one's code.
//!
//! In a mix-up (RFC 9700 section 4.4) a provider that an attacker controls sends the browser on to
//! an honest one, and the honest one's code comes back in the login that was begun for the
//! attacker's. Two redirect URIs keep the two apart; so does the `iss` of callbacks (RFC 9207),
//! where both providers send it. Loopback redirects are exempt: each listener serves one login.

use std::collections::BTreeMap;

use crate::check::{Known, Outcome, Use, Variables, check_url, identity, is_loopback, look};
use crate::code::Code;
use crate::excerpt::quoted;
use crate::model::Declaration;
use crate::path::FieldPath;
use crate::problem::Problem;
use crate::report::Report;
use crate::resolved::Resolved;

/// Checks the declarations of one program together: all tables of a providers TOML, all variants
/// of one enum.
///
/// Where two of them have one redirect_uri and the issuer does not tell them apart, that is a
/// problem ([`Code::MixUp`]). The issuer tells them apart where both declarations have one, the
/// two differ, and both providers send it in each callback: the declaration says so
/// (`authorization_response_iss_parameter_supported`), or leaves it to metadata that is asked for
/// before a login. Redirects to loopback are exempt, and so is what the environment has not given
/// yet; [`check_pair`] looks at that once the declarations are made.
///
/// Each problem comes with the position of its declaration, the later one of the two. Its address
/// is that declaration's `redirect_uri`. A declaration with mistakes of its own is best left out.
///
/// ```
/// use pkce_flow_providers::{Draft, check_set, resolve};
///
/// let draft = |preset: &str| Draft {
///     name: preset.to_owned(),
///     preset: Some(preset.to_owned()),
///     client_id: Some("our application id".into()),
///     redirect_uri: Some("https://app.example.org/callback".into()),
///     ..Draft::default()
/// };
/// let (gitlab, google) = (resolve(draft("gitlab"))?, resolve(draft("google"))?);
/// let problems = check_set(&[&gitlab, &google]);
/// assert_eq!(problems.len(), 1);
/// assert_eq!((problems[0].0, problems[0].1.code().as_str()), (1, "mix-up"));
/// # Ok::<(), pkce_flow_providers::Problems>(())
/// ```
pub fn check_set(declarations: &[&Resolved]) -> Vec<(usize, Problem)> {
    let mut shared: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (position, resolved) in declarations.iter().enumerate() {
        if let Some(redirect_uri) = redirect_uri(resolved) {
            shared.entry(redirect_uri).or_default().push(position);
        }
    }
    let mut problems = Vec::new();
    for positions in shared.into_values().filter(|positions| positions.len() > 1) {
        let mut earlier: Vec<Party<'_>> = Vec::new();
        for position in positions {
            let Some(resolved) = declarations.get(position) else { continue };
            let party = Party::of_resolved(resolved);
            let confused = earlier.iter().find_map(|first| confusion(first, &party));
            problems.extend(confused.map(|problem| (position, problem)));
            earlier.push(party);
        }
    }
    problems.sort_by_key(|(position, _)| *position);
    problems
}

/// Like [`check_set`], for two declarations that were made, so that values of the environment
/// count too. The problem is about the `redirect_uri` of `second`; it shows no value.
///
/// ```
/// use pkce_flow_providers::{Draft, check_pair, declare, resolve};
///
/// let draft = |preset: &str, redirect_uri: &str| Draft {
///     name: preset.to_owned(),
///     preset: Some(preset.to_owned()),
///     client_id: Some("our application id".into()),
///     redirect_uri: Some(redirect_uri.into()),
///     ..Draft::default()
/// };
/// let gitlab = declare(&resolve(draft("gitlab", "https://app.example.org/gitlab"))?)?;
/// let google = declare(&resolve(draft("google", "https://app.example.org/google"))?)?;
/// assert_eq!(check_pair(&gitlab, &google), None);
/// # Ok::<(), pkce_flow_providers::Problems>(())
/// ```
pub fn check_pair(first: &Declaration, second: &Declaration) -> Option<Problem> {
    let (one, other) = (Party::of_declaration(first), Party::of_declaration(second));
    if share_redirect_uri(first, second) { confusion(&one, &other) } else { None }
}

/// Tells whether callbacks of the two come back to one place: they have one redirect_uri, and it
/// is not on loopback.
///
/// Where [`check_pair`] has no problem with such a pair since metadata is still to say that the
/// providers send `iss`, whoever reads callbacks must not take one without it.
pub fn share_redirect_uri(first: &Declaration, second: &Declaration) -> bool {
    let one = shareable(first.redirect_uri());
    one.is_some() && one == shareable(second.redirect_uri())
}

/// The redirect URI of a declaration in its normal form, where it is known, right and shared by
/// all logins that come back to it.
fn redirect_uri(resolved: &Resolved) -> Option<String> {
    let draft = resolved.draft();
    let path = draft.path.key("redirect_uri");
    match look(draft.redirect_uri.as_ref(), &path, &Variables::new()) {
        Known::Is(said) => {
            check_url(&said, Use::Redirect, &mut Report::default())?;
            shareable(&said.text)
        }
        Known::Absent | Known::Unknown | Known::Bad => None,
    }
}

/// The normal form of a redirect URI that is not on loopback: `https://app.example` and
/// `https://app.example/` are one.
fn shareable(redirect_uri: &str) -> Option<String> {
    let url = url::Url::parse(redirect_uri).ok()?;
    (!is_loopback(&url)).then(|| String::from(url))
}

/// What callbacks of one declaration say about who sent them.
struct Party<'d> {
    name: &'d str,
    path: &'d FieldPath,
    issuer: Outcome,
    sends_iss: bool,
}

impl<'d> Party<'d> {
    fn of_resolved(resolved: &'d Resolved) -> Party<'d> {
        let draft = resolved.draft();
        let (issuer, needs_discovery) = identity(resolved);
        let stated = draft.authorization_response_iss_parameter_supported;
        Party {
            name: &draft.name,
            path: &draft.path,
            issuer,
            sends_iss: stated.unwrap_or(needs_discovery),
        }
    }

    fn of_declaration(declaration: &'d Declaration) -> Party<'d> {
        let stated = declaration.authorization_response_iss_parameter_supported();
        Party {
            name: declaration.name(),
            path: &declaration.path,
            issuer: match declaration.issuer() {
                Some(issuer) => Outcome::Is(issuer.to_owned()),
                None => Outcome::Absent,
            },
            sends_iss: stated.unwrap_or(declaration.needs_discovery()),
        }
    }
}

/// The problem that callbacks of the two cannot be told apart, if they cannot.
fn confusion(first: &Party<'_>, second: &Party<'_>) -> Option<Problem> {
    let nameless = [first, second].into_iter().find(|party| party.issuer == Outcome::Absent);
    let silent = [first, second].into_iter().find(|party| !party.sends_iss);
    let because = if let Some(party) = nameless {
        format!("{} has no issuer", quoted(party.name))
    } else if is_same(&first.issuer, &second.issuer) {
        "both have the same issuer".to_owned()
    } else {
        format!("{} is not known to send it always", quoted(silent?.name))
    };
    let what = format!(
        "{} has the same redirect_uri, and `iss` does not tell their callbacks apart: {because}",
        quoted(first.name)
    );
    let help = "give each provider a redirect_uri of its own and register it there; else one \
                provider can get a code of the other (mix-up, RFC 9700 section 4.4)";
    Some(Problem::new(Code::MixUp, second.path.key("redirect_uri"), what, help))
}

fn is_same(first: &Outcome, second: &Outcome) -> bool {
    matches!((first, second), (Outcome::Is(first), Outcome::Is(second)) if first == second)
}
