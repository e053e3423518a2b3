//! Changer ce qu’on a dit, en français.

use super::ChangeWords;

pub(in crate::text) const WORDS: ChangeWords = ChangeWords {
    edit: "Modifier",
    edit_message: "Modifier le message",
    edited: "modifié",
    editing: "Modification du message",
    history: "Ce qu’il disait avant",
    says_now: "Maintenant",
    older_versions: "Versions plus anciennes",
    you_deleted: "Vous avez supprimé ce message.",
    undo: "Annuler la suppression",
    delete_own_question: "Vous pouvez l’annuler pendant cinq secondes. Ensuite, le texte disparaît pour tout le monde, définitivement.",
    more_actions: "Autres actions",
    react: "Réagir",
    reactions: "Réactions",
    who_reacted: "Qui a réagi",
    nobody_reacted: "Personne n’a encore réagi.",
    other_emoji: "Un autre émoji",
    any_emoji: "N’importe quel émoji",
    any_emoji_hint: "Tapez-en ou collez-en un.",
    not_changed: |why| format!("Non modifié. {why}"),
    discard: "Abandonner",
};
