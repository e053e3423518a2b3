//! Which build of Salon this is: another one has other pages, and a page of before is to be loaded anew.

use std::{fmt::Write, path::Path};

use sha2::{Digest, Sha256};

/// Bytes of the digest that are shown: enough to tell builds apart.
const SHOWN: usize = 6;

/// The version, and in it what `hash_file` says of the browser's part: its names hold digests of the files. Without
/// such a file, as while developing, the version alone.
pub fn of_build(hash_file: &Path) -> String {
    let mut version = env!("CARGO_PKG_VERSION").to_owned();
    if let Ok(hashes) = std::fs::read(hash_file) {
        version.push('+');
        for byte in &Sha256::digest(&hashes)[..SHOWN] {
            // Writing to a string does not fail.
            let _ = write!(version, "{byte:02x}");
        }
    }
    version
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_build_has_a_version_of_its_own() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("hash.txt");
        let version = env!("CARGO_PKG_VERSION");
        assert_eq!(of_build(&file), version);

        std::fs::write(&file, "js: one")?;
        let one = of_build(&file);
        assert_eq!(one.len(), version.len() + 1 + 2 * SHOWN);
        assert!(one.starts_with(&format!("{version}+")));

        std::fs::write(&file, "js: two")?;
        assert_ne!(of_build(&file), one);
        Ok(())
    }
}
