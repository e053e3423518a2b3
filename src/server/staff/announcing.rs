//! Telling everybody who is here.

use crate::{
    error::Field,
    realtime::event::Event,
    server::{
        access::{self, Staff},
        accounts::one_line,
        answer::Outcome,
        audit::{self, Action},
        db,
    },
    staff::{Announcement, LONGEST_ANNOUNCEMENT},
    time::Timestamp,
};

/// What was told, and to how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    pub at: Timestamp,
    /// People, not connections.
    pub people: usize,
}

/// Tells every screen of everybody who is connected, once. It is stored nowhere; that it was said is.
///
/// # Errors
/// `Invalid` with the field `Body`; `Forbidden` for who is not staff any more; `TooFast`.
pub async fn announce(staff: &Staff, text: &str) -> Outcome<Told> {
    let text = one_line(Field::Body, text, LONGEST_ANNOUNCEMENT)?;
    let caller = staff.caller();
    caller.app.limits.announcements.take(&caller.account)?;
    let (me, from) = (caller.account, caller.viewer.person.clone());
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            access::still_staff(tx, me).await?;
            let at = tx.now;
            let announcement = Announcement { from, text, at };
            tx.announce(db::Announcement::Everyone(Event::Announcement(Box::new(announcement))));
            audit::record(tx, Action::Announced, Some(me), None, "").await?;
            Ok(at)
        })
    });
    let at = change.await?;
    Ok(Told { at, people: caller.app.hub.people() })
}
