//! French.

use super::RequestWords;

pub const WORDS: RequestWords = RequestWords {
    everyone_asks: "Tout le monde, les inconnus sur demande",
    write_to_somebody: "Écrire à quelqu’un",
    write_to_somebody_hint: "Son nom d’utilisateur ou son adresse, exactement. Tout le monde n’accepte pas les messages d’inconnus.",
    write: "Écrire",
    message_requests: "Demandes de message",
    wants_to_write: |name| format!("{name} souhaite vous écrire. Votre lecture ne lui est pas signalée."),
    was_declined: |name| format!("Vous avez refusé cette demande. {name} ne peut pas vous écrire ici."),
};
