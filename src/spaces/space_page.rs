//! The top of a space: what there is in it, in the middle of the page; and how its pages read it.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{Rank, Space, SpaceMembers, page_path, server_fns::read_space};
use crate::{
    asking::{Answer, Question, use_answer},
    conversations::{inbox::use_inbox, path as conversation_path},
    error::Error,
    ids::SpaceId,
    text::use_words,
    ui::{heading::Heading, page::BackHome, page_title::PageTitle},
};

/// The space of this page's address, with those of its people that the query asks for.
pub fn use_space() -> Answer<SpaceMembers> {
    let (params, query, inbox) = (use_params_map(), use_query_map(), use_inbox());
    use_answer::<SpaceMembers>(move || {
        inbox.version();
        let id = params.with(|params| params.get("space")?.parse::<SpaceId>().ok());
        let after = query.with(|query| query.get("after"));
        Question::new(move || {
            let after = after.clone();
            async move { read_space(id.ok_or(Error::NotFound)?, after).await }
        })
    })
}

/// `/s/{space}`
#[component]
pub fn SpacePage() -> impl IntoView {
    use_space().shown(|space| space.space, |space| view! { <Top space/> }.into_any())
}

#[component]
fn Top(space: Space) -> impl IntoView {
    let words = use_words();
    let first =
        space.channels.first().map(|first| (conversation_path(first.conversation), first.name.clone()));

    view! {
        <PageTitle text=space.name.clone()/>
        <div class="empty">
            <BackHome/>
            <Heading text=space.name.clone()/>
            <p>{(words.places().people_count)(space.members)}</p>
            {first.map(|(path, name)| view! {
                <a class="button button--primary" href=path>{(words.places().go_to)(&name)}</a>
            })}
            {space.rank.outranks(Rank::Member).then(|| view! {
                <a class="button" href=page_path(space.id, "invitations")>{words.places().invite_people}</a>
            })}
            <a class="button" href=page_path(space.id, "people")>{words.places().people}</a>
        </div>
    }
}
