//! Who is in a group, and what its admins may do about it.

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::{use_params_map, use_query_map};

use super::choosing::{Choosing, use_friends};
use crate::{
    accounts::{Person, next::escaped},
    asking::{Answer, Question, use_answer},
    conversations::{
        about::Role,
        inbox::use_inbox,
        members::{Line, Members},
        path, people_path,
        server_fns::{AddMembers, RemoveMember, SetRole, read_members},
    },
    error::{Error, Field as Which},
    friends::{
        Friends,
        person_row::{AccountField, Outcome, name_id, use_outcome},
    },
    ids::{AccountId, ConversationId},
    realtime::use_threads,
    text::use_words,
    ui::{
        avatar::Avatar,
        button::{Submit, Weight},
        form::{Form, Posting, use_posting},
        live::{Row, rows},
        nothing_here::{Failed, NothingHere},
        page::Within,
        refusal::{Alert, flash_of, use_refusal},
    },
    visit,
};

/// `/c/{id}/people`, with `?role=` and `?after=` for its further pages.
#[component]
pub fn PeoplePage() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let (inbox, threads) = (use_inbox(), use_threads());
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<ConversationId>().ok()));
    let members = use_answer::<Members>(move || {
        inbox.version();
        threads.closed().track();
        let id = id.get();
        let (role, after) = query.with(|query| (query.get("role"), query.get("after")));
        Question::new(move || {
            let (role, after) = (role.as_deref().and_then(Role::from_code), after.clone());
            async move { read_members(id.ok_or(Error::NotFound)?, role, after).await }
        })
    });
    visit::leave_if_signed_out(members.error());
    let friends = use_friends();

    view! {
        <Transition fallback=|| ()>
            {move || Suspend::new(async move {
                match (members.wait().await, id.get_untracked()) {
                    (Ok(members), Some(id)) => view! { <Everybody id members friends/> }.into_any(),
                    (Err(Error::NotFound), _) | (_, None) => view! { <NothingHere/> }.into_any(),
                    (Err(error), _) => view! { <Failed text=use_words().sentence(&error)/> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

#[component]
fn Everybody(id: ConversationId, members: Members, friends: Answer<Friends>) -> impl IntoView {
    let words = use_words();
    let Members { about, people, next } = members;
    let (chooses, makes) = (about.may_choose_people(), about.may_make_admins());
    let there = people.iter().map(|line| line.person.id).collect::<Vec<_>>();
    let further = use_query_map().with_untracked(|query| query.get("after").is_some());
    let noted = flash_of(SetRole::url()).or_else(|| flash_of(RemoveMember::url()));
    let noted = noted.map(|flash| words.sentence(&flash.error));
    let me = visit::use_viewer().map(|viewer| viewer.person.id);
    let row = move |line: Line| {
        let key = (line.person.id, line.person.display_name.clone(), line.role);
        let mine = Some(line.person.id) == me;
        Row::new(key, move || view! { <Member id line chooses makes mine/> })
    };
    let next = next.map(|(role, after)| {
        let path = format!("{}?role={}&after={}", people_path(id), role.code(), escaped(&after));
        view! { <a class="button button--quiet" href=path>{words.places.more_people}</a> }
    });

    view! {
        <Within path=path(id) name=about.name title=words.places.people>
            {makes.then(|| view! {
                <a class="button" href=format!("{}/invitations", path(id))>{words.places.invite_people}</a>
            })}
            {chooses.then(|| view! { <AddPeople id friends there/> })}
            <section class="section">
                <h2>{(words.places.people_count)(about.members)}</h2>
                <Alert text=Signal::stored(noted)/>
                <ul class="people">{rows(move || people.iter().cloned().map(row).collect())}</ul>
            </section>
            {further.then(|| view! {
                <a class="button button--quiet" href=people_path(id)>{words.places.first_people}</a>
            })}
            {next}
        </Within>
    }
}

/// Folded away: most who come here want to see who is there.
#[component]
fn AddPeople(id: ConversationId, friends: Answer<Friends>, there: Vec<AccountId>) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(AddMembers::url());
    let refusal = use_refusal(posting);
    let refused = flash_of(posting.url()).is_some();

    view! {
        <details class="section adding" open=refused>
            <summary class="button">{words.places.add_people}</summary>
            <Form posting class="form">
                <Alert text=refusal.elsewhere(&[Which::People])/>
                <ConversationField id/>
                <Transition>
                    <Choosing friends refusal there=there.clone()/>
                </Transition>
                <Submit label=words.places.add_people weight=Weight::Primary pending=posting.pending()/>
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
fn Member(id: ConversationId, line: Line, chooses: bool, makes: bool, mine: bool) -> impl IntoView {
    let words = use_words();
    let Line { person, role } = line;
    let Person { id: account, username, display_name } = person.clone();
    let title =
        (role == Role::Admin).then(|| view! { <span class="person-role">{words.places.admin}</span> });
    let you = mine.then(|| view! { <span class="person-role">{words.you}</span> });

    view! {
        <li class="person">
            <Avatar name=display_name.clone() number=account.get()/>
            <span class="person-name" id=name_id(account) dir="auto">{display_name} " " {title} {you}</span>
            <span class="person-handle" dir="auto">{format!("@{username}")}</span>
            {(chooses || makes).then(|| view! { <MemberActions id person role makes mine/> })}
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
        Role::Admin => (words.places.make_member, Role::Member),
        Role::Member => (words.places.make_admin, Role::Admin),
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
            {removable.then(|| view! { <Removing id person removing busy/> })}
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
            <summary class="button button--quiet" aria-describedby=name_id(account)>{words.remove}</summary>
            <p>{(words.places.remove_question)(&person.display_name)}</p>
            <Form posting=removing>
                <ConversationField id/>
                <AccountField account/>
                <Submit label=words.remove weight=Weight::Danger pending=busy about=name_id(account)/>
            </Form>
        </details>
    }
}
