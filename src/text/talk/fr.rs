//! A conversation and what can be done in it, in French.

use super::TalkWords;
use crate::{
    conversations::counted,
    text::{
        direction::isolated,
        fr::{characters, day, full_month},
    },
};

pub(in crate::text) const WORDS: TalkWords = TalkWords {
    from_somebody_blocked: "De quelqu’un que vous avez bloqué",
    you: "Vous",
    today: "Aujourd’hui",
    yesterday: "Hier",
    full_day: |date| format!("{} {} {}", day(date), full_month(date), date.year),
    nothing_said: "Rien n’a encore été dit",
    say_hello: |name| format!("Dites bonjour à {}.", isolated(name)),
    older_messages: "Messages plus anciens",
    newer_messages: "Messages suivants",
    jump_to_latest: "Aller aux derniers",
    jump_to_first_unread: "Aller au premier non lu",
    new_messages: |count| {
        if count <= 1 { format!("{count} nouveau") } else { format!("{} nouveaux", counted(count)) }
    },
    new_from_here: "Nouveau",
    actions: "Actions",
    copy_link: "Copier le lien",
    copied: "Copié",
    mark_unread: "Marquer comme non lu",
    marked_unread: "Marqué comme non lu",
    copy: "Copier",
    delete: "Supprimer",
    sending: "Envoi en cours",
    sent: "Envoyé",
    message: "Message",
    write_to: |name| format!("Écrire à {}", isolated(name)),
    send: "Envoyer",
    characters_left: |count| format!("Il reste {}", characters(count)),
    characters_too_many: |count| format!("{} en trop", characters(count)),
    not_sent: |why| format!("Non envoyé. {why}"),
    retry: "Réessayer",
    read_only: "Vous ne pouvez plus écrire ici. Ce qui a été dit reste à lire.",
};
