//! Phone numbers and codes, in French.

use super::PhoneWords;

pub const WORDS: PhoneWords = PhoneWords {
    your_code: |code| {
        format!("{code} est votre code pour Salon. Il est valable cinq minutes. Ne le donnez à personne.")
    },
    no_account: "Quelqu’un a voulu se connecter à Salon avec ce numéro. Il n’y a pas de compte\u{202f}: inscrivez-vous d’abord.",
};
