//! Tickets, codes and tokens that were given out, and what became of them.

use std::time::SystemTime;

use crate::{
    bounded::Bounded,
    clock::later,
    pkce::s256,
    random,
    respond::Refusal,
    settings::{Lifetimes, Settings},
};

/// An authorization request that was found good.
#[derive(Clone, Debug)]
pub(crate) struct AuthorizationRequest {
    pub(crate) client_id: String,
    pub(crate) redirect_uri: String,
    pub(crate) scope: Vec<String>,
    pub(crate) state: Option<String>,
    pub(crate) nonce: Option<String>,
    pub(crate) challenge: String,
    pub(crate) form_post: bool,
}

/// What an access token stands for. All tokens that come from one code have one family.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    pub(crate) client_id: String,
    pub(crate) scope: Vec<String>,
    pub(crate) nonce: Option<String>,
    pub(crate) authenticated_at: SystemTime,
    family: String,
}

#[derive(Debug)]
struct Once<T> {
    value: T,
    expires_at: SystemTime,
    used: bool,
}

#[derive(Debug)]
struct Code {
    grant: Grant,
    redirect_uri: String,
    challenge: String,
}

/// Tokens for an answer.
#[derive(Debug)]
pub(crate) struct Issued {
    pub(crate) grant: Grant,
    pub(crate) access_token: String,
    pub(crate) refresh_token: Option<String>,
}

#[derive(Debug, Default)]
pub(crate) struct Grants {
    tickets: Bounded<Once<AuthorizationRequest>>,
    codes: Bounded<Once<Code>>,
    access_tokens: Bounded<Once<Grant>>,
    refresh_tokens: Bounded<Once<Grant>>,
    revoked_families: Bounded<()>,
}

impl Grants {
    /// A ticket for the consent page: good for one decision.
    pub(crate) fn issue_ticket(
        &mut self,
        request: AuthorizationRequest,
        now: SystemTime,
        lifetimes: &Lifetimes,
    ) -> String {
        keep(&mut self.tickets, request, later(now, lifetimes.ticket))
    }

    pub(crate) fn take_ticket(
        &mut self,
        ticket: &str,
        now: SystemTime,
    ) -> Result<AuthorizationRequest, &'static str> {
        match self.tickets.get_mut(ticket) {
            None => Err("This page is not one that this server made. Start the sign-in again."),
            Some(once) if once.used => Err("This request was already decided."),
            Some(once) if once.expires_at <= now => {
                Err("This page is too old. Start the sign-in again.")
            }
            Some(once) => {
                once.used = true;
                Ok(once.value.clone())
            }
        }
    }

    pub(crate) fn issue_code(
        &mut self,
        request: &AuthorizationRequest,
        now: SystemTime,
        lifetimes: &Lifetimes,
    ) -> String {
        let code = Code {
            grant: Grant {
                client_id: request.client_id.clone(),
                scope: request.scope.clone(),
                nonce: request.nonce.clone(),
                authenticated_at: now,
                family: random::token(),
            },
            redirect_uri: request.redirect_uri.clone(),
            challenge: request.challenge.clone(),
        };
        keep(&mut self.codes, code, later(now, lifetimes.code))
    }

    /// Exchanges a code. A second use revokes what the first gave (RFC 6749 section 4.1.2), and a
    /// try with a wrong verifier or redirect_uri spends the code, so that nobody can try twice.
    pub(crate) fn redeem_code(
        &mut self,
        code: &str,
        client_id: &str,
        redirect_uri: &str,
        verifier: &str,
        now: SystemTime,
        settings: &Settings,
    ) -> Result<Issued, Refusal> {
        let refuse = |why: &str| Err(Refusal::invalid_grant(why));
        let Some(once) = self.codes.get_mut(code) else {
            return refuse("the code is unknown");
        };
        if once.value.grant.client_id != client_id {
            return refuse("the code was issued to another client");
        }
        if once.used {
            let family = once.value.grant.family.clone();
            self.revoked_families.insert(family, ());
            return refuse("the code was used before; what it gave is revoked");
        }
        once.used = true;
        if once.expires_at <= now {
            return refuse("the code has expired");
        }
        if once.value.redirect_uri != redirect_uri {
            return refuse("redirect_uri is not that of the authorization request");
        }
        if s256(verifier) != once.value.challenge {
            return refuse("code_verifier does not fit the code_challenge");
        }
        let grant = once.value.grant.clone();
        Ok(self.issue(grant, now, settings))
    }

    /// Exchanges a refresh token. Where they rotate, a second use revokes the whole family
    /// (RFC 9700 section 4.14.2).
    pub(crate) fn redeem_refresh_token(
        &mut self,
        token: &str,
        client_id: &str,
        scope: Option<Vec<String>>,
        keep_old: bool,
        now: SystemTime,
        settings: &Settings,
    ) -> Result<Issued, Refusal> {
        let refuse = |why: &str| Err(Refusal::invalid_grant(why));
        let Some(once) = self.refresh_tokens.get_mut(token) else {
            return refuse("the refresh token is unknown");
        };
        let grant = once.value.clone();
        if grant.client_id != client_id {
            return refuse("the refresh token was issued to another client");
        }
        if self.revoked_families.get(&grant.family).is_some() {
            return refuse("the refresh token is revoked");
        }
        if once.used {
            self.revoked_families.insert(grant.family, ());
            return refuse("the refresh token was used before; its successors are revoked");
        }
        if once.expires_at <= now {
            return refuse("the refresh token has expired");
        }
        let narrowed = scope.unwrap_or_else(|| grant.scope.clone());
        if !narrowed.iter().all(|token| grant.scope.contains(token)) {
            return Err(Refusal::new("invalid_scope", "the scope is wider than what was granted"));
        }
        let rotate = settings.rotate && !keep_old;
        once.used = rotate;
        let access = Grant { scope: narrowed, ..grant.clone() };
        let access_token = self.issue_access_token(access.clone(), now, settings);
        // The new refresh token keeps the whole scope (RFC 6749 section 6).
        let refresh_token = rotate.then(|| self.issue_refresh_token(grant, now, settings));
        Ok(Issued { grant: access, access_token, refresh_token })
    }

    /// What a bearer token stands for, where it is good.
    pub(crate) fn access(&self, token: &str, now: SystemTime) -> Option<&Grant> {
        let once = self.access_tokens.get(token)?;
        let good = !once.used
            && once.expires_at > now
            && self.revoked_families.get(&once.value.family).is_none();
        good.then_some(&once.value)
    }

    /// Revokes (RFC 7009): a refresh token takes its whole family along, an access token goes
    /// alone. An unknown token is no error.
    pub(crate) fn revoke(&mut self, token: &str, client_id: &str) -> Result<(), Refusal> {
        let foreign = || Refusal::new("invalid_grant", "the token was issued to another client");
        if let Some(once) = self.refresh_tokens.get(token) {
            if once.value.client_id != client_id {
                return Err(foreign());
            }
            let family = once.value.family.clone();
            self.revoked_families.insert(family, ());
        } else if let Some(once) = self.access_tokens.get_mut(token) {
            if once.value.client_id != client_id {
                return Err(foreign());
            }
            once.used = true;
        }
        Ok(())
    }

    fn issue(&mut self, grant: Grant, now: SystemTime, settings: &Settings) -> Issued {
        Issued {
            access_token: self.issue_access_token(grant.clone(), now, settings),
            refresh_token: settings
                .issue_refresh_tokens
                .then(|| self.issue_refresh_token(grant.clone(), now, settings)),
            grant,
        }
    }

    fn issue_access_token(&mut self, grant: Grant, now: SystemTime, settings: &Settings) -> String {
        let expires_at = later(now, settings.lifetimes.access_token);
        keep(&mut self.access_tokens, grant, expires_at)
    }

    fn issue_refresh_token(
        &mut self,
        grant: Grant,
        now: SystemTime,
        settings: &Settings,
    ) -> String {
        let expires_at = later(now, settings.lifetimes.refresh_token);
        keep(&mut self.refresh_tokens, grant, expires_at)
    }
}

fn keep<T>(map: &mut Bounded<Once<T>>, value: T, expires_at: SystemTime) -> String {
    let name = random::token();
    let once = Once { value, expires_at, used: false };
    map.insert(name.clone(), once);
    name
}
