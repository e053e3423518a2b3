//! The page of a conversation: what the address names of it, and, where there is room, a thread beside the room that it is
//! about.

use leptos::prelude::*;
use leptos_router::{
    components::Outlet,
    hooks::{use_params_map, use_query_map},
};
use serde::{Deserialize, Serialize};

use super::{Conversation, opened::opened, server_fns::read_conversation, window::Window};
use crate::{
    asking::{Answer, Question, use_answer},
    border::Json,
    error::Error,
    ids::{ConversationId, MessageId},
    messages::{
        pane::Pane,
        places::{Places, use_places},
    },
    realtime::use_threads,
    threads::Spot,
    ui::{live::live, nothing_here::Unread, wide::use_wide},
};

/// `/c/{id}`, with `?before=`, `?after=` or `?at=latest` for another part of it, and `/c/{id}/m/{message}`; and the same for
/// a thread, `/c/{id}/t/{root}`. One page for all of them, so that a room stays as it is while its threads come and go.
#[component]
pub fn ConversationPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let address = Memo::new(move |_| {
        let conversation = params.with(|params| params.get("id")?.parse::<ConversationId>().ok());
        let thread = match params.with(|params| params.get("root")) {
            Some(root) => root.parse::<MessageId>().ok().map(Some),
            None => Some(None),
        };
        let spot = conversation.zip(thread).map(|(conversation, thread)| Spot { conversation, thread });
        let window = match params.with(|params| params.get("message")) {
            Some(message) => message.parse().ok().map(Window::Around),
            None => Some(query.with(Window::of)),
        };
        spot.zip(window).map(|(spot, window)| Address { spot, window })
    });
    let (places, wide) = (use_places(), use_wide());
    let closed = use_threads().closed();
    let closings = Memo::new(move |before: Option<&u32>| {
        closed.track();
        before.map_or(0, |before| before.wrapping_add(1))
    });
    let standing = StoredValue::new(None::<Standing>);
    let page = use_answer::<Shown>(move || {
        let (address, closings, places) = (address.get(), closings.get(), places.clone());
        // Only what is in a thread is shown in another way on a wider screen.
        let in_thread = address.is_some_and(|address| address.spot.thread.is_some());
        let wide = if in_thread { wide.get() } else { wide.get_now() };
        let standing = standing.get_value().filter(|standing| standing.closings == closings);
        Question::new(move || {
            let places = places.clone();
            async move { address.ok_or(Error::NotFound)?.read(wide, standing, &places).await }
        })
    });

    view! {
        <Transition fallback=|| ()>
            <Panes page address closings standing/>
        </Transition>
        // Draws nothing. The router calls a page arrived, and writes its address, once everything within it is drawn.
        <Outlet/>
    }
    .into_any()
}

/// What the address names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Address {
    spot: Spot,
    window: Window,
}

/// The room that is in the middle of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Standing {
    room: ConversationId,
    /// Whether a thread of it stands beside it.
    beside: bool,
    /// How many conversations had been left on this page by then: after that it is asked for anew.
    closings: u32,
}

/// What the page shows.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Shown {
    /// What stands in the middle stays.
    stays: bool,
    middle: Option<Conversation>,
    /// A thread of what stands in the middle.
    beside: Option<Conversation>,
}

impl Address {
    /// Reads what it names, and what is to stand around it, unless that is `standing` there already.
    async fn read(
        self,
        wide: bool,
        standing: Option<Standing>,
        places: &Places,
    ) -> Result<Json<Shown>, Error> {
        let Spot { conversation, thread } = self.spot;
        let standing = standing.filter(|standing| standing.room == conversation);
        // The thread was closed.
        if thread.is_none() && self.window == Window::Unread && standing.is_some_and(|room| room.beside) {
            return Ok(shown(true, None, None));
        }
        let read = read_conversation(conversation, places.window(self.spot, self.window), thread).await?;
        // A message that is named may have been said in a thread.
        let may_be_thread = thread.is_some() || matches!(self.window, Window::Around(_));
        if !wide || !may_be_thread || read.read()?.thread.is_none() {
            return Ok(shown(false, Some(read), None));
        }
        let room = match standing {
            Some(_) => None,
            None => Some(read_conversation(conversation, Window::Unread, None).await?),
        };
        Ok(shown(room.is_none(), room, Some(read)))
    }
}

/// Puts answers together as they were written: nobody has to read them for that.
fn shown(stays: bool, middle: Option<Json<Conversation>>, beside: Option<Json<Conversation>>) -> Json<Shown> {
    let [middle, beside] =
        [middle, beside].map(|pane| pane.map_or_else(|| "null".to_owned(), Json::into_text));
    Json::from_text(format!(r#"{{"stays":{stays},"middle":{middle},"beside":{beside}}}"#))
}

/// What stands in the middle, and the how manieth it is on this page.
type Counted = Option<(u32, Conversation)>;

fn count(pane: Option<&Counted>) -> Option<u32> {
    Some(pane?.as_ref()?.0)
}

/// What was read, in the middle and beside that; each is drawn anew only when it was read anew.
#[component]
fn Panes(
    page: Answer<Shown>,
    address: Memo<Option<Address>>,
    closings: Memo<u32>,
    standing: StoredValue<Option<Standing>>,
) -> impl IntoView {
    let read = page.read();
    let failure = Memo::new(move |_| read.with(|read| read.as_ref()?.as_ref().err().cloned()));
    let middle = {
        let next = move |before: Option<&Counted>| {
            let before = before.cloned().flatten();
            read.with(|read| match read {
                Some(Ok(Shown { stays: true, .. })) => before,
                Some(Ok(Shown { middle: Some(middle), .. })) => {
                    let count = before.map_or(0, |(count, _)| count.wrapping_add(1));
                    Some((count, middle.clone()))
                }
                _ => None,
            })
        };
        Memo::new_with_compare(next, |before, now| count(before) != count(now))
    };
    let of = |shown: &Shown| shown.beside.clone();
    let beside = Memo::new_with_compare(
        move |_| read.with(|read| read.as_ref()?.as_ref().ok().and_then(of)),
        |before, now| before.is_some_and(Option::is_some) || now.is_some_and(Option::is_some),
    );
    Effect::new(move |_| {
        let closings = closings.get_untracked();
        let room = middle.with(|middle| {
            let (_, middle) = middle.as_ref()?;
            middle.thread.is_none().then_some(middle.id)
        });
        let beside = beside.with(Option::is_some);
        standing.set_value(room.map(|room| Standing { room, beside, closings }));
    });
    // The message that is named is where it was said.
    let target = move |pane: Pane| {
        let has_it = pane == Pane::Beside || beside.with_untracked(Option::is_none);
        match address.get_untracked().filter(|_| has_it)?.window {
            Window::Around(message) => Some(message),
            _ => None,
        }
    };

    live(move || {
        match failure.get() {
        Some(error) => view! { <Unread error/> }.into_any(),
        None => view! {
            <div class="panes">
                {live(move || middle.get().map(|(_, middle)| opened(middle, target(Pane::Middle), Pane::Middle)))}
                {live(move || beside.get().map(|beside| opened(beside, target(Pane::Beside), Pane::Beside)))}
            </div>
        }
        .into_any(),
    }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::thread::fixtures::page;

    #[test]
    fn answers_are_put_together_as_they_were_written() {
        let room = page(7, vec![]);
        for (stays, middle, beside) in [
            (true, None, None),
            (false, Some(&room), None),
            (false, Some(&room), Some(&room)),
            (true, None, Some(&room)),
        ] {
            let read =
                shown(stays, middle.map(Json::of), beside.map(Json::of)).read().expect("it can be read");
            assert_eq!((read.stays, read.middle.as_ref(), read.beside.as_ref()), (stays, middle, beside));
        }
    }
}
