//! Has done what was ordered in the box, and says what came of it.
//!
//! The same verbs as the pages about a conversation, by the same doors: nothing may be done here that may not be there.

use std::{collections::BTreeMap, future::Future};

use leptos::{prelude::*, server_fn::ServerFn, task::spawn_local};

use super::parsing::Order;
use crate::{
    border::Json,
    browser::{self, http},
    conversations::{
        choices::{
            Mute,
            server_fns::{MuteConversation, UnmuteConversation, read_choices},
        },
        people_path,
        server_fns::{AddMembers, SetTopic},
        settings_path,
    },
    error::Error,
    ids::ConversationId,
    messages::pane::{Ids, use_pane},
    navigation::{Way, use_way},
    polls::poll_path,
    text::{Words, use_words},
    threads::Spot,
    ui::announcer::{Announcer, use_announcer},
};

/// The orders of one open conversation.
#[derive(Clone, Copy)]
pub struct Orders {
    id: ConversationId,
    pub(super) ids: &'static Ids,
    spot: Spot,
    /// Whether the commands are being explained.
    helps: RwSignal<bool>,
    /// What came of the last one, until something else is written.
    told: RwSignal<Option<&'static str>>,
    /// One is being carried out: the next waits for its end.
    busy: StoredValue<bool>,
    voice: StoredValue<Announcer>,
    way: StoredValue<Way>,
    words: &'static Words,
}

impl Orders {
    /// Nothing is ordered yet.
    pub fn new(spot: Spot) -> Self {
        Self {
            id: spot.conversation,
            spot,
            ids: use_pane().ids(),
            helps: RwSignal::new(false),
            told: RwSignal::new(None),
            busy: StoredValue::new(false),
            voice: StoredValue::new(use_announcer()),
            way: StoredValue::new(use_way()),
            words: use_words(),
        }
    }

    /// Whether the commands are being explained; tracked.
    pub fn helps(self) -> bool {
        self.helps.get()
    }

    /// Explains them no more. Whether it did.
    pub fn end_help(self) -> bool {
        let helped = self.helps.get_untracked();
        if helped {
            self.helps.set(false);
        }
        helped
    }

    /// What came of the last order; tracked.
    pub fn told(self) -> Option<&'static str> {
        self.told.get()
    }

    /// Something else is being written.
    pub fn forget(self) {
        if self.told.get_untracked().is_some() {
            self.told.set(None);
        }
    }

    /// Carries `order` out, if none is under way. `then` hears whether it was, and that also when the page is gone by
    /// then.
    pub fn carry_out(self, order: Order, then: impl FnOnce(Result<(), Error>) + 'static) {
        match order {
            Order::Topic(topic) => self.ask(set_topic(self.id, topic, self.words), then),
            Order::Invite(names) if names.is_empty() => self.lead(&people_path(self.id), then),
            Order::Invite(names) => self.ask(add_people(self.id, names, self.words), then),
            // Not done yet: what stands behind it goes on there, as the draft that it is.
            Order::Poll => {
                self.way.with_value(|way| way.follow(&poll_path(self.spot.conversation, self.spot.thread)))
            }
            Order::Leave => self.lead(&settings_path(self.id), then),
            Order::Mute => self.ask(turn_mute(self.id, self.words), then),
            Order::Help => {
                self.helps.set(true);
                let help = format!("#{}", self.ids.command_help);
                browser::before_paint(move || browser::focus(&help));
                then(Ok(()));
            }
        }
    }

    /// Goes to the page where it is asked for, as forms do.
    fn lead(self, path: &str, then: impl FnOnce(Result<(), Error>)) {
        then(Ok(()));
        self.way.with_value(|way| way.follow(path));
    }

    /// Has the server do it by `doing`, which tells what came of it.
    fn ask(
        self,
        doing: impl Future<Output = Result<&'static str, Error>> + 'static,
        then: impl FnOnce(Result<(), Error>) + 'static,
    ) {
        if self.busy.try_update_value(|busy| std::mem::replace(busy, true)) != Some(false) {
            return;
        }
        let voice = self.voice.get_value();
        spawn_local(async move {
            let answer = doing.await;
            self.busy.try_set_value(false);
            let told = answer.as_ref().ok().copied();
            if let Some(told) = told {
                voice.say(told.to_owned());
            }
            then(answer.map(drop));
            self.told.try_set(told);
        });
    }
}

async fn set_topic(id: ConversationId, topic: String, words: &'static Words) -> Result<&'static str, Error> {
    post(SetTopic::url(), id, Some(("topic", &topic))).await?;
    Ok(words.commands().topic_set)
}

async fn add_people(id: ConversationId, names: String, words: &'static Words) -> Result<&'static str, Error> {
    post(AddMembers::url(), id, Some(("usernames", &names))).await?;
    Ok(words.commands().people_added)
}

/// Mutes it until that is lifted, or lifts that.
async fn turn_mute(id: ConversationId, words: &'static Words) -> Result<&'static str, Error> {
    if read_choices(id).await?.read()?.muted_until.is_some() {
        post(UnmuteConversation::url(), id, None).await?;
        return Ok(words.finding().not_muted);
    }
    post(MuteConversation::url(), id, Some(("length", Mute::Always.code()))).await?;
    Ok(words.finding().muted_always)
}

/// Posts a form about a conversation, with one more field. Where its answer leads nobody goes: one stays with what one
/// was writing.
async fn post(url: &str, id: ConversationId, field: Option<(&str, &str)>) -> Result<(), Error> {
    let id = id.to_string();
    let fields: BTreeMap<&str, &str> = field.into_iter().chain([("conversation", id.as_str())]).collect();
    http::call("POST", url, &Json::of(&fields).into_text()).await.map(drop)
}
