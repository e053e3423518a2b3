//! Places in English.

use super::{PlaceWords, Telling, Who, few};
use crate::{
    conversations::about::MEMBERS_COUNTED,
    messages::system::SystemNote,
    text::{counts::ENGLISH, direction::isolated},
};

pub(in crate::text) const WORDS: PlaceWords = PlaceWords {
    new_group: "New group",
    create_group: "Create group",
    group_name: "Group name",
    group_name_hint: "1 to 80 characters. Everybody in the group sees it.",
    choose_friends: "Friends to bring in",
    by_username: "Friends by username",
    by_username_hint: "For those who are not listed. Put a space between two names.",

    people: "People",
    people_count: |count| {
        let more = if count < MEMBERS_COUNTED { "" } else { "+" };
        format!("{}{more} {}", ENGLISH.number(count), ENGLISH.plural(count, "person", "people"))
    },
    add_people: "Add people",
    admin: "Admin",
    make_admin: "Make admin",
    make_member: "Make member",
    remove_question: |name| {
        format!("Remove {} from the group? What is said here is then closed to them.", isolated(name))
    },
    more_people: "More people",
    first_people: "From the beginning",
    somebody: "somebody",

    group_settings: "Group settings",
    topic: "Topic",
    topic_hint: "What the group is for, in a line. It may stay empty.",
    leave_group: "Leave group",
    leave_question: |name| format!("Leave {}? You can come back only if an admin adds you.", isolated(name)),

    conversation_in: |name| format!("Conversation in {}", isolated(name)),
    say_hello: "Say hello to everyone.",
    note,
};

fn note(telling: &Telling) -> String {
    let actor = match &telling.actor {
        Who::You => "You".to_owned(),
        Who::Named(name) => isolated(name),
    };
    let whom = listed(&telling.people);
    match &telling.note {
        SystemNote::Created { name } => format!("{actor} created the group “{}”.", isolated(name)),
        SystemNote::Added { .. } => format!("{actor} added {whom}."),
        SystemNote::Joined => format!("{actor} joined."),
        SystemNote::Left => format!("{actor} left."),
        SystemNote::Removed { .. } => format!("{actor} removed {whom}."),
        SystemNote::Promoted { .. } => format!("{actor} made {whom} admin."),
        SystemNote::Demoted { .. } if telling.people.first() == Some(&telling.actor) => {
            format!("{actor} stepped down as admin.")
        }
        SystemNote::Demoted { .. } => format!("{actor} made {whom} a member."),
        SystemNote::Renamed { name } => format!("{actor} renamed the group “{}”.", isolated(name)),
        SystemNote::TopicChanged { topic } if topic.is_empty() => format!("{actor} cleared the topic."),
        SystemNote::TopicChanged { topic } => format!("{actor} changed the topic: “{}”.", isolated(topic)),
        SystemNote::Other => format!("{actor} changed something."),
    }
}

fn listed(people: &[Who]) -> String {
    let name = |who: &Who| match who {
        Who::You => "you".to_owned(),
        Who::Named(name) => isolated(name),
    };
    let names: Vec<String> = people.iter().map(name).collect();
    match few(&names) {
        (said, 0) => match said.split_last() {
            Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
            _ => said.concat(),
        },
        (said, others) => format!("{} and {} others", said.join(", "), ENGLISH.number(others)),
    }
}
