//! Sealing what people say before it is stored, and the keys for it.
//!
//! A master key in a file of its own wraps the data keys in the database; those seal the bodies. Stealing the
//! database opens nothing. Sealed bytes are bound to their place: moved to another row they do not open.

use std::{
    collections::HashMap,
    fs,
    io::Write,
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::Path,
    sync::Arc,
};

use anyhow::{Context, bail, ensure};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use hmac::{Hmac, Mac};
use sha2::Sha256;

use super::{
    answer::{Failure, Outcome},
    db::{Db, Tx, on_engine},
};

/// 256 bits, for XChaCha20-Poly1305 and HMAC-SHA-256.
type Key = [u8; 32];

/// 192 bits, long enough to be drawn at random (draft-irtf-cfrg-xchacha).
const NONCE: usize = 24;

/// Key id, big-endian, in front of nonce and ciphertext.
const KEY_ID: usize = 4;

/// Where a sealed value stands; what is sealed for one place opens nowhere else.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    pub table: &'static str,
    pub id: i64,
    /// Counts edits.
    pub version: i64,
}

/// The opened keys. Cheap to clone; never printed.
#[derive(Clone)]
pub struct Keyring {
    keys: Arc<Keys>,
}

struct Keys {
    seal: HashMap<u32, XChaCha20Poly1305>,
    /// The key that seals from now on.
    current: u32,
    digest: Key,
}

impl std::fmt::Debug for Keyring {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Keyring")
    }
}

impl Keyring {
    /// Seals `text` for its place.
    pub fn seal(&self, place: Place, text: &str) -> Outcome<Vec<u8>> {
        let cipher =
            self.keys.seal.get(&self.keys.current).ok_or(Failure::Internal("no key to seal with"))?;
        let sealed = encrypt(cipher, &place.bytes(), text.as_bytes())
            .ok_or(Failure::Seal { table: place.table, id: place.id })?;
        Ok([&self.keys.current.to_be_bytes(), sealed.as_slice()].concat())
    }

    /// Opens what [`Keyring::seal`] made for this very place.
    ///
    /// # Errors
    /// If a byte was changed, if it was sealed for another place, or under a key that is not here.
    pub fn open(&self, place: Place, sealed: &[u8]) -> Outcome<String> {
        let open = || {
            let (key, rest) = sealed.split_at_checked(KEY_ID)?;
            let cipher = self.keys.seal.get(&u32::from_be_bytes(key.try_into().ok()?))?;
            String::from_utf8(decrypt(cipher, &place.bytes(), rest)?).ok()
        };
        open().ok_or(Failure::Seal { table: place.table, id: place.id })
    }

    /// A keyed hash of parts: equal for equal parts, and useless without the key.
    pub fn digest(&self, parts: &[&[u8]]) -> Vec<u8> {
        self.mac(parts).finalize().into_bytes().to_vec()
    }

    /// Whether a digest is that of parts; takes as long however much of it is right.
    pub fn is_digest(&self, parts: &[&[u8]], digest: &[u8]) -> bool {
        self.mac(parts).verify_slice(digest).is_ok()
    }

    fn mac(&self, parts: &[&[u8]]) -> Hmac<Sha256> {
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&self.keys.digest)
            .expect("HMAC takes keys of any length");
        for part in parts {
            // The length in front keeps ("ab", "c") and ("a", "bc") apart.
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac
    }
}

impl Place {
    fn bytes(self) -> Vec<u8> {
        format!("{}\n{}\n{}", self.table, self.id, self.version).into_bytes()
    }
}

/// The key that wraps the others.
pub struct MasterKey(Key);

impl MasterKey {
    /// Whether there is one in `folder`.
    pub fn exists(folder: &Path) -> bool {
        folder.join("master.key").exists()
    }

    /// Makes one, once, readable by its owner only.
    ///
    /// # Errors
    /// If there is one already, or the file cannot be written.
    pub fn create(folder: &Path) -> anyhow::Result<Self> {
        let key: Key = rand::random();
        let path = folder.join("master.key");
        let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
        writeln!(file, "{}", hex(&key))?;
        file.sync_all()?;
        // A key that a power cut takes back would take every message with it.
        fs::File::open(folder)?.sync_all()?;
        Ok(Self(key))
    }

    /// Reads it.
    ///
    /// # Errors
    /// If others than the owner may read the file, or it is not a key.
    pub fn read(folder: &Path) -> anyhow::Result<Self> {
        let path = folder.join("master.key");
        let mode = fs::metadata(&path)?.permissions().mode() & 0o777;
        ensure!(
            mode & 0o077 == 0,
            "{} may be read by others (mode {mode:03o}): set it to 600",
            path.display()
        );
        let text = fs::read_to_string(&path)?;
        let key = unhex(text.trim()).with_context(|| format!("{} is not a master key", path.display()))?;
        Ok(Self(key))
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.0.into())
    }

    fn wrap(&self, id: i64, key: &Key) -> Option<Vec<u8>> {
        encrypt(&self.cipher(), &Place { table: "data_key", id, version: 0 }.bytes(), key)
    }

    fn unwrap(&self, id: i64, wrapped: &[u8]) -> Option<Key> {
        decrypt(&self.cipher(), &Place { table: "data_key", id, version: 0 }.bytes(), wrapped)?
            .try_into()
            .ok()
    }
}

/// Whether the store already has keys, which only its own master key opens.
///
/// # Errors
/// The database's own.
pub async fn has_keys(db: &Db) -> Result<bool, sqlx::Error> {
    let count: i64 = on_engine!(db.pool(), pool =>
        sqlx::query_scalar("select count(*) from data_key").fetch_one(pool).await)?;
    Ok(count > 0)
}

/// Makes the first data keys.
///
/// # Errors
/// The database's own.
pub async fn create_keys(tx: &mut Tx, master: &MasterKey) -> Outcome<()> {
    for (id, purpose) in [(1_i64, "seal"), (2, "digest")] {
        let wrapped =
            master.wrap(id, &rand::random()).ok_or(Failure::Internal("a key could not be wrapped"))?;
        let now = tx.now.millis();
        on_engine!(tx.connection(), connection => sqlx::query(
            "insert into data_key (id, purpose, wrapped, created_at)
             values ($1, $2, $3, $4)
             on conflict do nothing",
        ).bind(id).bind(purpose).bind(wrapped).bind(now).execute(connection).await.map(drop))?;
    }
    Ok(())
}

/// Reads and opens all keys.
///
/// # Errors
/// If the master key is not the one that wrapped them.
pub async fn open_keys(db: &Db, master: &MasterKey) -> anyhow::Result<Keyring> {
    let rows: Vec<(i64, String, Vec<u8>)> = on_engine!(db.pool(), pool =>
        sqlx::query_as("select id, purpose, wrapped from data_key order by id").fetch_all(pool).await)?;

    let (mut seal, mut current, mut digest) = (HashMap::new(), None, None);
    for (id, purpose, wrapped) in rows {
        let Some(key) = master.unwrap(id, &wrapped) else {
            bail!("keys/master.key is not the one that this database was sealed with");
        };
        match purpose.as_str() {
            "digest" => digest = Some(key),
            _ => {
                let id = u32::try_from(id)?;
                seal.insert(id, XChaCha20Poly1305::new(&key.into()));
                current = Some(id);
            }
        }
    }
    let current = current.context("the database has no key to seal with")?;
    let digest = digest.context("the database has no key for digests")?;
    Ok(Keyring { keys: Arc::new(Keys { seal, current, digest }) })
}

fn encrypt(cipher: &XChaCha20Poly1305, place: &[u8], plain: &[u8]) -> Option<Vec<u8>> {
    let nonce: [u8; NONCE] = rand::random();
    let sealed = cipher.encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: place }).ok()?;
    Some([nonce.as_slice(), &sealed].concat())
}

fn decrypt(cipher: &XChaCha20Poly1305, place: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, sealed) = sealed.split_at_checked(NONCE)?;
    let nonce: [u8; NONCE] = nonce.try_into().ok()?;
    cipher.decrypt(&XNonce::from(nonce), Payload { msg: sealed, aad: place }).ok()
}

/// Lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Key> {
    let digits = text.as_bytes();
    if digits.len() != 64 || !digits.is_ascii() {
        return None;
    }
    let bytes: Option<Vec<u8>> =
        (0..32).map(|at| u8::from_str_radix(&text[at * 2..at * 2 + 2], 16).ok()).collect();
    bytes?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keyring() -> Keyring {
        let seal = HashMap::from([(7, XChaCha20Poly1305::new(&[1; 32].into()))]);
        Keyring { keys: Arc::new(Keys { seal, current: 7, digest: [2; 32] }) }
    }

    const HERE: Place = Place { table: "message", id: 12, version: 0 };

    #[test]
    fn what_is_sealed_opens_where_it_stands() {
        let sealed = keyring().seal(HERE, "à bientôt").expect("seals");
        assert!(!sealed.windows(3).any(|part| part == b"bie"));
        assert_eq!(keyring().open(HERE, &sealed).expect("opens"), "à bientôt");
    }

    #[test]
    fn what_is_sealed_opens_nowhere_else() {
        let sealed = keyring().seal(HERE, "secret").expect("seals");
        for place in
            [Place { id: 13, ..HERE }, Place { version: 1, ..HERE }, Place { table: "draft", ..HERE }]
        {
            assert!(keyring().open(place, &sealed).is_err(), "{place:?}");
        }
    }

    #[test]
    fn every_changed_byte_and_every_shortening_is_noticed() {
        let sealed = keyring().seal(HERE, "secret").expect("seals");
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(keyring().open(HERE, &changed).is_err(), "byte {at}");
            assert!(keyring().open(HERE, &sealed[..at]).is_err(), "first {at} bytes");
        }
    }

    #[test]
    fn a_digest_keeps_parts_apart() {
        let keyring = keyring();
        assert_eq!(keyring.digest(&[b"ab", b"c"]), keyring.digest(&[b"ab", b"c"]));
        assert_ne!(keyring.digest(&[b"ab", b"c"]), keyring.digest(&[b"a", b"bc"]));
        let digest = keyring.digest(&[b"ab", b"c"]);
        assert!(keyring.is_digest(&[b"ab", b"c"], &digest));
        assert!(
            !keyring.is_digest(&[b"a", b"bc"], &digest) && !keyring.is_digest(&[b"ab", b"c"], &digest[1..])
        );
    }

    #[test]
    fn a_master_key_is_made_once_and_kept_from_others() {
        let folder = tempfile::tempdir().expect("a folder");
        let made = MasterKey::create(folder.path()).expect("makes one");
        assert!(MasterKey::create(folder.path()).is_err(), "a second one would lock the first one's data");
        assert_eq!(MasterKey::read(folder.path()).expect("reads it").0, made.0);

        let path = folder.path().join("master.key");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).expect("chmod");
        assert!(MasterKey::read(folder.path()).is_err());
    }
}
