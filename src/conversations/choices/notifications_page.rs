//! Where one chooses how much to hear of a conversation, and where it stands in one's list.

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;

use super::{
    Choices, Level, Mute, UNTIL_LIFTED,
    server_fns::{
        HideConversation, MuteConversation, PinConversation, SetLevel, ShowConversation, UnmuteConversation,
        UnpinConversation, read_choices,
    },
};
use crate::{
    asking::{Answer, Question, use_answer},
    browser,
    conversations::{about::called, groups::people_page::ConversationField, inbox::use_inbox, path},
    error::Error,
    ids::ConversationId,
    realtime::use_threads,
    text::{Words, use_words},
    time::Timestamp,
    ui::{
        button::{Submit, Weight},
        field::Choice,
        form::{Form, Posting, use_posting},
        live::live,
        nothing_here::{NothingHere, Unread},
        page::Within,
        refusal::{Alert, flash_of, use_refusal},
        saved::Saved,
        time::use_moment,
    },
    visit,
};

/// `/c/{id}/notifications`
#[component]
pub fn NotificationsPage() -> impl IntoView {
    let params = use_params_map();
    let (inbox, closed) = (use_inbox(), use_threads().closed());
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<ConversationId>().ok()));
    let choices = use_answer::<Choices>(move || {
        inbox.version();
        closed.track();
        let id = id.get();
        Question::new(move || async move { read_choices(id.ok_or(Error::NotFound)?).await })
    });
    visit::leave_if_signed_out(choices.error());

    view! {
        <Transition fallback=|| ()>
            <Shown id choices/>
        </Transition>
    }
    .into_any()
}

/// What stands on the page.
#[derive(Clone, PartialEq, Eq)]
enum Page {
    Of(ConversationId),
    Nothing,
    Failure(Error),
}

/// Draws the page, and anew only for another conversation. Where it cannot be read again, what was known stays.
#[component]
fn Shown(id: Memo<Option<ConversationId>>, choices: Answer<Choices>) -> impl IntoView {
    let answer = choices.read();
    let known = move |before: Option<&Option<Choices>>| match answer.get() {
        Some(Ok(choices)) => Some(choices),
        _ => before.cloned().flatten(),
    };
    let known = Memo::new(known);
    let page = Memo::new(move |_| match (answer.get()?.err(), id.get_untracked()) {
        (Some(Error::NotFound), _) | (_, None) => Some(Page::Nothing),
        (Some(error), _) if known.with(Option::is_none) => Some(Page::Failure(error)),
        (_, Some(id)) => Some(Page::Of(id)),
    });

    live(move || {
        Some(match page.get()? {
            Page::Of(id) => {
                let first = known.get_untracked()?;
                let choices = Signal::derive(move || known.get().unwrap_or_else(|| first.clone()));
                view! { <Choosing id choices/> }.into_any()
            }
            Page::Nothing => view! { <NothingHere/> }.into_any(),
            Page::Failure(error) => view! { <Unread error/> }.into_any(),
        })
    })
}

#[component]
fn Choosing(id: ConversationId, choices: Signal<Choices>) -> impl IntoView {
    let words = use_words();
    let name = Signal::derive(move || choices.with(|choices| called(choices.kind, &choices.name, words)));
    let level = Memo::new(move |_| choices.with(|choices| choices.level));

    view! {
        <Within path=path(id) name title=words.finding().notifications>
            <section class="section"><Muting id choices/></section>
            <section class="section">
                {live(move || {
                    let level = level.get();
                    view! { <LevelForm id level/> }
                })}
            </section>
            <section class="section"><Standing id choices/></section>
        </Within>
    }
}

/// A form with nothing to fill in.
fn button(
    posting: Posting,
    id: ConversationId,
    field: Option<(&'static str, &'static str)>,
    label: &'static str,
) -> AnyView {
    view! {
        <Form posting>
            <ConversationField id/>
            {field.map(|(name, value)| view! { <input type="hidden" name=name value=value/> })}
            <Submit label pending=posting.pending()/>
        </Form>
    }
    .into_any()
}

/// Has the lists and this page read again after every answer, and the keyboard go to what is so now: the button that was
/// pressed may be gone.
fn follow(posting: Posting, told: &'static str) {
    let answer = posting.answer();
    use_inbox().changed_by(answer);
    Effect::new(move |_| {
        if answer.with(|answer| matches!(answer, Some(Ok(())))) {
            browser::focus(told);
        }
    });
}

/// Why one of the forms at `urls` was refused, if that led here.
fn noted(urls: &[&str], words: &Words) -> Signal<Option<String>> {
    let flash = urls.iter().find_map(|url| flash_of(url));
    Signal::stored(flash.map(|flash| words.sentence(&flash.error)))
}

#[component]
fn Muting(id: ConversationId, choices: Signal<Choices>) -> impl IntoView {
    let words = use_words();
    let mute = use_posting(MuteConversation::url());
    let unmute = mute.or(UnmuteConversation::url());
    let refusal = use_refusal(mute);
    follow(mute, "#told-muting");
    let end = Memo::new(move |_| choices.with(|choices| choices.muted_until));
    let lengths = Mute::ALL.map(|length| {
        let label = match length {
            Mute::Hour => words.finding().mute_hour,
            Mute::EightHours => words.finding().mute_eight_hours,
            Mute::Week => words.finding().mute_week,
            Mute::Always => words.finding().mute_always,
        };
        button(mute, id, Some(("length", length.code())), label)
    });

    view! {
        <h2>{words.finding().muting}</h2>
        <p>{words.finding().muting_text}</p>
        <p class="chosen" id="told-muting" role="status" tabindex="-1">
            {live(move || view! { <MutedUntil end=end.get()/> })}
        </p>
        <Alert text=refusal.elsewhere(&[])/>
        <Alert text=noted(&[unmute.url()], words)/>
        <div class="row">
            {live(move || end.get().map(|_| button(unmute, id, None, words.finding().unmute)))}
            {lengths}
        </div>
    }
}

#[component]
fn MutedUntil(end: Option<Timestamp>) -> impl IntoView {
    let words = use_words();

    match end {
        None => words.finding().not_muted.into_any(),
        Some(UNTIL_LIFTED) => words.finding().muted_always.into_any(),
        Some(end) => {
            let moment = use_moment(end);
            live(move || (words.finding().muted_until)(&moment.get()))
        }
    }
}

#[component]
fn LevelForm(id: ConversationId, level: Level) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(SetLevel::url());
    let refusal = use_refusal(posting);
    let options = Level::ALL.map(|level| {
        let label = match level {
            Level::All => words.finding().all,
            Level::Mentions => words.finding().mentions,
            Level::None => words.finding().nothing,
        };
        (level.code(), label)
    });

    view! {
        <Form posting class="form">
            <Alert text=refusal.elsewhere(&[])/>
            <ConversationField id/>
            <Choice
                label=words.finding().level
                name="level"
                options=options.to_vec()
                chosen=level.code().to_owned()
                error=Signal::stored(None::<String>)
            />
            <Submit label=words.save weight=Weight::Primary pending=posting.pending()/>
            <Saved url=posting.url() text=words.saved/>
        </Form>
        <p>{words.finding().level_text}</p>
    }
}

/// Where it stands in the list.
#[component]
fn Standing(id: ConversationId, choices: Signal<Choices>) -> impl IntoView {
    let words = use_words();
    let pin = use_posting(PinConversation::url());
    let [unpin, hide, show] =
        [UnpinConversation::url(), HideConversation::url(), ShowConversation::url()].map(|url| pin.or(url));
    let refusal = use_refusal(pin);
    follow(pin, "#told-standing");
    let stands = Memo::new(move |_| choices.with(|choices| (choices.pinned, choices.hidden)));
    let told = move || match stands.get() {
        (true, _) => words.finding().stands_first,
        (_, true) => words.finding().stands_nowhere,
        _ => words.finding().stands_by_activity,
    };

    view! {
        <h2>{words.finding().in_list}</h2>
        <p>{words.finding().in_list_text}</p>
        <p class="chosen" id="told-standing" role="status" tabindex="-1">{live(told)}</p>
        <Alert text=refusal.elsewhere(&[])/>
        <Alert text=noted(&[unpin.url(), hide.url(), show.url()], words)/>
        <div class="row">
            {live(move || {
                let (posting, label) =
                    if stands.get().0 { (unpin, words.finding().unpin) } else { (pin, words.finding().pin) };
                button(posting, id, None, label)
            })}
            {live(move || {
                let (posting, label) =
                    if stands.get().1 { (show, words.finding().show_again) } else { (hide, words.finding().hide) };
                button(posting, id, None, label)
            })}
        </div>
    }
}
