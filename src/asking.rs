//! What a page asks the server for before it can be drawn: on the server while it renders, in the browser when
//! the page changes. The answer travels along with the rendered page, so that the browser does not ask again.
//!
//! The answer is kept as text. All pages share one machinery for it, which the browser has to download only once.

use std::{convert::Infallible, fmt, future::Future, marker::PhantomData, pin::Pin, str::FromStr, sync::Arc};

use leptos::{prelude::*, server::codee::string::FromToStringCodec};
use serde::de::DeserializeOwned;

use crate::{
    border::Json,
    error::Error,
    ui::{live::live, nothing_here::Unread},
};

/// What a page asks for now.
#[derive(Clone)]
pub struct Question(Arc<dyn Fn() -> Asked + Send + Sync>);

type Asked = Pin<Box<dyn Future<Output = Text> + Send>>;

/// The answer to a [`Question`], which is asked again whenever it becomes another one.
pub struct Answer<T> {
    text: Resource<Text, FromToStringCodec>,
    of: PhantomData<fn() -> T>,
}

/// The JSON of the answer, or why there is none.
#[derive(Clone)]
struct Text(Result<String, Error>);

/// Asks what `question` says, which is tracked. To be read within one `<Transition>`.
pub fn use_answer<T>(question: impl Fn() -> Question + Send + Sync + 'static) -> Answer<T> {
    Answer { text: ask(Box::new(question)), of: PhantomData }
}

fn ask(question: Box<dyn Fn() -> Question + Send + Sync>) -> Resource<Text, FromToStringCodec> {
    Resource::new_str(question, |Question(ask)| ask())
}

impl Question {
    /// Asks by calling `ask`, a server function.
    pub fn new<T, Asking>(ask: impl Fn() -> Asking + Send + Sync + 'static) -> Self
    where
        T: 'static,
        Asking: Future<Output = Result<Json<T>, Error>> + Send + 'static,
    {
        Self(Arc::new(move || {
            let asking = ask();
            Box::pin(async move { Text(asking.await.map(Json::into_text)) })
        }))
    }
}

/// What was read before may be out of date: asking again is never in vain.
impl PartialEq for Question {
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

impl<T: DeserializeOwned + Send + Sync + 'static> Answer<T> {
    /// The answer, once it is there. To be called within the `<Transition>`.
    pub fn read(self) -> Memo<Option<Result<T, Error>>> {
        let text = self.text;
        // It is asked again only if there is news, so no two are compared.
        Memo::new_with_compare(move |_| text.get().map(Text::read), |_, _| true)
    }

    /// Draws what `pick` takes of the answer, and anew only once that has become another: what somebody is filling in
    /// outlives news of other things. To be called within the `<Transition>`.
    pub fn drawn<P, V>(
        self,
        pick: impl Fn(T) -> P + Send + Sync + 'static,
        draw: impl Fn(Result<P, Error>) -> V + Send + 'static,
    ) -> AnyView
    where
        P: Clone + PartialEq + Send + Sync + 'static,
        V: IntoAny,
    {
        let text = self.text;
        let picked = Memo::new(move |_| text.get().map(|text| text.read().map(&pick)));
        live(move || picked.get().map(|picked| draw(picked).into_any()))
    }

    /// A page of what `pick` takes of the answer, drawn anew only once that has become another; in place of what is not
    /// there, or could not be read, it says so. Where it cannot be read again, what was known stays.
    pub fn shown<P>(
        self,
        pick: impl Fn(T) -> P + Send + Sync + 'static,
        draw: impl Fn(P) -> AnyView + Send + 'static,
    ) -> AnyView
    where
        P: Clone + PartialEq + Send + Sync + 'static,
    {
        let text = self.text;
        within_transition(Box::new(move || {
            let picked = Memo::new(move |before: Option<&Option<Result<P, Error>>>| {
                match (text.get()?.read().map(&pick), before) {
                    (Err(error), Some(Some(Ok(known)))) if error.is_passing() => Some(Ok(known.clone())),
                    (answer, _) => Some(answer),
                }
            });
            live(move || {
                Some(match picked.get()? {
                    Ok(picked) => draw(picked),
                    Err(error) => view! { <Unread error/> }.into_any(),
                })
            })
        }))
    }

    /// As [`Answer::shown`], with a part of the answer that stays as it came first, however often it is asked again: the
    /// key of a form, under which it may be sent twice, or the time at which it was opened.
    pub fn shown_with_first<F, P>(
        self,
        split: impl Fn(T) -> (F, P) + Send + Sync + 'static,
        draw: impl Fn(F, P) -> AnyView + Send + 'static,
    ) -> AnyView
    where
        F: Clone + Send + Sync + 'static,
        P: Clone + PartialEq + Send + Sync + 'static,
    {
        let first = StoredValue::new(None);
        let pick = move |answer| {
            let (new, picked) = split(answer);
            first.update_value(|first| {
                first.get_or_insert(new);
            });
            picked
        };
        self.shown(pick, move |picked| first.get_value().map(|first| draw(first, picked)).into_any())
    }

    /// Waits for the answer.
    pub async fn wait(self) -> Result<T, Error> {
        self.text.await.read()
    }
}

fn within_transition(draw: Box<dyn FnOnce() -> AnyView + Send>) -> AnyView {
    view! { <Transition fallback=|| ()>{draw()}</Transition> }.into_any()
}

impl<T> Answer<T> {
    /// Why there is no answer.
    pub fn error(self) -> Signal<Option<Error>> {
        let text = self.text;
        Signal::derive(move || text.with(|text| text.as_ref()?.0.as_ref().err().cloned()))
    }
}

impl<T> Clone for Answer<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Answer<T> {}

impl Text {
    fn read<T: DeserializeOwned>(self) -> Result<T, Error> {
        Json::from_text(self.0?).read()
    }
}

/// In the page an error has this mark in front, which no JSON begins with.
const FAILED: char = '!';

impl fmt::Display for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Ok(text) => formatter.write_str(text),
            Err(error) => write!(formatter, "{FAILED}{}", Json::of(error).into_text()),
        }
    }
}

impl FromStr for Text {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(match text.strip_prefix(FAILED) {
            Some(error) => Err(Json::from_text(error.to_owned()).read().unwrap_or(Error::Unavailable)),
            None => Ok(text.to_owned()),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Field, Why};

    #[test]
    fn an_answer_reaches_the_browser_as_it_was() {
        let refused = Error::invalid(Field::Body, Why::TooLong { at_most: 7 });
        for answer in [Ok("{\"a\":\"!\"}".to_owned()), Err(Error::NotFound), Err(refused)] {
            let Ok(Text(carried)) = Text(answer.clone()).to_string().parse::<Text>();
            assert_eq!(carried, answer);
        }
    }
}
