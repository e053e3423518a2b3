//! Choosing how long members wait between two messages, and saying so where one writes.

use leptos::{prelude::*, server_fn::ServerFn};

use super::people_page::ConversationField;
use crate::{
    conversations::{about::SLOW_CHOICES, server_fns::SetSlowMode},
    ids::ConversationId,
    text::use_words,
    ui::{
        button::Submit,
        field::Choice,
        form::{Form, use_posting},
        live::live,
        refusal::{Alert, use_refusal},
        saved::Saved,
    },
};

/// The numbers of [`SLOW_CHOICES`] as a form sends them.
const CODES: [&str; SLOW_CHOICES.len()] = ["0", "5", "10", "30", "60", "300", "900", "3600", "21600"];

/// The form; `slow` is what is chosen now.
#[component]
pub fn SlowMode(id: ConversationId, slow: u32) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(SetSlowMode::url());
    let refusal = use_refusal(posting);

    view! {
        <h2>{words.moderation().slow_mode}</h2>
        <p>{words.moderation().slow_mode_text}</p>
        <Form posting class="form">
            <Alert text=refusal.elsewhere(&[])/>
            <ConversationField id/>
            <Choice
                label=words.moderation().between_messages
                name="seconds"
                options=CODES.into_iter().zip(words.moderation().slow_choices).collect()
                chosen=slow.to_string()
                error=Signal::stored(None::<String>)
            />
            <Submit label=words.save pending=posting.pending() about="label-seconds"/>
            <Saved url=posting.url() text=words.saved/>
        </Form>
    }
}

/// How often one may write here, while slow mode is on; for those too whom it does not concern.
#[component]
pub fn Slowness(#[prop(into)] slow: Signal<u32>) -> impl IntoView {
    let words = use_words();

    live(move || {
        let slow = slow.get();
        (slow > 0)
            .then(|| view! { <p class="field-hint composer-pace">{(words.moderation().slow_now)(slow)}</p> })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_is_sent_as_what_it_is() {
        assert_eq!(CODES.map(str::parse), SLOW_CHOICES.map(Ok));
    }
}
