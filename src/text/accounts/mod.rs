//! The words about accounts and their settings.

mod en;
mod fr;

pub(super) use self::{en::WORDS as ENGLISH, fr::WORDS as FRENCH};

/// The words of one language about accounts and their settings.
pub struct AccountWords {
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
    pub privacy: &'static str,
    pub who_may_write: &'static str,
    pub who_may_ask: &'static str,
    pub everyone: &'static str,
    pub acquaintances: &'static str,
    pub nobody: &'static str,
    pub blocked: &'static str,
    pub nobody_blocked: &'static str,
    pub block: &'static str,
    pub unblock: &'static str,
    /// Given how the person is called.
    pub block_question: fn(&str) -> String,
}
