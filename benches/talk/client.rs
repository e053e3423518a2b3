//! A connection that speaks HTTP, and people who are logged in.

use http_body_util::{BodyExt, Full};
use hyper::{
    Method, Request, StatusCode,
    body::Bytes,
    client::conn::http1::{self, SendRequest},
    header,
};
use hyper_util::rt::TokioIo;
use salon::messages::Message;
use serde::de::DeserializeOwned;
use tokio::net::TcpStream;

use crate::{Failure, check};

/// A body of 60 characters.
pub const BODY: &str = "Sixty characters are about what one says in one breath: yes.";

/// One connection: one request after the other.
pub struct Line {
    sender: SendRequest<Full<Bytes>>,
    pub origin: String,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: header::HeaderMap,
    pub body: Bytes,
}

/// Somebody who is logged in.
#[derive(Debug, Clone, Default)]
pub struct Person {
    pub name: String,
    /// As the browser sends it.
    pub cookie: String,
}

impl Line {
    pub async fn open(origin: &str) -> Result<Self, Failure> {
        let address = origin.strip_prefix("http://").ok_or("an origin")?;
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        tokio::spawn(async move { drop(connection.await) });
        Ok(Self { sender, origin: origin.to_owned() })
    }

    /// Sends a request with this body and reads the whole answer.
    pub async fn ask(
        &mut self,
        method: Method,
        path: &str,
        headers: &[(header::HeaderName, &str)],
        body: impl Into<Bytes>,
    ) -> Result<Answer, Failure> {
        let host = self.origin.trim_start_matches("http://");
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, host);
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        self.sender.ready().await?;
        let answer = self.sender.send_request(request.body(Full::new(body.into()))?).await?;
        let (parts, body) = answer.into_parts();
        Ok(Answer { status: parts.status, headers: parts.headers, body: body.collect().await?.to_bytes() })
    }

    /// A page or file as a browser asks for it.
    pub async fn get(&mut self, path: &str, cookie: &str, encoding: &str) -> Result<Answer, Failure> {
        let headers = [
            (header::ACCEPT, "text/html"),
            (header::COOKIE, cookie),
            (header::ACCEPT_ENCODING, encoding),
            (header::HeaderName::from_static("sec-fetch-site"), "same-origin"),
        ];
        let answer = self.ask(Method::GET, path, &headers, Bytes::new()).await?;
        check(answer.status == StatusCode::OK, || format!("{path} answers {}", answer.status))?;
        Ok(answer)
    }
}

impl Person {
    /// A new account.
    pub async fn signs_up(line: &mut Line, name: &str) -> Result<Self, Failure> {
        let mut person = Self { name: name.to_owned(), cookie: String::new() };
        let email = format!("{name}@example.org");
        let fields = [("username", name), ("email", &email), ("password", "tea at five, as ever")];
        let answer = person.does(line, "sign_up", &fields).await?;
        let cookie = answer.headers.get(header::SET_COOKIE).ok_or("no session")?.to_str()?;
        person.cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        Ok(person)
    }

    /// Calls a server function that changes something.
    pub async fn does(
        &self,
        line: &mut Line,
        verb: &str,
        fields: &[(&str, &str)],
    ) -> Result<Answer, Failure> {
        let origin = line.origin.clone();
        let headers = [
            (header::ACCEPT, "application/json"),
            (header::CONTENT_TYPE, "application/x-www-form-urlencoded"),
            (header::ORIGIN, &origin),
            (header::COOKIE, &self.cookie),
        ];
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let answer = line.ask(Method::POST, &format!("/do/{verb}"), &headers, body).await?;
        check(answer.status.is_success(), || {
            format!("{verb} answers {}: {}", answer.status, String::from_utf8_lossy(&answer.body))
        })?;
        Ok(answer)
    }

    /// Calls a server function that reads.
    pub async fn reads<T: DeserializeOwned>(&self, line: &mut Line, query: &str) -> Result<T, Failure> {
        let headers = [(header::ACCEPT, "application/json"), (header::COOKIE, &self.cookie)];
        let answer = line.ask(Method::GET, &format!("/read/{query}"), &headers, Bytes::new()).await?;
        check(answer.status.is_success(), || format!("{query} answers {}", answer.status))?;
        Ok(serde_json::from_slice(&answer.body)?)
    }

    /// Sends [`BODY`] under a key; the message as it is stored.
    pub async fn posts(&self, line: &mut Line, conversation: i64, key: &str) -> Result<Message, Failure> {
        let conversation = conversation.to_string();
        let fields = [("conversation", conversation.as_str()), ("key", key), ("body", BODY)];
        let answer = self.does(line, "send_message", &fields).await?;
        let message: Message = serde_json::from_slice(&answer.body)?;
        check(message.key.as_str() == key && message.body == BODY, || format!("{key} came back as another"))?;
        Ok(message)
    }
}
