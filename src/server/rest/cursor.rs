//! Where a list goes on: opaque to programs, and good for nothing but the list and the person that it was made for.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::problem::Problem;
use crate::{
    error::{Error, Field, Why},
    server::caller::Caller,
};

/// Bytes of the keyed hash that stand in a cursor: 128 bits.
const SEAL: usize = 16;

/// A place in the list called `list`: two numbers, which only the list understands.
pub fn write(caller: &Caller, list: &str, place: [i64; 2]) -> String {
    let bytes = bytes(place);
    let mut cursor = bytes.to_vec();
    cursor.extend(&seal(caller, list, &bytes)[..SEAL]);
    URL_SAFE_NO_PAD.encode(cursor)
}

/// The place in the list called `list` that `cursor` names.
///
/// # Errors
/// `Invalid` for what was not written for this list and this person, to the last bit.
pub fn read(caller: &Caller, list: &str, cursor: &str) -> Result<[i64; 2], Problem> {
    let refused = || Problem::from(Error::invalid(Field::Form, Why::Shape));
    let cursor = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| refused())?;
    let (first, rest) = cursor.split_first_chunk::<8>().ok_or_else(refused)?;
    let (second, sealed) = rest.split_first_chunk::<8>().ok_or_else(refused)?;
    let place = [i64::from_be_bytes(*first), i64::from_be_bytes(*second)];
    // Not a secret that could be guessed bit by bit: whoever asks has the list anyway.
    if sealed == &seal(caller, list, &bytes(place))[..SEAL] { Ok(place) } else { Err(refused()) }
}

fn bytes([first, second]: [i64; 2]) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&first.to_be_bytes());
    bytes[8..].copy_from_slice(&second.to_be_bytes());
    bytes
}

fn seal(caller: &Caller, list: &str, place: &[u8]) -> Vec<u8> {
    caller.app.keyring.digest(&[b"cursor", list.as_bytes(), &caller.account.get().to_be_bytes(), place])
}
