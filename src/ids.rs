//! Identifiers: numbers that sort by the time they were made and that JavaScript can hold exactly.
//!
//! Only `server/mint.rs` makes new ones, except for [`ClientKey`], which the sender chooses.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, de};

/// The largest integer that a JavaScript number holds without loss (`Number.MAX_SAFE_INTEGER`).
pub const LARGEST: i64 = (1 << 53) - 1;

/// What was given is not an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier")]
pub struct NotAnId;

/// Reads a number, or the same written in digits: the keys of a JSON object and the fields of a form are text.
struct NumberOrDigits;

impl de::Visitor<'_> for NumberOrDigits {
    type Value = i64;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "an integer between 1 and {LARGEST}")
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<i64, E> {
        Ok(number)
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<i64, E> {
        i64::try_from(number).map_err(E::custom)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<i64, E> {
        digits(text).map_err(E::custom)
    }
}

/// Takes plain decimal digits only, so that one thing has one address.
fn digits(text: &str) -> Result<i64, NotAnId> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    if !plain {
        return Err(NotAnId);
    }
    text.parse().map_err(|_| NotAnId)
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(i64);

        impl $name {
            /// The bare number, between 1 and [`LARGEST`].
            pub const fn get(self) -> i64 {
                self.0
            }
        }

        impl TryFrom<i64> for $name {
            type Error = NotAnId;

            fn try_from(number: i64) -> Result<Self, NotAnId> {
                if (1..=LARGEST).contains(&number) { Ok(Self(number)) } else { Err(NotAnId) }
            }
        }

        impl From<$name> for i64 {
            fn from(id: $name) -> i64 {
                id.0
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                digits(text)?.try_into()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(formatter)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(NumberOrDigits)?.try_into().map_err(de::Error::custom)
            }
        }
    };
}

id!(
    /// Names a person's account.
    AccountId
);
id!(
    /// Names a conversation: a place where messages stand in one order.
    ConversationId
);
id!(
    /// Names a message, everywhere.
    MessageId
);
id!(
    /// Names something that others did and that concerns somebody.
    ActivityId
);
id!(
    /// Names a message that somebody is to be reminded of, as they set it last.
    ReminderId
);
id!(
    /// Names a message that waits to be sent.
    ScheduledId
);
id!(
    /// Names a space: channels gathered under one roof.
    SpaceId
);
id!(
    /// Names an invitation: a link by which people come in.
    InvitationId
);
id!(
    /// Names a token by which a program acts for somebody.
    AccessTokenId
);
id!(
    /// Names a webhook, in either direction.
    WebhookId
);
id!(
    /// Names the tokens that one log-in of a program leads to, one after the other.
    TokenFamilyId
);
id!(
    /// Names a channel of a space. It has one conversation.
    ChannelId
);

/// Chosen by the sender, once per message: sending again with the same key stores nothing twice.
///
/// 16 to 64 characters of `A-Z a-z 0-9 - _`; ours are 128 random bits in 22 of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ClientKey(String);

impl ClientKey {
    const ALPHABET: &'static [u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /// Writes 128 random bits as a key.
    pub fn from_random(bits: [u8; 16]) -> Self {
        let number = u128::from_be_bytes(bits);
        let digit = |place: u32| Self::ALPHABET[(number.checked_shr(place * 6).unwrap_or(0) & 63) as usize];
        Self((0..22).map(|place| char::from(digit(place))).collect())
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ClientKey {
    type Error = NotAnId;

    fn try_from(text: String) -> Result<Self, NotAnId> {
        let fits = (16..=64).contains(&text.len()) && text.bytes().all(|byte| Self::ALPHABET.contains(&byte));
        if fits { Ok(Self(text)) } else { Err(NotAnId) }
    }
}

impl From<ClientKey> for String {
    fn from(key: ClientKey) -> Self {
        key.0
    }
}

impl fmt::Display for ClientKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_positive_number_that_javascript_holds() {
        assert!(AccountId::try_from(0).is_err());
        assert!(AccountId::try_from(-1).is_err());
        assert!(AccountId::try_from(LARGEST).is_ok());
        assert!(AccountId::try_from(LARGEST + 1).is_err());
    }

    #[test]
    fn an_id_has_one_spelling() {
        for text in ["", "0", "01", "+1", " 1", "1.0", "1e3", "-1", "9007199254740992", "٣"] {
            assert!(text.parse::<MessageId>().is_err(), "{text:?} was taken for an id");
        }
        assert_eq!("9007199254740991".parse::<MessageId>().map(MessageId::get), Ok(LARGEST));
    }

    #[test]
    fn an_id_beyond_the_limit_is_refused_in_json_too() {
        assert!(serde_json::from_str::<AccountId>("9007199254740992").is_err());
        assert!(serde_json::from_str::<AccountId>("1.5").is_err());
    }

    #[test]
    fn a_random_key_is_a_valid_key() {
        for bits in [[0; 16], [255; 16], *b"0123456789abcdef"] {
            let key = ClientKey::from_random(bits);
            assert_eq!(ClientKey::try_from(key.to_string()), Ok(key));
        }
        assert_ne!(ClientKey::from_random([0; 16]), ClientKey::from_random([255; 16]));
    }

    #[test]
    fn a_key_holds_only_plain_characters_within_its_length() {
        for text in ["", "short", "spaces are not fine", "x\0xxxxxxxxxxxxxxxx", &"x".repeat(65)] {
            assert!(ClientKey::try_from(text.to_owned()).is_err(), "{text:?} was taken for a key");
        }
    }
}
