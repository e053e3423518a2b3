//! How a receiver knows that a webhook is ours, and that nobody changed it: [Standard
//! Webhooks](https://www.standardwebhooks.com), for which there are libraries in most languages.

use std::fmt;

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Names the webhook: the same in every attempt, so that a receiver who has it already can tell.
pub const ID: &str = "webhook-id";

/// When this attempt was made, in seconds since 1970: receivers refuse old ones.
pub const TIMESTAMP: &str = "webhook-timestamp";

/// What [`Secret::sign`] says of it.
pub const SIGNATURE: &str = "webhook-signature";

/// In front of a secret, so that people and scanners of leaks know one.
const PREFIX: &str = "whsec_";

/// Bytes of a new key; the specification wants 24 to 64.
const KEY: usize = 32;

/// What a receiver shares with us. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Vec<u8>);

impl Secret {
    /// A new one, that nobody guesses.
    pub fn random() -> Self {
        Self(rand::random::<[u8; KEY]>().into())
    }

    /// One that [`Secret::reveal`] wrote; none if it did not.
    pub fn stored(text: &str) -> Option<Self> {
        let key = STANDARD.decode(text.strip_prefix(PREFIX)?).ok()?;
        (24..=64).contains(&key.len()).then_some(Self(key))
    }

    /// As the receiver wants it.
    pub fn reveal(&self) -> String {
        format!("{PREFIX}{}", STANDARD.encode(&self.0))
    }

    /// The signature of one attempt, as it stands in its header.
    pub fn sign(&self, id: &str, timestamp_seconds: i64, body: &[u8]) -> String {
        let mut mac =
            <Hmac<Sha256> as KeyInit>::new_from_slice(&self.0).expect("HMAC takes keys of any length");
        mac.update(format!("{id}.{timestamp_seconds}.").as_bytes());
        mac.update(body);
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";

    fn published() -> Secret {
        Secret::stored("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").expect("a secret")
    }

    #[test]
    fn it_signs_as_the_specification_does() {
        let signature = published().sign(ID, 1_614_265_330, br#"{"test": 2432232314}"#);
        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn a_signature_is_of_this_attempt_alone() {
        let signature = published().sign(ID, 1, b"body");
        assert_eq!(signature, published().sign(ID, 1, b"body"));
        for other in [
            published().sign("msg_other", 1, b"body"),
            published().sign(ID, 2, b"body"),
            published().sign(ID, 1, b"Body"),
            Secret::random().sign(ID, 1, b"body"),
        ] {
            assert_ne!(signature, other);
        }
    }

    #[test]
    fn a_secret_comes_back_from_where_it_is_stored() {
        let secret = Secret::random();
        let text = secret.reveal();
        assert_eq!(text.len(), "whsec_".len() + 44);
        assert_eq!(Secret::stored(&text), Some(secret.clone()));
        assert_ne!(Secret::random(), secret);
        assert_eq!(format!("{secret:?}"), "Secret");
    }

    #[test]
    fn what_is_no_secret_is_not_taken_for_one() {
        let (short, long) = (STANDARD.encode([1; 23]), STANDARD.encode([1; 65]));
        for text in [
            "",
            "whsec_",
            "whsec_?",
            &text_without_prefix(),
            &format!("whsec_{short}"),
            &format!("whsec_{long}"),
        ] {
            assert_eq!(Secret::stored(text), None, "{text}");
        }
    }

    fn text_without_prefix() -> String {
        published().reveal().replace(PREFIX, "")
    }
}
