//! Friends, in French.

use super::FriendWords;
use crate::text::direction::isolated;

pub(in crate::text) const WORDS: FriendWords = FriendWords {
    person: "Nom d’utilisateur ou e-mail",
    person_hint: "Exactement comme on vous l’a donné.",
    add_friend: "Ajouter",
    request_sent: "Demande envoyée. Si cette personne vous avait déjà demandé, vous êtes amis désormais.",
    requests_sent: "En attente de réponse",
    your_friends: "Vos amis",
    open_conversation: "Ouvrir la conversation",
    remove_friend: "Retirer de vos amis",
    remove_friend_question: |name| {
        format!(
            "Retirer {} de vos amis\u{202f}? Ce que vous vous êtes dit reste à lire, pour vous deux.",
            isolated(name)
        )
    },
    remove: "Retirer",
    more_friends: "Plus d’amis",
    first_friends: "Depuis le début",
    no_friends_title: "Personne pour l’instant",
    no_friends: "Demandez un nom d’utilisateur ou une adresse e-mail, et ajoutez votre premier ami ci-dessus.",
};
