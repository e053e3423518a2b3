//! Access tokens that say themselves whose they are: JSON Web Tokens (RFC 7519), signed with HMAC-SHA-256 (RFC 7515, RFC 7518).
//!
//! One algorithm, whatever a token's header says: a token is what this server would have written, to the last byte, or
//! it is none.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use super::families::Audience;
use crate::{
    ids::{AccountId, TokenFamilyId},
    server::crypto::Keyring,
    time::Timestamp,
};

/// So long one key signs (milliseconds). What it signed is good until it ends: no token lives nearly as long.
const PERIOD: i64 = 30 * 86_400_000;

/// Bytes that a token may have.
const LONGEST: usize = 1_024;

/// RFC 9068, section 2.1, for the type; `kid` says which key of the ring signed.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    alg: Algorithm,
    typ: Type,
    kid: String,
}

#[derive(Debug, Serialize, Deserialize)]
enum Algorithm {
    HS256,
}

#[derive(Debug, Serialize, Deserialize)]
enum Type {
    #[serde(rename = "at+jwt")]
    AccessToken,
}

/// What a token says (RFC 7519, section 4.1), in seconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claims {
    /// Whose it is.
    sub: String,
    /// Whose contract the program speaks.
    aud: String,
    /// The family: without it in the store, the token opens nothing.
    sid: TokenFamilyId,
    /// Unlike every other token.
    jti: String,
    iat: i64,
    exp: i64,
}

impl Claims {
    /// Of a token that is good from `now` on.
    pub fn new(account: AccountId, family: TokenFamilyId, audience: Audience, now: Timestamp) -> Self {
        let iat = now.millis().div_euclid(1_000);
        Self {
            sub: account.to_string(),
            aud: audience.code().to_owned(),
            sid: family,
            jti: crate::ids::ClientKey::from_random(rand::random()).to_string(),
            iat,
            exp: iat + i64::from(audience.seconds()),
        }
    }

    /// The account and the family, if it is for this audience and has not ended.
    fn holds(&self, audience: Audience, now: Timestamp) -> Option<(AccountId, TokenFamilyId)> {
        let is_good = self.aud == audience.code() && now.millis() < self.exp.checked_mul(1_000)?;
        Some((self.sub.parse().ok()?, self.sid)).filter(|_| is_good)
    }
}

/// The key that signs at `now`, and the one before.
const fn keys_at(now: Timestamp) -> [i64; 2] {
    let current = now.millis().div_euclid(PERIOD);
    [current, current - 1]
}

/// What the key called `kid` makes of the part that is signed.
fn mac(keyring: &Keyring, kid: i64, signed: &str) -> Hmac<Sha256> {
    let key = keyring.digest(&[b"access token", &kid.to_be_bytes()]);
    let mut mac = Hmac::new_from_slice(&key).expect("HMAC takes keys of any length");
    mac.update(signed.as_bytes());
    mac
}

/// A token that says `claims`.
pub fn sign(keyring: &Keyring, claims: &Claims, now: Timestamp) -> String {
    let [kid, _] = keys_at(now);
    let header = Header { alg: Algorithm::HS256, typ: Type::AccessToken, kid: kid.to_string() };
    let part = |json: serde_json::Result<Vec<u8>>| {
        URL_SAFE_NO_PAD.encode(json.expect("names and numbers can be written"))
    };
    let signed = format!("{}.{}", part(serde_json::to_vec(&header)), part(serde_json::to_vec(claims)));
    let signature = URL_SAFE_NO_PAD.encode(mac(keyring, kid, &signed).finalize().into_bytes());
    format!("{signed}.{signature}")
}

/// Whose a token is, and of which family; none unless this server signed it for this audience and it has not ended.
pub fn verify(
    keyring: &Keyring,
    token: &str,
    audience: Audience,
    now: Timestamp,
) -> Option<(AccountId, TokenFamilyId)> {
    let (signed, signature) = token.rsplit_once('.').filter(|_| token.len() <= LONGEST)?;
    let (header, claims) = signed.split_once('.')?;
    // Spare bits at the end must be zero: this decoder takes nothing else.
    let header: Header = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).ok()?).ok()?;
    let kid = keys_at(now).into_iter().find(|kid| kid.to_string() == header.kid)?;
    // In constant time.
    mac(keyring, kid, signed).verify_slice(&URL_SAFE_NO_PAD.decode(signature).ok()?).ok()?;
    let claims: Claims = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()?;
    claims.holds(audience, now)
}
