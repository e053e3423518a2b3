//! Every word that people see, by name; `en.rs` and `fr.rs` say what each is in their language.
//!
//! A sentence with something in it is a function, so that each language puts it where it belongs.

use super::{
    activity::ActivityWords, bots::BotWords, catching_up::CatchingUpWords, changes::ChangeWords,
    commands::CommandWords, finding::FindingWords, forwarding::ForwardingWords, keeping::KeepingWords,
    later::LaterWords, mentions::MentionWords, moderation::ModerationWords, phones::PhoneWords,
    places::PlaceWords, polls::PollWords, presence::PresenceWords, receipts::ReceiptWords,
    replies::ReplyWords, requests::RequestWords, staff::StaffWords, threads::ThreadWords, tokens::TokenWords,
};
use crate::{error::Error, time::Date};

/// The words of one language.
pub struct Words {
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

    // Signing up and logging in.
    pub promise: &'static str,
    pub sign_up_title: &'static str,
    pub create_account: &'static str,
    pub have_account: &'static str,
    pub log_in: &'static str,
    pub no_account: &'static str,
    pub username: &'static str,
    pub username_hint: &'static str,
    pub login_name_hint: &'static str,
    pub email: &'static str,
    pub email_hint: &'static str,
    pub password: &'static str,
    /// Given the number of characters that it must have.
    pub password_hint: fn(u32) -> String,

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

    // Friends.
    pub person: &'static str,
    pub person_hint: &'static str,
    pub add_friend: &'static str,
    pub request_sent: &'static str,
    pub accept: &'static str,
    pub decline: &'static str,
    pub cancel: &'static str,
    pub requests_sent: &'static str,
    pub your_friends: &'static str,
    pub open_conversation: &'static str,
    pub remove_friend: &'static str,
    /// Given how the friend is called.
    pub remove_friend_question: fn(&str) -> String,
    pub remove: &'static str,
    pub more_friends: &'static str,
    pub first_friends: &'static str,
    pub no_friends_title: &'static str,
    pub no_friends: &'static str,

    // Settings.
    pub profile: &'static str,
    pub appearance: &'static str,
    pub display_name: &'static str,
    pub display_name_hint: &'static str,
    pub language: &'static str,
    pub browser_language: &'static str,
    pub theme: &'static str,
    pub theme_system: &'static str,
    pub theme_light: &'static str,
    pub theme_dark: &'static str,
    pub save: &'static str,
    pub saved: &'static str,
    pub writing: &'static str,
    pub send_with: &'static str,
    pub send_with_hint: &'static str,
    pub enter: &'static str,
    pub control_enter: &'static str,
    pub command_enter: &'static str,
    pub account: &'static str,
    pub change_email: &'static str,
    pub email_changed: &'static str,
    pub change_password: &'static str,
    pub password_changed: &'static str,
    pub current_password: &'static str,
    pub new_password: &'static str,
    pub other_sessions_end: &'static str,
    pub delete_account: &'static str,
    pub delete_account_text: &'static str,
    pub hand_over_first: &'static str,
    pub your_username: &'static str,
    /// In place of the name of somebody who is gone.
    pub deleted_account: &'static str,

    // Privacy.
    pub privacy: &'static str,
    pub who_may_write: &'static str,
    pub who_may_ask: &'static str,
    pub everyone: &'static str,
    pub acquaintances: &'static str,
    pub nobody: &'static str,
    pub blocked: &'static str,
    pub nobody_blocked: &'static str,
    /// In place of what they say in a group.
    pub from_somebody_blocked: &'static str,
    pub block: &'static str,
    pub unblock: &'static str,
    /// Given how the person is called.
    pub block_question: fn(&str) -> String,

    // A conversation.
    pub you: &'static str,
    pub today: &'static str,
    pub yesterday: &'static str,
    /// A day with its month and year in full.
    pub full_day: fn(Date) -> String,
    /// Given how the other person is called.
    pub conversation_with: fn(&str) -> String,
    pub nothing_said: &'static str,
    /// Given how the other person is called.
    pub say_hello: fn(&str) -> String,
    pub older_messages: &'static str,
    pub newer_messages: &'static str,
    pub jump_to_latest: &'static str,
    pub jump_to_first_unread: &'static str,
    /// Given how many; the most that are counted stands for as many or more.
    pub new_messages: fn(u32) -> String,
    /// Before what is new to the viewer.
    pub new_from_here: &'static str,
    /// What may be done with one message.
    pub actions: &'static str,
    pub copy_link: &'static str,
    pub copied: &'static str,
    pub mark_read: &'static str,
    pub mark_unread: &'static str,
    pub marked_unread: &'static str,
    pub copy: &'static str,
    pub delete: &'static str,
    pub sending: &'static str,
    pub sent: &'static str,
    pub message: &'static str,
    /// Given how the other person is called.
    pub write_to: fn(&str) -> String,
    pub send: &'static str,
    /// Before the beginning of what is written and not sent.
    pub draft: &'static str,
    pub characters_left: fn(u32) -> String,
    pub characters_too_many: fn(u32) -> String,
    /// Given why.
    pub not_sent: fn(&str) -> String,
    pub retry: &'static str,
    pub read_only: &'static str,
    pub no_connection: &'static str,
    /// Given the seconds until then.
    pub next_try: fn(u32) -> String,
    pub trying: &'static str,
    pub retry_now: &'static str,

    // The places where people talk.
    pub places: PlaceWords,

    // Keeping order there.
    pub moderation: ModerationWords,

    // Strangers who write.
    pub requests: RequestWords,

    // Changing what one said, and reacting to it.
    pub changes: ChangeWords,

    // Answering it, pinning and saving it.
    pub replies: ReplyWords,
    pub threads: ThreadWords,
    pub forwarding: ForwardingWords,
    pub catching_up: CatchingUpWords,
    pub keeping: KeepingWords,
    pub later: LaterWords,
    pub polls: PollWords,
    pub staff: StaffWords,
    pub tokens: TokenWords,
    pub bots: BotWords,
    pub phones: PhoneWords,

    // Who writes, who has read, and who is meant.
    pub receipts: ReceiptWords,
    pub mentions: MentionWords,
    pub activity: ActivityWords,

    // What one has done from the box to write in.
    pub commands: CommandWords,

    // Who is here.
    pub presence: PresenceWords,

    // Finding one's way.
    pub finding: FindingWords,

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

#[cfg(test)]
mod tests;
