//! The words about the places where people talk: groups, their people, and what is said of them.

mod en;
mod fr;

pub(super) use self::{en::WORDS as ENGLISH, fr::WORDS as FRENCH};
use crate::{messages::system::SystemNote, time::Date};

/// The words of one language about places.
pub struct PlaceWords {
    // Making a group.
    pub new_group: &'static str,
    pub create_group: &'static str,
    pub group_name: &'static str,
    pub group_name_hint: &'static str,
    pub choose_friends: &'static str,
    pub by_username: &'static str,
    pub by_username_hint: &'static str,

    // Its people.
    pub people: &'static str,
    /// Given how many; the most that are counted stands for as many or more.
    pub people_count: fn(u32) -> String,
    pub add_people: &'static str,
    pub admin: &'static str,
    pub make_admin: &'static str,
    pub make_member: &'static str,
    /// Given how the person is called.
    pub remove_question: fn(&str) -> String,
    pub more_people: &'static str,
    pub first_people: &'static str,
    /// In place of a name that is not known.
    pub somebody: &'static str,

    // Looking after it.
    pub group_settings: &'static str,
    pub topic: &'static str,
    pub topic_hint: &'static str,
    pub leave_group: &'static str,
    /// Given how the group is called.
    pub leave_question: fn(&str) -> String,

    // Spaces.
    pub spaces: &'static str,
    pub new_space: &'static str,
    pub new_space_text: &'static str,
    pub create_space: &'static str,
    pub space_name: &'static str,
    pub space_name_hint: &'static str,
    pub space_settings: &'static str,
    pub owner: &'static str,
    pub moderator: &'static str,
    pub make_moderator: &'static str,
    /// Given how the person is called.
    pub remove_from_space_question: fn(&str) -> String,
    pub hand_over: &'static str,
    /// Given how the person is called.
    pub hand_over_question: fn(&str) -> String,
    /// Given the name that is to be typed.
    pub type_name: fn(&str) -> String,
    pub delete_space: &'static str,
    pub delete_space_text: &'static str,
    pub leave_space: &'static str,
    /// Given how the space is called.
    pub leave_space_question: fn(&str) -> String,

    // Channels.
    pub new_channel: &'static str,
    pub create_channel: &'static str,
    pub channel_name: &'static str,
    pub channel_name_hint: &'static str,
    pub private_channel: &'static str,
    pub private_channel_hint: &'static str,
    pub channel_settings: &'static str,
    pub delete_channel: &'static str,
    pub delete_channel_text: &'static str,
    pub leave_channel: &'static str,
    pub move_up: &'static str,
    pub move_down: &'static str,
    /// The one that a space begins with.
    pub first_channel: &'static str,
    /// Of a channel that is not open to everyone.
    pub private: &'static str,
    /// Of a space: there is something in it.
    pub unread: &'static str,
    /// Given how a channel is called.
    pub go_to: fn(&str) -> String,

    // Invitations.
    pub invitation: &'static str,
    /// Given how whoever invites is called.
    pub invited_to_group: fn(&str) -> String,
    /// Given how whoever invites is called.
    pub invited_to_space: fn(&str) -> String,
    pub invitation_over: &'static str,
    pub join: &'static str,
    pub invite_people: &'static str,
    pub links: &'static str,
    pub links_text: &'static str,
    pub link_lasts: &'static str,
    pub a_day: &'static str,
    pub a_week: &'static str,
    pub a_month: &'static str,
    pub always: &'static str,
    pub link_uses: &'static str,
    pub any_number: &'static str,
    pub create_link: &'static str,
    pub revoke: &'static str,
    /// Given how whoever made it is called.
    pub made_by: fn(&str) -> String,
    pub until: fn(Date) -> String,
    pub uses_left: fn(u32) -> String,

    // Keeping order.
    pub ban: &'static str,
    /// Given how the person is called.
    pub ban_question: fn(&str) -> String,
    pub reason: &'static str,
    pub ban_lasts: &'static str,
    pub bans: &'static str,
    pub no_bans: &'static str,
    pub lift_ban: &'static str,

    // Talking in it. Given how the group is called.
    pub conversation_in: fn(&str) -> String,
    pub say_hello: &'static str,
    /// The room that everyone is in.
    pub general: &'static str,
    pub general_topic: &'static str,
    pub note: fn(&Telling) -> String,
}

/// Something that was done in a conversation, with the names in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Telling {
    pub note: SystemNote,
    /// Who did it.
    pub actor: Who,
    /// To whom, in the order of the note.
    pub people: Vec<Who>,
}

/// Somebody in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// Whoever reads it.
    You,
    Named(String),
}

/// Names that are said one by one; of more, how many.
const NAMED: usize = 3;

/// The names that are said, and how many others there are.
fn few(names: &[String]) -> (&[String], u32) {
    if names.len() <= NAMED {
        return (names, 0);
    }
    let (said, others) = names.split_at(NAMED - 1);
    (said, u32::try_from(others.len()).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{messages::thread::fixtures::person, text::Locale};

    fn told(note: SystemNote, actor: Who, people: Vec<Who>) -> [String; 2] {
        let telling = Telling { note, actor, people };
        Locale::ALL
            .map(|locale| (locale.words().places().note)(&telling).replace(['\u{2068}', '\u{2069}'], ""))
    }

    fn named(name: &str) -> Who {
        Who::Named(name.to_owned())
    }

    #[test]
    fn whoever_reads_it_is_you() {
        let added = || SystemNote::Added { people: vec![person(2)] };
        let [english, french] = told(added(), Who::You, vec![named("Bruno")]);
        assert_eq!(english, "You added Bruno.");
        assert_eq!(french, "Vous avez fait entrer Bruno.");
        let [english, french] = told(added(), named("Amina"), vec![Who::You]);
        assert_eq!(english, "Amina added you.");
        assert_eq!(french, "Amina vous a fait entrer.");
    }

    #[test]
    fn many_names_become_a_few_and_a_number() {
        let people: Vec<_> = (2..8).map(person).collect();
        let names = ["B", "C", "D", "E", "F", "G"].map(named).to_vec();
        let [english, french] = told(SystemNote::Added { people }, named("A"), names);
        assert_eq!(english, "A added B, C and 4 others.");
        assert_eq!(french, "A a fait entrer B, C et 4 autres personnes.");
    }

    #[test]
    fn everything_that_happens_can_be_told_in_every_language() {
        let one = person(2);
        let notes = [
            SystemNote::Created { name: "Garden".to_owned() },
            SystemNote::Added { people: vec![one] },
            SystemNote::Joined,
            SystemNote::Left,
            SystemNote::Removed { person: one },
            SystemNote::Promoted { person: one },
            SystemNote::Demoted { person: one },
            SystemNote::Renamed { name: "Orchard".to_owned() },
            SystemNote::TopicChanged { topic: "Apples".to_owned() },
            SystemNote::TopicChanged { topic: String::new() },
            SystemNote::Slowed { seconds: 30 },
            SystemNote::Slowed { seconds: 0 },
            SystemNote::Other,
        ];
        for note in notes {
            for (actor, whom) in [(Who::You, named("B")), (named("A"), Who::You), (named("A"), named("B"))] {
                let people = note.people().iter().map(|_| whom.clone()).collect();
                let [one, other] = told(note.clone(), actor, people);
                assert!(one != other && one.ends_with('.') && other.ends_with('.'), "{one} {other}");
            }
        }
    }
}
