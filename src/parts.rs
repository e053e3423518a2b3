//! The parts in which the browser downloads Salon.
//!
//! What stands around every page, and what listens, comes with the first of them. The pages come in parts: going to one
//! fetches the part that it is in, unless it is here already. A part is a file of WebAssembly that cargo-leptos takes
//! out of the whole (`--split`, as bin/build does); what two parts share becomes a file of its own. For development
//! everything stays in one file, which is built sooner.

use std::{future::Future, pin::Pin, time::Duration};

use leptos::prelude::*;
use leptos_router::ChooseView;

use crate::{
    browser,
    error::Error,
    finding::{search, switcher::Draw},
    messages::outbox::Outbox,
    ui::nothing_here::Unread,
};

/// A part did not arrive: the server could not be reached, or is a newer one that has other files.
#[derive(Debug)]
struct NotThere;

#[cfg(feature = "parts")]
impl From<wasm_split_helpers::SplitLoaderError> for NotThere {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

/// Every part, with the pages in it: their names, and the components that draw them.
macro_rules! parts {
    ($($part:ident { $($name:ident => $component:path,)+ })+) => {
        /// A page that comes in a part.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Page {
            $($($name,)+)+
        }

        impl Page {
            const fn part(self) -> &'static str {
                match self {
                    $($(Self::$name)|+ => stringify!($part),)+
                }
            }

            fn draw(self) -> Drawing {
                match self {
                    $($(Self::$name)|+ => Box::pin($part::draw(self)),)+
                }
            }
        }

        /// Fetches a part, or does nothing if it is here.
        async fn fetch(part: &str) -> Result<(), NotThere> {
            match part {
                $(stringify!($part) => $part::fetch().await,)+
                _ => Ok(()),
            }
        }

        $(mod $part {
            use leptos::prelude::*;

            use super::{NotThere, Page};

            #[cfg(feature = "parts")]
            mod split {
                use super::*;

                #[wasm_split_helpers::wasm_split($part, fallible, preload(fetch))]
                pub fn draw(page: Page) -> Result<AnyView, NotThere> {
                    super::drawn(page)
                }
            }

            pub async fn draw(page: Page) -> Result<AnyView, NotThere> {
                #[cfg(feature = "parts")]
                return split::draw(page).await;
                #[cfg(not(feature = "parts"))]
                drawn(page)
            }

            pub async fn fetch() -> Result<(), NotThere> {
                #[cfg(feature = "parts")]
                split::fetch().await?;
                Ok(())
            }

            fn drawn(page: Page) -> Result<AnyView, NotThere> {
                match page {
                    $(Page::$name => Ok($component().into_any()),)+
                    _ => Err(NotThere),
                }
            }
        })+
    };
}

parts! {
    // What people come for.
    talk {
        Conversation => crate::conversations::conversation_page::ConversationPage,
    }
    // What can be done with a message, and lists of messages.
    messages {
        Delete => crate::messages::delete_page::DeletePage,
        Reply => crate::messages::reply_page::ReplyPage,
        Forward => crate::messages::forward_page::ForwardPage,
        Remind => crate::later::remind_page::RemindPage,
        Edit => crate::messages::edit_page::EditPage,
        History => crate::messages::history_page::HistoryPage,
        Reactions => crate::messages::reactions_page::ReactionsPage,
        Readers => crate::receipts::readers_page::ReadersPage,
        Votes => crate::polls::votes_page::VotesPage,
        Later => crate::later::later_page::LaterPage,
        NewPoll => crate::polls::new_page::NewPollPage,
        Pins => crate::messages::pins_page::PinsPage,
        Saved => crate::messages::saved_page::SavedPage,
        Reminders => crate::later::reminders_page::RemindersPage,
        Scheduled => crate::later::scheduled_page::ScheduledPage,
        Revise => crate::later::revise_page::RevisePage,
        Cancel => crate::later::revise_page::CancelPage,
        Unread => crate::catching_up::unread_page::UnreadPage,
        Activity => crate::activity::activity_page::ActivityPage,
        Find => crate::finding::find_page::FindPage,
    }
    // People, groups and spaces, and all that is set.
    house {
        SignUp => crate::accounts::signup_page::SignUpPage,
        LogIn => crate::accounts::login_page::LogInPage,
        SignUpByPhone => crate::accounts::phones::signup_page::SignUpByPhonePage,
        LogInByPhone => crate::accounts::phones::login_page::LogInByPhonePage,
        Invite => crate::invitations::invite_page::InvitePage,
        Friends => crate::friends::friends_page::FriendsPage,
        Privacy => crate::friends::privacy_page::PrivacyPage,
        Write => crate::conversations::strangers::WritePage,
        HereNow => crate::presence::here_now::HereNowPage,
        NewGroup => crate::conversations::groups::new_page::NewGroupPage,
        People => crate::conversations::groups::people_page::PeoplePage,
        GroupSettings => crate::conversations::groups::settings_page::GroupSettingsPage,
        Invitations => crate::invitations::links_page::InvitationsPage,
        Notifications => crate::conversations::choices::notifications_page::NotificationsPage,
        Bans => crate::moderation::bans_page::BansPage,
        NewSpace => crate::spaces::new_page::NewSpacePage,
        Space => crate::spaces::space_page::SpacePage,
        SpacePeople => crate::spaces::people_page::SpacePeoplePage,
        SpaceSettings => crate::spaces::settings_page::SpaceSettingsPage,
        NewChannel => crate::spaces::channel_page::NewChannelPage,
        Settings => crate::accounts::settings_page::SettingsPage,
        Email => crate::accounts::email_page::EmailPage,
        Password => crate::accounts::password_page::PasswordPage,
        Deletion => crate::accounts::deletion_page::DeletionPage,
        Tokens => crate::tokens::tokens_page::TokensPage,
        Bots => crate::bots::bots_page::BotsPage,
        Bot => crate::bots::bot_page::BotPage,
        Staff => crate::staff::staff_page::StaffPage,
        Claim => crate::staff::claim_page::ClaimPage,
    }
}

#[cfg(feature = "parts")]
mod split {
    use super::*;

    #[wasm_split_helpers::wasm_split(talk, fallible)]
    pub fn begin(outbox: Outbox) -> Result<(), NotThere> {
        outbox.begin();
        Ok(())
    }

    #[wasm_split_helpers::wasm_split(talk, fallible)]
    pub fn search() -> Result<Draw, NotThere> {
        Ok(search::draw)
    }
}

/// Has `outbox` begin to work, with the part in which one talks, as soon as that arrives.
pub async fn begin(outbox: Outbox) {
    #[cfg(feature = "parts")]
    while split::begin(outbox.clone()).await.is_err() {
        browser::after(AGAIN).await;
    }
    #[cfg(not(feature = "parts"))]
    outbox.begin();
}

/// What finds something for the switcher.
///
/// # Errors
/// `Unreachable` if it does not arrive.
pub async fn search() -> Result<Draw, Error> {
    #[cfg(feature = "parts")]
    return split::search().await.map_err(|NotThere| Error::Unreachable);
    #[cfg(not(feature = "parts"))]
    Ok(search::draw)
}

type Drawing = Pin<Box<dyn Future<Output = Result<AnyView, NotThere>>>>;

/// Between two attempts to fetch a part that something waits for.
const AGAIN: Duration = Duration::from_secs(2);

impl ChooseView for Page {
    async fn choose(self) -> AnyView {
        Needed::note(self.part());
        match self.draw().await {
            Ok(view) => view,
            Err(NotThere) => view! { <Unread error=Error::Unreachable/> }.into_any(),
        }
    }

    async fn preload(&self) {
        let coming = use_context::<Coming>();
        let tell = |is_coming| coming.map(|Coming(coming)| coming.try_set(is_coming));
        tell(true);
        // If it fails, choosing the page tries again, and says so.
        let _ = fetch(self.part()).await;
        tell(false);
    }
}

/// Whether a part is being fetched to which somebody goes.
#[derive(Clone, Copy)]
pub struct Coming(RwSignal<bool>);

impl Coming {
    /// Called once, at the top of `<App>`.
    pub fn provide() {
        provide_context(Self(RwSignal::new(false)));
    }

    /// Whether one is, as it stands in an attribute; tracked.
    pub fn is_busy(self) -> &'static str {
        if self.0.get() { "true" } else { "false" }
    }
}

/// What is fetched for pages that somebody goes to.
pub fn use_coming() -> Coming {
    expect_context()
}

/// Which part the page needs that the server draws. There is none of it in the browser.
#[derive(Clone, Default)]
pub struct Needed(ArcStoredValue<Option<&'static str>>);

impl Needed {
    /// Called once for each page, in front of its `<App>`.
    pub fn provide() -> Self {
        let needed = Self::default();
        provide_context(needed.clone());
        needed
    }

    fn note(part: &'static str) {
        // Has the browser told of the files right away, instead of after the first of them.
        leptos::prefetch_lazy_fn_on_server(part);
        if let Some(Self(needed)) = use_context() {
            needed.set_value(Some(part));
        }
    }

    /// For pages that come with the first part: has the browser told of what fetches the others, which the first part
    /// asks for before it runs.
    pub fn note_none() {
        leptos::prefetch_lazy_fn_on_server("first");
    }

    /// Tells [`arrived`] what to fetch. Stands behind the `<App>`, whose page it names.
    pub fn named(&self) -> impl IntoView + use<> {
        self.0.get_value().map(|part| view! { <template data-part=part></template> })
    }
}

/// Waits until the part is here with which the page that the server drew comes to life. Until then it stays as it was
/// drawn, which serves without it. Whoever went back meanwhile is at the address of another page: that one is loaded, and
/// it never ends.
pub async fn arrived() {
    if let Some(part) = browser::part_of_page() {
        while fetch(&part).await.is_err() {
            browser::after(AGAIN).await;
        }
    }
    if browser::has_moved() {
        browser::reload();
        std::future::pending::<()>().await;
    }
}

/// How long the browser is left alone once a page is alive.
const QUIET: Duration = Duration::from_secs(1);

/// Fetches what most people open next, before they do.
pub async fn look_ahead() {
    browser::after(QUIET).await;
    let _ = fetch(Page::Conversation.part()).await;
}
