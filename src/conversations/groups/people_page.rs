//! Who is in a group, and what its admins may do about it.

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use super::{
    choosing::{Choosing, use_friends},
    group::{called, of_group, use_group},
};
use crate::{
    accounts::{Person, next::escaped},
    asking::Answer,
    conversations::{
        about::Role,
        members::{Line, Members},
        path, people_path,
        server_fns::{AddMembers, RemoveMember, SetRole},
    },
    error::Field as Which,
    friends::{
        Friends,
        person_row::{AccountField, Outcome, name_id, use_outcome},
    },
    ids::{AccountId, ConversationId},
    invitations::Destination,
    moderation::banning::Banning,
    presence::{Present, among, face::Handle},
    text::use_words,
    ui::{
        avatar::Avatar,
        button::{Submit, Weight},
        form::{Form, Posting, use_posting},
        live::{Row, live, rows},
        page::Within,
        refusal::{Alert, flash_of, use_refusal},
    },
    visit,
};

/// `/c/{id}/people`, with `?role=` and `?after=` for its further pages.
#[component]
pub fn PeoplePage() -> impl IntoView {
    let group = use_group();
    let friends = use_friends();

    view! {
        <Transition fallback=|| ()>
            {of_group(group, move |id, members| view! { <Everybody id members friends/> }.into_any())}
        </Transition>
    }
    .into_any()
}

#[component]
fn Everybody(id: ConversationId, members: Signal<Members>, friends: Answer<Friends>) -> impl IntoView {
    let words = use_words();
    let query = use_query_map();
    let further = Memo::new(move |_| query.with(|query| query.get("after").is_some()));
    let chooses = Memo::new(move |_| members.with(|members| members.about.may_choose_people()));
    let makes = Memo::new(move |_| members.with(|members| members.about.may_make_admins()));
    let there = Signal::derive(move || {
        members.with(|members| members.people.iter().map(|line| line.person.id).collect::<Vec<_>>())
    });
    let noted = flash_of(SetRole::url()).or_else(|| flash_of(RemoveMember::url()));
    let noted = noted.map(|flash| words.sentence(&flash.error));
    let me = visit::use_viewer().map(|viewer| viewer.person.id);
    let row = move |line: Line| {
        let (chooses, makes, mine) = (chooses.get(), makes.get(), Some(line.person.id) == me);
        let page = members.with(|members| among(&members.present, line.person.id));
        let key = (line.person.id, line.person.display_name.clone(), line.role, chooses, makes, page.clone());
        Row::new(key, move || view! { <Member id line page chooses makes mine/> })
    };
    let next = move || {
        let (role, after) = members.get().next?;
        Some(format!("{}?role={}&after={}", people_path(id), role.code(), escaped(&after)))
    };

    view! {
        <Within path=path(id) name=called(members) title=words.places().people>
            {live(move || makes.get().then(|| view! {
                <a class="button" href=format!("{}/invitations", path(id))>{words.places().invite_people}</a>
                <a class="button button--quiet" href=format!("{}/bans", path(id))>{words.places().bans}</a>
            }))}
            {live(move || chooses.get().then(|| view! { <AddPeople id friends there/> }.into_any()))}
            <section class="section">
                <h2>{live(move || (words.places().people_count)(members.with(|members| members.about.members)))}</h2>
                <Alert text=Signal::stored(noted)/>
                <ul class="people">{rows(move || members.get().people.into_iter().map(row).collect())}</ul>
            </section>
            {live(move || further.get().then(|| view! {
                <a class="button button--quiet" href=people_path(id)>{words.places().first_people}</a>
            }))}
            {live(move || next().map(|next| view! {
                <a class="button button--quiet" href=next>{words.places().more_people}</a>
            }))}
        </Within>
    }
}

/// Folded away: most who come here want to see who is there.
#[component]
fn AddPeople(id: ConversationId, friends: Answer<Friends>, there: Signal<Vec<AccountId>>) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(AddMembers::url());
    let refusal = use_refusal(posting);
    let refused = flash_of(posting.url()).is_some();

    view! {
        <details class="section adding" open=refused>
            <summary class="button">{words.places().add_people}</summary>
            <Form posting class="form">
                <Alert text=refusal.elsewhere(&[Which::People])/>
                <ConversationField id/>
                <Transition>
                    <Choosing friends refusal there/>
                </Transition>
                <Submit label=words.places().add_people weight=Weight::Primary pending=posting.pending()/>
            </Form>
        </details>
    }
}

/// Names the conversation in a form about it.
#[component]
pub fn ConversationField(id: ConversationId) -> impl IntoView {
    view! { <input type="hidden" name="conversation" value=id.to_string()/> }
}

#[component]
fn Member(
    id: ConversationId,
    line: Line,
    page: Option<Present>,
    chooses: bool,
    makes: bool,
    mine: bool,
) -> impl IntoView {
    let words = use_words();
    let Line { person, role } = line;
    let Person { id: account, username, display_name } = person.clone();
    let title =
        (role == Role::Admin).then(|| view! { <span class="person-role">{words.places().admin}</span> });
    let you = mine.then(|| view! { <span class="person-role">{words.talk().you}</span> });

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
            {(chooses || makes).then(|| view! { <MemberActions id person role makes mine/> }.into_any())}
        </li>
    }
}

/// What an admin may do about somebody.
#[component]
fn MemberActions(id: ConversationId, person: Person, role: Role, makes: bool, mine: bool) -> impl IntoView {
    let words = use_words();
    let account = person.id;
    let posting = use_posting(SetRole::url());
    let removing = posting.or(RemoveMember::url());
    let Outcome { busy, refusal } = use_outcome(posting);
    let (label, becomes) = match role {
        Role::Admin => (words.places().make_member, Role::Member),
        Role::Member => (words.places().make_admin, Role::Admin),
    };
    let removable = role == Role::Member && !mine;

    view! {
        <div class="person-actions">
            {makes.then(|| view! {
                <Form posting>
                    <ConversationField id/>
                    <AccountField account/>
                    <input type="hidden" name="role" value=becomes.code()/>
                    <Submit label weight=Weight::Quiet pending=busy about=name_id(account)/>
                </Form>
            })}
            {removable.then(|| view! { <Removing id person=person.clone() removing busy/> }.into_any())}
            {(removable && makes).then(|| {
                view! { <Banning place=Destination::Group(id) person/> }.into_any()
            })}
            <Alert text=refusal/>
        </div>
    }
}

/// Asked first, with and without a script.
#[component]
fn Removing(id: ConversationId, person: Person, removing: Posting, busy: Signal<bool>) -> impl IntoView {
    let words = use_words();
    let account = person.id;

    view! {
        <details class="confirm">
            <summary class="button button--quiet" aria-describedby=name_id(account)>{words.friendship().remove}</summary>
            <p>{(words.places().remove_question)(&person.display_name)}</p>
            <Form posting=removing>
                <ConversationField id/>
                <AccountField account/>
                <Submit label=words.friendship().remove weight=Weight::Danger pending=busy about=name_id(account)/>
            </Form>
        </details>
    }
}
