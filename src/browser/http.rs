//! Asking the server of this page. What goes out is always a form, what comes back is always JSON.

use js_sys::{JSON, Object, Reflect};
use leptos::prelude::window;
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, FormData, HtmlFormElement, RequestInit, Response, SubmitEvent, UrlSearchParams,
};

use crate::{border::reading, error::Error};

/// The names and values of a form.
#[derive(Debug, Clone)]
pub struct Fields(UrlSearchParams);

/// A request that was granted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The JSON.
    pub text: String,
    /// Where the server wants one to go now.
    pub leads_to: Option<String>,
}

impl Fields {
    /// What stands in the form that is being sent. None where the browser cannot tell: then it must send it itself.
    pub fn of(event: &SubmitEvent) -> Option<Self> {
        let form = event.target()?.dyn_into::<HtmlFormElement>().ok()?;
        let data = FormData::new_with_form(&form).ok()?;
        UrlSearchParams::new_with_str_sequence_sequence(&data).ok().map(Self)
    }

    /// A form with one field. None where the browser cannot make one.
    pub fn one(name: &str, value: &str) -> Option<Self> {
        let fields = UrlSearchParams::new().ok()?;
        fields.append(name, value);
        Some(Self(fields))
    }
}

/// Posts a form, and learns where it leads.
///
/// # Errors
/// What the server says, `Unreachable` without an answer, `Unavailable` if it is not one of ours.
pub async fn post(url: &str, fields: &Fields) -> Result<Answer, Error> {
    ask("POST", url, &fields.0).await
}

/// Calls a server function with `arguments`, a flat JSON object; the JSON of its answer.
/// Letting go of it before the answer is there ends the request.
///
/// # Errors
/// As [`post`].
pub fn call(method: &str, url: &str, arguments: &str) -> impl Future<Output = Result<String, Error>> + Send {
    // There is one thread, and what JavaScript owns never leaves it.
    SendWrapper::new(async move {
        let fields = from_json(arguments).unwrap_or_else(|| JsValue::NULL.unchecked_into());
        ask(method, url, &fields).await.map(|answer| answer.text)
    })
}

/// What is null is left out, as in a form.
fn from_json(object: &str) -> Option<UrlSearchParams> {
    let fields = UrlSearchParams::new().ok()?;
    for pair in Object::entries(JSON::parse(object).ok()?.unchecked_ref()).iter() {
        let (name, value) = (Reflect::get_u32(&pair, 0).ok()?, Reflect::get_u32(&pair, 1).ok()?);
        if !value.is_null() {
            let value = value.unchecked_ref::<Object>().to_string();
            fields.append(&name.as_string()?, &String::from(value));
        }
    }
    Some(fields)
}

async fn ask(method: &str, url: &str, fields: &UrlSearchParams) -> Result<Answer, Error> {
    let request = RequestInit::new();
    request.set_method(method);
    let headers = Object::new();
    // Setting a field of a new, plain object does not fail.
    let _ = Reflect::set(&headers, &JsValue::from_str("accept"), &JsValue::from_str("application/json"));
    request.set_headers(&headers);

    let (response, text) = if method == "GET" {
        let url = format!("{url}?{}", String::from(fields.to_string()));
        received(&url, &request).await
    } else {
        request.set_body(fields);
        received(url, &request).await
    }
    .map_err(|_| Error::Unreachable)?;

    if !response.ok() {
        return Err(reading::read(&text).unwrap_or(Error::Unavailable));
    }
    let leads_to = response.headers().get("location").ok().flatten();
    Ok(Answer { text, leads_to })
}

/// The whole answer; any failure here is one of the network.
async fn received(url: &str, request: &RequestInit) -> Result<(Response, String), JsValue> {
    let end = End(AbortController::new()?);
    request.set_signal(Some(&end.0.signal()));
    let response = JsFuture::from(window().fetch_with_str_and_init(url, request)).await?;
    let response = response.unchecked_into::<Response>();
    let text = JsFuture::from(response.text()?).await?;
    Ok((response, text.as_string().unwrap_or_default()))
}

/// Ends a request when it is dropped. One that has been answered does not mind.
struct End(AbortController);

impl Drop for End {
    fn drop(&mut self) {
        self.0.abort();
    }
}
