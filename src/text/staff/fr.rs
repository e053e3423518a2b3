//! Those who look after a Salon, in French.

use super::StaffWords;
use crate::text::fr::{day, full_month};

pub(in crate::text) const WORDS: StaffWords = StaffWords {
    title: "Équipe",

    tell_everyone: "Prévenir tout le monde",
    announcement: "Annonce",
    announcement_hint: "Tous ceux qui sont là la voient aussitôt, quoi qu’ils fassent. Personne ne la lit plus tard.",
    announce: "Annoncer",
    announced: "Tous ceux qui sont là sont prévenus.",
    announcement_of: |name| format!("Annonce de {name}\u{202f}:"),

    accounts: "Comptes",
    is_staff: "Équipe",
    is_premium: "Premium",
    has_premium: "Vous avez le pass premium.",
    since: |date| format!("là depuis le {} {} {}", day(date), full_month(date), date.year),
    make_staff: "Mettre dans l’équipe",
    take_staff: "Retirer de l’équipe",
    give_premium: "Donner le premium",
    take_premium: "Retirer le premium",

    claim_title: "S’occuper de ce Salon",
    claim_explained: "Tant que personne ne s’occupe de ce Salon, le serveur affiche un jeton à chaque démarrage. \
                      Qui l’a entre dans l’équipe.",
    token: "Jeton",
    token_hint: "Tel que le serveur l’a affiché.",
    claim: "Entrer dans l’équipe",
    claimed: "Vous vous occupez maintenant de ce Salon.",
};
