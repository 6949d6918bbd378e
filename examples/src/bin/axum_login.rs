//! A web application where people log in at one of two providers.
//!
//! Two cookies: `browser` names the browser that a login belongs to, and is what stops the callback
//! of somebody else's login; `session` says who is signed in. A session's id is new at every
//! login, so an id that an attacker planted before is worth nothing after. And because the logins
//! that are under way in other tabs hang on `browser`, the new id does not break them.
//!
//! Behind https, make the cookies `Secure` and call them `__Host-browser` and `__Host-session`:
//! then no other host, a subdomain for instance, can plant them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Router, serve};
use pkce_flow::{Error, ErrorCode, Kind, Manager, PkceProvider, User};
use pkce_flow_testing::{Client, Person, TestServer};
use rand::{TryRng, rngs::SysRng};
use tokio::net::TcpListener;

/// Where people can log in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PkceProvider)]
#[pkce(client_id = "web-app", scope = "openid profile")]
enum Login {
    #[pkce(issuer = env("WORK_ISSUER"), redirect_uri = env("WORK_REDIRECT_URI"))]
    Work,
    #[pkce(issuer = env("HOME_ISSUER"), redirect_uri = env("HOME_REDIRECT_URI"))]
    Home,
}

#[derive(Clone)]
struct App {
    /// In earnest there is no need for it: `Login::Work.manager()?` is the same one at each call.
    managers: Arc<HashMap<Login, Manager>>,
    /// Who is signed in, by session id. In earnest: in a database, with an expiry.
    sessions: Arc<Mutex<HashMap<String, String>>>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let origin = format!("http://{}", listener.local_addr()?);

    // Two servers of this process stand in for two providers.
    let (work, _work) = provider(&origin, Login::Work, "Grace Example")?;
    let (home, _home) = provider(&origin, Login::Home, "Grace <at home>")?;
    let managers = Arc::new(HashMap::from([(Login::Work, work), (Login::Home, home)]));

    let app = Router::new()
        .route("/", get(index))
        .route("/login/{provider}", post(login))
        .route("/callback/{provider}", get(callback))
        .route("/logout", post(logout))
        .with_state(App { managers, sessions: Arc::default() });
    println!("listening on {origin}");
    Ok(serve(listener, app).await?)
}

async fn index(State(app): State<App>, headers: HeaderMap) -> Response {
    let session = cookie(&headers, "session");
    let person = session.and_then(|id| app.sessions().get(id).cloned());
    let body = match person {
        Some(person) => {
            format!("<p>Signed in: {}</p>{}", escape(&person), form("/logout", "Log out"))
        }
        None => {
            let button = |to| form(&format!("/login/{to}"), &format!("Log in at {to}"));
            Login::ALL.iter().map(button).collect()
        }
    };
    page(StatusCode::OK, &body)
}

async fn login(
    State(app): State<App>,
    Path(provider): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    // A link or a form on another site must not start a login, hence POST and this. Browsers say
    // where a request comes from.
    if headers.get("sec-fetch-site").is_some_and(|site| site != "same-origin") {
        return Ok(page(StatusCode::FORBIDDEN, "<p>This request came from another site.</p>"));
    }
    let browser = cookie(&headers, "browser").map_or_else(random_id, str::to_owned);
    let login = app.manager(&provider)?.begin(&User::new(&browser)).await?;
    let cookies = AppendHeaders([set_cookie("browser", &browser)]);
    Ok((cookies, Redirect::to(login.authorization_url())).into_response())
}

async fn callback(
    State(app): State<App>,
    Path(provider): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    // No login was ever begun for a browser without the cookie, so `finish` refuses.
    let user = User::new(cookie(&headers, "browser").unwrap_or_default());
    let manager = app.manager(&provider)?;
    let tokens = manager.finish(&user, query.unwrap_or_default()).await?;
    let profile = manager.profile(&tokens).await?;

    // In earnest: look up the account by provider and profile.subject(), never by the e-mail.
    let person = format!("{} ({provider})", profile.name().unwrap_or(profile.subject()));
    let session = random_id();
    let mut sessions = app.sessions();
    cookie(&headers, "session").map(|old| sessions.remove(old));
    sessions.insert(session.clone(), person);
    // On to another page, so that the code is not in the address bar.
    let cookies = AppendHeaders([set_cookie("session", &session)]);
    Ok((cookies, Redirect::to("/")).into_response())
}

async fn logout(State(app): State<App>, headers: HeaderMap) -> Response {
    // The cookie is SameSite=Lax: a form on another site comes without it, and ends nothing.
    cookie(&headers, "session").map(|id| app.sessions().remove(id));
    (AppendHeaders([set_cookie("session", "")]), Redirect::to("/")).into_response()
}

/// A login that failed: a page for the person, and a line in the log for you.
struct Failure(Error);

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure(error)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let (status, what) = match (self.0.kind(), self.0.code()) {
            (_, ErrorCode::UnknownProvider) => {
                (StatusCode::NOT_FOUND, "There is no such provider.")
            }
            (Kind::Refused, _) => (StatusCode::FORBIDDEN, "The provider did not let you in."),
            (Kind::Expired | Kind::Security, _) => (
                StatusCode::BAD_REQUEST,
                "This login is too old, was used before, or began in another browser.",
            ),
            (Kind::Provider | Kind::Network, _) => {
                (StatusCode::BAD_GATEWAY, "The provider does not answer as it should.")
            }
            _ => (StatusCode::INTERNAL_SERVER_ERROR, "This application has a fault."),
        };
        // It holds no secret, but tells more than a stranger needs to know.
        eprintln!("{}: {}", self.0.code(), self.0);
        page(status, &format!("<p>{what}</p><p><a href=\"/\">Try again</a></p>"))
    }
}

impl App {
    /// The manager of the provider that a route names: an error names those that there are.
    fn manager(&self, provider: &str) -> Result<&Manager, Error> {
        Ok(&self.managers[&provider.parse::<Login>()?])
    }

    fn sessions(&self) -> MutexGuard<'_, HashMap<String, String>> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let headers = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs =
        headers.flat_map(|value| value.split("; ")).filter_map(|pair| pair.split_once('='));
    pairs.find(|(known, value)| *known == name && !value.is_empty()).map(|(_, value)| value)
}

/// Lax, not Strict: the browser must send it when the provider sends it back here.
fn set_cookie(name: &str, value: &str) -> (header::HeaderName, String) {
    (header::SET_COOKIE, format!("{name}={value}; HttpOnly; SameSite=Lax; Path=/"))
}

fn random_id() -> String {
    let mut octets = [0; 32];
    SysRng.try_fill_bytes(&mut octets).expect("the system has a random generator");
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}

fn form(action: &str, label: &str) -> String {
    let (action, label) = (escape(action), escape(label));
    format!("<form method=\"post\" action=\"{action}\"><button>{label}</button></form>")
}

fn page(status: StatusCode, body: &str) -> Response {
    let headers = [
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    ];
    let title = "<!doctype html><html lang=\"en\"><title>Example</title><h1>Example</h1>";
    (status, headers, Html(format!("{title}{body}"))).into_response()
}

/// Text for HTML. What providers say about people is text from outside.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A provider that lives in this process, and the manager for it.
fn provider(
    origin: &str,
    login: Login,
    person: &str,
) -> Result<(Manager, TestServer), Box<dyn std::error::Error>> {
    let redirect_uri = format!("{origin}/callback/{login}");
    let server = TestServer::configure()
        .client(Client::public("web-app").redirect_uri(&redirect_uri).name("Example"))
        .person(Person::new(format!("{login}-1")).name(person))
        .start()?;
    let issuer = server.issuer().to_owned();
    // In earnest these are in the environment of the process.
    let environment = move |name: &str| match name.split_once('_')?.1 {
        "ISSUER" => Some(issuer.clone()),
        "REDIRECT_URI" => Some(redirect_uri.clone()),
        _ => None,
    };
    Ok((login.manager_builder().environment(environment).build()?, server))
}
