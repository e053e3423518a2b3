//! Bots and webhooks, in English.

use super::BotWords;
use crate::{text::counts::ENGLISH, webhooks::Health};

pub(in crate::text) const WORDS: BotWords = BotWords {
    bots: "Bots",
    explained: "A bot is an account by which a program of yours talks. It is a member like everybody else: it hears only \
                where it was brought in, everyone there sees that it is, and its name ends in “bot”.",
    username_hint: "How the bot is found and mentioned. It ends in “bot”, like tea-bot.",
    create: "Create bot",
    your_bots: "Your bots",
    made: |when| format!("Made on {when}"),

    about: "Your bot is a friend of yours: you bring it into your groups like any other friend. Whoever mentions it talks to it.",
    token: "Token",
    token_explained: "With its token a program acts as the bot, by the API. A new token ends the one before.",
    new_token: "New token",
    join: "Let it in by an invitation",
    join_explained: "For spaces, and for groups in which you may bring nobody in.",
    invitation: "Link of the invitation",
    let_in: "Let it in",
    joined: "It is in.",
    delete: "Delete bot",
    delete_explained: "What it has said stays, without its name. Its token and its webhooks end.",

    incoming: "Addresses by which it speaks",
    incoming_explained: "Whatever a program sends to such an address, the bot says in the conversation. Whoever has the \
                         address can do so: keep it as you keep a password.",
    create_address: "Create address",
    copy_address: "Copy address",
    outgoing: "Addresses that are told what it hears",
    outgoing_explained: "Each message is sent to the address of your program, signed, and tried again for two days if nobody \
                         is there. What the program answers, the bot says.",
    calls_nobody: "This Salon calls no addresses. Whoever runs it can allow it: docs/self-hosting.md says how.",
    address: "Address of your program",
    address_hint: "Begins with https:// or http://.",
    what: "It is told",
    addressed: "What is addressed to the bot: mentions, and private talks",
    everything_in: |name| format!("Everything in {name}"),
    create_webhook: "Create webhook",
    secret: "Secret with which deliveries are signed:",
    copy_secret: "Copy secret",
    conversation: "Conversation",
    not_there: "A conversation that the bot is not in any more",
    no_places: "The bot is in no conversation yet.",
    health: |health| match health {
        Health::Well => "Works".to_owned(),
        Health::Failing { tries, status: None } => {
            format!("No answer, {}", ENGLISH.of(tries, "try", "tries"))
        }
        Health::Failing { tries, status: Some(status) } => {
            format!("Answered with {status}, {}", ENGLISH.of(tries, "try", "tries"))
        }
        Health::Stopped { status: None, .. } => "Given up: no answer".to_owned(),
        Health::Stopped { status: Some(status), .. } => format!("Given up: answered with {status}"),
    },
    try_again: "Try again now",
    remove: "Remove",
};
