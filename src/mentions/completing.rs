//! What a few letters behind an `@`, a colon or a slash may become.

use serde::{Deserialize, Serialize};

use super::{EVERYONE, MOST_CALLED};
use crate::{
    accounts::Person,
    commands::Command,
    conversations::about::{About, Kind},
};

/// Answers that are shown at once; who wants another types one more letter.
pub const MOST_SHOWN: usize = 8;

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Completion {
    /// Somebody of the conversation, or a friend who is not in it.
    Person {
        person: Person,
        is_member: bool,
    },
    /// Everyone else there, of whom there are so many; the server gives none.
    Everyone {
        name: String,
        reaches: u32,
    },
    Emoji {
        emoji: String,
        code: String,
    },
    /// The server gives none.
    Command {
        command: Command,
    },
}

impl Completion {
    /// What stands in the text once it is chosen.
    pub fn written(&self) -> String {
        match self {
            Self::Person { person, .. } => format!("@{} ", person.username),
            Self::Everyone { name, .. } => format!("@{name} "),
            Self::Emoji { emoji, .. } => emoji.clone(),
            Self::Command { command } => command.written(),
        }
    }

    /// Whether it is still meant by what is `asked` now, until the server answers that.
    pub fn still_fits(&self, asked: &str) -> bool {
        let begun = asked.get(1..).unwrap_or_default().to_lowercase();
        match self {
            Self::Person { person, .. } => {
                let called = person.display_name.to_lowercase();
                asked.starts_with('@')
                    && (person.username.starts_with(&begun)
                        || format!(" {called}").contains(&format!(" {begun}")))
            }
            Self::Everyone { name, .. } => asked.starts_with('@') && name.starts_with(&begun),
            Self::Emoji { code, .. } => asked.starts_with(':') && code.starts_with(&begun),
            Self::Command { command } => asked.starts_with('/') && command.name().starts_with(&begun),
        }
    }
}

/// How many others one reaches who turns to everyone there; none where one may not.
pub fn reach(about: &About) -> Option<u32> {
    let is_small = about.members <= MOST_CALLED && matches!(about.kind, Kind::Direct | Kind::Group);
    (is_small || about.may_moderate).then(|| about.members.saturating_sub(1))
}

/// `found` for what was `asked` with an `@`, and behind it the names that mean everyone.
pub fn with_everyone(mut found: Vec<Completion>, asked: &str, about: &About) -> Vec<Completion> {
    let Some((begun, reaches)) = asked.strip_prefix('@').zip(reach(about)) else { return found };
    let begun = begun.to_ascii_lowercase();
    let names: Vec<&str> = EVERYONE.into_iter().filter(|name| name.starts_with(&begun)).collect();
    found.truncate(MOST_SHOWN - names.len());
    found.extend(names.into_iter().map(|name| Completion::Everyone { name: name.to_owned(), reaches }));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::thread::fixtures::page;

    fn about(kind: Kind, members: u32, may_moderate: bool) -> About {
        About { kind, members, may_moderate, ..page(0, Vec::new()).about }
    }

    #[test]
    fn everyone_is_reached_where_all_know_each_other_and_by_those_who_keep_order() {
        for (kind, members, may_moderate, reached) in [
            (Kind::Direct, 2, false, Some(1)),
            (Kind::Group, 50, false, Some(49)),
            (Kind::Group, 51, false, None),
            (Kind::Group, 51, true, Some(50)),
            (Kind::Channel, 3, false, None),
            (Kind::Channel, 3, true, Some(2)),
            (Kind::Everyone, 3, false, None),
        ] {
            assert_eq!(reach(&about(kind, members, may_moderate)), reached, "{kind:?} of {members}");
        }
    }

    #[test]
    fn what_fits_no_more_is_not_chosen_by_who_types_on() {
        let person = page(0, Vec::new()).people.remove(0);
        let person = Person { display_name: "Bruno da Silva".to_owned(), ..person };
        let bruno = Completion::Person { person, is_member: true };
        for (asked, fits) in
            [("@", true), ("@BRU", true), ("@da", true), ("@bruna", false), ("@runo", false), (":b", false)]
        {
            assert_eq!(bruno.still_fits(asked), fits, "{asked}");
        }
        let all = Completion::Everyone { name: "all".to_owned(), reaches: 3 };
        assert!(all.still_fits("@a") && !all.still_fits("@all.") && !all.still_fits(":a"));
        let emoji = Completion::Emoji { emoji: "🎉".to_owned(), code: "tada".to_owned() };
        let topic = Completion::Command { command: Command::Topic };
        assert!(topic.still_fits("/To") && !topic.still_fits("/me") && !topic.still_fits("@to"));
        assert!(emoji.still_fits(":ta") && !emoji.still_fits(":tax") && !emoji.still_fits("@ta"));
    }

    #[test]
    fn everyone_stands_last_and_has_room() {
        let emoji = Completion::Emoji { emoji: "🎉".to_owned(), code: "tada".to_owned() };
        let found = vec![emoji; MOST_SHOWN];
        let group = about(Kind::Group, 3, false);
        let names = |asked| {
            let all = with_everyone(found.clone(), asked, &group);
            assert_eq!(all.len(), MOST_SHOWN);
            all.into_iter()
                .filter(|it| matches!(it, Completion::Everyone { .. }))
                .map(|it| it.written())
                .collect::<String>()
        };
        assert_eq!(names("@"), "@all @here ");
        assert_eq!(names("@HE"), "@here ");
        assert_eq!(names("@x"), "");
        assert_eq!(names(":a"), "");
        assert_eq!(with_everyone(Vec::new(), "@", &about(Kind::Channel, 3, false)), []);
    }
}
