//! What is to come, in French.

use super::LaterWords;
use crate::later::{moment::Wait, scheduled::Hindrance};

pub(in crate::text) const WORDS: LaterWords = LaterWords {
    when: "Quand",
    in_a_while: |wait| match wait {
        Wait::TwentyMinutes => "Dans 20 minutes",
        Wait::OneHour => "Dans 1 heure",
        Wait::ThreeHours => "Dans 3 heures",
    },
    tomorrow_at: |day, hour| format!("Demain à {hour}\u{202f}h ({day})"),
    monday_at: |day, hour| format!("Lundi prochain à {hour}\u{202f}h ({day})"),
    at_another_time: "À un autre moment",
    day_and_time: "Jour et heure",
    day_and_time_utc: "Jour et heure (UTC)",
    utc_hint: |clock| {
        format!("Sans JavaScript, votre fuseau horaire n’est pas connu ici. En UTC, il est {clock}.")
    },

    remind_me: "Me le rappeler",
    remind_of_message: "Me rappeler ce message",
    note: "Note (facultative)",
    note_hint: "Vous seul la voyez.",
    set_reminder: "Créer le rappel",
    is_waiting: |when| format!("Un rappel est prévu le {when}. Un autre moment le remplace."),
    reminders: "Rappels",
    reminders_text: "Ce qui vous sera rappelé, le plus proche d’abord. Le moment venu, cela s’affiche sous Activité.",
    no_reminders: "Aucun rappel n’attend. «\u{202f}Me le rappeler\u{202f}» est parmi les actions de chaque message.",
    forget: "Retirer",
    change: "Modifier",

    send_later: "Envoyer plus tard",
    schedule: "Programmer",
    scheduled_messages: "Messages programmés",
    scheduled_text: "Ce qui attend d’être envoyé. Le moment venu, c’est comme si vous l’envoyiez alors.",
    nothing_scheduled: "Rien n’attend d’être envoyé. «\u{202f}Envoyer plus tard\u{202f}» se trouve à côté de la zone de saisie de chaque conversation.",
    send_now: "Envoyer maintenant",
    revise: "Modifier le message programmé",
    remove_scheduled: "Retirer le message programmé",
    remove_question: "Retirer ce message\u{202f}? Il ne sera pas envoyé, et son texte disparaît.",
    place_gone: "Une conversation dont vous ne faites plus partie",
    hindered: |hindrance| match hindrance {
        Hindrance::Gone => "Vous ne faites plus partie de cette conversation.",
        Hindrance::ReadOnly => "Vous ne pouvez plus que lire dans cette conversation.",
        Hindrance::Text => "Le texte est désormais trop long. Raccourcissez-le et réessayez.",
        Hindrance::Key => "Il a déjà été envoyé, avec un autre texte.",
    },
};
