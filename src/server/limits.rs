//! How often somebody may do something. Kept in memory, bounded, forgotten at a restart.

use std::{
    cell::RefCell,
    collections::HashMap,
    hash::Hash,
    net::IpAddr,
    sync::Mutex,
    time::{Duration, Instant},
};

use super::phones::Number;
use crate::{error::Error, ids::AccountId};

/// Names remembered per limiter. Beyond it the least pressing are forgotten.
const MOST_NAMES: usize = 100_000;

/// So many at once, and the same again over each period: the generic cell rate algorithm (ITU-T I.371),
/// which needs one moment per name.
#[derive(Debug)]
pub struct Limiter<Name> {
    /// Between two, on average.
    pace: Duration,
    /// Ahead of that pace by at most so much.
    slack: Duration,
    /// Under what name it is told to programs how much is left; nothing is told without one.
    name: Option<&'static str>,
    /// When each would be back at rest.
    rest_at: Mutex<HashMap<Name, Instant>>,
}

impl<Name: Eq + Hash + Clone> Limiter<Name> {
    /// `count` in each `period`, of which `burst` may come at once.
    pub fn new(count: u32, period: Duration, burst: u32) -> Self {
        let pace = period / count.max(1);
        Self { pace, slack: pace * burst.max(1), name: None, rest_at: Mutex::new(HashMap::new()) }
    }

    /// The same, which programs are told of by `name`.
    pub fn named(self, name: &'static str) -> Self {
        Self { name: Some(name), ..self }
    }

    /// Counts one more, or refuses and counts nothing.
    ///
    /// # Errors
    /// `TooFast` with the seconds to wait.
    pub fn take(&self, name: &Name) -> Result<(), Error> {
        let now = Instant::now();
        let taken = self.take_at(name, now);
        self.note(name, now);
        taken
    }

    /// Whether one more would be refused, without counting it.
    ///
    /// # Errors
    /// As [`Limiter::take`].
    pub fn check(&self, name: &Name) -> Result<(), Error> {
        let now = Instant::now();
        let rest_at = self.lock().get(name).copied().unwrap_or(now);
        self.note(name, now);
        self.next(rest_at, now).map(drop)
    }

    /// Takes one back that was counted before its outcome was known.
    pub fn forgive(&self, name: &Name) {
        if let Some(rest_at) = self.lock().get_mut(name) {
            *rest_at = rest_at.checked_sub(self.pace).unwrap_or(*rest_at);
        }
    }

    fn take_at(&self, name: &Name, now: Instant) -> Result<(), Error> {
        let mut names = self.lock();
        let rest_at = names.get(name).copied().unwrap_or(now);
        let next = self.next(rest_at, now)?;
        if names.len() >= MOST_NAMES && !names.contains_key(name) {
            forget(&mut names, now);
        }
        names.insert(name.clone(), next);
        Ok(())
    }

    fn next(&self, rest_at: Instant, now: Instant) -> Result<Instant, Error> {
        let next = rest_at.max(now) + self.pace;
        let ahead = next.duration_since(now);
        if ahead <= self.slack {
            return Ok(next);
        }
        let wait = (ahead - self.slack).as_millis().div_ceil(1_000);
        Err(Error::TooFast { retry_in: u32::try_from(wait).unwrap_or(u32::MAX) })
    }

    /// Notes how much is left, where somebody wants to know.
    fn note(&self, name: &Name, now: Instant) {
        let Some(label) = self.name else { return };
        let noted = ASKED.try_with(|asked| {
            let rest_at = self.lock().get(name).copied().unwrap_or(now);
            let mut asked = asked.borrow_mut();
            asked.retain(|one| one.name != label);
            asked.push(self.told(label, rest_at.saturating_duration_since(now)));
        });
        // Outside of the API nobody asks.
        noted.ok();
    }

    fn told(&self, name: &'static str, ahead: Duration) -> Asked {
        let pace = self.pace.as_nanos().max(1);
        let times = |time: Duration| u32::try_from(time.as_nanos() / pace).unwrap_or(u32::MAX);
        let seconds = |time: Duration| u32::try_from(time.as_millis().div_ceil(1_000)).unwrap_or(u32::MAX);
        Asked {
            name,
            quota: times(self.slack),
            window: seconds(self.slack),
            left: times(self.slack.saturating_sub(ahead)),
            rest_in: seconds(ahead),
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Name, Instant>> {
        self.rest_at.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

tokio::task_local! {
    /// What the limiters say that are asked while something is answered.
    static ASKED: RefCell<Vec<Asked>>;
}

/// What a limiter says to somebody who has asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub name: &'static str,
    /// How many may come at once.
    pub quota: u32,
    /// Seconds in which as many come anew.
    pub window: u32,
    /// How many may come now.
    pub left: u32,
    /// Seconds until all may come again.
    pub rest_in: u32,
}

/// What is answered, and what those limiters said that were asked on the way.
pub async fn noting<T>(answer: impl Future<Output = T>) -> (T, Vec<Asked>) {
    let noted = async {
        let answer = answer.await;
        (answer, ASKED.with(RefCell::take))
    };
    ASKED.scope(RefCell::default(), noted).await
}

/// Makes room: first everyone who is at rest, then, under attack, half of the rest, those closest to it.
fn forget<Name: Eq + Hash>(names: &mut HashMap<Name, Instant>, now: Instant) {
    names.retain(|_, rest_at| *rest_at > now);
    if names.len() >= MOST_NAMES {
        let mut moments: Vec<Instant> = names.values().copied().collect();
        let middle = moments.len() / 2;
        let (_, median, _) = moments.select_nth_unstable(middle);
        let median = *median;
        names.retain(|_, rest_at| *rest_at > median);
    }
}

/// Where requests come from, as far as a limit is concerned: a household or a small network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Origin(IpAddr);

impl From<IpAddr> for Origin {
    /// The /24 of an IPv4 address and the /64 of an IPv6 address; loopback addresses stay apart.
    fn from(address: IpAddr) -> Self {
        match address.to_canonical() {
            address if address.is_loopback() => Self(address),
            IpAddr::V4(v4) => {
                let [a, b, c, _] = v4.octets();
                Self(IpAddr::from([a, b, c, 0]))
            }
            IpAddr::V6(v6) => Self(IpAddr::from((u128::from(v6) >> 64 << 64).to_be_bytes())),
        }
    }
}

/// Every limit of this server.
#[derive(Debug)]
pub struct Limits {
    pub sign_ups: Limiter<Origin>,
    /// Failed log-ins, by the name that was tried and where from.
    pub failed_log_ins: Limiter<(String, Origin)>,
    /// Failed log-ins, by where from: slows one address that tries many names.
    pub failures_from: Limiter<Origin>,
    pub friend_requests: Limiter<AccountId>,
    /// New groups.
    pub groups: Limiter<AccountId>,
    pub sends: Limiter<AccountId>,
    /// Frames that clients send, over all sockets of a person.
    pub frames: Limiter<AccountId>,
    /// Of those, that somebody is writing.
    pub typing: Limiter<AccountId>,
    /// That somebody says once more that they are here, where a dialect lets them.
    pub affirmations: Limiter<AccountId>,
    /// What is kept of what people have begun to write.
    pub drafts: Limiter<AccountId>,
    /// What everybody is told.
    pub announcements: Limiter<AccountId>,
    pub reports: Limiter<Origin>,
    /// Socket.IO connections that are opened, and tokens that are shown there.
    pub handshakes: Limiter<Origin>,
    /// One-time codes, by the number they go to.
    pub codes_to: Limiter<Number>,
    /// The same, by where they are asked for.
    pub codes_from: Limiter<Origin>,
    /// All of them.
    pub codes: Limiter<()>,
    pub searches: Limiter<AccountId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limiter(count: u32, seconds: u64, burst: u32) -> Limiter<u8> {
        Limiter::new(count, Duration::from_secs(seconds), burst)
    }

    #[test]
    fn a_burst_passes_and_then_the_pace_holds() {
        let (limiter, start) = (limiter(10, 1, 40), Instant::now());
        let at = |millis| start + Duration::from_millis(millis);
        for number in 0..40 {
            assert!(limiter.take_at(&1, at(0)).is_ok(), "number {number} of the burst");
        }
        assert_eq!(limiter.take_at(&1, at(0)), Err(Error::TooFast { retry_in: 1 }));
        assert!(limiter.take_at(&1, at(100)).is_ok());
        assert!(limiter.take_at(&1, at(150)).is_err());
        assert!(limiter.take_at(&2, at(0)).is_ok(), "others are not concerned");
    }

    #[test]
    fn what_was_refused_is_not_counted() {
        let (limiter, start) = (limiter(1, 60, 1), Instant::now());
        assert!(limiter.take_at(&1, start).is_ok());
        for _ in 0..100 {
            assert_eq!(limiter.take_at(&1, start), Err(Error::TooFast { retry_in: 60 }));
        }
        assert!(limiter.take_at(&1, start + Duration::from_secs(60)).is_ok());
    }

    #[tokio::test]
    async fn whoever_wants_to_know_is_told_what_is_left() {
        let (limiter, nameless) = (limiter(1, 10, 3).named("tea"), limiter(1, 10, 3));
        let (refused, told) = noting(async {
            nameless.take(&1).expect("the first passes");
            (0..4).filter(|_| limiter.take(&1).is_err()).count()
        })
        .await;
        assert_eq!(refused, 1);
        assert_eq!(told, [Asked { name: "tea", quota: 3, window: 30, left: 0, rest_in: 30 }]);
        let (_, told) = noting(async { limiter.check(&2).is_ok() }).await;
        assert_eq!((told[0].left, told[0].rest_in), (3, 0));
    }

    #[test]
    fn memory_is_bounded_whoever_comes() {
        let limiter: Limiter<u32> = Limiter::new(1, Duration::from_secs(600), 5);
        let start = Instant::now();
        for name in 0..(MOST_NAMES as u32 * 2 + 10) {
            assert!(limiter.take_at(&name, start).is_ok());
        }
        assert!(limiter.lock().len() <= MOST_NAMES);
    }

    #[test]
    fn neighbours_share_a_limit() {
        let origin = |text: &str| Origin::from(text.parse::<IpAddr>().expect("an address"));
        assert_eq!(origin("203.0.113.7"), origin("203.0.113.99"));
        assert_ne!(origin("203.0.113.7"), origin("203.0.114.7"));
        assert_eq!(origin("2001:db8:1:2::1"), origin("2001:db8:1:2:ffff::9"));
        assert_eq!(origin("::ffff:203.0.113.7"), origin("203.0.113.1"));
        assert_ne!(origin("127.0.0.1"), origin("127.0.0.2"));
    }
}
