//! Access tokens, in French.

use super::TokenWords;
use crate::tokens::Scope;

pub(in crate::text) const WORDS: TokenWords = TokenWords {
    access_tokens: "Jetons d’accès",
    explained: "Avec un jeton d’accès, un de vos programmes voit ce que vous voyez, et agit en votre nom si vous le voulez. \
                Quiconque a le jeton le peut\u{202f}: gardez-le comme votre mot de passe.",
    name: "Nom",
    name_hint: "À quoi il sert, pour le reconnaître.",
    scope: "Le programme peut",
    scopes: |scope| match scope {
        Scope::Read => "Lire seulement",
        Scope::Write => "Lire et écrire",
    },
    lasts: "Fin",
    create: "Créer le jeton",

    your_tokens: "Vos jetons",
    copy_now: "Copiez-le maintenant\u{202f}: il est affiché ici pendant dix minutes, et plus jamais ensuite.",
    copy_token: "Copier le jeton",
    made: |when| format!("Créé le {when}"),
    used: |when| format!("Utilisé pour la dernière fois le {when}"),
    never_used: "Jamais utilisé",
    ends: |when| format!("Prend fin le {when}"),
};
