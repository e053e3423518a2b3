//! Les commandes, en français.

use super::{CommandWords, Explained};

pub(in crate::text) const WORDS: CommandWords = CommandWords {
    commands: "Commandes",
    me: Explained {
        takes: "ce que vous faites", does: "Raconte ce que vous faites, précédé de votre nom."
    },
    shrug: Explained { takes: "texte", does: r"Envoie le texte suivi de ¯\_(ツ)_/¯." },
    poll: Explained { takes: "question", does: "Mène à la page pour un nouveau sondage." },
    topic: Explained { takes: "texte", does: "Dit à quoi sert cette conversation." },
    invite: Explained { takes: "@nom", does: "Ajoute des membres à cette conversation." },
    leave: Explained { takes: "", does: "Mène à la page pour quitter cette conversation." },
    mute: Explained { takes: "", does: "Met cette conversation en sourdine, ou l’en sort." },
    help: Explained { takes: "", does: "Explique les commandes." },
    anyway: "Un texte qui commence par deux barres obliques part avec une seule\u{202f}: //help dit /help.",

    topic_set: "Le sujet est enregistré.",
    people_added: "Toutes les personnes nommées sont ici maintenant.",
    unknown: |name| {
        format!("La commande /{name} n’existe pas. Pour l’écrire tout de même, commencez par //{name}.")
    },
    not_here: |name| format!("/{name} ne fait rien ici. Pour l’écrire tout de même, commencez par //{name}."),
    empty: |name| format!("Écrivez quelque chose après /{name}."),
};
