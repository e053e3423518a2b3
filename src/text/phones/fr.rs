//! Phone numbers and codes, in French.

use super::PhoneWords;

pub const WORDS: PhoneWords = PhoneWords {
    your_code: |code| {
        format!("{code} est votre code pour Salon. Il est valable cinq minutes. Ne le donnez à personne.")
    },
    no_account: "Quelqu’un a voulu se connecter à Salon avec ce numéro. Il n’y a pas de compte\u{202f}: inscrivez-vous d’abord.",

    log_in: "Se connecter par téléphone",
    sign_up: "S’inscrire par téléphone",
    log_in_with_password: "Se connecter avec un mot de passe",
    sign_up_with_email: "S’inscrire avec une adresse e-mail",
    number: "Numéro de téléphone",
    number_hint: "Avec l’indicatif du pays, comme +237 670 000 001. Jamais montré aux autres.",
    send_code: "Envoyer un code",
    code: "Code",
    code_hint: |number| {
        format!("Les six chiffres du message envoyé au {number}. Ils sont valables cinq minutes.")
    },
    sent: "Un message est en route.",
    not_sent: "Le message n’a pas pu être envoyé. Réessayez dans un moment.",
    send_another: "Envoyer un autre code",
    use_another: "Utiliser un autre numéro",

    no_password: |number| {
        format!(
            "Votre compte n’a pas de mot de passe. À sa place, un code vous est demandé, envoyé au {number}."
        )
    },
    no_gateway: "Votre compte n’a pas de mot de passe, et ce Salon n’envoie pas de codes pour l’instant\u{202f}: adressez-vous à qui s’en occupe.",
    send_me_a_code: "M’envoyer un code",
    proof_hint: "Les six chiffres du message. Ils sont valables cinq minutes.",
    none_yet: "Pas encore",
    add_email: "Ajouter une adresse e-mail",
    set_password: "Choisir un mot de passe",
};
