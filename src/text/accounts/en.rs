//! Accounts and their settings, in English.

use super::AccountWords;
use crate::text::direction::isolated;

pub(in crate::text) const WORDS: AccountWords = AccountWords {
    sign_up_title: "Create your account",
    create_account: "Create account",
    have_account: "Already have an account?",
    log_in: "Log in",
    no_account: "New here?",
    username: "Username",
    username_hint: "2 to 32 characters: a to z, digits, dot, underscore, hyphen. This is how friends find you.",
    login_name_hint: "Your email address works as well.",
    email: "Email",
    email_hint: "Never shown to others.",
    password: "Password",
    password_hint: |characters| {
        format!("At least {characters} characters. A few words in a row are easy to remember.")
    },
    profile: "Profile",
    appearance: "Language and theme",
    display_name: "Display name",
    display_name_hint: "How others see you. 1 to 80 characters.",
    language: "Language",
    browser_language: "As in the browser",
    theme: "Theme",
    theme_system: "As on this device",
    theme_light: "Light",
    theme_dark: "Dark",
    writing: "Writing",
    send_with: "Send with",
    send_with_hint: "In this browser. Ctrl+Enter always sends, and Shift+Enter begins a new line. On a touch screen Enter begins a new line and the button sends.",
    enter: "Enter",
    control_enter: "Ctrl+Enter",
    command_enter: "⌘ Enter",
    account: "Account",
    change_email: "Change email",
    email_changed: "Saved. Your email address has changed.",
    change_password: "Change password",
    password_changed: "Saved. Your password has changed, and you are logged out everywhere else.",
    current_password: "Current password",
    new_password: "New password",
    other_sessions_end: "Once it is changed you are logged out everywhere else.",
    delete_account: "Delete account",
    delete_account_text: "You leave every group and space, and nobody finds you any more. What you wrote stays where it stands, without your name. There is no way back.",
    hand_over_first: "These are yours to look after. Make somebody else admin, hand them over or delete them; then you can delete your account.",
    your_username: "Your username",
    privacy: "Privacy",
    who_may_write: "Who may write to you",
    who_may_ask: "Who may ask to be friends",
    everyone: "Everyone",
    acquaintances: "Friends, and people in the same space",
    nobody: "Nobody",
    blocked: "Blocked people",
    nobody_blocked: "Nobody is blocked.",
    block: "Block",
    unblock: "Unblock",
    block_question: |name| {
        format!(
            "Block {}? They can no longer write to you or ask to be friends, and are not told.",
            isolated(name)
        )
    },
};
