//! French.

use super::ActivityWords;
use crate::{
    activity::Deed,
    conversations::counted,
    text::{counts::FRENCH, direction::isolated},
};

pub const WORDS: ActivityWords = ActivityWords {
    activity: "Activité",
    new: |count| format!("{} {}", counted(count), FRENCH.plural(count, "nouveauté", "nouveautés")),
    is_new: "nouveau",
    told,
    nothing_title: "Rien encore",
    nothing: "Ici s’affiche qui s’adresse à vous, vous répond, réagit à vos messages ou vous demande en ami.",
    older: "Activité plus ancienne",
};

fn told(name: &str, deed: &Deed, place: &str) -> String {
    let name = isolated(name);
    match deed {
        Deed::Mentioned(_) => format!("{name} s’adresse à vous"),
        Deed::Called(_) => format!("{name} s’adresse à tout le monde"),
        Deed::Answered(_) => format!("{name} vous a répondu"),
        Deed::Reacted { emoji, .. } => format!("{name} a réagi {emoji} à votre message"),
        Deed::Reminded { .. } => format!("Rappel de ce qu’a dit {name}"),
        Deed::Unsent => "Un de vos messages n’a pas été envoyé au moment prévu".to_owned(),
        Deed::Asked => format!("{name} vous demande en ami"),
        Deed::Accepted => format!("{name} a accepté votre demande"),
        Deed::Added => format!("{name} vous a fait entrer dans {}", isolated(place)),
        Deed::Approached => format!("{name} souhaite vous écrire"),
    }
}
