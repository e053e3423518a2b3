//! Which numbers of a conversation have been heard, and whether to ask for those that have not.

use crate::sorted::SortedSet;

/// What a live frame turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Next in line.
    Applied,
    /// Its number had been applied before.
    Known,
    /// Something before it is missing: [`super::Thread::wants_resume`] says whether to ask.
    Hole,
}

/// How far a window has heard.
#[derive(Debug, Clone)]
pub(super) struct Hearing {
    /// The highest number up to which nothing is missing.
    through: i64,
    /// Numbers above a hole. Short-lived: every answer to a question, and every new connection, clears the way.
    beyond: SortedSet<i64>,
    /// Something may be missing, and nobody has been asked for it.
    behind: bool,
    /// Questions on this connection that wait for their answer. Only the last answer covers everything asked.
    asked: u32,
    /// Too much was missed: the window is to be read anew.
    rereading: bool,
}

impl Hearing {
    /// A page that was read when the counter stood at `head`. Since then something may have happened.
    pub(super) const fn from(head: i64) -> Self {
        Self { through: head, beyond: SortedSet::new(), behind: true, asked: 0, rereading: false }
    }

    pub(super) const fn cursor(&self) -> i64 {
        self.through
    }

    pub(super) const fn wants_resume(&self) -> bool {
        self.behind && !self.rereading
    }

    pub(super) const fn wants_reread(&self) -> bool {
        self.rereading
    }

    /// A frame with this number came.
    pub(super) fn heard(&mut self, number: i64) -> Outcome {
        if number <= self.through {
            return Outcome::Known;
        }
        if number == self.through + 1 {
            self.advance(number);
            return Outcome::Applied;
        }

        self.beyond.insert(number);
        // While an answer is awaited its frames have gaps by nature, and it closes them.
        self.behind |= self.asked == 0;
        Outcome::Hole
    }

    pub(super) const fn asked(&mut self) {
        self.behind = false;
        self.asked += 1;
    }

    /// The answer to one question came.
    pub(super) fn answered(&mut self, through: i64, limited: bool) {
        // Nobody asked: it answers a window that is gone.
        if self.asked == 0 {
            return;
        }
        self.asked -= 1;
        // It does not cover what came to be missed after the question.
        if self.asked > 0 || self.behind {
            return;
        }

        if limited {
            self.rereading = true;
            return;
        }
        self.advance(through);
        self.behind |= !self.beyond.is_empty();
    }

    /// What was asked or sent on the old connection may never have come.
    pub(super) fn reconnected(&mut self) {
        self.beyond.clear();
        self.asked = 0;
        self.behind = true;
    }

    /// The window was read anew when the counter stood at `head`, or stays as it was.
    pub(super) fn reread(&mut self, head: i64) {
        self.through = head;
        self.beyond.clear();
        self.rereading = false;
        self.behind = true;
    }

    /// The window has grown by what was read when the counter stood at `head`: changes of it that came since went by.
    pub(super) fn hear_again_from(&mut self, head: i64) {
        let went_by = self.through > head || !self.beyond.is_empty() || self.asked > 0;
        self.behind |= went_by;
        self.through = self.through.min(head);
        self.beyond.clear();
    }

    fn advance(&mut self, through: i64) {
        self.through = self.through.max(through);
        self.beyond.retain(|number| *number > self.through);
        while self.beyond.remove(&(self.through + 1)) {
            self.through += 1;
        }
    }
}
