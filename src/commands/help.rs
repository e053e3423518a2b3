//! The commands and what they do, explained above the box to who asks for it, and to nobody else.

use leptos::{ev, prelude::*};

use super::{Command, orders::Orders};
use crate::{
    browser::keyboard,
    conversations::about::About,
    messages::thread::Thread,
    text::{Words, commands::Explained, use_words},
    ui::live::live,
};

/// The explanation, while it is wanted. `stay` leads back to the box.
#[component]
pub fn CommandHelp(orders: Orders, thread: ArcRwSignal<Thread>, stay: Callback<()>) -> impl IntoView {
    let words = use_words();

    live(move || {
        let about = || thread.with_untracked(Thread::about);
        orders.helps().then(|| explanation(orders, &about(), stay, words))
    })
}

fn explanation(orders: Orders, about: &About, stay: Callback<()>, words: &'static Words) -> AnyView {
    let ids = orders.ids;
    let close = move || {
        orders.end_help();
        stay.run(());
    };
    let press = move |event: ev::KeyboardEvent| {
        if keyboard::press(&event).key == "Escape" {
            event.prevent_default();
            event.stop_propagation();
            close();
        }
    };
    let commands = Command::ALL.into_iter().filter(|command| command.applies(about));

    view! {
        <section class="command-help" id=ids.command_help tabindex="-1" aria-labelledby=ids.command_help_title on:keydown=press>
            <h2 id=ids.command_help_title>{words.commands().commands}</h2>
            <dl>{commands.map(|command| line(command, words)).collect_view()}</dl>
            <p>{words.commands().anyway}</p>
            <button type="button" class="button button--quiet" on:click=move |_| close()>{words.finding().close}</button>
        </section>
    }
    .into_any()
}

fn line(command: Command, words: &'static Words) -> impl IntoView {
    let Explained { takes, does } = command.explained(words);

    view! {
        <div class="command">
            <dt>
                {format!("/{}", command.name())}
                {(!takes.is_empty()).then(|| view! { " " <span class="completion-takes">{*takes}</span> })}
            </dt>
            <dd>{*does}</dd>
        </div>
    }
}
