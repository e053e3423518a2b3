//! Places in English.

use super::{PlaceWords, Telling, Who, few};
use crate::{
    conversations::about::MEMBERS_COUNTED,
    messages::system::SystemNote,
    text::{counts::ENGLISH, direction::isolated, en::full_month, moderation::english_pace},
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
    topic_hint: "What it is for, in a line. It may stay empty.",
    leave_group: "Leave group",
    leave_question: |name| format!("Leave {}? You can come back only if an admin adds you.", isolated(name)),

    spaces: "Spaces",
    new_space: "New space",
    new_space_text: "A space gathers channels and people under one roof. You own it, and decide who runs it with you.",
    create_space: "Create space",
    space_name: "Space name",
    space_name_hint: "1 to 80 characters. Everybody in the space sees it.",
    space_settings: "Space settings",
    owner: "Owner",
    moderator: "Moderator",
    make_moderator: "Make moderator",
    remove_from_space_question: |name| {
        format!("Remove {} from the space? All its channels are then closed to them.", isolated(name))
    },
    hand_over: "Hand over the space",
    hand_over_question: |name| {
        format!("{} will own the space, and you will be an admin in it.", isolated(name))
    },
    type_name: |name| format!("Type “{}” to go on", isolated(name)),
    delete_space: "Delete space",
    delete_space_text: "Its channels and all that was said there are gone for everyone. This cannot be undone.",
    leave_space: "Leave space",
    leave_space_question: |name| {
        format!("Leave {}? You can come back only by an invitation.", isolated(name))
    },

    new_channel: "New channel",
    create_channel: "Create channel",
    channel_name: "Channel name",
    channel_name_hint: "1 to 80 characters, as in “garden” or “Sunday lunch”.",
    private_channel: "Private channel",
    private_channel_hint: "Only those who run the space are in it, and whom they add. Otherwise everybody in the space is.",
    channel_settings: "Channel settings",
    delete_channel: "Delete channel",
    delete_channel_text: "All that was said in it is gone for everyone. This cannot be undone.",
    leave_channel: "Leave channel",
    move_up: "Move up",
    move_down: "Move down",
    first_channel: "general",
    private: "private",
    unread: "unread",
    go_to: |name| format!("Go to {}", isolated(name)),

    invitation: "You are invited",
    invited_to_group: |name| format!("{} invites you to a group.", isolated(name)),
    invited_to_space: |name| format!("{} invites you to a space.", isolated(name)),
    invitation_over: "This invitation leads nowhere, or no longer. Ask for a new one.",
    join: "Join",
    invite_people: "Invite people",
    links: "Links",
    links_text: "Whoever has the link may come in. Give it only to whom you mean.",
    link_lasts: "The link lasts",
    a_day: "A day",
    a_week: "A week",
    a_month: "A month",
    always: "Until it is revoked",
    link_uses: "For how many people",
    any_number: "Any number",
    create_link: "Create link",
    revoke: "Revoke",
    made_by: |name| format!("Made by {}", isolated(name)),
    until: |date| format!("until {} {} {}", date.day, full_month(date), date.year),
    uses_left: |count| format!("for {}", ENGLISH.of(count, "more person", "more people")),

    ban: "Ban",
    ban_question: |name| {
        format!("Ban {}? They are removed, and no invitation lets them back in meanwhile.", isolated(name))
    },
    reason: "Reason, for those who look after this place",
    ban_lasts: "The ban lasts",
    bans: "Bans",
    no_bans: "Nobody is banned.",
    lift_ban: "Lift ban",

    conversation_in: |name| format!("Conversation in {}", isolated(name)),
    say_hello: "Say hello to everyone.",
    general: "general",
    general_topic: "Everyone here is in it.",
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
        SystemNote::Slowed { seconds: 0 } => format!("{actor} turned slow mode off."),
        SystemNote::Slowed { seconds } => format!("{actor} turned on slow mode: {}.", english_pace(*seconds)),
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
