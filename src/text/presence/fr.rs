//! French.

use super::PresenceWords;

pub const WORDS: PresenceWords = PresenceWords {
    online: "En ligne",
    idle: "Absent",
    busy: "Ne pas déranger",

    here_now: "En ce moment",
    nobody_here: "Aucune de vos connaissances n’est connectée pour l’instant.",

    status: "Statut",
    status_hint: "Une ligne à côté de votre nom, par exemple «\u{202f}De retour lundi\u{202f}». 80 caractères au plus.",
    availability: "Disponibilité",
    available: "Disponible",

    seen_by: "Qui voit que vous êtes là",
    seen_by_hint: "C’est réciproque\u{202f}: vous ne voyez que ceux qui peuvent vous voir.",
    seen_by_acquaintances: "Vos amis, et les membres de vos groupes et salons",
    seen_by_friends: "Vos amis seulement",
};
