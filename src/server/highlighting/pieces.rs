//! The pieces of a text as they are found, from its beginning to its end.

use crate::text::colours::{Colours, Kind};

/// Pieces on their way to being [`Colours`]. Neighbours of one kind are one piece.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    colours: Colours,
    /// The last one and its characters: it may go on.
    last: Option<(Kind, usize)>,
    /// How many have a colour.
    count: usize,
    most: usize,
    /// Characters that were looked at, each time anew; for the tests, which hold it within a multiple of the text.
    work: usize,
}

impl Pieces {
    /// None yet; at most `most` with a colour.
    pub(super) fn new(most: usize) -> Self {
        Self { most, ..Self::default() }
    }

    /// `piece`, which stands behind all that was added before, is of this kind.
    pub(super) fn push(&mut self, kind: Kind, piece: &str) {
        let characters = piece.chars().count();
        if characters == 0 {
            return;
        }
        let kind = match self.last {
            Some((last, _)) if last == kind => kind,
            // There may be no more: the rest is one plain piece.
            _ if kind != Kind::Plain && self.count >= self.most => Kind::Plain,
            _ => kind,
        };
        match &mut self.last {
            Some((last, so_far)) if *last == kind => *so_far += characters,
            _ => {
                self.end_last();
                self.count += usize::from(kind != Kind::Plain);
                self.last = Some((kind, characters));
            }
        }
    }

    /// `characters` were looked at.
    pub(super) const fn worked(&mut self, characters: usize) {
        self.work = self.work.saturating_add(characters);
    }

    #[cfg(test)]
    pub(super) const fn work(&self) -> usize {
        self.work
    }

    /// How many have a colour.
    pub(super) const fn count(&self) -> usize {
        self.count
    }

    /// All of them. What is plain at the end is left out.
    pub(super) fn finish(mut self) -> Colours {
        if !matches!(self.last, Some((Kind::Plain, _))) {
            self.end_last();
        }
        self.colours
    }

    fn end_last(&mut self) {
        if let Some((kind, characters)) = self.last.take() {
            self.colours.push(kind, characters);
        }
    }
}
