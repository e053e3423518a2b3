//! Where a link leads, before one follows it.

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::{use_location, use_params_map};

use super::{
    Invitation, Token,
    server_fns::{Join, read_invitation},
};
use crate::{
    accounts::next::with_next,
    asking::{Question, use_answer},
    error::Error,
    text::use_words,
    ui::{
        avatar::Avatar,
        button::{Submit, Weight},
        form::{Form, use_posting},
        page_title::PageTitle,
        refusal::{Alert, use_refusal},
        threshold::Threshold,
    },
    visit::{self, use_viewer},
};

/// `/invite/{token}`, for whoever holds the link.
#[component]
pub fn InvitePage() -> impl IntoView {
    let params = use_params_map();
    let token = Memo::new(move |_| params.with(|params| Token::try_from(params.get("token")?).ok()));
    let invitation = use_answer::<Invitation>(move || {
        let token = token.get();
        Question::new(move || {
            let token = token.clone();
            async move { read_invitation(token.ok_or(Error::NotFound)?).await }
        })
    });

    view! {
        <Transition fallback=|| ()>
            {move || Suspend::new(async move {
                match (invitation.wait().await, token.get_untracked()) {
                    (Ok(invitation), Some(token)) => view! { <Invited invitation token/> }.into_any(),
                    (Err(Error::NotFound), _) | (_, None) => view! { <Over/> }.into_any(),
                    (Err(error), _) => {
                        visit::answer_with(error.status());
                        view! { <Told text=use_words().sentence(&error)/> }.into_any()
                    }
                }
            })}
        </Transition>
    }
    .into_any()
}

#[component]
fn Invited(invitation: Invitation, token: Token) -> impl IntoView {
    let words = use_words();
    let Invitation { name, is_space, face, members, made_by } = invitation;
    let text = if is_space {
        (words.places().invited_to_space)(&made_by)
    } else {
        (words.places().invited_to_group)(&made_by)
    };

    view! {
        <PageTitle text=name.clone()/>
        <Threshold title=words.places().invitation>
            <div class="card invitation">
                <Avatar name=name.clone() number=face/>
                <p class="invitation-name" dir="auto">{name}</p>
                <p>{text}</p>
                <p class="invitation-people">{(words.places().people_count)(members)}</p>
                {if use_viewer().is_some() {
                    view! { <JoinForm token/> }.into_any()
                } else {
                    view! { <ComeBack/> }.into_any()
                }}
            </div>
        </Threshold>
    }
}

#[component]
fn JoinForm(token: Token) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(Join::url());
    let refusal = use_refusal(posting);

    view! {
        <Form posting class="form">
            <Alert text=refusal.elsewhere(&[])/>
            <input type="hidden" name="token" value=token.to_string()/>
            <Submit label=words.places().join weight=Weight::Primary pending=posting.pending()/>
        </Form>
    }
}

/// The way in for who is not logged in, and back here.
#[component]
fn ComeBack() -> impl IntoView {
    let words = use_words();
    let here = use_location().pathname.get_untracked();

    view! {
        <a class="button button--primary" href=with_next("/signup", Some(&here))>{words.accounts().create_account}</a>
        <a class="button" href=with_next("/login", Some(&here))>{words.accounts().log_in}</a>
    }
}

/// A link that leads nowhere, or no longer: nobody learns which.
#[component]
fn Over() -> impl IntoView {
    visit::answer_with(404);

    view! { <Told text=use_words().places().invitation_over/> }
}

#[component]
fn Told(#[prop(into)] text: String) -> impl IntoView {
    let words = use_words();

    view! {
        <PageTitle text=words.places().invitation/>
        <Threshold title=words.places().invitation>
            <div class="card invitation">
                <p>{text}</p>
                <a class="button" href="/">{words.back_home}</a>
            </div>
        </Threshold>
    }
}
