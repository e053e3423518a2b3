//! What stands around every page of somebody who has logged in: the rail, the list, and the pane.

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::{
    components::{A, Outlet},
    hooks::use_location,
};

use crate::{
    accounts::server_fns::LogOut,
    activity::rail_link::ActivityLink,
    catching_up::all_read::{AllRead, Sweeping},
    conversations::list::{Column, Lists, use_lists},
    finding::{switcher::Switcher, window::SwitcherWindow},
    messages::saved_page::SAVED,
    parts::{Needed, use_coming},
    realtime::{banner::Banner, new_version::NewVersion},
    spaces::column::SpaceLinks,
    staff::announcements::Told,
    text::use_words,
    ui::{
        announcer::Announcements,
        form::{Form, use_posting},
        icon::{Icon, Symbol},
        live::live,
        nothing_here::NothingHere,
        refusal::use_refusal,
    },
};

#[component]
pub fn Frame() -> impl IntoView {
    let words = use_words();
    let path = use_location().pathname;
    // On a phone the list stands alone at home, and at the top of a space.
    let at = move || path.with(|path| if path == "/" || is_top_of_space(path) { "home" } else { "page" });
    let (lists, coming) = (use_lists(), use_coming());
    Needed::note_none();
    Switcher::provide();
    Sweeping::provide();

    view! {
        // The browser's own way within a page takes the keyboard along; the router's would not.
        <a class="skip-link" rel="external" href="#main">{words.skip_to_content}</a>
        <Announcements/>
        <div class="frame" data-at=at>
            <Banner/>
            <Rail lists/>
            <Column lists/>
            <main id="main" class="pane" tabindex="-1" aria-busy=move || coming.is_busy()>
                <Outlet/>
            </main>
            <div class="toasts">
                <Told/>
                <NewVersion/>
                <AllRead/>
            </div>
        </div>
        <SwitcherWindow/>
    }
    .into_any()
}

/// Whether `path` is a space's own: `/s/12`.
fn is_top_of_space(path: &str) -> bool {
    path.strip_prefix("/s/").is_some_and(|rest| !rest.contains('/'))
}

#[component]
fn Rail(lists: Lists) -> impl IntoView {
    let words = use_words();
    let path = use_location().pathname;
    // The settings have a button for it of their own.
    let may_leave = move || path.with(|path| path != "/settings");

    view! {
        <nav class="rail" aria-label=words.main_navigation>
            <a class="rail-brand" href="/">"Salon"</a>
            <A href="/" exact=true attr:class="rail-link">
                <Icon symbol=Symbol::Home/>
                <span class="rail-label">{words.home}</span>
            </A>
            <A href="/friends" attr:class="rail-link">
                <Icon symbol=Symbol::People/>
                <span class="rail-label">{words.friends}</span>
            </A>
            <ActivityLink lists/>
            <A href=SAVED attr:class="rail-link">
                <Icon symbol=Symbol::Saved/>
                <span class="rail-label">{words.keeping().is_saved}</span>
            </A>
            <Transition>
                <SpaceLinks lists/>
            </Transition>
            <A href="/settings" attr:class="rail-link rail-settings">
                <Icon symbol=Symbol::Settings/>
                <span class="rail-label">{words.settings}</span>
            </A>
            {live(move || may_leave().then(|| view! { <Leave/> }))}
        </nav>
    }
}

#[component]
fn Leave() -> impl IntoView {
    let words = use_words();
    let posting = use_posting(LogOut::url());
    use_refusal(posting);

    view! {
        <Form posting>
            <button type="submit" class="rail-link">
                <Icon symbol=Symbol::Leave/>
                <span class="rail-label">{words.log_out}</span>
            </button>
        </Form>
    }
}

/// An address that leads nowhere.
#[component]
pub fn Lost() -> impl IntoView {
    view! {
        <main id="main" class="threshold">
            <NothingHere/>
        </main>
    }
    .into_any()
}
