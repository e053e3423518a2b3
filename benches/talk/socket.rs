//! As much of WebSocket as a listener needs. By hand, so that listening costs little and every byte is counted.

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::{Failure, check};

/// First bytes of what a server sends: a whole text, a close, a ping. And of our answer to a ping.
const TEXT: u8 = 0x81;
const CLOSE: u8 = 0x88;
const PING: u8 = 0x89;
const PONG: u8 = 0x8A;

/// A listener.
pub struct Socket {
    stream: TcpStream,
    /// What has arrived and is not read yet stands behind `read`.
    buffer: Vec<u8>,
    read: usize,
}

/// One text frame.
pub struct Frame<'a> {
    pub text: &'a [u8],
    /// With its header; without what TCP and IP add.
    pub bytes: usize,
}

impl Socket {
    /// Opens `path` as a browser with this cookie, from one of the server's own pages.
    pub async fn open(origin: &str, path: &str, cookie: &str) -> Result<Self, Failure> {
        let host = origin.strip_prefix("http://").ok_or("an origin")?;
        let mut stream = TcpStream::connect(host).await?;
        stream.set_nodelay(true)?;
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\nCookie: {cookie}\r\nConnection: Upgrade\r\n\
             Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
             Sec-WebSocket-Protocol: salon.v1\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).await?;

        let mut socket = Self { stream, buffer: Vec::with_capacity(4 * 1024), read: 0 };
        let end = loop {
            let found = socket.buffer.windows(4).position(|part| part == b"\r\n\r\n");
            match found {
                Some(end) => break end,
                None => socket.receive().await?,
            }
        };
        let accepted = socket.buffer.starts_with(b"HTTP/1.1 101");
        check(accepted, || format!("no socket: {}", String::from_utf8_lossy(&socket.buffer[..end])))?;
        socket.read = end + 4;
        Ok(socket)
    }

    /// The next text; pings are answered.
    pub async fn frame(&mut self) -> Result<Frame<'_>, Failure> {
        loop {
            let Some((first, start, end)) = self.whole_frame() else {
                self.receive().await?;
                continue;
            };
            let begun = std::mem::replace(&mut self.read, end);
            match first {
                TEXT => return Ok(Frame { text: &self.buffer[start..end], bytes: end - begun }),
                PING => self.pong(start, end).await?,
                CLOSE => return Err("the server closed a socket".into()),
                other => return Err(format!("a frame that begins with {other:#x}").into()),
            }
        }
    }

    /// The first byte of the next frame and where its content begins and ends, once all of it is here.
    fn whole_frame(&self) -> Option<(u8, usize, usize)> {
        let waiting = &self.buffer[self.read..];
        let (header, length) = match *waiting {
            [_, 126, high, low, ..] => (4, usize::from(u16::from_be_bytes([high, low]))),
            // Longer ones do not come: the largest frame is 64 KiB, and what is measured is small.
            [_, length @ 0..126, ..] => (2, usize::from(length)),
            _ => return None,
        };
        let start = self.read + header;
        (waiting.len() >= header + length).then_some((waiting[0], start, start + length))
    }

    async fn receive(&mut self) -> Result<(), Failure> {
        self.buffer.drain(..self.read);
        self.read = 0;
        let count = self.stream.read_buf(&mut self.buffer).await?;
        check(count > 0, || "the server left a socket".to_owned())
    }

    /// Clients mask what they send; a mask of zeros leaves it as it is.
    async fn pong(&mut self, start: usize, end: usize) -> Result<(), Failure> {
        let length = u8::try_from(end - start)?;
        let mut pong = vec![PONG, 0x80 | length, 0, 0, 0, 0];
        pong.extend_from_slice(&self.buffer[start..end]);
        self.stream.write_all(&pong).await?;
        Ok(())
    }
}
