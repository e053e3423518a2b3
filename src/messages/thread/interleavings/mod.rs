//! Whatever is lost, doubled, late or out of order: a thread ends as the server has it within its window, and at no
//! time is anything missing up to its cursor.

mod polls;
mod world;

use proptest::prelude::*;

use self::world::World;
use crate::messages::Message;

/// What happens, in any order; numbers choose among what there is.
#[derive(Debug, Clone)]
enum Step {
    TheyPost,
    IPost,
    /// Who, and in the thread of which message.
    PostAside(bool, usize),
    Change(usize),
    Delete(usize),
    /// Who, to which message, with which sign; again takes it back.
    React(bool, usize, usize),
    /// Who asks, and whether several answers may be chosen.
    AskAll(bool, bool),
    /// Who, in which poll, for which answer; again takes it back.
    Vote(bool, usize, u32),
    Close(usize),
    Look,
    Miss,
    Deliver(usize),
    Answer,
    Ask,
    Reply,
    Reconnect,
    ReadOlder {
        lag: i64,
    },
    TakeOlder,
    ReadNewer {
        lag: i64,
    },
    TakeNewer,
    Trim(bool),
    ReadAnew {
        lag: i64,
    },
    TakeAnew,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => Just(Step::TheyPost),
        3 => Just(Step::IPost),
        4 => (any::<bool>(), any::<usize>()).prop_map(|(mine, which)| Step::PostAside(mine, which)),
        2 => any::<usize>().prop_map(Step::Change),
        2 => any::<usize>().prop_map(Step::Delete),
        5 => (any::<bool>(), any::<usize>(), 0..2_usize).prop_map(|(mine, which, sign)| Step::React(mine, which, sign)),
        1 => (any::<bool>(), any::<bool>()).prop_map(|(mine, several)| Step::AskAll(mine, several)),
        4 => (any::<bool>(), any::<usize>(), 0..3_u32).prop_map(|(mine, which, answer)| Step::Vote(mine, which, answer)),
        1 => any::<usize>().prop_map(Step::Close),
        1 => Just(Step::Look),
        1 => Just(Step::Miss),
        8 => any::<usize>().prop_map(Step::Deliver),
        2 => Just(Step::Answer),
        4 => Just(Step::Ask),
        8 => Just(Step::Reply),
        1 => Just(Step::Reconnect),
        1 => (0..4_i64).prop_map(|lag| Step::ReadOlder { lag }),
        1 => Just(Step::TakeOlder),
        2 => (0..4_i64).prop_map(|lag| Step::ReadNewer { lag }),
        2 => Just(Step::TakeNewer),
        1 => any::<bool>().prop_map(Step::Trim),
        1 => (0..4_i64).prop_map(|lag| Step::ReadAnew { lag }),
        1 => Just(Step::TakeAnew),
    ]
}

/// The order of signs, and whether there is nothing or nothing told, is no difference.
fn settled(message: &Message) -> Message {
    let mut message = message.clone();
    message.reactions.sort_by(|one, other| one.emoji.cmp(&other.emoji));
    message.reacted.get_or_insert_default().sort();
    message.voted.get_or_insert_default();
    message
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    /// Frames are lost, doubled and shuffled; answers, resumes, pages and connections come and go.
    #[test]
    fn a_thread_ends_as_the_server_has_it(
        before in 0..12_i64,
        aside in any::<bool>(),
        lag in 0..4_i64,
        steps in prop::collection::vec(step(), 0..80),
    ) {
        let mut world = World::new(before, lag, aside);
        for step in &steps {
            world.step(step);
            world.check_that_nothing_is_missing_up_to_the_cursor();
            world.check_that_nothing_deleted_is_new();
        }

        world.calm_down();
        let held: Vec<_> = world.thread.messages().map(|message| settled(message)).collect();
        let stored: Vec<_> = world.in_window().map(settled).collect();
        prop_assert_eq!(held, stored);
        prop_assert_eq!(world.thread.cursor(), world.head);
    }
}
