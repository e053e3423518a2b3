//! What the pages about a group or a channel share: they follow what happens to it, and are there only for who is in it.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::{
    asking::{Answer, Question, use_answer},
    conversations::{
        about::{Kind, Role},
        inbox::use_inbox,
        members::Members,
        server_fns::read_members,
    },
    error::Error,
    ids::ConversationId,
    realtime::use_threads,
    ui::{
        live::live,
        nothing_here::{NothingHere, Unread},
    },
    visit,
};

/// The group that the address names, read again whenever something has happened.
#[derive(Clone, Copy)]
pub struct Group {
    id: Memo<Option<ConversationId>>,
    members: Answer<Members>,
}

/// Reads the group, with the page of its people that `?role=` and `?after=` name.
pub fn use_group() -> Group {
    let params = use_params_map();
    let query = use_query_map();
    let (inbox, closed) = (use_inbox(), use_threads().closed());
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<ConversationId>().ok()));
    let members = use_answer::<Members>(move || {
        inbox.version();
        closed.track();
        let id = id.get();
        let (role, after) = query.with(|query| (query.get("role"), query.get("after")));
        Question::new(move || {
            let (role, after) = (role.as_deref().and_then(Role::from_code), after.clone());
            async move { read_members(id.ok_or(Error::NotFound)?, role, after).await }
        })
    });
    visit::leave_if_signed_out(members.error());
    Group { id, members }
}

/// What stands on the page.
#[derive(Clone, PartialEq, Eq)]
enum Shown {
    Group(ConversationId),
    Nothing,
    Failure(Error),
}

/// Draws the page of `group`, and anew only for another one: what somebody has half filled in stays while other things
/// happen. To be shown within a `<Transition>`.
pub fn of_group(
    group: Group,
    draw: impl Fn(ConversationId, Signal<Members>) -> AnyView + Send + 'static,
) -> AnyView {
    let Group { id, members } = group;
    let answer = members.read();
    // Where it cannot be read again, what was known stays.
    let known = Memo::new_with_compare(
        move |before: Option<&Option<Members>>| match answer.get() {
            Some(Ok(members)) => Some(members),
            _ => before.cloned().flatten(),
        },
        |_, _| true,
    );
    let shown = Memo::new(move |_| {
        // The answer first: on the server it may come while this runs, and what is known follows from it.
        let (error, id) = (answer.get()?.err(), id.get_untracked());
        let (is_group, is_unknown) = known.with(|known| {
            let is = |known: &Members| matches!(known.about.kind, Kind::Group | Kind::Channel);
            (known.as_ref().is_some_and(is), known.is_none())
        });
        match (error, id) {
            (Some(Error::NotFound), _) | (_, None) => Some(Shown::Nothing),
            (Some(error), _) if is_unknown => Some(Shown::Failure(error)),
            (_, Some(id)) if is_group => Some(Shown::Group(id)),
            _ => Some(Shown::Nothing),
        }
    });

    live(move || {
        Some(match shown.get()? {
            Shown::Group(id) => {
                let first = known.get_untracked()?;
                draw(id, Signal::derive(move || known.get().unwrap_or_else(|| first.clone())))
            }
            Shown::Nothing => view! { <NothingHere/> }.into_any(),
            Shown::Failure(error) => view! { <Unread error/> }.into_any(),
        })
    })
}

/// What the group is called now.
pub fn called(members: Signal<Members>) -> Signal<String> {
    Memo::new(move |_| members.with(|members| members.about.name.clone())).into()
}
