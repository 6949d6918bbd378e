//! Tokens kept between runs: one file, locked while it changes, sealed where that was asked for.

mod contents;
mod file;
mod keyring;
mod lock;
mod random;
mod seal;

use std::path::{Path, PathBuf};

use pkce_flow::{Declaration, Tokens};
use zeroize::Zeroizing;

use self::contents::Contents;
use self::file::{Folder, Stored};
use self::lock::Lock;
use crate::dirs;
use crate::exit::{Failure, Outcome};

/// Whose tokens these are. A declaration that changed its provider or its client has another key,
/// so it never gets another one's tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) name: String,
    /// The issuer; the token endpoint where no issuer is known.
    pub(crate) provider: String,
    pub(crate) client_id: String,
}

impl Key {
    pub(crate) fn of(name: &str, declaration: &Declaration) -> Self {
        let provider = declaration.issuer().or(declaration.endpoints().token.as_deref());
        Self {
            name: name.to_owned(),
            provider: provider.unwrap_or_default().to_owned(),
            client_id: declaration.client_id().to_owned(),
        }
    }
}

/// The vault of this user. Nothing is touched before the first call.
#[derive(Debug)]
pub(crate) struct Vault {
    folder: Folder,
}

impl Vault {
    /// `$XDG_DATA_HOME/pkce-flow/`, else `~/.local/share/pkce-flow/`.
    pub(crate) fn of_this_user() -> Outcome<Self> {
        Ok(Self { folder: Folder::new(dirs::data()?.join("pkce-flow")) })
    }

    /// Where the tokens are.
    pub(crate) fn path(&self) -> PathBuf {
        self.folder.file()
    }

    /// Finds out, before anybody signs in, whether tokens can be kept. With `seal` this needs a
    /// keyring.
    pub(crate) async fn check(&self, key: &Key, seal: bool) -> Outcome {
        self.read(key).await?;
        if seal {
            keyring::probe().await?;
        }
        self.folder.probe()
    }

    /// The tokens kept under this key. Takes no lock: the file is replaced as a whole.
    pub(crate) async fn read(&self, key: &Key) -> Outcome<Option<Tokens>> {
        let (_, contents) = load(&self.folder).await?;
        find(&contents, key, &self.path())
    }

    /// Waits until no other process changes the vault, and keeps them out.
    pub(crate) async fn lock(&self) -> Outcome<Locked<'_>> {
        self.folder.create()?;
        let lock = Lock::acquire(&self.folder.lock_file()).await?;
        Ok(Locked { folder: &self.folder, _lock: lock })
    }
}

/// The vault, which no other process changes for as long as this lives.
#[derive(Debug)]
pub(crate) struct Locked<'a> {
    folder: &'a Folder,
    _lock: Lock,
}

impl Locked<'_> {
    pub(crate) async fn read(&self, key: &Key) -> Outcome<Option<Tokens>> {
        let (_, contents) = load(self.folder).await?;
        find(&contents, key, &self.folder.file())
    }

    /// Keeps tokens, in the place of those that were there. With `seal` the whole vault is sealed
    /// from now on; one that is sealed stays so.
    pub(crate) async fn put(&self, key: &Key, tokens: &Tokens, seal: bool) -> Outcome {
        let (sealing, mut contents) = load(self.folder).await?;
        let sealing = match sealing {
            None if seal => Some(keyring::create().await?),
            kept => kept,
        };
        contents.put(key, &tokens.expose_for_storage()).map_err(Failure::machine)?;
        self.store(sealing, &contents)
    }

    /// Forgets the tokens under this key; says whether there were any.
    pub(crate) async fn remove(&self, key: &Key) -> Outcome<bool> {
        let (sealing, mut contents) = load(self.folder).await?;
        let removed = contents.remove(key);
        if removed {
            self.store(sealing, &contents)?;
        }
        Ok(removed)
    }

    fn store(&self, sealing: Option<keyring::SealingKey>, contents: &Contents) -> Outcome {
        let text = Zeroizing::new(contents.to_text());
        let stored = match &sealing {
            None => text,
            Some(key) => Zeroizing::new(seal::seal(key, &text)?),
        };
        self.folder.replace(stored.as_bytes())
    }
}

/// What the file holds, and the key that it is sealed with.
async fn load(folder: &Folder) -> Outcome<(Option<keyring::SealingKey>, Contents)> {
    let damaged = |what: String| damaged(&folder.file(), &what);
    match folder.read()? {
        Stored::Nothing => Ok((None, Contents::default())),
        Stored::Open(text) => Ok((None, Contents::parse(&text).map_err(damaged)?)),
        Stored::Sealed(sealed) => {
            let key = keyring::find(&sealed.key).await?;
            let text = seal::open(&key, &sealed).map_err(damaged)?;
            Ok((Some(key), Contents::parse(&text).map_err(damaged)?))
        }
    }
}

fn find(contents: &Contents, key: &Key, path: &Path) -> Outcome<Option<Tokens>> {
    let Some(text) = contents.find(key) else {
        return Ok(None);
    };
    let tokens = Tokens::from_storage(&text).map_err(|error| damaged(path, &error.to_string()))?;
    Ok(Some(tokens))
}

/// The file is left as it is, so that nothing is lost.
fn damaged(path: &Path, what: &str) -> Failure {
    Failure::machine(format!("the vault {} is damaged: {what}", path.display())).help(format!(
        "repair the file, or move it away and log in again (mv {0} {0}.damaged)",
        path.display()
    ))
}
