//! `[salon.limits]`: how much and how often, and the limiters that follow from it.

use std::time::Duration;

use serde::Deserialize;

use crate::server::limits::{Limiter, Limits};

/// `[salon.limits]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LimitSettings {
    /// Characters of one message.
    pub message_characters: u32,
    pub sends_per_second: u32,
    pub sends_at_once: u32,
    /// From one address.
    pub sign_ups_per_hour: u32,
    /// For one name from one address.
    pub failed_log_ins_per_quarter: u32,
    /// From one address, whatever the names.
    pub failures_from_one_address_per_quarter: u32,
    pub friend_requests_per_hour: u32,
    /// New groups, for each account.
    pub groups_per_hour: u32,
    /// Frames that a person's sockets may send.
    pub frames_per_second: u32,
    pub frames_at_once: u32,
    /// One-time codes that are sent to telephones: they cost money, and annoy who has not asked for them.
    pub codes_to_one_number_per_hour: u32,
    pub codes_from_one_address_per_hour: u32,
    pub codes_per_hour: u32,
    /// For each account.
    pub searches_per_minute: u32,
}

impl Default for LimitSettings {
    fn default() -> Self {
        Self {
            message_characters: 8_000,
            sends_per_second: 10,
            sends_at_once: 40,
            sign_ups_per_hour: 20,
            failed_log_ins_per_quarter: 10,
            failures_from_one_address_per_quarter: 100,
            friend_requests_per_hour: 30,
            groups_per_hour: 30,
            frames_per_second: 20,
            frames_at_once: 40,
            codes_to_one_number_per_hour: 5,
            codes_from_one_address_per_hour: 20,
            codes_per_hour: 500,
            searches_per_minute: 20,
        }
    }
}

impl LimitSettings {
    /// The limiters that these settings describe.
    pub fn limits(&self) -> Limits {
        const SECOND: Duration = Duration::from_secs(1);
        const MINUTE: Duration = Duration::from_secs(60);
        const QUARTER: Duration = Duration::from_secs(15 * 60);
        const HOUR: Duration = Duration::from_secs(60 * 60);
        /// Reports of policy violations from one address: enough to notice.
        const REPORTS: u32 = 60;
        // Several tabs, in each of which somebody sends one line after the other.
        const TYPING: u32 = 2;
        const TYPING_AT_ONCE: u32 = 10;
        // Several devices, each about once a second while somebody types; many at once after a while without a network.
        const DRAFTS: u32 = 5;
        const DRAFTS_AT_ONCE: u32 = 100;
        // Each is told to many.
        const AFFIRMATION: Duration = Duration::from_secs(10);
        // Each interrupts everybody.
        const ANNOUNCEMENTS: u32 = 30;
        const ANNOUNCEMENTS_AT_ONCE: u32 = 5;
        // A connection takes two: after a restart everybody behind one address is back at once.
        const HANDSHAKES: u32 = 600;
        const HANDSHAKES_AT_ONCE: u32 = 300;
        let (to_one_number, from_one_address) =
            (self.codes_to_one_number_per_hour, self.codes_from_one_address_per_hour);
        let from_one = self.failures_from_one_address_per_quarter;
        Limits {
            sign_ups: Limiter::new(self.sign_ups_per_hour, HOUR, self.sign_ups_per_hour).named("sign_ups"),
            failed_log_ins: Limiter::new(
                self.failed_log_ins_per_quarter,
                QUARTER,
                self.failed_log_ins_per_quarter,
            ),
            failures_from: Limiter::new(from_one, QUARTER, from_one),
            friend_requests: Limiter::new(self.friend_requests_per_hour, HOUR, self.friend_requests_per_hour)
                .named("friend_requests"),
            groups: Limiter::new(self.groups_per_hour, HOUR, self.groups_per_hour).named("places"),
            sends: Limiter::new(self.sends_per_second, SECOND, self.sends_at_once).named("sends"),
            frames: Limiter::new(self.frames_per_second, SECOND, self.frames_at_once).named("marks"),
            typing: Limiter::new(TYPING, SECOND, TYPING_AT_ONCE),
            affirmations: Limiter::new(1, AFFIRMATION, 1),
            drafts: Limiter::new(DRAFTS, SECOND, DRAFTS_AT_ONCE),
            announcements: Limiter::new(ANNOUNCEMENTS, HOUR, ANNOUNCEMENTS_AT_ONCE),
            reports: Limiter::new(REPORTS, HOUR, REPORTS),
            handshakes: Limiter::new(HANDSHAKES, MINUTE, HANDSHAKES_AT_ONCE),
            codes_to: Limiter::new(to_one_number, HOUR, to_one_number),
            codes_from: Limiter::new(from_one_address, HOUR, from_one_address),
            codes: Limiter::new(self.codes_per_hour, HOUR, self.codes_per_hour),
            searches: Limiter::new(self.searches_per_minute, MINUTE, self.searches_per_minute),
        }
    }
}
