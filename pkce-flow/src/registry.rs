//! The providers of a TOML, at run time.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use pkce_flow_providers::{Draft, Problems, ProvidersToml, check_pair, share_redirect_uri};

use crate::builder::ManagerBuilder;
use crate::error::{Error, ErrorCode};
use crate::manager::Manager;
use crate::store::MemoryStore;

/// The largest providers TOML that is read, in octets.
const LONGEST_FILE: u64 = 4 * 1024 * 1024;

/// The providers that a TOML declares. All mistakes of the text come at once, with line and
/// column.
///
/// ```
/// # fn main() -> Result<(), pkce_flow::Error> {
/// use pkce_flow::Providers;
///
/// let providers = Providers::from_toml_str(r#"
///     [providers.corp]
///     root_url = "https://sso.corp.example/oauth/"
///     client_id = "corp-app"
///     redirect_uri = "https://app.corp.example/callback"
///     scope = "openid profile"
/// "#)?;
/// let corp = providers.manager("corp")?;
/// let endpoints = corp.declaration().endpoints();
/// assert_eq!(endpoints.token.as_deref(), Some("https://sso.corp.example/oauth/token"));
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Providers(Arc<Inner>);

type Configure = Box<dyn Fn(ManagerBuilder) -> ManagerBuilder + Send + Sync>;

struct Inner {
    file: Arc<ProvidersToml>,
    managers: Mutex<HashMap<String, Manager>>,
    /// Shared, so that a callback that comes to the wrong provider is told from an unknown one.
    store: MemoryStore,
    configure: Option<Configure>,
}

impl Providers {
    /// Reads and checks the text. Environment variables are read later, by [`Providers::manager`].
    ///
    /// # Errors
    /// [`ErrorCode::Declaration`] with every mistake.
    pub fn from_toml_str(text: &str) -> Result<Self, Error> {
        Self::parse(text).map_err(Error::from)
    }

    /// As [`Providers::from_toml_str`], from a file; mistakes name it.
    ///
    /// # Errors
    /// [`ErrorCode::FileUnreadable`], and [`ErrorCode::Declaration`] with every mistake.
    pub fn from_toml_file(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let text = read_file(path)?;
        Self::parse(&text).map_err(|problems| Error::in_file(problems, path))
    }

    fn parse(text: &str) -> Result<Self, Problems> {
        Ok(Providers(Arc::new(Inner {
            file: Arc::new(ProvidersToml::parse(text)?),
            managers: Mutex::new(HashMap::new()),
            store: MemoryStore::new(),
            configure: None,
        })))
    }

    /// The same providers, whose managers are all made with this: a store that processes share,
    /// an environment, an HTTP client. Managers made before are not among them.
    ///
    /// ```
    /// # fn main() -> Result<(), pkce_flow::Error> {
    /// # let my_store = pkce_flow::MemoryStore::new();
    /// let providers = pkce_flow::Providers::from_toml_str("")?
    ///     .configure(move |builder| builder.pending_store(my_store.clone()));
    /// # Ok(()) }
    /// ```
    #[must_use]
    pub fn configure(
        self,
        configure: impl Fn(ManagerBuilder) -> ManagerBuilder + Send + Sync + 'static,
    ) -> Self {
        Providers(Arc::new(Inner {
            file: Arc::clone(&self.0.file),
            managers: Mutex::new(HashMap::new()),
            store: MemoryStore::new(),
            configure: Some(Box::new(configure)),
        }))
    }

    /// The names of the providers, in the order of the text.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.file.names()
    }

    /// The manager of the provider. It is made once, and the same one comes afterwards, so that it
    /// finds the logins that it began.
    ///
    /// # Errors
    /// [`ErrorCode::UnknownProvider`], and what [`ManagerBuilder::build`] finds. A failure is not
    /// kept: the next call tries again.
    pub fn manager(&self, name: &str) -> Result<Manager, Error> {
        self.manager_made_by(name, ManagerBuilder::build)
    }

    pub(crate) fn manager_made_by(
        &self,
        name: &str,
        make: impl FnOnce(ManagerBuilder) -> Result<Manager, Error>,
    ) -> Result<Manager, Error> {
        let mut managers = self.0.managers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(manager) = managers.get(name) {
            return Ok(manager.clone());
        }
        let manager = make(self.builder_over(name, Some(self.0.store.clone()))?)?;
        tell_apart(&manager, managers.values())
            .map_err(|problems| Error::from(self.0.file.locate(problems)))?;
        managers.insert(name.to_owned(), manager.clone());
        Ok(manager)
    }

    /// A builder for an independent manager of the provider, with seams of your own.
    ///
    /// # Errors
    /// [`ErrorCode::UnknownProvider`].
    pub fn builder(&self, name: &str) -> Result<ManagerBuilder, Error> {
        self.builder_over(name, None)
    }

    /// What is configured comes last, so that it wins over the store of this registry.
    fn builder_over(
        &self,
        name: &str,
        store: Option<MemoryStore>,
    ) -> Result<ManagerBuilder, Error> {
        let draft = self.draft(name)?.clone();
        let mut builder = ManagerBuilder::new(draft, Some(Arc::clone(&self.0.file)));
        if let Some(store) = store {
            builder = builder.pending_store(store);
        }
        Ok(match &self.0.configure {
            Some(configure) => configure(builder),
            None => builder,
        })
    }

    fn draft(&self, name: &str) -> Result<&Draft, Error> {
        self.0.file.draft(name).ok_or_else(|| unknown_provider(name, self.names()))
    }
}

/// The error that no provider of this name is among those.
pub(crate) fn unknown_provider<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Error {
    let known: Vec<_> = known.map(|name| format!("`{name}`")).collect();
    let help = if known.is_empty() {
        "None is declared".to_owned()
    } else {
        format!("Declared are {}", known.join(", "))
    };
    let what = format!("no provider `{}` is declared", name.escape_debug());
    Error::new(ErrorCode::UnknownProvider, what).help(help)
}

/// Mix-up (RFC 9700 section 4.4): two managers of one set, to which the provider comes back at the
/// same redirect_uri, must be told apart by the issuer. Where both are written out, the check of
/// the declaration has found it; this is for values of the environment.
pub(crate) fn tell_apart<'a>(
    new: &Manager,
    others: impl Iterator<Item = &'a Manager>,
) -> Result<(), Problems> {
    let mut problems = Vec::new();
    for other in others {
        let (one, two) = (other.declaration(), new.declaration());
        problems.extend(check_pair(one, two));
        // Where metadata is still to come, it need not promise `iss`: the set demands it.
        if share_redirect_uri(one, two) {
            other.require_iss();
            new.require_iss();
        }
    }
    Problems::none_or(problems)
}

impl std::fmt::Debug for Providers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Providers").field("names", &self.names().collect::<Vec<_>>()).finish()
    }
}

fn read_file(path: &Path) -> Result<String, Error> {
    let unreadable = |why: String| {
        Error::new(
            ErrorCode::FileUnreadable,
            format!("the providers file {} cannot be read: {why}", path.display()),
        )
        .help("Check the path and its permissions")
    };
    let file = std::fs::File::open(path)
        .map_err(|source| unreadable(source.to_string()).source(source))?;
    let mut octets = Vec::new();
    std::io::Read::read_to_end(&mut std::io::Read::take(file, LONGEST_FILE + 1), &mut octets)
        .map_err(|source| unreadable(source.to_string()).source(source))?;
    if octets.len() as u64 > LONGEST_FILE {
        return Err(unreadable("it is larger than 4 MiB".to_owned()));
    }
    String::from_utf8(octets).map_err(|_| unreadable("it is not UTF-8".to_owned()))
}
