//! Accounts and their settings, in French.

use super::AccountWords;
use crate::text::direction::isolated;

pub(in crate::text) const WORDS: AccountWords = AccountWords {
    sign_up_title: "Créez votre compte",
    create_account: "Créer un compte",
    have_account: "Vous avez déjà un compte\u{202f}?",
    log_in: "Se connecter",
    no_account: "Pas encore de compte\u{202f}?",
    username: "Nom d’utilisateur",
    username_hint: "De 2 à 32 caractères\u{202f}: a à z, chiffres, point, tiret bas, trait d’union. Vos amis vous trouvent grâce à lui.",
    login_name_hint: "Votre adresse e-mail convient aussi.",
    email: "E-mail",
    email_hint: "Jamais montré aux autres.",
    password: "Mot de passe",
    password_hint: |characters| {
        format!("Au moins {characters} caractères. Quelques mots à la suite se retiennent bien.")
    },
    profile: "Profil",
    appearance: "Langue et thème",
    display_name: "Nom affiché",
    display_name_hint: "Le nom que voient les autres. De 1 à 80 caractères.",
    language: "Langue",
    browser_language: "Celle du navigateur",
    theme: "Thème",
    theme_system: "Celui de l’appareil",
    theme_light: "Clair",
    theme_dark: "Sombre",
    writing: "Écriture",
    send_with: "Envoyer avec",
    send_with_hint: "Dans ce navigateur. Ctrl+Entrée envoie toujours, et Maj+Entrée va à la ligne. Sur un écran tactile, Entrée va à la ligne et le bouton envoie.",
    enter: "Entrée",
    control_enter: "Ctrl+Entrée",
    command_enter: "⌘ Entrée",
    account: "Compte",
    change_email: "Changer d’adresse e-mail",
    email_changed: "C’est enregistré. Votre adresse e-mail a changé.",
    change_password: "Changer de mot de passe",
    password_changed: "C’est enregistré. Votre mot de passe a changé, et vos autres sessions sont terminées.",
    current_password: "Mot de passe actuel",
    new_password: "Nouveau mot de passe",
    other_sessions_end: "Une fois qu’il sera changé, toutes vos autres sessions seront terminées.",
    delete_account: "Supprimer le compte",
    delete_account_text: "Vous quittez tous les groupes et espaces, et plus personne ne vous trouve. Ce que vous avez écrit reste à sa place, sans votre nom. C’est sans retour.",
    hand_over_first: "Ces lieux dépendent de vous. Nommez un autre admin, confiez-les ou supprimez-les\u{202f}; vous pourrez ensuite supprimer votre compte.",
    your_username: "Votre nom d’utilisateur",
    privacy: "Confidentialité",
    who_may_write: "Qui peut vous écrire",
    who_may_ask: "Qui peut vous demander en ami",
    everyone: "Tout le monde",
    acquaintances: "Vos amis et les membres de vos espaces",
    nobody: "Personne",
    blocked: "Personnes bloquées",
    nobody_blocked: "Personne n’est bloqué.",
    block: "Bloquer",
    unblock: "Débloquer",
    block_question: |name| {
        format!(
            "Bloquer {}\u{202f}? Cette personne ne pourra plus vous écrire ni vous demander en ami, et n’en saura rien.",
            isolated(name)
        )
    },
};
