//! Every word that people see, by name; `en.rs` and `fr.rs` say what each is in their language.
//!
//! A sentence with something in it is a function, so that each language puts it where it belongs.

use super::{
    Locale,
    accounts::{self, AccountWords},
    activity::{self, ActivityWords},
    bots::{self, BotWords},
    catching_up::{self, CatchingUpWords},
    changes::{self, ChangeWords},
    commands::{self, CommandWords},
    finding::{self, FindingWords},
    forwarding::{self, ForwardingWords},
    friendship::{self, FriendWords},
    keeping::{self, KeepingWords},
    later::{self, LaterWords},
    mentions::{self, MentionWords},
    moderation::{self, ModerationWords},
    phones::{self, PhoneWords},
    places::{self, PlaceWords},
    polls::{self, PollWords},
    presence::{self, PresenceWords},
    receipts::{self, ReceiptWords},
    replies::{self, ReplyWords},
    requests::{self, RequestWords},
    staff::{self, StaffWords},
    talk::{self, TalkWords},
    threads::{self, ThreadWords},
    tokens::{self, TokenWords},
};
use crate::{error::Error, time::Date};

/// The words of one language.
pub struct Words {
    /// Which language it is.
    pub(super) locale: Locale,

    // Around every page.
    pub skip_to_content: &'static str,
    pub main_navigation: &'static str,
    pub home: &'static str,
    pub friends: &'static str,
    pub settings: &'static str,
    pub log_out: &'static str,
    pub back: &'static str,
    pub back_home: &'static str,
    pub show: &'static str,
    pub hide: &'static str,
    /// A day of this or another year, short: `21 Nov`.
    pub day_and_month: fn(Date) -> String,

    pub promise: &'static str,

    // The list of conversations.
    pub conversations: &'static str,
    pub friend_requests: &'static str,
    /// Given the beginning of a text that the viewer wrote.
    pub you_wrote: fn(&str) -> String,
    /// Given how somebody is called, and the beginning of a text that they wrote.
    pub somebody_wrote: fn(&str, &str) -> String,
    /// Given how somebody is called, and the beginning of what they do, as they put it.
    pub somebody_did: fn(&str, &str) -> String,
    /// Given how many messages are unread; the most that are counted stands for as many or more.
    pub unread: fn(u32) -> String,
    pub more_conversations: &'static str,
    pub latest_conversations: &'static str,
    pub no_conversations_title: &'static str,
    pub no_conversations: &'static str,
    pub no_more_conversations: &'static str,
    pub add_friends: &'static str,

    // Home. Given how the viewer is called.
    pub welcome: fn(&str) -> String,
    pub welcome_text: &'static str,

    // In many places.
    pub accept: &'static str,
    pub decline: &'static str,
    pub cancel: &'static str,
    pub save: &'static str,
    pub saved: &'static str,
    /// In place of the name of somebody who is gone.
    pub deleted_account: &'static str,
    /// Given how the other person is called.
    pub conversation_with: fn(&str) -> String,
    pub mark_read: &'static str,
    /// Before the beginning of what is written and not sent.
    pub draft: &'static str,
    pub no_connection: &'static str,
    /// Given the seconds until then.
    pub next_try: fn(u32) -> String,
    pub trying: &'static str,
    pub retry_now: &'static str,

    // A new build of Salon.
    pub new_version: &'static str,
    pub reload: &'static str,
    pub dismiss: &'static str,

    // When something went wrong.
    pub not_found_title: &'static str,
    pub not_found: &'static str,
    pub failed_title: &'static str,
    pub try_again: &'static str,
    pub refused_title: &'static str,
    /// A form that was sent from elsewhere.
    pub not_ours: &'static str,
    pub unavailable_title: &'static str,
    /// What to tell whoever gets this error. Others call [`Words::sentence`].
    pub refusal: fn(&Error) -> String,
}

impl Words {
    /// What happened and what to do, in one or two sentences.
    pub fn sentence(&self, error: &Error) -> String {
        (self.refusal)(error)
    }
}

/// The words about one thing each. They are no fields, since whoever reads a field takes all of them along: so a part of
/// Salon that a browser downloads has the words that it says, and no others.
macro_rules! groups {
    ($($(#[$doc:meta])+ $group:ident: $words:ident,)+) => {
        impl Words {
            $($(#[$doc])+
            pub const fn $group(&self) -> &'static $words {
                match self.locale {
                    Locale::En => &$group::ENGLISH,
                    Locale::Fr => &$group::FRENCH,
                }
            })+
        }
    };
}

groups! {
    /// Accounts, and what one sets for oneself.
    accounts: AccountWords,
    /// Friends.
    friendship: FriendWords,
    /// A conversation.
    talk: TalkWords,
    /// The places where people talk.
    places: PlaceWords,
    /// Keeping order there.
    moderation: ModerationWords,
    /// Strangers who write.
    requests: RequestWords,
    /// Changing what one said, and reacting to it.
    changes: ChangeWords,
    /// Answering it.
    replies: ReplyWords,
    /// Threads of it.
    threads: ThreadWords,
    /// Passing it on.
    forwarding: ForwardingWords,
    /// Catching up with everything.
    catching_up: CatchingUpWords,
    /// Pinning and saving it.
    keeping: KeepingWords,
    /// Saying it later, and being reminded.
    later: LaterWords,
    /// Polls.
    polls: PollWords,
    /// Those who run the server.
    staff: StaffWords,
    /// Tokens of programs.
    tokens: TokenWords,
    /// Bots and webhooks.
    bots: BotWords,
    /// Accounts by phone.
    phones: PhoneWords,
    /// Who writes, and who has read.
    receipts: ReceiptWords,
    /// Who is meant.
    mentions: MentionWords,
    /// What has happened to the viewer.
    activity: ActivityWords,
    /// What one has done from the box to write in.
    commands: CommandWords,
    /// Who is here.
    presence: PresenceWords,
    /// Finding one's way.
    finding: FindingWords,
}

#[cfg(test)]
mod tests;
