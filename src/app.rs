//! The page around it all: the document, the contexts, and the route table.

use leptos::{
    config::LeptosOptions,
    hydration::{AutoReload, HydrationScripts},
    nonce::use_nonce,
    prelude::*,
};
use leptos_meta::{HashedStylesheet, MetaTags, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{ParentRoute, Route, Router, Routes},
    path,
};

use crate::{
    accounts::Theme,
    browser,
    conversations::{home_page::HomePage, inbox::Inbox},
    drafts::Drafts,
    frame::{Frame, Lost},
    messages::{outbox::Outbox, places::Places},
    navigation::{self, Navigation},
    parts::{self, Page},
    presence::company::Company,
    realtime::{Realtime, Threads},
    receipts::signs::Signs,
    staff::announcements::Announcements,
    ui::{announcer::Announcer, wide::Wide},
    visit::Visit,
};

/// The document. Rendered on the server only, which provides the [`Visit`].
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let visit = use_context::<Visit>().unwrap_or_default();
    let needed = parts::Needed::provide();

    view! {
        <!DOCTYPE html>
        <html lang=visit.locale.code() data-theme=visit.theme.code()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"/>
                <meta name="color-scheme" content=color_scheme(visit.theme)/>
                {theme_colors(visit.theme)}
                <link rel="icon" href="/icon.svg" type="image/svg+xml"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                <HashedStylesheet id="style" options=options.clone()/>
                <AutoReload options=options.clone()/>
                // Outside the house there are only forms: nobody waits there for what they do not need.
                {visit.viewer.is_some().then(|| view! { <HydrationScripts options/> })}
                <MetaTags/>
            </head>
            <body>
                <App/>
                {move || needed.named()}
                {visit.viewer.is_none().then(threshold_script)}
            </body>
        </html>
    }
}

/// The few lines that a page without the browser part has.
fn threshold_script() -> impl IntoView {
    view! { <script nonce=use_nonce() inner_html=include_str!("ui/threshold.js")></script> }
}

/// For what the browser draws itself before the stylesheet is there: the ground, the scroll bars.
const fn color_scheme(theme: Theme) -> &'static str {
    match theme {
        Theme::System => "light dark",
        Theme::Light => "light",
        Theme::Dark => "dark",
    }
}

/// The paper of style/tokens.css, for the bars that some browsers draw around the page.
fn theme_colors(theme: Theme) -> AnyView {
    const LIGHT: &str = "#fbf8f1";
    const DARK: &str = "#1e1916";
    let color = |content| view! { <meta name="theme-color" content=content/> };
    match theme {
        Theme::Light => color(LIGHT).into_any(),
        Theme::Dark => color(DARK).into_any(),
        Theme::System => {
            let light = color(LIGHT).attr("media", "(prefers-color-scheme: light)");
            (light, color(DARK).attr("media", "(prefers-color-scheme: dark)")).into_any()
        }
    }
}

/// What both sides run: the contexts, then the page that the address names.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    Visit::provide();
    Inbox::provide();
    Threads::provide();
    Outbox::provide();
    Company::provide();
    Signs::provide();
    Announcements::provide();
    let drafts = Drafts::provide();
    let realtime = Realtime::provide();
    Effect::new(move |_| {
        drafts.start();
        realtime.start();
        browser::follow_keyboard();
    });
    Announcer::provide();
    parts::Coming::provide();
    Wide::provide();
    Places::provide();
    navigation::prepare();

    view! {
        <Router>
            <Navigation/>
            <Routes fallback=Lost>
                <Route path=path!("/signup") view=Page::SignUp ssr=SsrMode::Async/>
                <Route path=path!("/login") view=Page::LogIn ssr=SsrMode::Async/>
                <Route path=path!("/signup/phone") view=Page::SignUpByPhone ssr=SsrMode::Async/>
                <Route path=path!("/login/phone") view=Page::LogInByPhone ssr=SsrMode::Async/>
                <Route path=path!("/invite/:token") view=Page::Invite ssr=SsrMode::Async/>
                <ParentRoute path=path!("") view=Frame ssr=SsrMode::Async>
                    <Route path=path!("/") view=HomePage ssr=SsrMode::Async/>
                    <Route path=path!("/friends") view=Page::Friends ssr=SsrMode::Async/>
                    <Route path=path!("/write") view=Page::Write ssr=SsrMode::Async/>
                    <Route path=path!("/here") view=Page::HereNow ssr=SsrMode::Async/>
                    // One view for all of it: going into a thread and out of it leaves the room as it is.
                    <ParentRoute path=path!("/c/:id") view=Page::Conversation ssr=SsrMode::Async>
                        <Route path=path!("/") view=|| () ssr=SsrMode::Async/>
                        <Route path=path!("/t/:root") view=|| () ssr=SsrMode::Async/>
                        <Route path=path!("/m/:message") view=|| () ssr=SsrMode::Async/>
                    </ParentRoute>
                    <Route path=path!("/c/:id/m/:message/delete") view=Page::Delete ssr=SsrMode::Async/>
                    <Route path=path!("/c/:id/m/:message/reply") view=Page::Reply ssr=SsrMode::Async/>
                    <Route path=path!("/c/:id/m/:message/forward") view=Page::Forward ssr=SsrMode::Async/>
                    <Route path=path!("/c/:id/m/:message/remind") view=Page::Remind ssr=SsrMode::Async/>
                    <Route path=path!("/c/:id/m/:message/edit") view=Page::Edit ssr=SsrMode::Async/>
                    <Route path=path!("/c/:id/m/:message/history") view=Page::History ssr=SsrMode::Async/>
                    <Route path=path!("/c/:id/m/:message/reactions") view=Page::Reactions ssr=SsrMode::Async/>
                    <Route path=path!("/c/:id/m/:message/readers") view=Page::Readers ssr=SsrMode::Async/>
                    <Route path=path!("/c/:id/m/:message/votes") view=Page::Votes ssr=SsrMode::Async/>
                    <Route path=path!("/c/:id/later") view=Page::Later ssr=SsrMode::Async/>
                    <Route path=path!("/c/:id/poll") view=Page::NewPoll ssr=SsrMode::Async/>
                    <Route path=path!("/c/:id/pins") view=Page::Pins ssr=SsrMode::Async/>
                    <Route path=path!("/saved") view=Page::Saved ssr=SsrMode::Async/>
                    <Route path=path!("/reminders") view=Page::Reminders ssr=SsrMode::Async/>
                    <Route path=path!("/scheduled") view=Page::Scheduled ssr=SsrMode::Async/>
                    <Route path=path!("/scheduled/:id") view=Page::Revise ssr=SsrMode::Async/>
                    <Route path=path!("/scheduled/:id/cancel") view=Page::Cancel ssr=SsrMode::Async/>
                    <Route path=path!("/unread") view=Page::Unread ssr=SsrMode::Async/>
                    <Route path=path!("/activity") view=Page::Activity ssr=SsrMode::Async/>
                    <Route path=path!("/c/:id/people") view=Page::People ssr=SsrMode::Async/>
                    <Route path=path!("/c/:id/settings") view=Page::GroupSettings ssr=SsrMode::Async/>
                    <Route path=path!("/c/:id/invitations") view=Page::Invitations ssr=SsrMode::Async/>
                    <Route path=path!("/c/:id/notifications") view=Page::Notifications ssr=SsrMode::Async/>
                    <Route path=path!("/find") view=Page::Find ssr=SsrMode::Async/>
                    <Route path=path!("/s/:space/invitations") view=Page::Invitations ssr=SsrMode::Async/>
                    <Route path=path!("/c/:id/bans") view=Page::Bans ssr=SsrMode::Async/>
                    <Route path=path!("/s/:space/bans") view=Page::Bans ssr=SsrMode::Async/>
                    <Route path=path!("/spaces/new") view=Page::NewSpace ssr=SsrMode::Async/>
                    <Route path=path!("/s/:space") view=Page::Space ssr=SsrMode::Async/>
                    <Route path=path!("/s/:space/people") view=Page::SpacePeople ssr=SsrMode::Async/>
                    <Route path=path!("/s/:space/settings") view=Page::SpaceSettings ssr=SsrMode::Async/>
                    <Route path=path!("/s/:space/channels/new") view=Page::NewChannel ssr=SsrMode::Async/>
                    <Route path=path!("/groups/new") view=Page::NewGroup ssr=SsrMode::Async/>
                    <Route path=path!("/settings") view=Page::Settings ssr=SsrMode::Async/>
                    <Route path=path!("/settings/privacy") view=Page::Privacy ssr=SsrMode::Async/>
                    <Route path=path!("/settings/tokens") view=Page::Tokens ssr=SsrMode::Async/>
                    <Route path=path!("/settings/bots") view=Page::Bots ssr=SsrMode::Async/>
                    <Route path=path!("/settings/bots/:bot") view=Page::Bot ssr=SsrMode::Async/>
                    <Route path=path!("/staff") view=Page::Staff ssr=SsrMode::Async/>
                    <Route path=path!("/staff/claim") view=Page::Claim ssr=SsrMode::Async/>
                    <Route path=path!("/settings/email") view=Page::Email ssr=SsrMode::Async/>
                    <Route path=path!("/settings/delete") view=Page::Deletion ssr=SsrMode::Async/>
                    <Route path=path!("/settings/password") view=Page::Password ssr=SsrMode::Async/>
                </ParentRoute>
            </Routes>
        </Router>
    }
}
