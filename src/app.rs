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
    accounts::{
        Theme,
        deletion_page::DeletionPage,
        email_page::EmailPage,
        login_page::LogInPage,
        password_page::PasswordPage,
        phones::{login_page::LogInByPhonePage, signup_page::SignUpByPhonePage},
        settings_page::SettingsPage,
        signup_page::SignUpPage,
    },
    activity::activity_page::ActivityPage,
    bots::{bot_page::BotPage, bots_page::BotsPage},
    browser,
    catching_up::unread_page::UnreadPage,
    conversations::{
        choices::notifications_page::NotificationsPage,
        conversation_page::ConversationPage,
        groups::{new_page::NewGroupPage, people_page::PeoplePage, settings_page::GroupSettingsPage},
        home_page::HomePage,
        inbox::Inbox,
        strangers::WritePage,
    },
    drafts::Drafts,
    finding::find_page::FindPage,
    frame::{Frame, Lost},
    friends::{friends_page::FriendsPage, privacy_page::PrivacyPage},
    invitations::{invite_page::InvitePage, links_page::InvitationsPage},
    later::{
        later_page::LaterPage,
        remind_page::RemindPage,
        reminders_page::RemindersPage,
        revise_page::{CancelPage, RevisePage},
        scheduled_page::ScheduledPage,
    },
    messages::{
        delete_page::DeletePage, edit_page::EditPage, forward_page::ForwardPage, history_page::HistoryPage,
        outbox::Outbox, pins_page::PinsPage, places::Places, reactions_page::ReactionsPage,
        reply_page::ReplyPage, saved_page::SavedPage,
    },
    moderation::bans_page::BansPage,
    navigation::{self, Navigation},
    polls::{new_page::NewPollPage, votes_page::VotesPage},
    presence::{company::Company, here_now::HereNowPage},
    realtime::{Realtime, Threads},
    receipts::{readers_page::ReadersPage, signs::Signs},
    spaces::{
        channel_page::NewChannelPage, new_page::NewSpacePage, people_page::SpacePeoplePage,
        settings_page::SpaceSettingsPage, space_page::SpacePage,
    },
    staff::{announcements::Announcements, claim_page::ClaimPage, staff_page::StaffPage},
    tokens::tokens_page::TokensPage,
    ui::{announcer::Announcer, wide::Wide},
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
    Wide::provide();
    Places::provide();
    navigation::prepare();

    view! {
        <Router>
            <Navigation/>
            <Routes fallback=Lost>
                <Route path=path!("/signup") view=SignUpPage ssr=SsrMode::Async/>
                <Route path=path!("/login") view=LogInPage ssr=SsrMode::Async/>
                <Route path=path!("/signup/phone") view=SignUpByPhonePage ssr=SsrMode::Async/>
                <Route path=path!("/login/phone") view=LogInByPhonePage ssr=SsrMode::Async/>
                <Route path=path!("/invite/:token") view=InvitePage ssr=SsrMode::Async/>
                <ParentRoute path=path!("") view=Frame ssr=SsrMode::Async>
                    <Route path=path!("/") view=HomePage ssr=SsrMode::Async/>
                    <Route path=path!("/friends") view=FriendsPage ssr=SsrMode::Async/>
                    <Route path=path!("/write") view=WritePage ssr=SsrMode::Async/>
                    <Route path=path!("/here") view=HereNowPage ssr=SsrMode::Async/>
                    // One view for all of it: going into a thread and out of it leaves the room as it is.
                    <ParentRoute path=path!("/c/:id") view=ConversationPage ssr=SsrMode::Async>
                        <Route path=path!("/") view=|| () ssr=SsrMode::Async/>
                        <Route path=path!("/t/:root") view=|| () ssr=SsrMode::Async/>
                        <Route path=path!("/m/:message") view=|| () ssr=SsrMode::Async/>
                    </ParentRoute>
                    <Route path=path!("/c/:id/m/:message/delete") view=DeletePage ssr=SsrMode::Async/>
                    <Route path=path!("/c/:id/m/:message/reply") view=ReplyPage ssr=SsrMode::Async/>
                    <Route path=path!("/c/:id/m/:message/forward") view=ForwardPage ssr=SsrMode::Async/>
                    <Route path=path!("/c/:id/m/:message/remind") view=RemindPage ssr=SsrMode::Async/>
                    <Route path=path!("/c/:id/m/:message/edit") view=EditPage ssr=SsrMode::Async/>
                    <Route path=path!("/c/:id/m/:message/history") view=HistoryPage ssr=SsrMode::Async/>
                    <Route path=path!("/c/:id/m/:message/reactions") view=ReactionsPage ssr=SsrMode::Async/>
                    <Route path=path!("/c/:id/m/:message/readers") view=ReadersPage ssr=SsrMode::Async/>
                    <Route path=path!("/c/:id/m/:message/votes") view=VotesPage ssr=SsrMode::Async/>
                    <Route path=path!("/c/:id/later") view=LaterPage ssr=SsrMode::Async/>
                    <Route path=path!("/c/:id/poll") view=NewPollPage ssr=SsrMode::Async/>
                    <Route path=path!("/c/:id/pins") view=PinsPage ssr=SsrMode::Async/>
                    <Route path=path!("/saved") view=SavedPage ssr=SsrMode::Async/>
                    <Route path=path!("/reminders") view=RemindersPage ssr=SsrMode::Async/>
                    <Route path=path!("/scheduled") view=ScheduledPage ssr=SsrMode::Async/>
                    <Route path=path!("/scheduled/:id") view=RevisePage ssr=SsrMode::Async/>
                    <Route path=path!("/scheduled/:id/cancel") view=CancelPage ssr=SsrMode::Async/>
                    <Route path=path!("/unread") view=UnreadPage ssr=SsrMode::Async/>
                    <Route path=path!("/activity") view=ActivityPage ssr=SsrMode::Async/>
                    <Route path=path!("/c/:id/people") view=PeoplePage ssr=SsrMode::Async/>
                    <Route path=path!("/c/:id/settings") view=GroupSettingsPage ssr=SsrMode::Async/>
                    <Route path=path!("/c/:id/invitations") view=InvitationsPage ssr=SsrMode::Async/>
                    <Route path=path!("/c/:id/notifications") view=NotificationsPage ssr=SsrMode::Async/>
                    <Route path=path!("/find") view=FindPage ssr=SsrMode::Async/>
                    <Route path=path!("/s/:space/invitations") view=InvitationsPage ssr=SsrMode::Async/>
                    <Route path=path!("/c/:id/bans") view=BansPage ssr=SsrMode::Async/>
                    <Route path=path!("/s/:space/bans") view=BansPage ssr=SsrMode::Async/>
                    <Route path=path!("/spaces/new") view=NewSpacePage ssr=SsrMode::Async/>
                    <Route path=path!("/s/:space") view=SpacePage ssr=SsrMode::Async/>
                    <Route path=path!("/s/:space/people") view=SpacePeoplePage ssr=SsrMode::Async/>
                    <Route path=path!("/s/:space/settings") view=SpaceSettingsPage ssr=SsrMode::Async/>
                    <Route path=path!("/s/:space/channels/new") view=NewChannelPage ssr=SsrMode::Async/>
                    <Route path=path!("/groups/new") view=NewGroupPage ssr=SsrMode::Async/>
                    <Route path=path!("/settings") view=SettingsPage ssr=SsrMode::Async/>
                    <Route path=path!("/settings/privacy") view=PrivacyPage ssr=SsrMode::Async/>
                    <Route path=path!("/settings/tokens") view=TokensPage ssr=SsrMode::Async/>
                    <Route path=path!("/settings/bots") view=BotsPage ssr=SsrMode::Async/>
                    <Route path=path!("/settings/bots/:bot") view=BotPage ssr=SsrMode::Async/>
                    <Route path=path!("/staff") view=StaffPage ssr=SsrMode::Async/>
                    <Route path=path!("/staff/claim") view=ClaimPage ssr=SsrMode::Async/>
                    <Route path=path!("/settings/email") view=EmailPage ssr=SsrMode::Async/>
                    <Route path=path!("/settings/delete") view=DeletionPage ssr=SsrMode::Async/>
                    <Route path=path!("/settings/password") view=PasswordPage ssr=SsrMode::Async/>
                </ParentRoute>
            </Routes>
        </Router>
    }
}
