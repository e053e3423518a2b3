//! An address that somebody typed, once it has the form of one.

use std::{fmt, net::IpAddr};

use http::{HeaderValue, Uri, uri::PathAndQuery};
use url::{Host, Position, Url};

/// Bytes of an address.
const LONGEST: usize = 2_000;

/// Where to call: http or https, without user information. Whether it may be called is for
/// [`Outbound`](super::Outbound) to say.
///
/// Hosts are read as browsers read them: `127.1`, `0x7f000001` and `①②⑦.1` are all the address 127.0.0.1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    url: Url,
    uri: Uri,
    path: PathAndQuery,
    authority: HeaderValue,
}

/// It is not the address of something that can be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an address is http:// or https://, a host and a path, without a user, in at most {LONGEST} bytes")]
pub struct NoTarget;

impl Target {
    /// # Errors
    /// If it is too long, or not the address of something that can be called.
    pub fn parse(text: &str) -> Result<Self, NoTarget> {
        let mut url = Some(text).filter(|text| text.len() <= LONGEST).and_then(|text| Url::parse(text).ok());
        let url = url.as_mut().ok_or(NoTarget)?;
        // Never sent, by anybody.
        url.set_fragment(None);
        let is_web = matches!(url.scheme(), "http" | "https") && url.has_host();
        let is_plain = url.username().is_empty() && url.password().is_none();
        // Once more: what is not ASCII is longer as it is written.
        if !is_web || !is_plain || url.as_str().len() > LONGEST {
            return Err(NoTarget);
        }

        let uri: Uri = url.as_str().parse().map_err(|_| NoTarget)?;
        let authority = &url[Position::BeforeHost..Position::AfterPort];
        Ok(Self {
            path: uri.path_and_query().cloned().ok_or(NoTarget)?,
            authority: HeaderValue::from_str(authority).map_err(|_| NoTarget)?,
            uri,
            url: url.clone(),
        })
    }

    /// As it is kept and shown: what was typed, written as everybody writes it.
    pub fn as_str(&self) -> &str {
        self.url.as_str()
    }

    /// The host, in small letters.
    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    pub(super) fn port(&self) -> u16 {
        self.url.port_or_known_default().unwrap_or_default()
    }

    /// The address, if that is what stands in place of a name.
    pub(super) fn literal(&self) -> Option<IpAddr> {
        match self.url.host()? {
            Host::Ipv4(address) => Some(address.into()),
            Host::Ipv6(address) => Some(address.into()),
            Host::Domain(_) => None,
        }
    }

    pub(super) fn uri(&self) -> &Uri {
        &self.uri
    }

    pub(super) fn path(&self) -> PathAndQuery {
        self.path.clone()
    }

    /// The host, and the port if it is not the usual one.
    pub(super) fn authority(&self) -> &HeaderValue {
        &self.authority
    }
}

impl fmt::Display for Target {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> Option<String> {
        Target::parse(text).ok().map(|target| target.to_string())
    }

    #[test]
    fn an_address_is_kept_as_everybody_writes_it() {
        for (typed, kept) in [
            ("https://example.org", "https://example.org/"),
            ("HTTPS://Example.ORG:443/a b?c=é#d", "https://example.org/a%20b?c=%C3%A9"),
            ("http://example.org:8080/x", "http://example.org:8080/x"),
            ("https://bücher.example/", "https://xn--bcher-kva.example/"),
            ("http://[2606:4700:0:0::1111]/", "http://[2606:4700::1111]/"),
        ] {
            assert_eq!(written(typed).as_deref(), Some(kept), "{typed}");
        }
    }

    #[test]
    fn what_cannot_be_called_is_no_target() {
        for typed in [
            "",
            "example.org",
            "/path",
            "//example.org/",
            "https://",
            "https:///",
            "ftp://example.org/",
            "gopher://example.org/",
            "file:///etc/passwd",
            "file://example.org/etc/passwd",
            "unix:/run/salon.sock",
            "data:text/plain,x",
            "javascript:alert(1)",
            "ws://example.org/",
            "https://user@example.org/",
            "https://user:password@example.org/",
            "https://:password@example.org/",
            "https://example.org@127.0.0.1/",
            "https://example.org:65536/",
            "https://exa mple.org/",
            "https://1.2.3.256/",
            "https://[::1/",
            "https://[fe80::1%25eth0]/",
        ] {
            assert_eq!(written(typed), None, "{typed}");
        }
    }

    #[test]
    fn an_address_is_not_long_as_typed_nor_as_written() {
        let with = |path: &str| written(&format!("https://example.org/{path}"));
        assert!(with(&"a".repeat(LONGEST - 20)).is_some());
        assert!(with(&"a".repeat(LONGEST - 19)).is_none());
        assert!(with(&"é".repeat(400)).is_none(), "six bytes each, once they are written");
    }

    #[test]
    fn every_spelling_of_an_address_is_that_address() {
        for (typed, address) in [
            ("127.0.0.1", "127.0.0.1"),
            ("127.1", "127.0.0.1"),
            ("127.0.1", "127.0.0.1"),
            ("0", "0.0.0.0"),
            ("0x7f000001", "127.0.0.1"),
            ("0x7f.1", "127.0.0.1"),
            ("0177.0.0.1", "127.0.0.1"),
            ("017700000001", "127.0.0.1"),
            ("2130706433", "127.0.0.1"),
            ("127.0.0.1.", "127.0.0.1"),
            ("127.0.0.%31", "127.0.0.1"),
            ("①②⑦.0.0.1", "127.0.0.1"),
            ("127。0。0。1", "127.0.0.1"),
            ("[::1]", "::1"),
            ("[0:0:0:0:0:0:0:1]", "::1"),
            ("[::ffff:127.0.0.1]", "::ffff:127.0.0.1"),
        ] {
            let target = Target::parse(&format!("http://{typed}/")).expect(typed);
            assert_eq!(target.literal(), Some(address.parse().expect("an address")), "{typed}");
        }
        assert_eq!(Target::parse("http://localhost/").expect("a target").literal(), None);
    }
}
