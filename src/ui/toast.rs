//! News that asks for nothing at once: it stands at the edge of the screen until it is acted on or sent away.

use leptos::prelude::*;

use super::button::Weight;

/// Says `text` while `open`, with a button `act` and one that sends it away, which is `dismissed`. Place it from the
/// start: what appears in a region that was there before is read aloud.
#[component]
pub fn Toast(
    #[prop(into)] open: Signal<bool>,
    text: &'static str,
    action: &'static str,
    act: Callback<()>,
    dismiss: &'static str,
    dismissed: Callback<()>,
) -> impl IntoView {
    view! {
        <div class="toast" role="status">
            {move || {
                open.get()
                    .then(|| {
                        view! {
                            <p class="toast-text">{text}</p>
                            <button
                                type="button"
                                class=Weight::Plain.class()
                                on:click=move |_| act.run(())
                            >
                                {action}
                            </button>
                            <button
                                type="button"
                                class=Weight::Quiet.class()
                                on:click=move |_| dismissed.run(())
                            >
                                {dismiss}
                            </button>
                        }
                    })
            }}
        </div>
    }
}
