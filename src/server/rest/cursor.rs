//! Where a list goes on: opaque to programs, and good for nothing but the list and the person that it was made for.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::problem::Problem;
use crate::server::caller::Caller;

/// Bytes of the keyed hash that stand in a cursor: 128 bits.
const SEAL: usize = 16;

/// A place in a list, which only the list understands.
pub trait Place: Sized {
    fn bytes(&self) -> Vec<u8>;
    fn read(bytes: &[u8]) -> Option<Self>;
}

impl<const COUNT: usize> Place for [i64; COUNT] {
    fn bytes(&self) -> Vec<u8> {
        self.iter().flat_map(|number| number.to_be_bytes()).collect()
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let (numbers, rest) = bytes.as_chunks();
        let numbers: Vec<i64> = numbers.iter().map(|number| i64::from_be_bytes(*number)).collect();
        numbers.try_into().ok().filter(|_| rest.is_empty())
    }
}

impl Place for String {
    fn bytes(&self) -> Vec<u8> {
        self.as_bytes().to_vec()
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        Self::from_utf8(bytes.to_vec()).ok()
    }
}

/// A place in the list called `list`.
pub fn write(caller: &Caller, list: &str, place: &impl Place) -> String {
    let mut cursor = place.bytes();
    let seal = seal(caller, list, &cursor);
    cursor.extend(&seal[..SEAL]);
    URL_SAFE_NO_PAD.encode(cursor)
}

/// The place in the list called `list` that `cursor` names.
///
/// # Errors
/// [`Problem::Cursor`] for what was not written for this list and this person, to the last bit.
pub fn read<P: Place>(caller: &Caller, list: &str, cursor: &str) -> Result<P, Problem> {
    let read = || {
        let cursor = URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let (place, sealed) = cursor.split_last_chunk::<SEAL>()?;
        // Not a secret that could be guessed bit by bit: whoever asks has the list anyway.
        P::read(place).filter(|_| sealed == &seal(caller, list, place)[..SEAL])
    };
    read().ok_or(Problem::Cursor)
}

fn seal(caller: &Caller, list: &str, place: &[u8]) -> Vec<u8> {
    caller.app.keyring.digest(&[b"cursor", list.as_bytes(), &caller.account.get().to_be_bytes(), place])
}
