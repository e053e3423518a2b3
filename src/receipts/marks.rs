//! How far the others in a conversation have received and read it, as far as this page knows. It only ever grows, so that
//! in whatever order it is heard, and however often, it ends as the same.

use litemap::LiteMap;

use super::{Receipt, Sent};
use crate::ids::AccountId;

/// By person, the highest positions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks(LiteMap<AccountId, Receipt>);

impl Marks {
    /// As a page says it.
    pub fn new(receipts: &[Receipt]) -> Self {
        let mut marks = Self::default();
        receipts.iter().for_each(|receipt| marks.hear(*receipt));
        marks
    }

    /// Takes in what the server says of somebody.
    pub fn hear(&mut self, receipt: Receipt) {
        let known = self.0.entry(receipt.account).or_insert(receipt);
        known.read = known.read.max(receipt.read);
        // What was read has come.
        known.received = known.received.max(receipt.received).max(known.read);
    }

    /// What has become of a message of mine at `position`, in a private talk.
    pub fn sent(&self, position: i64) -> Sent {
        let any = |reached: fn(&Receipt) -> i64| self.0.values().any(|mark| reached(mark) >= position);
        if any(|mark| mark.read) {
            Sent::Read
        } else if any(|mark| mark.received) {
            Sent::Delivered
        } else {
            Sent::Stored
        }
    }

    /// How many have read up to `position`.
    pub fn readers(&self, position: i64) -> u32 {
        let count = self.0.values().filter(|mark| mark.read >= position).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn receipt(account: i64, received: i64, read: i64) -> Receipt {
        Receipt { account: account.try_into().expect("an id"), received, read }
    }

    #[test]
    fn a_message_is_stored_then_delivered_then_read() {
        let mut marks = Marks::default();
        assert_eq!(marks.sent(5), Sent::Stored);
        marks.hear(receipt(2, 4, 0));
        assert_eq!(marks.sent(5), Sent::Stored);
        marks.hear(receipt(2, 5, 0));
        assert_eq!((marks.sent(5), marks.sent(6)), (Sent::Delivered, Sent::Stored));
        marks.hear(receipt(2, 5, 5));
        assert_eq!(marks.sent(5), Sent::Read);
    }

    #[test]
    fn what_was_read_has_come() {
        assert_eq!(Marks::new(&[receipt(2, 0, 7)]), Marks::new(&[receipt(2, 7, 7)]));
    }

    #[test]
    fn those_who_have_read_are_counted() {
        let marks = Marks::new(&[receipt(2, 9, 9), receipt(3, 9, 4), receipt(4, 5, 5)]);
        assert_eq!([4, 5, 9, 10].map(|position| marks.readers(position)), [3, 2, 1, 0]);
    }

    fn heard() -> impl Strategy<Value = Vec<Receipt>> {
        let one =
            (1..4_i64, 0..20_i64, 0..20_i64).prop_map(|(who, received, read)| receipt(who, received, read));
        proptest::collection::vec(one, 0..20)
    }

    proptest! {
        #[test]
        fn the_order_in_which_it_is_heard_changes_nothing(heard in heard().prop_flat_map(|all| {
            (Just(all.clone()), Just(all).prop_shuffle())
        })) {
            let (once, otherwise) = heard;
            prop_assert_eq!(Marks::new(&once), Marks::new(&otherwise));
        }

        #[test]
        fn hearing_it_again_changes_nothing_and_nothing_goes_back(all in heard(), again in any::<prop::sample::Index>()) {
            prop_assume!(!all.is_empty());
            let before = Marks::new(&all);
            let mut after = before.clone();
            after.hear(all[again.index(all.len())]);
            prop_assert_eq!(&after, &before);
            after.hear(receipt(1, 0, 0));
            for position in 1..20 {
                prop_assert_eq!(after.readers(position), before.readers(position));
                prop_assert_eq!(after.sent(position), before.sent(position));
            }
        }
    }
}
