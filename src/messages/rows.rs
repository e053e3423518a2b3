//! The timeline, line by line: days, who begins to speak, what is on its way. Pure, so that it can be tested.

use std::sync::Arc;

use super::{
    Message,
    outbox::{Deed, Outgoing, Sending},
    quotes::Answered,
    reactions::Reacted,
    thread::Thread,
};
use crate::{
    ids::{AccountId, ClientKey, MessageId},
    polls::waiting::voted,
    sorted::SortedSet,
    time::{Date, Timestamp},
};

/// Milliseconds within which messages of one author stand together.
const TOGETHER: i64 = 5 * 60 * 1_000;

/// One line of the timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// A day begins.
    Day(Date),
    /// What follows is new to the viewer.
    New,
    /// `first`: the author begins to speak, and is named. `known`: everybody's name is.
    /// `leads`: a thread begins with it, which is shown elsewhere; whether there is news in it.
    Said {
        message: Arc<Message>,
        quote: Option<Answered>,
        first: bool,
        known: bool,
        mine: Own,
        leads: Option<bool>,
        /// The number since which it looks so, but for what was voted in it.
        look: i64,
    },
    /// Something that was done, and not said.
    Done { message: Arc<Message>, known: bool },
    /// Mine, and not confirmed.
    Outgoing { outgoing: Outgoing, quote: Option<Answered>, first: bool },
}

/// What I have done to a message of mine, and not everybody knows yet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Own {
    /// I have deleted it, and can bring it back.
    pub retracted: bool,
    /// The last that waits to be done to it, or has failed.
    pub last: Option<Outgoing>,
    /// What it is to say.
    pub text: Option<String>,
}

impl Own {
    fn of(message: &Message, thread: &Thread, outgoing: &[Outgoing]) -> Self {
        let mut own = Self { retracted: thread.is_retracted(message.id), ..Self::default() };
        if !message.is_said() {
            return own;
        }
        for outgoing in outgoing.iter().filter(|outgoing| outgoing.deed.message() == Some(message.id)) {
            let waits = !outgoing.has_failed();
            match outgoing.deed {
                Deed::Edit(_) => own.text = Some(outgoing.body.clone()),
                Deed::Delete(_) if waits => own.retracted = true,
                Deed::Restore(_) if waits => own.retracted = false,
                // What is chosen shows in the poll itself, which is not drawn anew for it.
                Deed::Vote(_) | Deed::Unvote(_) if waits => continue,
                _ => {}
            }
            own.last = Some(outgoing.clone());
        }
        own
    }
}

/// The message with those of my reactions that wait.
fn reacted(mut message: Arc<Message>, me: AccountId, outgoing: &[Outgoing]) -> Arc<Message> {
    for outgoing in outgoing.iter().filter(|outgoing| !outgoing.has_failed()) {
        let added = match outgoing.deed {
            Deed::React(of) if of == message.id => true,
            Deed::Unreact(of) if of == message.id => false,
            _ => continue,
        };
        if message.is_said() && message.is_reacted_with(&outgoing.body) != added {
            let reacted = Reacted { emoji: outgoing.body.clone(), actor: me, added, count: None };
            let message = Arc::make_mut(&mut message);
            message.count(&reacted);
            message.note_own(&reacted);
        }
    }
    message
}

/// What a row is known by: a row whose content changes is another row, and is drawn anew.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum RowKey {
    Day(i64, i64, i64),
    New,
    Said(MessageId, i64, i64, bool, bool, bool, Option<bool>, Option<(ClientKey, bool)>),
    Outgoing(ClientKey, i64, bool, bool),
}

impl Row {
    /// See [`RowKey`].
    pub fn key(&self) -> RowKey {
        match self {
            Self::Day(date) => RowKey::Day(date.year, date.month, date.day),
            Self::New => RowKey::New,
            Self::Said { message, quote, first, known, mine, leads, look } => {
                let quoted = quote.as_ref().map_or(0, Answered::revision);
                let last = mine.last.as_ref().map(|last| (last.key.clone(), last.has_failed()));
                RowKey::Said(message.id, *look, quoted, *first, *known, mine.retracted, *leads, last)
            }
            Self::Done { message, known } => {
                RowKey::Said(message.id, message.revision, 0, false, *known, false, None, None)
            }
            Self::Outgoing { outgoing, quote, first } => {
                let quoted = quote.as_ref().map_or(0, Answered::revision);
                RowKey::Outgoing(outgoing.key.clone(), quoted, *first, outgoing.state == Sending::Pending)
            }
        }
    }
}

/// The rows of `thread`, and below it of what is on its way, with the days that `day_of` finds in the reader's zone.
/// `knows` says whether all names in a message are known.
pub fn rows(
    thread: &Thread,
    outgoing: &[Outgoing],
    day_of: impl Fn(Timestamp) -> Date,
    knows: impl Fn(&Message) -> bool,
) -> Vec<Row> {
    let mut lines = Lines { rows: Vec::new(), day: None, last: None, day_of };
    let divider = thread.first_new();
    for message in thread.messages() {
        let new = divider == Some(message.position);
        let (message, known) = (Arc::clone(message), knows(message));
        if message.note.is_some() {
            lines.interrupts(message.at, new);
            lines.rows.push(Row::Done { message, known });
        } else {
            let first = lines.begins(message.sender, message.at, new);
            let mine = Own::of(&message, thread, outgoing);
            let look = thread.look(&message);
            let message = voted(reacted(message, thread.me(), outgoing), outgoing);
            let quote = thread.answered_by(message.reply_to);
            let is_head = thread.spot().thread.is_none() && message.replies.is_some();
            let leads = is_head.then(|| thread.has_news(message.id));
            lines.rows.push(Row::Said { message, quote, first, known, mine, leads, look });
        }
    }
    // What is on its way stands at the end, which is not shown while the window is further up.
    if thread.newer_than().is_none() {
        let said: SortedSet<&ClientKey> = thread.mine().map(|message| &message.key).collect();
        let belongs =
            |outgoing: &Outgoing| outgoing.deed.says() && outgoing.deed.thread() == thread.spot().thread;
        let unsaid = |outgoing: &&Outgoing| belongs(outgoing) && !said.contains(&outgoing.key);
        for outgoing in outgoing.iter().filter(unsaid) {
            let first = lines.begins(thread.me(), outgoing.at, false);
            let quote = thread.answered_by(outgoing.deed.answers());
            lines.rows.push(Row::Outgoing { outgoing: outgoing.clone(), quote, first });
        }
    }
    lines.rows
}

struct Lines<D> {
    rows: Vec<Row>,
    day: Option<(i64, i64, i64)>,
    last: Option<(AccountId, Timestamp)>,
    day_of: D,
}

impl<D: Fn(Timestamp) -> Date> Lines<D> {
    /// Something comes between what is said: whoever goes on is named again.
    fn interrupts(&mut self, at: Timestamp, new: bool) {
        self.separates(at, new);
        self.last = None;
    }

    /// Writes the day if one begins, and the divider if all is `new` from here; whether `author` is to be named.
    fn begins(&mut self, author: AccountId, at: Timestamp, new: bool) -> bool {
        let separated = self.separates(at, new);
        let together = self.last.is_some_and(|(last, before)| {
            last == author && at.millis().saturating_sub(before.millis()) <= TOGETHER
        });
        self.last = Some((author, at));
        separated || !together
    }

    /// Whether a day or the divider stands before what comes at `at`.
    fn separates(&mut self, at: Timestamp, new: bool) -> bool {
        let date = (self.day_of)(at);
        let day = Some((date.year, date.month, date.day));
        // My own clock may be behind the server's: days never go back, so each stands there once.
        let new_day = day > self.day;
        if new_day {
            self.rows.push(Row::Day(date));
            self.day = day;
        }
        if new {
            self.rows.push(Row::New);
        }
        new_day || new
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::{
        system::SystemNote,
        thread::fixtures::{message, page, person},
    };

    const MINUTE: i64 = 60_000;
    const DAY: i64 = 24 * 60 * MINUTE;

    /// Who wrote when (in minutes), read in UTC: days as `-`, a named author as `!`, others as `.`.
    fn drawn(said: &[(i64, i64)]) -> String {
        let said = said.iter().zip(1..).map(|(&(sender, minute), position)| Message {
            at: Timestamp::from_millis(minute * MINUTE),
            ..message(position, sender)
        });
        let thread = Thread::new(&page(0, said.collect()), person(1));
        let mark = |row: &Row| match row {
            Row::Day(_) => '-',
            Row::New => '*',
            Row::Said { first: true, .. } | Row::Outgoing { first: true, .. } => '!',
            Row::Said { .. } | Row::Outgoing { .. } => '.',
            Row::Done { .. } => 'i',
        };
        rows(&thread, &[], Timestamp::date, |_| true).iter().map(mark).collect()
    }

    #[test]
    fn one_author_is_named_once_within_five_minutes() {
        assert_eq!(drawn(&[(1, 0), (1, 5), (1, 10), (1, 16)]), "-!..!");
    }

    #[test]
    fn another_author_is_named() {
        assert_eq!(drawn(&[(1, 0), (2, 0), (2, 1), (1, 1)]), "-!!.!");
    }

    #[test]
    fn whoever_goes_on_after_something_was_done_is_named_again() {
        let note = Some(SystemNote::Left);
        let said = [message(1, 2), Message { note, ..message(2, 3) }, message(3, 2)];
        let thread = Thread::new(&page(3, said.to_vec()), person(1));
        let rows = rows(&thread, &[], Timestamp::date, |_| true);
        assert!(matches!(
            rows[..],
            [Row::Day(_), Row::Said { .. }, Row::Done { .. }, Row::Said { first: true, .. }]
        ));
    }

    #[test]
    fn a_new_day_is_separated_and_its_first_author_named() {
        assert_eq!(drawn(&[(1, 24 * 60 - 1), (1, 24 * 60 + 1)]), "-!-!");
    }

    fn outgoing(bits: u8, millis: i64) -> Outgoing {
        Outgoing {
            key: ClientKey::from_random([bits; 16]),
            conversation: message(1, 1).conversation,
            deed: Deed::Say,
            body: "Mine".to_owned(),
            at: Timestamp::from_millis(millis),
            order: millis,
            state: Sending::Pending,
        }
    }

    #[test]
    fn a_clock_that_is_behind_begins_no_day_twice() {
        let now = Message { at: Timestamp::from_millis(5 * DAY), ..message(1, 2) };
        let thread = Thread::new(&page(1, vec![now]), person(1));
        let rows = rows(&thread, &[outgoing(1, 4 * DAY), outgoing(2, 5 * DAY)], Timestamp::date, |_| true);
        assert_eq!(rows.iter().filter(|row| matches!(row, Row::Day(_))).count(), 1);
    }

    #[test]
    fn a_row_is_drawn_anew_when_it_changes() {
        let thread = Thread::new(&page(0, vec![]), person(1));
        let shown =
            |outgoing: &[Outgoing]| rows(&thread, outgoing, Timestamp::date, |_| true).last().map(Row::key);
        let pending = outgoing(1, 0);
        let failed = Outgoing { state: Sending::Failed(crate::error::Error::Unavailable), ..pending.clone() };
        assert!(shown(&[pending]) != shown(&[failed]));
    }

    #[test]
    fn what_is_on_its_way_and_there_already_stands_once() {
        let mut thread = Thread::new(&page(0, vec![]), person(1));
        let mine = outgoing(1, 0);
        thread.said(Message { key: mine.key.clone(), ..message(1, 1) });
        let rows = rows(&thread, &[mine, outgoing(2, 0)], Timestamp::date, |_| true);
        assert_eq!(rows.iter().filter(|row| matches!(row, Row::Said { .. })).count(), 1);
        assert_eq!(rows.iter().filter(|row| matches!(row, Row::Outgoing { .. })).count(), 1);
    }

    #[test]
    fn what_is_deleted_is_drawn_anew_where_it_stood_and_begins_nothing_new() {
        let said: Vec<_> = (1..=3).map(|position| message(position, 2)).collect();
        let page = crate::conversations::Conversation { read: 1, first_unread: Some(2), ..page(3, said) };
        let mut thread = Thread::new(&page, person(1));
        let lines = |thread: &Thread| rows(thread, &[], Timestamp::date, |_| true);
        let before = lines(&thread);
        thread.arrived(Message { revision: 4, deleted: Some(person(3)), ..message(2, 2) });
        let after = lines(&thread);
        assert!(matches!(
            after[..],
            [
                Row::Day(_),
                Row::Said { .. },
                Row::Said { first: false, .. },
                Row::New,
                Row::Said { first: true, .. }
            ]
        ));
        assert!(before[3].key() != after[2].key());
    }

    #[test]
    fn what_i_do_to_mine_shows_at_once_and_only_as_long_as_it_waits() {
        let said = message(1, 1);
        let mut thread = Thread::new(&page(1, vec![said.clone()]), person(1));
        let own = |thread: &Thread, outgoing: &[Outgoing]| {
            rows(thread, outgoing, Timestamp::date, |_| true).into_iter().find_map(|row| match row {
                Row::Said { mine, .. } => Some(mine),
                _ => None,
            })
        };
        let edit = Outgoing { deed: Deed::Edit(said.id), ..outgoing(1, 0) };
        let delete = Outgoing { deed: Deed::Delete(said.id), ..outgoing(2, 1) };
        let restore = Outgoing { deed: Deed::Restore(said.id), ..outgoing(3, 2) };
        let failed = Outgoing { state: Sending::Failed(crate::error::Error::Forbidden), ..delete.clone() };

        assert_eq!(own(&thread, &[]), Some(Own::default()));
        let shown = own(&thread, &[edit.clone(), delete.clone()]).expect("it is there");
        assert_eq!((shown.text.as_deref(), shown.retracted), (Some("Mine"), true));
        assert!(!own(&thread, &[delete, restore.clone()]).expect("it is there").retracted);
        assert!(!own(&thread, &[failed]).expect("it is there").retracted);
        thread.retract(said.id, true);
        assert!(own(&thread, &[]).expect("it is there").retracted);
        assert!(!own(&thread, &[restore]).expect("it is there").retracted);
        thread.arrived(Message { revision: 2, deleted: Some(person(1)), body: String::new(), ..said });
        assert_eq!(own(&thread, &[edit]), Some(Own::default()));
    }

    #[test]
    fn what_is_new_stands_below_a_divider_and_names_its_author_again() {
        let said = (1..=3).map(|position| message(position, 2)).collect();
        let page = crate::conversations::Conversation { read: 1, first_unread: Some(2), ..page(3, said) };
        let rows = rows(&Thread::new(&page, person(1)), &[], Timestamp::date, |_| true);
        assert!(matches!(
            rows[..],
            [Row::Day(_), Row::Said { .. }, Row::New, Row::Said { first: true, .. }, ..]
        ));
    }
}
