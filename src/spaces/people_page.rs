//! Who is in a space, and what those of higher rank may do about it.

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use super::{
    Rank, SpaceMemberLine, SpaceMembers,
    channel_page::SpaceField,
    page_path, path,
    server_fns::{HandOverSpace, RemoveFromSpace, SetRank},
    space_page::use_space,
};
use crate::{
    accounts::{Person, next::escaped},
    conversations::server_fns::OpenConversation,
    friends::person_row::{AccountField, Outcome, name_id, use_outcome},
    ids::SpaceId,
    invitations::Destination,
    moderation::banning::Banning,
    presence::{Present, among, face::Handle},
    text::{Words, use_words},
    ui::{
        avatar::Avatar,
        button::{Submit, Weight},
        form::{Form, use_posting},
        live::{Row, rows},
        page::Within,
        refusal::{Alert, flash_of},
    },
    visit,
};

/// `/s/{space}/people`, with `?after=` for its further pages.
#[component]
pub fn SpacePeoplePage() -> impl IntoView {
    use_space().shown(|space| space, |space| view! { <Everybody space/> }.into_any())
}

#[component]
fn Everybody(space: SpaceMembers) -> impl IntoView {
    let words = use_words();
    let SpaceMembers { space, people, present, next } = space;
    let (id, rank, name) = (space.id, space.rank, space.name.clone());
    let noted = flash_of(SetRank::url())
        .or_else(|| flash_of(RemoveFromSpace::url()))
        .or_else(|| flash_of(HandOverSpace::url()));
    let noted = noted.map(|flash| words.sentence(&flash.error));
    let me = visit::use_viewer().map(|viewer| viewer.person.id);
    let further = use_query_map().with_untracked(|query| query.get("after").is_some());
    let row = move |line: SpaceMemberLine| {
        let page = among(&present, line.person.id);
        let key = (line.person.id, line.person.display_name.clone(), line.rank);
        let (mine, name) = (Some(line.person.id) == me, name.clone());
        Row::new(key, move || view! { <Member id name line page rank mine/> })
    };
    let next = next.map(|after| {
        let path = format!("{}?after={}", page_path(id, "people"), escaped(&after));
        view! { <a class="button button--quiet" href=path>{words.places().more_people}</a> }
    });

    view! {
        <Within path=path(id) name=space.name title=words.places().people>
            {rank.outranks(Rank::Member).then(|| view! {
                <a class="button" href=page_path(id, "invitations")>{words.places().invite_people}</a>
                <a class="button button--quiet" href=page_path(id, "bans")>{words.places().bans}</a>
            })}
            <section class="section">
                <h2>{(words.places().people_count)(space.members)}</h2>
                <Alert text=Signal::stored(noted)/>
                <ul class="people">{rows(move || people.iter().cloned().map(row.clone()).collect())}</ul>
            </section>
            {further.then(|| view! {
                <a class="button button--quiet" href=page_path(id, "people")>{words.places().first_people}</a>
            })}
            {next}
        </Within>
    }
}

fn title(words: &Words, rank: Rank) -> Option<&'static str> {
    match rank {
        Rank::Owner => Some(words.places().owner),
        Rank::Admin => Some(words.places().admin),
        Rank::Moderator => Some(words.places().moderator),
        Rank::Member => None,
    }
}

#[component]
fn Member(
    id: SpaceId,
    name: String,
    line: SpaceMemberLine,
    page: Option<Present>,
    rank: Rank,
    mine: bool,
) -> impl IntoView {
    let words = use_words();
    let SpaceMemberLine { person, rank: theirs } = line;
    let Person { id: account, username, display_name } = person.clone();
    let title = title(words, theirs).map(|title| view! { <span class="person-role">{title}</span> });
    let you = mine.then(|| view! { <span class="person-role">{words.talk().you}</span> });
    let acts = rank != Rank::Member && rank.outranks(theirs);

    view! {
        <li class="person person--member">
            <Avatar name=display_name.clone() number=account.get()/>
            <span class="person-name" id=name_id(account)>
                <span class="person-called" dir="auto">{display_name}</span>
                " "
                {title}
                {you}
            </span>
            <Handle account username page/>
            {if acts {
                view! { <MemberActions id name person rank theirs/> }.into_any()
            } else if mine {
                ().into_any()
            } else {
                view! { <div class="person-actions"><Write person/></div> }.into_any()
            }}
        </li>
    }
}

/// What somebody of higher rank may do about a member.
#[component]
fn MemberActions(id: SpaceId, name: String, person: Person, rank: Rank, theirs: Rank) -> impl IntoView {
    let words = use_words();
    let account = person.id;
    let posting = use_posting(SetRank::url());
    let removing = posting.or(RemoveFromSpace::url());
    let Outcome { busy, refusal } = use_outcome(posting);
    let gives = move |given: Rank, label: &'static str| {
        (theirs != given && rank.may_make(theirs, given)).then(|| {
            view! {
                <Form posting>
                    <SpaceField id/>
                    <AccountField account/>
                    <input type="hidden" name="rank" value=given.code()/>
                    <Submit label weight=Weight::Quiet pending=busy about=name_id(account)/>
                </Form>
            }
        })
    };

    view! {
        <div class="person-actions">
            <Write person=person.clone()/>
            {gives(Rank::Admin, words.places().make_admin)}
            {gives(Rank::Moderator, words.places().make_moderator)}
            {gives(Rank::Member, words.places().make_member)}
            <details class="confirm">
                <summary class="button button--quiet" aria-describedby=name_id(account)>{words.friendship().remove}</summary>
                <p>{(words.places().remove_from_space_question)(&person.display_name)}</p>
                <Form posting=removing>
                    <SpaceField id/>
                    <AccountField account/>
                    <Submit label=words.friendship().remove weight=Weight::Danger pending=busy about=name_id(account)/>
                </Form>
            </details>
            {view! { <Banning place=Destination::Space(id) person=person.clone()/> }.into_any()}
            {(rank == Rank::Owner).then(|| view! { <HandOver id name person/> })}
            <Alert text=refusal/>
        </div>
    }
}

/// Those who share a space may write to each other, if they allow it.
#[component]
fn Write(person: Person) -> impl IntoView {
    let words = use_words();
    let account = person.id;
    let posting = use_posting(OpenConversation::url());
    let Outcome { busy, refusal } = use_outcome(posting);

    view! {
        <Form posting>
            <AccountField account/>
            <Submit label=words.friendship().open_conversation weight=Weight::Quiet pending=busy about=name_id(account)/>
        </Form>
        <Alert text=refusal/>
    }
}

/// Asked first, and only with the name typed.
#[component]
fn HandOver(id: SpaceId, name: String, person: Person) -> impl IntoView {
    let words = use_words();
    let account = person.id;
    let posting = use_posting(HandOverSpace::url());
    let Outcome { busy, refusal } = use_outcome(posting);
    let field = format!("hand-over-{account}");

    view! {
        <details class="confirm">
            <summary class="button button--quiet" aria-describedby=name_id(account)>{words.places().hand_over}</summary>
            <p>{(words.places().hand_over_question)(&person.display_name)}</p>
            <Form posting class="form">
                <SpaceField id/>
                <AccountField account/>
                <label for=field.clone()>{(words.places().type_name)(&name)}</label>
                <input class="input" id=field name="name" autocomplete="off" dir="auto" required/>
                <Alert text=refusal/>
                <Submit label=words.places().hand_over weight=Weight::Danger pending=busy about=name_id(account)/>
            </Form>
        </details>
    }
}
