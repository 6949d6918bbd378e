//! The vault's file: private to the user, replaced as a whole.

use std::fs::{self, DirBuilder, File, Permissions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::contents::{FORMAT, place};
use super::damaged;
use crate::exit::{Failure, Outcome};

/// The folder of the vault: 0700, with files of 0600.
#[derive(Debug)]
pub(super) struct Folder(PathBuf);

/// What the file holds.
pub(super) enum Stored {
    Nothing,
    Open(Zeroizing<String>),
    Sealed(Sealed),
}

/// A vault that only the key in the system's keyring opens.
#[derive(Debug, Serialize, Deserialize, PartialEq, Eq)]
pub(super) struct Sealed {
    /// The name of the key in the keyring.
    pub(super) key: String,
    /// Base64.
    pub(super) nonce: String,
    /// Base64.
    pub(super) data: String,
}

/// How a vault looks before its contents are read.
#[derive(Deserialize)]
struct Envelope {
    format: u32,
    sealed: Option<Sealed>,
}

impl Folder {
    pub(super) fn new(path: PathBuf) -> Self {
        Self(path)
    }

    pub(super) fn file(&self) -> PathBuf {
        self.0.join("vault.json")
    }

    pub(super) fn lock_file(&self) -> PathBuf {
        self.0.join("vault.lock")
    }

    /// Makes the folder where it is missing, and keeps other users out.
    pub(super) fn create(&self) -> Outcome {
        let made = DirBuilder::new().recursive(true).mode(0o700).create(&self.0);
        made.and_then(|()| fs::set_permissions(&self.0, Permissions::from_mode(0o700)))
            .map_err(|error| cannot("make the folder", &self.0, &error))
    }

    /// Finds out whether the folder can be written to, or be made, and leaves nothing behind.
    pub(super) fn probe(&self) -> Outcome {
        let there = self.0.ancestors().find(|folder| folder.exists()).unwrap_or(&self.0);
        tempfile::tempfile_in(there)
            .map(drop)
            .map_err(|error| cannot("keep tokens in", &self.0, &error))
    }

    pub(super) fn read(&self) -> Outcome<Stored> {
        let path = self.file();
        let text = match fs::read(&path) {
            Ok(bytes) => String::from_utf8(bytes).map(Zeroizing::new),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Stored::Nothing),
            Err(error) => return Err(cannot("read the vault", &path, &error)),
        };
        let text = text.map_err(|_| damaged(&path, "it is not UTF-8"))?;
        let envelope: Envelope =
            serde_json::from_str(&text).map_err(|error| damaged(&path, &place(&error)))?;
        if envelope.format != FORMAT {
            let what = format!(
                "its format is {}, and this pkce-flow knows {FORMAT}; it may be from a later one",
                envelope.format
            );
            return Err(damaged(&path, &what));
        }
        Ok(envelope.sealed.map_or(Stored::Open(text), Stored::Sealed))
    }

    /// Puts a new file in the place of the old one: whoever reads sees the one or the other.
    pub(super) fn replace(&self, contents: &[u8]) -> Outcome {
        let path = self.file();
        self.write(&path, contents).map_err(|error| {
            cannot("write the vault", &path, &error).help("nothing that it held is lost")
        })
    }

    fn write(&self, path: &Path, contents: &[u8]) -> io::Result<()> {
        // 0600 from the start, and gone again where something fails.
        let mut file = tempfile::Builder::new()
            .prefix(".vault-")
            .permissions(Permissions::from_mode(0o600))
            .tempfile_in(&self.0)?;
        file.write_all(contents)?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        // The new name must outlive a crash too.
        File::open(&self.0)?.sync_all()
    }
}

pub(super) fn cannot(what: &str, path: &Path, error: &io::Error) -> Failure {
    let failure = Failure::machine(format!("cannot {what} {}: {error}", path.display()));
    match error.kind() {
        io::ErrorKind::PermissionDenied => {
            failure.help("give it to this user, or set XDG_DATA_HOME to a folder of this user")
        }
        _ => failure,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).expect("it exists").permissions().mode() & 0o777
    }

    #[test]
    fn folder_and_file_are_for_this_user_alone() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = Folder::new(home.path().join("share/pkce-flow"));
        folder.create().expect("made");
        folder.replace(b"{}").expect("written");
        assert_eq!(mode(&folder.0), 0o700);
        assert_eq!(mode(&folder.file()), 0o600);
    }

    #[test]
    fn a_probe_leaves_nothing_behind_and_finds_what_is_in_the_way() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = Folder::new(home.path().join("share/pkce-flow"));
        folder.probe().expect("it could be made");
        assert_eq!(fs::read_dir(home.path()).expect("readable").count(), 0);
        fs::write(home.path().join("share"), "a file").expect("written");
        assert_eq!(folder.probe().expect_err("a file is in the way").code(), 1);
    }

    #[test]
    fn permissions_that_were_loosened_are_tightened() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = Folder::new(home.path().join("pkce-flow"));
        folder.create().expect("made");
        fs::write(folder.file(), "{}").expect("written");
        for (path, loose) in [(folder.0.clone(), 0o755), (folder.file(), 0o644)] {
            fs::set_permissions(path, Permissions::from_mode(loose)).expect("ours");
        }
        folder.create().expect("there already");
        folder.replace(b"{}").expect("written");
        assert_eq!((mode(&folder.0), mode(&folder.file())), (0o700, 0o600));
    }

    #[test]
    fn a_replacement_leaves_no_other_file_behind() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = Folder::new(home.path().join("pkce-flow"));
        folder.create().expect("made");
        for _ in 0..3 {
            folder.replace(b"{\"format\":1,\"tokens\":[]}").expect("written");
        }
        let names: Vec<_> = fs::read_dir(&folder.0).expect("readable").collect();
        assert_eq!(names.len(), 1);
        assert!(matches!(folder.read(), Ok(Stored::Open(_))));
    }

    #[test]
    fn a_missing_file_is_an_empty_vault_and_a_broken_one_is_an_error() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = Folder::new(home.path().to_owned());
        assert!(matches!(folder.read(), Ok(Stored::Nothing)));
        fs::write(folder.file(), "{").expect("written");
        let failure = folder.read().err().expect("broken");
        assert_eq!(failure.code(), 1);
        assert_eq!(fs::read(folder.file()).expect("kept"), b"{");
    }
}
