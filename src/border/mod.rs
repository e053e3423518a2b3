//! How our own pages call server functions: a form goes out and JSON comes back, as for every other client.
//!
//! Leptos' own way to do this is made for any kind of encoding, and each function brings its own copy of it.
//! Here there is one plain function in the browser, and answers stay text until somebody reads them.

pub mod reading;

use std::{convert::Infallible, fmt, future::Future, marker::PhantomData, str::FromStr};

use leptos::server_fn::{
    ContentType, Protocol,
    client::Client,
    codec::{Encoding, FromReq, JsonEncoding},
    response::TryRes,
    server::Server,
};
use serde::{Serialize, de::DeserializeOwned};

use crate::{browser::http, error::Error};

/// An answer of the type `T`, written as JSON and not read yet.
#[derive(Clone, PartialEq, Eq)]
pub struct Json<T> {
    text: String,
    of: PhantomData<fn() -> T>,
}

impl<T: Serialize> Json<T> {
    /// Writes `value`.
    pub fn of(value: &T) -> Self {
        let text = serde_json::to_string(value).expect("an answer is made of names, texts and numbers");
        Self::from_text(text)
    }
}

impl<T: DeserializeOwned> Json<T> {
    /// Reads it.
    ///
    /// # Errors
    /// `Unavailable` if it is not a `T`: whatever wrote it, it was not this server.
    #[inline(never)]
    pub fn read(&self) -> Result<T, Error> {
        let text = &self.text;
        // The server need not be small, but what it reads a browser has to be able to.
        let is_browser = cfg!(target_arch = "wasm32");
        let read = if is_browser { reading::read(text).ok() } else { serde_json::from_str(text).ok() };
        debug_assert_eq!(reading::read::<T>(text).is_ok(), read.is_some(), "{text}");
        read.ok_or(Error::Unavailable)
    }
}

impl<T> Json<T> {
    /// Takes `text` for what it should be.
    pub const fn from_text(text: String) -> Self {
        Self { text, of: PhantomData }
    }

    /// As it was written.
    pub fn into_text(self) -> String {
        self.text
    }
}

impl<T> fmt::Display for Json<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl<T> FromStr for Json<T> {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self::from_text(text.to_owned()))
    }
}

impl<T> fmt::Debug for Json<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Json").field(&self.text).finish()
    }
}

/// How a function that answers with [`Json`], or with nothing, is called: with `PostUrl` if it changes something, else with `GetUrl`.
pub struct Call<How>(PhantomData<How>);

impl<How, Input, T, C, S> Protocol<Input, Json<T>, C, S, Error> for Call<How>
where
    How: Encoding,
    Input: Serialize + FromReq<How, S::Request, Error> + Send,
    C: Client<Error>,
    S: Server<Error>,
{
    const METHOD: ::http::Method = How::METHOD;

    async fn run_server<F, Fut>(request: S::Request, function: F) -> Result<S::Response, Error>
    where
        F: Fn(Input) -> Fut + Send,
        Fut: Future<Output = Result<Json<T>, Error>> + Send,
    {
        let input = Input::from_req(request).await?;
        let answer = function(input).await?;
        S::Response::try_from_string(JsonEncoding::CONTENT_TYPE, answer.text)
    }

    async fn run_client(url: &str, input: Input) -> Result<Json<T>, Error> {
        let arguments = Json::of(&input).text;
        http::call(How::METHOD.as_str(), url, &arguments).await.map(Json::from_text)
    }
}

impl<How, Input, C, S> Protocol<Input, (), C, S, Error> for Call<How>
where
    How: Encoding,
    Input: Serialize + FromReq<How, S::Request, Error> + Send,
    C: Client<Error>,
    S: Server<Error>,
{
    const METHOD: ::http::Method = How::METHOD;

    async fn run_server<F, Fut>(request: S::Request, function: F) -> Result<S::Response, Error>
    where
        F: Fn(Input) -> Fut + Send,
        Fut: Future<Output = Result<(), Error>> + Send,
    {
        let input = Input::from_req(request).await?;
        function(input).await?;
        S::Response::try_from_string(JsonEncoding::CONTENT_TYPE, Json::of(&()).text)
    }

    async fn run_client(url: &str, input: Input) -> Result<(), Error> {
        http::call(How::METHOD.as_str(), url, &Json::of(&input).text).await.map(drop)
    }
}
