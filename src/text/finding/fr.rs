//! Trouver son chemin, en français.

use super::FindingWords;
use crate::text::direction::isolated;

pub(in crate::text) const WORDS: FindingWords = FindingWords {
    find: "Trouver",
    find_what: "Conversation, espace ou personne",
    close: "Fermer",
    places: "Où aller",
    nothing_found: "Rien ici ne porte ce nom.",
    group: "Groupe",
    space: "Espace",
    channel_of: |space| format!("Salon de {}", isolated(space)),
    everyone: "Salon de tout le monde",

    notifications: "Notifications",
    muting: "Sourdine",
    muting_text: "Tant que la conversation est en sourdine, rien de ce qui s’y dit n’apparaît comme non lu. On peut \
                  toujours la lire.",
    mute_hour: "En sourdine pendant 1 heure",
    mute_eight_hours: "En sourdine pendant 8 heures",
    mute_week: "En sourdine pendant 1 semaine",
    mute_always: "En sourdine jusqu’à nouvel ordre",
    unmute: "Enlever la sourdine",
    not_muted: "Sans sourdine.",
    muted_always: "En sourdine, jusqu’à ce que vous l’enleviez.",
    muted_until: |moment| format!("En sourdine jusqu’au {moment}."),
    level: "Ce qui apparaît comme non lu",
    level_text: "Avec les mentions, la conversation est en gras quand il y a du nouveau, sans nombre. Avec rien, elle \
                 ne l’est jamais.",
    all: "Tous les messages",
    mentions: "Les mentions",
    nothing: "Rien",
    in_list: "Dans la liste",
    in_list_text: "Les conversations épinglées viennent en premier, 20 au plus. Une conversation masquée revient dès \
                   que quelque chose s’y dit, et se trouve à tout moment par son nom.",
    pin: "Épingler",
    unpin: "Désépingler",
    hide: "Masquer",
    show_again: "Réafficher",
    stands_by_activity: "Dans la liste, ni épinglée ni masquée.",
    stands_first: "Épinglée, en tête de la liste.",
    stands_nowhere: "Masquée dans la liste.",

    muted: "en sourdine",
    pinned: "épinglée",
};
