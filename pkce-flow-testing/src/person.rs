//! The person who is signed in at the server.

use serde_json::{Map, Value, json};

/// The person whose account the server has: what userinfo and the consent page show.
#[derive(Clone, Debug)]
pub struct Person {
    pub(crate) sub: String,
    pub(crate) name: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) picture: Option<String>,
}

impl Person {
    /// A person of whom nothing is known but the subject identifier.
    pub fn new(sub: impl Into<String>) -> Self {
        Self { sub: sub.into(), name: None, email: None, picture: None }
    }

    /// Sets the full name.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the e-mail address. It counts as verified.
    pub fn email(mut self, email: impl Into<String>) -> Self {
        self.email = Some(email.into());
        self
    }

    /// Sets the URL of a picture.
    pub fn picture(mut self, url: impl Into<String>) -> Self {
        self.picture = Some(url.into());
        self
    }

    /// The claims that these scopes open (OpenID Connect Core 1.0 section 5.4).
    pub(crate) fn claims(&self, scope: &[String]) -> Map<String, Value> {
        let mut claims = Map::new();
        claims.insert("sub".into(), json!(self.sub));
        let asked = |wanted: &str| scope.iter().any(|token| token == wanted);
        if asked("profile") {
            claims.extend(self.name.iter().map(|name| ("name".into(), json!(name))));
            claims.extend(self.picture.iter().map(|url| ("picture".into(), json!(url))));
        }
        if let Some(email) = self.email.as_ref().filter(|_| asked("email")) {
            claims.insert("email".into(), json!(email));
            claims.insert("email_verified".into(), json!(true));
        }
        claims
    }

    /// The answer of a provider's own profile API, which knows no scopes.
    pub(crate) fn profile(&self) -> Value {
        json!({
            "id": self.sub,
            "name": self.name,
            "email": self.email,
            "email_verified": self.email.as_ref().map(|_| true),
            "avatar_url": self.picture,
        })
    }
}

impl Default for Person {
    /// Ada Example, `ada@example.org`, whose `sub` is `test-user`.
    fn default() -> Self {
        Self::new("test-user")
            .name("Ada Example")
            .email("ada@example.org")
            .picture("https://example.org/ada.png")
    }
}
