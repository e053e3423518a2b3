//! Five people use one group for hours, all at once: they talk, answer, talk in threads, edit, delete, undo, react, vote, pin,
//! read, and lose their connections, each through the very state that a browser holds. Whatever was lost, came late or
//! crossed: all of them end with what is stored.
//!
//! `SALON_ROUNDS` says how long: one round is five seconds in which everybody does one thing, so that 1440 are two hours.
//! `SALON_SEED` repeats a run as far as chance goes.

mod guest;

use std::env;

use futures_util::future::join_all;

use self::guest::Guest;
use crate::{
    on_both_engines,
    support::{Person, TestApp, wait_for},
};

on_both_engines! { all_end_with_what_is_stored }

/// Rounds, if nobody says.
const ROUNDS: u64 = 50;

/// Milliseconds of one round.
const ROUND: i64 = 5_000;

/// Numbers that look like chance, and are the same for the same seed (`SplitMix64`).
pub struct Chance(u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// One of `all`.
    pub fn one<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        let count = u64::try_from(all.len()).ok()?;
        all.get(usize::try_from(self.next().checked_rem(count)?).ok()?)
    }
}

fn setting(name: &str) -> Option<u64> {
    env::var(name).ok()?.parse().ok()
}

#[expect(clippy::print_stdout, reason = "whoever sees it fail wants to see it again")]
async fn all_end_with_what_is_stored(app: TestApp) {
    let seed = setting("SALON_SEED").unwrap_or_else(rand::random);
    println!("SALON_SEED={seed}");
    let people: Vec<Person> =
        join_all(["amina", "bruno", "carla", "dora", "emil"].map(|name| app.person(name))).await;
    for other in &people[1..] {
        people[0].befriends(other).await;
    }
    let group = people[0].gathers("Reading", &people[1..].iter().collect::<Vec<_>>()).await;
    let mut guests = Vec::new();
    for (number, person) in (0_u64..).zip(people) {
        guests.push(Guest::comes(person, group, Chance(seed.wrapping_add(number))).await);
    }

    for _ in 0..setting("SALON_ROUNDS").unwrap_or(ROUNDS) {
        join_all(guests.iter_mut().map(Guest::does_something)).await;
        app.pass(ROUND);
    }

    // What was deleted last can be undone no more.
    wait_for("the last deletions", async || {
        let waiting = "select count(*) from message where delete_at is not null and deleted_at is null";
        (app.store().await.number(waiting).await == 0).then_some(())
    })
    .await;
    for guest in &mut guests {
        guest.calms_down().await;
    }
    let head = app.store().await.number("select max(head) from conversation where kind = 'group'").await;
    for guest in &guests {
        guest.sees_what_is_stored(head).await;
    }
    let said = app.store().await.number("select count(*) from message where kind = 'text'").await;
    assert!(said > 20, "{said} messages are hardly a talk");
}
