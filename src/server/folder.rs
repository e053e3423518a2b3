//! The data folder: private, and one process's at a time.

use std::{
    fs::{self, DirBuilder, File, TryLockError},
    os::unix::fs::{DirBuilderExt, PermissionsExt},
    path::Path,
};

use anyhow::{Context, bail, ensure};

/// The folder, held as long as this lives. The lock goes with the process, however it ends.
#[derive(Debug)]
pub struct Held {
    _lock: File,
}

/// Makes the folder if there is none and takes it.
///
/// # Errors
/// If another process has it, others may read it, or it cannot be written.
pub fn hold(data: &Path) -> anyhow::Result<Held> {
    match hold_if_free(data)? {
        Some(held) => Ok(held),
        None => bail!("another Salon is running on {}", data.display()),
    }
}

/// As [`hold`]; none if another process has it.
///
/// # Errors
/// If others may read it, or it cannot be written.
pub fn hold_if_free(data: &Path) -> anyhow::Result<Option<Held>> {
    make_private(data)?;
    make_private(&data.join("keys"))?;
    let path = data.join("salon.lock");
    let lock = File::create(&path).with_context(|| format!("{} cannot be written", path.display()))?;
    match lock.try_lock() {
        Ok(()) => Ok(Some(Held { _lock: lock })),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => {
            Err(error).with_context(|| format!("{} cannot be locked", path.display()))
        }
    }
}

fn make_private(folder: &Path) -> anyhow::Result<()> {
    if !folder.exists() {
        let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
        made.with_context(|| format!("{} cannot be made", folder.display()))?;
    }
    let about = fs::metadata(folder).with_context(|| format!("{} cannot be looked at", folder.display()))?;
    ensure!(about.is_dir(), "{} is not a folder", folder.display());
    let mode = about.permissions().mode() & 0o777;
    ensure!(
        mode & 0o077 == 0,
        "{} may be entered by others (mode {mode:03o}): set it to 700",
        folder.display()
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_process_at_a_time() {
        let parent = tempfile::tempdir().expect("a folder");
        let data = parent.path().join("data");
        let held = hold(&data).expect("nobody has it");
        let refused = hold(&data).expect_err("somebody has it").to_string();
        assert!(refused.contains("another Salon is running"), "{refused}");
        drop(held);
        assert!(hold(&data).is_ok());
    }

    #[test]
    fn a_folder_that_others_may_enter_is_refused() {
        let parent = tempfile::tempdir().expect("a folder");
        let data = parent.path().join("data");
        hold(&data).expect("a new folder is private");
        fs::set_permissions(&data, fs::Permissions::from_mode(0o755)).expect("chmod");
        assert!(hold(&data).is_err());
    }
}
