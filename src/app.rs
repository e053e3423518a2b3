//! The page around it all: the document, the contexts, and the route table.

use leptos::{
    config::LeptosOptions,
    hydration::{AutoReload, HydrationScripts},
    prelude::*,
};
use leptos_meta::{HashedStylesheet, MetaTags, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{ParentRoute, Route, Router, Routes},
    path,
};

use crate::{
    accounts::{Theme, login_page::LogInPage, settings_page::SettingsPage, signup_page::SignUpPage},
    conversations::{conversation_page::ConversationPage, home_page::HomePage, inbox::Inbox},
    frame::{Frame, Lost},
    friends::friends_page::FriendsPage,
    navigation::{self, Navigation},
    realtime::{Realtime, Threads},
    visit::Visit,
};

/// The document. Rendered on the server only, which provides the [`Visit`].
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let visit = use_context::<Visit>().unwrap_or_default();

    view! {
        <!DOCTYPE html>
        <html lang=visit.locale.code() data-theme=visit.theme.code()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="color-scheme" content=color_scheme(visit.theme)/>
                <link rel="icon" href="/icon.svg" type="image/svg+xml"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                <HashedStylesheet id="style" options=options.clone()/>
                <AutoReload options=options.clone()/>
                <HydrationScripts options/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

/// For what the browser draws itself before the stylesheet is there: the ground, the scroll bars.
const fn color_scheme(theme: Theme) -> &'static str {
    match theme {
        Theme::System => "light dark",
        Theme::Light => "light",
        Theme::Dark => "dark",
    }
}

/// What both sides run: the contexts, then the page that the address names.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    Visit::provide();
    Inbox::provide();
    Threads::provide();
    let realtime = Realtime::provide();
    Effect::new(move |_| realtime.start());
    navigation::prepare();

    view! {
        <Router>
            <Navigation/>
            <Routes fallback=Lost>
                <Route path=path!("/signup") view=SignUpPage ssr=SsrMode::Async/>
                <Route path=path!("/login") view=LogInPage ssr=SsrMode::Async/>
                <ParentRoute path=path!("") view=Frame ssr=SsrMode::Async>
                    <Route path=path!("/") view=HomePage ssr=SsrMode::Async/>
                    <Route path=path!("/friends") view=FriendsPage ssr=SsrMode::Async/>
                    <Route path=path!("/c/:id") view=ConversationPage ssr=SsrMode::Async/>
                    <Route path=path!("/settings") view=SettingsPage ssr=SsrMode::Async/>
                </ParentRoute>
            </Routes>
        </Router>
    }
}
