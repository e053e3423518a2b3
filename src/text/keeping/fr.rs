//! Pinned and saved messages, in French.

use super::KeepingWords;

pub(in crate::text) const WORDS: KeepingWords = KeepingWords {
    pin: "Épingler",
    unpin: "Désépingler",
    pinned: "Épinglé",
    unpinned: "N’est plus épinglé",
    pinned_messages: "Messages épinglés",
    go_there: "Aller au message",
    no_pins: "Rien n’est encore épinglé ici.",
    save: "Mettre de côté",
    is_saved: "Mis de côté",
    saved_messages: "Messages mis de côté",
    saved_text: "Vous seul voyez ce que vous mettez de côté, tant que vous êtes dans la conversation.",
    nothing_saved: "Vous n’avez encore rien mis de côté. «\u{202f}Mettre de côté\u{202f}» est parmi les actions de chaque message.",
    forget: "Retirer",
    older: "Mis de côté plus tôt",
};
