//! Before a text goes that turns to very many: how many they are, and a question, once.

use leptos::prelude::*;

use super::{completing::reach, named};
use crate::{
    browser,
    conversations::about::About,
    messages::pane::{Pane, use_pane},
    text::use_words,
    ui::live::live,
};

/// So many one reaches without being asked.
const FEW: u32 = 20;

/// Whether it is being asked, and what was said.
#[derive(Clone, Copy)]
pub struct Calling {
    pane: Pane,
    /// How many a text would reach that waits for a word.
    asking: RwSignal<Option<u32>>,
    agreed: StoredValue<bool>,
}

impl Calling {
    /// Nothing is asked yet.
    pub fn new() -> Self {
        Self { pane: use_pane(), asking: RwSignal::new(None), agreed: StoredValue::new(false) }
    }

    /// Whether `body` has to wait for a word of the person: it is asked for now. Whoever has given it is not asked again
    /// about the same text.
    pub fn holds(self, body: &str, about: &About) -> bool {
        let agreed = self.agreed.try_update_value(std::mem::take) == Some(true);
        let many = many(body, about).filter(|_| !agreed);
        if self.asking.get_untracked() != many {
            self.asking.set(many);
        }
        if many.is_some() {
            let button = self.pane.within(".composer-question button");
            browser::before_paint(move || browser::focus(&button));
        }
        many.is_some()
    }

    /// Asks no more: something else is written.
    pub fn forget(self) {
        if self.asking.get_untracked().is_some() {
            self.asking.set(None);
        }
    }
}

impl Default for Calling {
    fn default() -> Self {
        Self::new()
    }
}

/// How many a text reaches by turning to everyone, if that is very many.
fn many(body: &str, about: &About) -> Option<u32> {
    reach(about).filter(|reaches| *reaches > FEW && named(body).all)
}

/// The question. `send` sends the text after all, `stay` leads back to it.
#[component]
pub fn CallingQuestion(calling: Calling, send: Callback<()>, stay: Callback<()>) -> impl IntoView {
    let words = use_words();
    let agree = move |_| {
        calling.agreed.set_value(true);
        send.run(());
        stay.run(());
    };
    let back = move |_| {
        calling.forget();
        stay.run(());
    };

    live(move || {
        calling.asking.get().map(|reaches| {
            view! {
                <div class="composer-question" role="alert">
                    <p>{(words.mentions().reaches)(reaches)}</p>
                    <button type="button" class="button" on:click=agree>{words.mentions().send_to_all}</button>
                    <button type="button" class="button button--quiet" on:click=back>{words.cancel}</button>
                </div>
            }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{conversations::about::Kind, messages::thread::fixtures::page};

    #[test]
    fn only_a_text_that_reaches_very_many_is_held() {
        let about = |members| About { kind: Kind::Group, members, ..page(0, Vec::new()).about };
        assert_eq!(many("Lunch, @all", &about(FEW + 2)), Some(FEW + 1));
        assert_eq!(many("Lunch, @all", &about(FEW + 1)), None);
        assert_eq!(many("`@all`", &about(FEW + 2)), None);
        assert_eq!(many("@bruno", &about(FEW + 2)), None);
        // There it is a word, and reaches nobody.
        assert_eq!(many("@all", &about(60)), None);
    }
}
