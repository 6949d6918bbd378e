//! Puts a whole file in the place of another: whoever reads sees the one or the other.

use std::fs::{self, Permissions};
use std::io::{self, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use crate::exit::{Failure, Outcome};

/// Writes `contents` to `path`. A file that is there keeps its permissions, and a link still leads
/// to it; what is no file, such as a terminal, is written to.
pub(crate) fn put(path: &Path, contents: &str) -> Outcome {
    write(path, contents.as_bytes()).map_err(|error| {
        let what = format!("cannot write {}: {error}", path.display());
        match error.kind() {
            io::ErrorKind::NotFound => Failure::usage(what).help("make its folder first"),
            io::ErrorKind::IsADirectory => Failure::usage(what).help("name a file"),
            io::ErrorKind::BrokenPipe => Failure::ClosedPipe,
            _ => Failure::machine(what),
        }
    })
}

fn write(path: &Path, contents: &[u8]) -> io::Result<()> {
    let (target, permissions) = match fs::metadata(path) {
        // It would open the folder, and say something else.
        Ok(there) if there.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
        Ok(there) if !there.is_file() => {
            return fs::OpenOptions::new().write(true).open(path)?.write_all(contents);
        }
        Ok(there) => (fs::canonicalize(path)?, Some(there.permissions())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => (path.to_owned(), None),
        Err(error) => return Err(error),
    };
    let folder = folder(&target);
    // A folder that is missing is the reason, not the temporary file.
    fs::metadata(&folder)?;
    let mut file = tempfile::Builder::new()
        .prefix(".pkce-flow-")
        // As any new file: the process's umask counts.
        .permissions(Permissions::from_mode(0o666))
        .tempfile_in(&folder)?;
    file.write_all(contents)?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    file.as_file().sync_all()?;
    file.persist(&target).map(drop).map_err(|error| error.error)
}

fn folder(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn a_replaced_file_keeps_its_permissions_and_its_links() {
        let home = tempfile::tempdir().expect("a folder");
        let (file, link) = (home.path().join("file"), home.path().join("link"));
        fs::write(&file, "old").expect("written");
        fs::set_permissions(&file, Permissions::from_mode(0o640)).expect("ours");
        symlink("file", &link).expect("a link");
        put(&link, "new").expect("put");
        assert_eq!(fs::read_to_string(&file).expect("there"), "new");
        assert_eq!(fs::metadata(&file).expect("there").permissions().mode() & 0o777, 0o640);
        assert!(fs::symlink_metadata(&link).expect("there").is_symlink());
        assert_eq!(fs::read_dir(home.path()).expect("readable").count(), 2);
    }

    #[test]
    fn what_cannot_be_written_to_is_said() {
        let home = tempfile::tempdir().expect("a folder");
        assert_eq!(put(home.path(), "").expect_err("a folder").code(), 2);
        assert_eq!(put(&home.path().join("none/file"), "").expect_err("no folder").code(), 2);
        fs::write(home.path().join("file"), "").expect("written");
        assert_eq!(put(&home.path().join("file/file"), "").expect_err("no folder").code(), 1);
    }
}
