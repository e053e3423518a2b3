//! The timeline, line by line: days, who begins to speak, what is on its way. Pure, so that it can be tested.

use std::sync::Arc;

use super::{
    Message,
    thread::{Outgoing, Sending, Thread},
};
use crate::{
    ids::{AccountId, ClientKey, MessageId},
    time::{Date, Timestamp},
};

/// Milliseconds within which messages of one author stand together.
const TOGETHER: i64 = 5 * 60 * 1_000;

/// One line of the timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// A day begins.
    Day(Date),
    /// `first`: the author begins to speak, and is named.
    Said { message: Arc<Message>, first: bool },
    /// Mine, and not confirmed.
    Outgoing { outgoing: Outgoing, first: bool },
}

/// What a row is known by: a row whose content changes is another row, and is drawn anew.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum RowKey {
    Day(i64, i64, i64),
    Said(MessageId, i64, bool),
    Outgoing(ClientKey, bool, bool),
}

impl Row {
    /// See [`RowKey`].
    pub fn key(&self) -> RowKey {
        match self {
            Self::Day(date) => RowKey::Day(date.year, date.month, date.day),
            Self::Said { message, first } => RowKey::Said(message.id, message.revision, *first),
            Self::Outgoing { outgoing, first } => {
                RowKey::Outgoing(outgoing.key.clone(), *first, outgoing.state == Sending::Pending)
            }
        }
    }
}

/// The rows of `thread` as `me` reads them, with the days that `day_of` finds in the reader's zone.
pub fn rows(thread: &Thread, me: AccountId, day_of: impl Fn(Timestamp) -> Date) -> Vec<Row> {
    let mut lines = Lines { rows: Vec::new(), day: None, last: None, day_of };
    for message in thread.messages() {
        let first = lines.begins(message.sender, message.at);
        lines.rows.push(Row::Said { message: Arc::clone(message), first });
    }
    for outgoing in thread.outgoing() {
        let first = lines.begins(me, outgoing.at);
        lines.rows.push(Row::Outgoing { outgoing: outgoing.clone(), first });
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
    /// Writes the day if a new one begins, and says whether `author` is to be named.
    fn begins(&mut self, author: AccountId, at: Timestamp) -> bool {
        let date = (self.day_of)(at);
        let day = Some((date.year, date.month, date.day));
        // My own clock may be behind the server's: days never go back, so each stands there once.
        let new_day = day > self.day;
        if new_day {
            self.rows.push(Row::Day(date));
            self.day = day;
        }

        let together = self.last.is_some_and(|(last, before)| {
            last == author && at.millis().saturating_sub(before.millis()) <= TOGETHER
        });
        self.last = Some((author, at));
        new_day || !together
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::thread::fixtures::{message, page, person};

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
            Row::Said { first: true, .. } | Row::Outgoing { first: true, .. } => '!',
            Row::Said { .. } | Row::Outgoing { .. } => '.',
        };
        rows(&thread, person(1), Timestamp::date).iter().map(mark).collect()
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
    fn a_new_day_is_separated_and_its_first_author_named() {
        assert_eq!(drawn(&[(1, 24 * 60 - 1), (1, 24 * 60 + 1)]), "-!-!");
    }

    #[test]
    fn a_clock_that_is_behind_begins_no_day_twice() {
        let now = Message { at: Timestamp::from_millis(5 * DAY), ..message(1, 2) };
        let mut thread = Thread::new(&page(1, vec![now]), person(1));
        let key = |bits| ClientKey::from_random([bits; 16]);
        thread.send(key(1), "Mine".to_owned(), Timestamp::from_millis(4 * DAY));
        thread.send(key(2), "Mine".to_owned(), Timestamp::from_millis(5 * DAY));

        let rows = rows(&thread, person(1), Timestamp::date);
        assert_eq!(rows.iter().filter(|row| matches!(row, Row::Day(_))).count(), 1);
    }

    #[test]
    fn a_row_is_drawn_anew_when_it_changes() {
        let mut thread = Thread::new(&page(0, vec![]), person(1));
        let key = ClientKey::from_random([1; 16]);
        let shown = |thread: &Thread| rows(thread, person(1), Timestamp::date).last().map(Row::key);

        thread.send(key.clone(), "Mine".to_owned(), Timestamp::from_millis(0));
        let pending = shown(&thread);
        thread.failed(&key, crate::error::Error::Unavailable);
        let failed = shown(&thread);
        thread.settled(&key, Message { key: key.clone(), ..message(1, 1) });
        let sent = shown(&thread);

        assert!(pending != failed && failed != sent && pending != sent);
    }
}
