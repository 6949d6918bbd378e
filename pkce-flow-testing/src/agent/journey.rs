//! From page to page.

use url::{Url, form_urlencoded};

use crate::agent::{
    AgentError, Page,
    cookies::Cookies,
    exchange::exchange,
    form::{Form, error_of},
    without_query,
};

const MOST_STEPS: usize = 20;

#[derive(Debug)]
pub(super) struct Journey {
    decision: &'static str,
    cookies: Cookies,
}

/// Where a page leads.
enum Next {
    Nowhere,
    Get(String),
    /// To a form, with its encoded fields: of the consent page or of the callback.
    Consent(String, String),
    Callback(String, String),
}

impl Journey {
    pub(super) fn new(decision: &'static str) -> Self {
        Self { decision, cookies: Cookies::default() }
    }

    /// Goes on until a page leads to the redirect_uri of the first URL.
    pub(super) async fn authorize(mut self, url: String) -> Result<String, AgentError> {
        let redirect_uri = redirect_uri(&url)?;
        let mut page = self.open(&url, None).await?;
        for _ in 0..MOST_STEPS {
            page = match self.next(&page)? {
                Next::Get(url) if leads_to(&url, &redirect_uri) => return Ok(url),
                Next::Callback(url, fields) => return Ok(joined(&url, &fields)),
                Next::Get(url) => self.open(&url, None).await?,
                Next::Consent(url, fields) => self.open(&url, Some(fields)).await?,
                Next::Nowhere => return Err(stopped(&page)),
            };
        }
        Err(too_many(&page))
    }

    /// Goes on until a page leads nowhere.
    pub(super) async fn visit(mut self, url: String) -> Result<Page, AgentError> {
        let mut page = self.open(&url, None).await?;
        for _ in 0..MOST_STEPS {
            page = match self.next(&page)? {
                Next::Get(url) => self.open(&url, None).await?,
                Next::Consent(url, fields) | Next::Callback(url, fields) => {
                    self.open(&url, Some(fields)).await?
                }
                Next::Nowhere => return Ok(page),
            };
        }
        Err(too_many(&page))
    }

    async fn open(&mut self, url: &str, form: Option<String>) -> Result<Page, AgentError> {
        let host = Url::parse(url)
            .ok()
            .and_then(|url| url.host_str().map(str::to_owned))
            .unwrap_or_default();
        let page = exchange(url, form, self.cookies.header(&host)).await?;
        for (name, value) in &page.headers {
            if name == "set-cookie" {
                self.cookies.keep(&host, value);
            }
        }
        Ok(page)
    }

    fn next(&self, page: &Page) -> Result<Next, AgentError> {
        let location = page.header("location").filter(|_| (300..400).contains(&page.status));
        if let Some(location) = location {
            return Ok(Next::Get(resolved(page, location)?));
        }
        if let Some(mut form) = Form::find(&page.body, "consent") {
            let decision = ("decision".to_owned(), self.decision.to_owned());
            form.fields.push(decision);
            return Ok(Next::Consent(resolved(page, &form.action)?, form.encode()));
        }
        Ok(match Form::find(&page.body, "callback") {
            Some(form) => Next::Callback(resolved(page, &form.action)?, form.encode()),
            None => Next::Nowhere,
        })
    }
}

fn redirect_uri(url: &str) -> Result<String, AgentError> {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "redirect_uri")
        .map(|(_, value)| value.into_owned())
        .ok_or_else(|| {
            let url = without_query(url);
            AgentError::new(format!("{url} was given no redirect_uri: is it an authorization URL?"))
        })
}

/// An absolute URL stays as it was written.
fn resolved(page: &Page, reference: &str) -> Result<String, AgentError> {
    if Url::parse(reference).is_ok() {
        return Ok(reference.to_owned());
    }
    Url::parse(&page.url).and_then(|base| base.join(reference)).map(String::from).map_err(|_| {
        let url = without_query(&page.url);
        AgentError::new(format!("{url} leads to something that is no URL"))
    })
}

fn leads_to(url: &str, redirect_uri: &str) -> bool {
    url.strip_prefix(redirect_uri)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['?', '&']))
}

fn joined(url: &str, query: &str) -> String {
    let joint = if url.contains('?') { '&' } else { '?' };
    format!("{url}{joint}{query}")
}

fn stopped(page: &Page) -> AgentError {
    let says = error_of(&page.body).unwrap_or_else(|| "it leads nowhere".into());
    AgentError::with_status(
        page.status,
        format!("{} answered with status {}: {says}", without_query(&page.url), page.status),
    )
}

fn too_many(page: &Page) -> AgentError {
    let url = without_query(&page.url);
    AgentError::new(format!("there were more than {MOST_STEPS} steps, the last to {url}"))
}
