//! A scripted user agent: what a person does with a browser, over real sockets.

use std::sync::Arc;

use http::{HeaderMap, Method, StatusCode, header::LOCATION};
use reqwest::{Client, redirect::Policy};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, pem::PemObject},
};
use url::{Url, form_urlencoded};

use crate::{
    DEADLINE, TestAuthority,
    form::{Form, first_form, link},
};

/// A browser of one person: cookies are kept, pages are read, forms are filled in.
#[derive(Debug, Clone)]
pub struct UserAgent {
    http: Client,
    name: String,
}

/// Where the way from an authorization URL ended.
#[derive(Debug)]
pub enum Arrival {
    /// The redirect to the client's redirect_uri, which was not followed.
    Callback(String),
    /// A page that has no form, or an error.
    Page(Page),
}

/// A page as a person would see it.
#[derive(Debug)]
pub struct Page {
    /// The address.
    pub url: String,
    /// The status of the response.
    pub status: StatusCode,
    /// The header of the response.
    pub headers: HeaderMap,
    /// The text of the page.
    pub body: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Allow,
    Cancel,
}

impl UserAgent {
    /// A new browser of a person who signs in by this name.
    pub fn new(name: &str) -> Self {
        Self::with_roots(name, RootCertStore::empty())
    }

    /// The same, which trusts an authority.
    ///
    /// # Panics
    ///
    /// Where the authority's certificate cannot be read.
    pub fn trusting(name: &str, authority: &TestAuthority) -> Self {
        let certificate = CertificateDer::from_pem_slice(authority.root_certificate().as_bytes())
            .expect("the authority's certificate is PEM");
        let mut roots = RootCertStore::empty();
        roots.add(certificate).expect("the authority's certificate is a root");
        Self::with_roots(name, roots)
    }

    /// Opens an authorization URL, signs in and consents, and stops at the redirect to the client.
    ///
    /// # Panics
    ///
    /// Where a server cannot be reached or the way does not end.
    pub async fn authorize(&self, authorization_url: &str) -> Arrival {
        self.walk(authorization_url, Answer::Allow).await
    }

    /// Opens an authorization URL and follows its link "Cancel".
    ///
    /// # Panics
    ///
    /// Where a server cannot be reached or the way does not end.
    pub async fn cancel(&self, authorization_url: &str) -> Arrival {
        self.walk(authorization_url, Answer::Cancel).await
    }

    /// Opens an address and reads what is there; redirects are not followed.
    ///
    /// # Panics
    ///
    /// Where the server cannot be reached.
    pub async fn open(&self, url: &str) -> Page {
        let url = Url::parse(url).unwrap_or_else(|error| panic!("{url} is no URL: {error}"));
        self.send(Method::GET, url, None).await
    }

    fn with_roots(name: &str, roots: RootCertStore) -> Self {
        let tls = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("the provider has the default versions of TLS")
            .with_root_certificates(roots)
            .with_no_client_auth();
        let http = Client::builder()
            .tls_backend_preconfigured(tls)
            .cookie_store(true)
            .redirect(Policy::none())
            .timeout(DEADLINE)
            .no_proxy()
            .build()
            .expect("an HTTP client");
        Self { http, name: name.to_owned() }
    }

    async fn walk(&self, authorization_url: &str, answer: Answer) -> Arrival {
        let url = Url::parse(authorization_url)
            .unwrap_or_else(|error| panic!("{authorization_url} is no URL: {error}"));
        let redirect_uri = url
            .query_pairs()
            .find(|(name, _)| name == "redirect_uri")
            .map(|(_, value)| value.into_owned())
            .unwrap_or_else(|| panic!("{authorization_url} has no redirect_uri"));

        let mut page = self.send(Method::GET, url, None).await;
        // Sign-in and consent, each with a redirect before and after it, and some to spare.
        for _ in 0..20 {
            if let Some(location) = page.headers.get(LOCATION) {
                let location = location.to_str().expect("a Location is text");
                if is_callback(location, &redirect_uri) {
                    return Arrival::Callback(location.to_owned());
                }
                page = self.send(Method::GET, page.join(location), None).await;
            } else if let (StatusCode::OK, Some(form)) = (page.status, first_form(&page.body)) {
                page = match answer {
                    Answer::Allow => self.submit(&page, form).await,
                    Answer::Cancel => {
                        let target = link(&page.body, "Cancel")
                            .unwrap_or_else(|| panic!("no link \"Cancel\" on {page:?}"));
                        self.send(Method::GET, page.join(&target), None).await
                    }
                };
            } else {
                return Arrival::Page(page);
            }
        }
        panic!("the way from {authorization_url} does not end; at last it was at {page:?}")
    }

    async fn submit(&self, page: &Page, form: Form) -> Page {
        let mut body = form_urlencoded::Serializer::new(String::new());
        for field in &form.fields {
            let value = match field.kind.as_str() {
                "password" => "any password will do",
                "text" | "email" if field.value.is_empty() => &self.name,
                _ => &field.value,
            };
            body.append_pair(&field.name, value);
        }
        let body = body.finish();
        let mut target = page.join(&form.action);
        if form.post {
            self.send(Method::POST, target, Some(body)).await
        } else {
            target.set_query(Some(&body));
            self.send(Method::GET, target, None).await
        }
    }

    async fn send(&self, method: Method, url: Url, form: Option<String>) -> Page {
        let mut request = self.http.request(method, url.clone()).header("accept", "text/html");
        if let Some(form) = form {
            request =
                request.header("content-type", "application/x-www-form-urlencoded").body(form);
        }
        let response =
            request.send().await.unwrap_or_else(|error| panic!("no answer at {url}: {error:?}"));
        let (status, headers) = (response.status(), response.headers().clone());
        let body = response
            .text()
            .await
            .unwrap_or_else(|error| panic!("no whole answer at {url}: {error:?}"));
        Page { url: url.into(), status, headers, body }
    }
}

impl Arrival {
    /// The callback URL.
    ///
    /// # Panics
    ///
    /// Where a page came instead, which the message shows.
    #[track_caller]
    pub fn callback(self) -> String {
        match self {
            Self::Callback(url) => url,
            Self::Page(page) => panic!("a callback was expected, and a page came: {page:?}"),
        }
    }

    /// The page.
    ///
    /// # Panics
    ///
    /// Where the browser was sent to the client instead.
    #[track_caller]
    pub fn page(self) -> Page {
        match self {
            Self::Page(page) => page,
            Self::Callback(url) => panic!("a page was expected, and a callback came: {url}"),
        }
    }
}

impl Page {
    fn join(&self, target: &str) -> Url {
        Url::parse(&self.url)
            .and_then(|base| base.join(target))
            .unwrap_or_else(|error| panic!("{target} is no target on {}: {error}", self.url))
    }
}

/// Whether a redirect goes to the client: its redirect_uri, byte for byte, and a query or nothing.
fn is_callback(location: &str, redirect_uri: &str) -> bool {
    location
        .strip_prefix(redirect_uri)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['?', '&']))
}
