//! Saying that one has looked: by looking, and where nobody can see that one looks by a form.

use leptos::{prelude::*, server_fn::ServerFn};

use super::server_fns::MarkActivityRead;
use crate::{
    browser::attention,
    conversations::inbox::use_inbox,
    ids::ActivityId,
    navigation::use_way,
    text::use_words,
    ui::{
        button::{Submit, Weight},
        form::{Form, Posting, use_posting},
        live::live,
        refusal::use_refusal,
    },
};

/// Marks everything up to `newest`, which is new, as looked at: as soon as somebody looks, or by a button.
#[component]
pub fn Looking(newest: Memo<Option<ActivityId>>) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(MarkActivityRead::url());
    use_refusal(posting);
    use_inbox().changed_by(posting.answer());
    look(newest, posting);

    let alive = RwSignal::new(false);
    Effect::new(move |_| alive.set(true));
    live(move || {
        newest.get().filter(|_| !alive.get()).map(|newest| {
            view! {
                <Form posting class="mark-read">
                    <input type="hidden" name="up_to" value=newest.to_string()/>
                    <Submit label=words.mark_read weight=Weight::Quiet pending=posting.pending()/>
                </Form>
            }
        })
    })
}

/// Says it once for what is new, and again when somebody comes back to a page that could not say it.
fn look(newest: Memo<Option<ActivityId>>, posting: Posting) {
    let said = StoredValue::new(None::<ActivityId>);
    let way = use_way();
    let look = move || {
        let Some(new) = newest.try_get_untracked().flatten() else { return };
        if said.get_value() < Some(new) && attention::is_attended() {
            said.set_value(Some(new));
            posting.send_one(("up_to", &new.to_string()), way.clone());
        }
    };

    let pending = posting.pending();
    Effect::new({
        let look = look.clone();
        move |_| {
            newest.track();
            if !pending.get() {
                look();
            }
        }
    });
    let handles = StoredValue::new(Vec::new());
    Effect::new(move |_| {
        let look = look.clone();
        handles.set_value(attention::on_change(move || {
            said.try_set_value(None);
            if pending.try_get_untracked() == Some(false) {
                look();
            }
        }));
    });
    on_cleanup(move || {
        let handles = handles.try_update_value(std::mem::take).unwrap_or_default();
        handles.into_iter().for_each(attention::stop);
    });
}
