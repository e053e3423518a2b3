//! Demander à tous, en français.

use super::PollWords;
use crate::{polls::drafting::Lasts, text::counts::FRENCH};

pub(in crate::text) const WORDS: PollWords = PollWords {
    new_poll: "Nouveau sondage",
    explained: "Tout le monde ici voit qui a choisi quoi. Un sondage ne se modifie pas.",
    question: "Question",
    answers: "Réponses",
    answers_hint: "De deux à dix. Les champs laissés vides ne comptent pas.",
    answer: |number| format!("Réponse {number}"),
    several: "Plusieurs réponses possibles",
    closes: "Se termine",
    lasts: |lasts| match lasts {
        Lasts::Always => "Jamais",
        Lasts::Hour => "Après 1 heure",
        Lasts::Day => "Après 1 jour",
        Lasts::ThreeDays => "Après 3 jours",
        Lasts::Week => "Après 1 semaine",
    },
    ask: "Publier le sondage",
    more_ways: "Autres façons d’envoyer",

    poll: "Sondage",
    choose_one: "Choisissez une réponse",
    choose_several: "Choisissez une ou plusieurs réponses",
    votes_for: |count| FRENCH.of(count, "vote", "votes"),
    share: |percent| format!("{percent}\u{202f}%"),
    voters: |count| {
        format!(
            "{} {}",
            FRENCH.of(count, "personne", "personnes"),
            FRENCH.plural(count, "a voté", "ont voté")
        )
    },
    closes_at: |when| format!("Se termine le {when}"),
    closed: "Terminé",
    close: "Terminer le sondage",

    votes: "Votes",
    nobody_voted: "Personne n’a choisi cela.",
};
