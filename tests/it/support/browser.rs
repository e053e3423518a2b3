//! What a browser does: it keeps cookies, follows no redirect unasked, and says where a request comes from.

use std::{net::IpAddr, sync::Arc};

use reqwest::{
    Client, Method, RequestBuilder, Url,
    cookie::{CookieStore, Jar},
    header::{ACCEPT, HeaderMap, HeaderName, LOCATION, ORIGIN, REFERER, RETRY_AFTER, SET_COOKIE},
    redirect::Policy,
};
use salon::error::Error;
use serde::de::DeserializeOwned;

/// One browser, with its cookies.
#[derive(Clone)]
pub struct Browser {
    client: Client,
    jar: Arc<Jar>,
    origin: String,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Browser {
    pub fn new(origin: &str) -> Self {
        Self::from_address(origin, None)
    }

    /// A browser on a machine of its own: any address in 127.0.0.0/8.
    pub fn from_address(origin: &str, address: Option<IpAddr>) -> Self {
        let jar = Arc::new(Jar::default());
        let client =
            Client::builder().redirect(Policy::none()).cookie_provider(jar.clone()).local_address(address);
        Self { client: client.build().expect("a client can be made"), jar, origin: origin.to_owned() }
    }

    fn url(&self, path: &str) -> Url {
        format!("{}{path}", self.origin).parse().expect("a path of ours")
    }

    /// Any request at all, with this browser's cookies.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, self.url(path))
    }

    /// Types an address into the address bar.
    pub async fn gets(&self, path: &str) -> Answer {
        let request =
            self.request(Method::GET, path).header(ACCEPT, "text/html").header("sec-fetch-site", "none");
        Answer::of(request).await
    }

    /// Opens a page that is there, and gives its HTML.
    pub async fn page(&self, path: &str) -> String {
        let answer = self.gets(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answer.text()
    }

    /// Submits a form of the page `from`, as a browser without JavaScript does.
    pub async fn submits(&self, from: &str, function: &str, fields: &[(&str, &str)]) -> Answer {
        Answer::of(self.form(from, function).form(fields)).await
    }

    /// A form that is about to be submitted.
    pub fn form(&self, from: &str, function: &str) -> RequestBuilder {
        self.request(Method::POST, &format!("/do/{function}"))
            .header(ACCEPT, "text/html,application/xhtml+xml,*/*;q=0.8")
            .header(ORIGIN, &self.origin)
            .header(REFERER, format!("{}{from}", self.origin))
            .header("sec-fetch-site", "same-origin")
    }

    /// Calls a server function, as our own script does.
    pub async fn calls(&self, function: &str, fields: &[(&str, &str)]) -> Answer {
        Answer::of(self.call(function).form(fields)).await
    }

    /// A call that is about to be made.
    pub fn call(&self, function: &str) -> RequestBuilder {
        self.request(Method::POST, &format!("/do/{function}"))
            .header(ACCEPT, "application/json")
            .header(ORIGIN, &self.origin)
            .header("sec-fetch-site", "same-origin")
    }

    /// Reads through a server function; `query` is `function?name=value`.
    pub async fn reads(&self, query: &str) -> Answer {
        let request = self.request(Method::GET, &format!("/read/{query}"));
        Answer::of(request.header(ACCEPT, "application/json").header("sec-fetch-site", "same-origin")).await
    }

    /// The line with which this browser sends its cookies; empty without any.
    pub fn cookies(&self) -> String {
        let line = self.jar.cookies(&self.url("/"));
        line.and_then(|line| line.to_str().map(str::to_owned).ok()).unwrap_or_default()
    }

    /// What the session cookie holds, if there is one.
    pub fn session(&self) -> Option<String> {
        let cookies = self.cookies();
        cookies.split("; ").find_map(|pair| pair.strip_prefix("salon=").map(str::to_owned))
    }

    /// A browser into which somebody has put this session cookie.
    pub fn with_session(origin: &str, session: &str) -> Self {
        let browser = Self::new(origin);
        browser.jar.add_cookie_str(&format!("salon={session}; Path=/"), &browser.url("/"));
        browser
    }

    /// Another browser at the same server, without cookies.
    pub fn elsewhere(&self) -> Self {
        Self::new(&self.origin)
    }

    /// What the pages of this browser call their server.
    pub fn origin(&self) -> &str {
        &self.origin
    }
}

impl Answer {
    /// Sends the request and reads the whole answer.
    pub async fn of(request: RequestBuilder) -> Self {
        Self::try_of(request).await.expect("the server answers")
    }

    /// As [`Answer::of`], where the server may be gone.
    pub async fn try_of(request: RequestBuilder) -> reqwest::Result<Self> {
        let response = request.send().await?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Ok(Self { status, headers, body: response.bytes().await?.to_vec() })
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json<T: DeserializeOwned>(&self) -> T {
        let read = serde_json::from_slice(&self.body);
        read.unwrap_or_else(|error| panic!("{error} in {} {}", self.status, self.text()))
    }

    /// Why it was refused; the status says the same.
    pub fn error(&self) -> Error {
        let error: Error = self.json();
        assert_eq!(error.status(), self.status, "{error}");
        error
    }

    /// A header as text; empty if there is none.
    pub fn header(&self, name: impl TryInto<HeaderName>) -> &str {
        let name = name.try_into().ok().expect("the name of a header");
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Where a browser goes from here.
    pub fn location(&self) -> &str {
        self.header(LOCATION)
    }

    /// Every cookie that it sets, in full.
    pub fn set_cookies(&self) -> Vec<&str> {
        self.headers.get_all(SET_COOKIE).iter().filter_map(|value| value.to_str().ok()).collect()
    }

    /// The seconds to wait.
    pub fn retry_after(&self) -> Option<u32> {
        self.header(RETRY_AFTER).parse().ok()
    }

    /// Succeeds if it went well.
    #[track_caller]
    pub fn well(self) -> Self {
        assert!(self.status < 400, "{}: {}", self.status, self.text());
        self
    }
}

/// A request with exactly these headers and nobody's cookies.
pub fn bare(origin: &str, method: Method, path: &str, headers: &[(&str, &str)]) -> RequestBuilder {
    let client = Client::builder().redirect(Policy::none()).build().expect("a client can be made");
    let mut request = client.request(method, format!("{origin}{path}"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request
}
