//! Passwords: which ones are taken, and hashing them without letting a flood of log-ins stop the talk.

use std::{sync::Arc, time::Duration};

use argon2::{
    Argon2, Params,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

use super::answer::{Failure, Outcome};
use crate::{
    accounts::PASSWORD_AT_LEAST,
    error::{Error, Field, Why},
};

/// Characters, after NFC.
const SHORTEST: u32 = PASSWORD_AT_LEAST;
const LONGEST: u32 = 256;

/// Bytes as they arrive; more is refused before anything is computed.
const MOST_BYTES: usize = 1_024;

/// What an attacker tries first ends about here. Of 12 characters and more, lists of the 10,000 commonest
/// passwords hold runs, repetitions and doubled words, which this reckons at a few thousand times their rank.
const GUESSES: u64 = 100_000;

/// Log-ins that may wait for a place to hash; the next is refused.
const WAITING_ROOM: usize = 32;

/// Who waited so long is refused: a busy answer is better than a slow one.
const PATIENCE: Duration = Duration::from_secs(2);

/// A password that was checked and normalised. Never printed.
pub struct Password(String);

impl Password {
    /// For a new password: NFC and nothing else (RFC 8265, `OpaqueString`), 12 to 256 characters, and not what
    /// anyone would guess first who knows `about`: the name, the address.
    ///
    /// # Errors
    /// `Invalid` with the reason.
    pub fn new(typed: &str, about: &[&str]) -> Result<Self, Error> {
        let refuse = |why| Err(Error::invalid(Field::Password, why));
        if typed.len() > MOST_BYTES {
            return refuse(Why::TooLong { at_most: LONGEST });
        }
        let password: String = typed.nfc().collect();
        let characters = password.chars().count();
        if characters == 0 {
            return refuse(Why::Missing);
        }
        if characters < SHORTEST as usize {
            return refuse(Why::TooShort { at_least: SHORTEST });
        }
        if characters > LONGEST as usize {
            return refuse(Why::TooLong { at_most: LONGEST });
        }
        if is_guessable(&password, about) {
            return refuse(Why::Guessable);
        }
        Ok(Self(password))
    }

    /// For a log-in: only normalised. What no password can be is no password.
    pub fn typed(typed: &str) -> Option<Self> {
        (typed.len() <= MOST_BYTES).then(|| Self(typed.nfc().collect()))
    }
}

fn is_guessable(password: &str, about: &[&str]) -> bool {
    let mut known = vec!["salon"];
    for name in about {
        known.push(name);
        known.extend(name.split('@'));
    }
    let folded = password.to_lowercase();
    let told = known.iter().any(|name| folded == name.to_lowercase());
    told || zxcvbn::zxcvbn(password, &known).guesses() <= GUESSES
}

/// Where passwords are hashed: few at a time, on threads of their own.
#[derive(Debug, Clone)]
pub struct Passwords {
    places: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    /// What is verified for a name that nobody has, so that it takes as long.
    nobody: Arc<str>,
}

impl Passwords {
    /// # Errors
    /// If hashing does not work at all.
    pub fn new() -> anyhow::Result<Self> {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let places = (cores / 2).max(1);
        let nobody = argon2().hash_password(&rand::random::<[u8; 16]>())?.to_string();
        Ok(Self {
            places: Arc::new(Semaphore::new(places)),
            waiting: Arc::new(Semaphore::new(places + WAITING_ROOM)),
            nobody: nobody.into(),
        })
    }

    /// A PHC string of Argon2id, with a salt of its own.
    ///
    /// # Errors
    /// `TooFast` if too many wait already.
    pub async fn hash(&self, password: Password) -> Outcome<String> {
        self.compute(move || argon2().hash_password(password.0.as_bytes()).ok().map(|hash| hash.to_string()))
            .await?
            .ok_or(Failure::Internal("a password could not be hashed"))
    }

    /// Whether the password is the one behind `stored`; takes as long where nothing is stored.
    ///
    /// # Errors
    /// `TooFast` if too many wait already.
    pub async fn verify(&self, password: Password, stored: Option<String>) -> Outcome<bool> {
        let exists = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.nobody.to_string());
        let matches = self
            .compute(move || {
                let parsed = PasswordHash::new(&stored).ok()?;
                Some(argon2().verify_password(password.0.as_bytes(), &parsed).is_ok())
            })
            .await?
            .ok_or(Failure::Internal("a stored password hash cannot be read"))?;
        Ok(exists && matches)
    }

    /// Whether `stored` was made with weaker parameters than today's.
    pub fn is_outdated(stored: &str) -> bool {
        let parsed = PasswordHash::new(stored).ok();
        let params = parsed.as_ref().and_then(|hash| Params::try_from(hash).ok());
        params.is_none_or(|params| {
            let today = Params::DEFAULT;
            params.m_cost() < today.m_cost()
                || params.t_cost() < today.t_cost()
                || params.p_cost() < today.p_cost()
        })
    }

    async fn compute<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Outcome<T> {
        let busy = || Failure::Refused(Error::TooFast { retry_in: 2 });
        let _waiting = self.waiting.try_acquire().map_err(|_| busy())?;
        let place = tokio::time::timeout(PATIENCE, self.places.clone().acquire_owned()).await;
        let place = place.map_err(|_| busy())?.map_err(|_| Failure::Stopping)?;

        let done = tokio::task::spawn_blocking(move || {
            // Held by the work, not by who waits for it: a client that goes away frees no core.
            let _place = place;
            work()
        });
        done.await.map_err(|_| Failure::Panicked)
    }
}

/// Argon2id, 19 MiB, 2 passes, 1 lane: the first choice of OWASP's password storage cheat sheet.
fn argon2() -> Argon2<'static> {
    Argon2::default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(typed: &str) -> Option<Why> {
        match Password::new(typed, &["amina", "amina@example.org"]) {
            Err(Error::Invalid { field: Field::Password, why }) => Some(why),
            _ => None,
        }
    }

    #[test]
    fn length_is_measured_in_characters_and_nothing_is_cut_off() {
        assert_eq!(why(""), Some(Why::Missing));
        assert_eq!(why("elevenchars"), Some(Why::TooShort { at_least: 12 }));
        assert_eq!(why("tea at five, as ever"), None);
        assert_eq!(why("水曜日の朝に濃いお茶を二杯"), None);
        assert_eq!(why(&"qz7 ".repeat(65)), Some(Why::TooLong { at_most: 256 }));
        assert_eq!(why(&"x".repeat(1_000_000)), Some(Why::TooLong { at_most: 256 }));
    }

    #[test]
    fn what_anyone_would_guess_first_is_refused() {
        for typed in ["123456789012", "aaaaaaaaaaaa", "passwordpassword", "qwertyuiop12", "amina@example.org"]
        {
            assert_eq!(why(typed), Some(Why::Guessable), "{typed}");
        }
    }

    #[tokio::test]
    async fn composed_and_decomposed_letters_are_the_same_password() {
        let passwords = Passwords::new().expect("hashing works");
        let stored = passwords
            .hash(Password::new("caf\u{e9} cr\u{e8}me, svp", &[]).expect("taken"))
            .await
            .expect("hashed");
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");

        let typed = |text: &str| Password::typed(text).expect("short enough");
        let decomposed = typed("cafe\u{301} cre\u{300}me, svp");
        assert!(passwords.verify(decomposed, Some(stored.clone())).await.expect("verified"));
        assert!(!passwords.verify(typed("Caf\u{e9} cr\u{e8}me, svp"), Some(stored)).await.expect("verified"));
        assert!(!passwords.verify(typed("anything at all"), None).await.expect("verified"));
    }

    #[tokio::test]
    async fn passwords_that_share_their_first_72_bytes_are_different() {
        let passwords = Passwords::new().expect("hashing works");
        let long = |end: &str| format!("{}{end}", "tea at five, as ever; ".repeat(5));
        let stored = passwords.hash(Password::new(&long("a"), &[]).expect("taken")).await.expect("hashed");
        let other = Password::typed(&long("b")).expect("short enough");
        assert!(!passwords.verify(other, Some(stored)).await.expect("verified"));
    }

    #[test]
    fn weaker_hashes_are_outdated() {
        let hash = |params| {
            format!(
                "$argon2id$v=19${params}$c29tZXNhbHRzb21lc2FsdA$qLml5cbqFAO6YxVHhrSBHP0UWdxrIxkNcM8aMX3blzU"
            )
        };
        assert!(!Passwords::is_outdated(&hash("m=19456,t=2,p=1")));
        assert!(Passwords::is_outdated(&hash("m=8192,t=2,p=1")));
        assert!(Passwords::is_outdated("$2b$12$nothing"));
    }
}
