//! Somebody at a live connection, whatever is spoken there: their seat, when they last did something, and until when they
//! may stay.

use std::time::{Duration, Instant};

use super::{
    hub::{NoSeat, Seat},
    outbox::End,
    reads::Reads,
};
use crate::server::{answer::Failure, caller::Caller, conversations, presence};

/// At the latest, a session is looked at again.
const LOOK: Duration = Duration::from_secs(25);

/// Frames refused as too many between two pings before the connection is closed.
const PATIENCE: u32 = 40;

/// Somebody at a connection that is open.
pub struct Stay {
    pub caller: Caller,
    pub seat: Seat,
    pub reads: Reads,
    /// Milliseconds since 1970.
    ends_at: i64,
    /// When somebody last did something here; none while nobody does.
    since: Option<Instant>,
    /// Frames that were too many.
    refused: u32,
}

/// Why nobody can stay.
pub enum NoStay {
    Seat(NoSeat),
    SessionEnded,
    Failed(Failure),
}

impl From<Failure> for NoStay {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl Stay {
    /// Takes a seat for the caller, who is at work there if `active`, and learns what it hears.
    ///
    /// # Errors
    /// Where there is no seat, or the session has ended meanwhile.
    pub async fn begin(caller: Caller, active: bool) -> Result<Self, NoStay> {
        let seat = caller.app.hub.seat(caller.account, caller.session).map_err(NoStay::Seat)?;
        // After the seat was taken: a log-out before it has removed the row, one after it ends the seat.
        let ends_at = caller.app.sessions.expiry(caller.session).await.map_err(Failure::from)?;
        let ends_at = ends_at.ok_or(NoStay::SessionEnded)?;
        seat.hear(&conversations::of(&caller.app.db, caller.account).await?);
        seat.is_active(active);
        presence::ask(&caller.app, caller.account, true).await?;
        let reads = Reads::new(caller.clone(), seat.outbox.clone());
        Ok(Self { caller, seat, reads, ends_at, since: active.then(Instant::now), refused: 0 })
    }

    /// Until something is to be looked at: [`Stay::check`].
    pub fn until_due(&self) -> Duration {
        self.until_end().min(self.until_idle())
    }

    /// Until the session ends by itself, unless it is used meanwhile.
    fn until_end(&self) -> Duration {
        let left = self.ends_at - self.caller.app.clock.now().millis();
        Duration::from_millis(u64::try_from(left).unwrap_or(0)).clamp(Duration::from_millis(500), LOOK)
    }

    /// Until whoever is here counts as idle, if they do nothing more.
    fn until_idle(&self) -> Duration {
        let patience = Duration::from_secs(self.caller.app.config.presence.idle_seconds.into());
        self.since.map_or(LOOK, |since| patience.saturating_sub(since.elapsed()))
    }

    /// Looks whether somebody still does something here, and whether they may stay.
    pub async fn check(&mut self) -> Option<End> {
        if self.since.is_some() && self.until_idle().is_zero() {
            self.since = None;
            self.seat.is_active(false);
        }
        if self.ends_at > self.caller.app.clock.now().millis() {
            return None;
        }
        match self.caller.app.sessions.expiry(self.caller.session).await {
            Ok(Some(ends_at)) => self.ends_at = ends_at,
            Ok(None) => return Some(End::SessionEnded),
            Err(error) => tracing::warn!(%error, "a session could not be looked up; it is asked again"),
        }
        None
    }

    /// Somebody does something here.
    pub fn stir(&mut self) {
        if self.since.replace(Instant::now()).is_none() {
            self.seat.is_active(true);
        }
    }

    /// A frame was too many; whether that goes on for too long.
    pub fn is_too_fast(&mut self) -> bool {
        self.refused += 1;
        self.refused > PATIENCE
    }

    /// With every ping, frames that were too many are forgotten.
    pub fn forgive(&mut self) {
        self.refused = 0;
    }
}
