//! Access tokens, in English.

use super::TokenWords;
use crate::tokens::Scope;

pub(in crate::text) const WORDS: TokenWords = TokenWords {
    access_tokens: "Access tokens",
    explained: "With an access token a program of yours sees what you see, and acts in your name if you let it. Whoever has \
                the token can do so: keep it as you keep your password.",
    name: "Name",
    name_hint: "What it is for, so that you know it again.",
    scope: "The program may",
    scopes: |scope| match scope {
        Scope::Read => "Read only",
        Scope::Write => "Read and write",
    },
    lasts: "Ends",
    create: "Create token",

    your_tokens: "Your tokens",
    copy_now: "Copy it now: it is shown here for ten minutes, and never again.",
    copy_token: "Copy token",
    made: |when| format!("Made on {when}"),
    used: |when| format!("Last used on {when}"),
    never_used: "Never used",
    ends: |when| format!("Ends on {when}"),
};
