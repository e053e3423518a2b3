//! French, with *vous*. U+202F, the narrow space that does not break, stands before `: ; ! ?` and inside « ».

use super::{Locale, Words, counts::FRENCH, direction::isolated};
use crate::{
    conversations::counted,
    error::{Error, Field, Why},
    time::Date,
};

pub(super) const WORDS: Words = Words {
    locale: Locale::Fr,

    skip_to_content: "Aller au contenu",
    main_navigation: "Salon",
    home: "Accueil",
    friends: "Amis",
    settings: "Réglages",
    log_out: "Se déconnecter",
    back: "Retour",
    back_home: "Retour à l’accueil",
    show: "Afficher",
    hide: "Masquer",
    day_and_month: |date| format!("{} {}", day(date), month(date)),

    promise: "Un lieu pour parler, qui vit sur ce serveur et nulle part ailleurs.",

    conversations: "Conversations",
    friend_requests: "Demandes d’amitié",
    you_wrote: |text| format!("Vous\u{202f}: {}", isolated(text)),
    somebody_wrote: |name, text| format!("{}\u{202f}: {}", isolated(name), isolated(text)),
    somebody_did: |name, text| format!("{} {}", isolated(name), isolated(text)),
    unread: |count| format!("{} {}", counted(count), FRENCH.plural(count, "non lu", "non lus")),
    more_conversations: "Plus de conversations",
    latest_conversations: "Dernières conversations",
    no_conversations_title: "Tout est calme ici",
    no_conversations: "Les conversations avec vos amis apparaîtront ici.",
    no_more_conversations: "Il n’y a pas d’autres conversations.",
    add_friends: "Ajouter des amis",

    welcome: |name| format!("Bonjour, {}", isolated(name)),
    welcome_text: "Choisissez une conversation, ou trouvez quelqu’un à qui parler.",

    accept: "Accepter",
    decline: "Refuser",
    cancel: "Annuler",
    save: "Enregistrer",
    saved: "C’est enregistré.",
    deleted_account: "Compte supprimé",
    conversation_with: |name| format!("Conversation avec {}", isolated(name)),
    mark_read: "Marquer comme lu",
    draft: "Brouillon\u{202f}:",
    no_connection: "Pas de connexion. Ce que vous écrivez partira dès que le serveur sera de nouveau joignable.",
    next_try: |seconds| format!("Nouvel essai dans {seconds}\u{202f}s"),
    trying: "Nouvel essai en cours…",
    retry_now: "Réessayer maintenant",

    new_version: "Une nouvelle version de Salon est là.",
    reload: "Recharger",
    dismiss: "Plus tard",

    not_found_title: "Il n’y a rien ici",
    not_found: "Cette page n’existe pas, ou elle ne vous est pas destinée. Le lien est peut-être incomplet.",
    failed_title: "Le chargement a échoué",
    try_again: "Réessayer",
    refused_title: "Cela n’a pas abouti",
    not_ours: "Cela ne venait pas d’une page de Salon, et rien n’a été changé. Revenez dans Salon pour réessayer.",
    unavailable_title: "Salon ne répond pas",
    refusal,
};

/// The first of a month is an ordinal in French.
pub(super) fn day(date: Date) -> String {
    if date.day == 1 { "1er".to_owned() } else { date.day.to_string() }
}

fn month(date: Date) -> &'static str {
    match date.month {
        1 => "janv.",
        2 => "févr.",
        3 => "mars",
        4 => "avr.",
        5 => "mai",
        6 => "juin",
        7 => "juil.",
        8 => "août",
        9 => "sept.",
        10 => "oct.",
        11 => "nov.",
        _ => "déc.",
    }
}

pub(super) fn full_month(date: Date) -> &'static str {
    match date.month {
        1 => "janvier",
        2 => "février",
        3 => "mars",
        4 => "avril",
        5 => "mai",
        6 => "juin",
        7 => "juillet",
        8 => "août",
        9 => "septembre",
        10 => "octobre",
        11 => "novembre",
        _ => "décembre",
    }
}

fn refusal(error: &Error) -> String {
    let sentence = match error {
        Error::SignedOut => "Votre session est terminée. Reconnectez-vous pour continuer.",
        Error::WrongLogin => {
            "Ce nom et ce mot de passe ne vont pas ensemble. Vérifiez les deux et réessayez."
        }
        Error::NotFound => "Ceci n’existe pas, ou n’existe plus.",
        Error::Forbidden => "Vous ne pouvez pas faire cela ici.",
        Error::Invalid { field, why } => return invalid(*field, *why),
        Error::Taken { field: Field::Username } => "Ce nom d’utilisateur est pris. Choisissez-en un autre.",
        Error::Taken { field: Field::Email } => {
            "Un compte existe déjà avec cette adresse. Connectez-vous, ou prenez une autre adresse."
        }
        Error::Taken { field: Field::Phone } => "Ce numéro a déjà un compte. Connectez-vous avec lui.",
        Error::Taken { .. } => "C’est déjà pris. Choisissez autre chose.",
        Error::Conflict => "Cela a changé entre-temps. Rechargez la page et réessayez.",
        Error::TooMuch => "C’est plus que ce qui peut être reçu. Raccourcissez et réessayez.",
        Error::Unsupported => "Ce genre de contenu n’est pas accepté ici.",
        Error::TooFast { retry_in } => {
            return format!("C’est trop souvent. Réessayez dans {}.", wait(*retry_in));
        }
        Error::Unreachable => "Salon est injoignable. Vérifiez la connexion et réessayez.",
        Error::Unavailable => "Salon ne peut pas répondre pour l’instant. Réessayez sous peu.",
    };
    sentence.to_owned()
}

fn invalid(field: Field, why: Why) -> String {
    let sentence = match (field, why) {
        (_, Why::TooShort { at_least }) => return format!("Il faut au moins {}.", characters(at_least)),
        (Field::Pins, Why::TooLong { at_most }) => {
            return format!(
                "Vous avez déjà épinglé {at_most} conversations, c’est le maximum. Désépinglez-en une."
            );
        }
        (Field::Places, Why::TooLong { at_most }) => {
            return format!("Choisissez au plus {at_most} conversations.");
        }
        (Field::Reminders, Why::TooLong { at_most }) => {
            return format!("{at_most} rappels attendent déjà, c’est le maximum. Retirez-en un.");
        }
        (Field::Scheduled, Why::TooLong { at_most }) => {
            return format!("{at_most} messages attendent déjà, c’est le maximum. Retirez-en un.");
        }
        (Field::Answers, Why::TooLong { at_most }) => {
            return format!("Un sondage a au plus {at_most} réponses.");
        }
        (_, Why::TooLong { at_most }) => return format!("Pas plus de {}.", characters(at_most)),

        (Field::Username, Why::Missing) => "Saisissez un nom d’utilisateur.",
        (Field::DisplayName, Why::Missing) => "Saisissez un nom.",
        (Field::Email, Why::Missing) => "Saisissez une adresse e-mail.",
        (Field::Password, Why::Missing) => "Saisissez un mot de passe.",
        (Field::CurrentPassword, Why::Missing) => "Saisissez votre mot de passe actuel.",
        (Field::Name, Why::Missing) => "Saisissez un nom.",
        (Field::People, Why::Missing) => "Choisissez au moins un ami.",
        (Field::Places, Why::Missing) => "Choisissez au moins une conversation.",
        (Field::Person, Why::Missing) => "Saisissez un nom d’utilisateur ou une adresse e-mail.",
        (Field::Emoji, Why::Missing) => "Choisissez un émoji.",
        (Field::Emoji, _) => "Ce n’est pas un émoji.",
        (Field::Phone, Why::Missing) => "Saisissez un numéro de téléphone.",
        (Field::Phone, Why::Characters | Why::Shape) => {
            "Écrivez le numéro avec l’indicatif du pays, comme +237 670 00 00 01."
        }
        (Field::Code, Why::Missing) => "Saisissez le code qui vous a été envoyé.",
        (Field::Code, Why::Characters | Why::Shape) => "Le code a six chiffres.",
        (Field::Code, Why::Wrong) => {
            "Ce n’est pas le code, ou ce ne l’est plus. Vérifiez-le ou demandez-en un autre."
        }
        (Field::Term, Why::Missing) => "Écrivez ce que vous cherchez.",
        (Field::Body, Why::Missing) => "Écrivez d’abord quelque chose.",
        (Field::Question, Why::Missing) => "Écrivez ce que vous voulez demander.",
        (Field::Answers, Why::Missing) => "Proposez au moins deux réponses.",
        (Field::Answers, Why::Wrong) => "Deux des réponses sont identiques. Changez-en une.",
        (Field::Answer, Why::Unknown) => "Ce sondage n’a pas cette réponse.",
        (Field::Poll, Why::Past) => "Ce sondage est terminé.",
        (Field::Token, _) => "Ce n’est pas le dernier jeton que le serveur a affiché.",
        (Field::Moment, Why::Missing) => "Choisissez le moment.",
        (Field::Moment, Why::Shape) => "Ce n’est ni un jour ni une heure. Choisissez-les dans le champ.",
        (_, Why::Past) => "Ce moment est passé. Choisissez-en un à venir.",
        (_, Why::TooFar) => "Choisissez un moment d’ici un an.",
        (Field::Form, _) => "Le formulaire est arrivé incomplet. Rechargez la page et réessayez.",
        (_, Why::Missing) => "Remplissez ce champ.",

        (_, Why::Ending) => {
            "Le nom d’utilisateur d’un bot se termine par «\u{202f}bot\u{202f}», comme the-bot."
        }
        (Field::Address, Why::Unknown) => {
            "Salon appelle des adresses sur Internet, aux ports habituels, et aucune autre."
        }
        (Field::Link, _) => "Cette invitation n’existe pas, ou plus.",
        (Field::Address, Why::Shape) => "Saisissez une adresse web entière, en https ou en http.",
        (Field::Username, Why::Characters | Why::Shape) => {
            "Seules les lettres de a à z, les chiffres, le point, le tiret bas et le trait d’union conviennent."
        }
        (Field::Email, Why::Characters | Why::Shape) => {
            "Ceci ne ressemble pas à une adresse e-mail. Écrivez-la comme nom@example.org."
        }
        (Field::Locale | Field::Theme, _) => "Choisissez dans la liste.",
        (_, Why::Characters | Why::Shape) => "Certains de ces caractères ne sont pas acceptés ici.",

        (_, Why::Reserved) => "Ce nom est réservé à Salon. Choisissez-en un autre.",
        (_, Why::Guessable) => "C’est ce que l’on devinerait en premier. Choisissez autre chose.",
        (Field::Role, Why::Last) => "Vous êtes le seul admin. Donnez d’abord ce rôle à quelqu’un d’autre.",
        (Field::Rank, Why::Last) => "Cet espace est le vôtre. Confiez-le à quelqu’un ou supprimez-le.",
        (Field::Name, Why::Last) => "Un espace a au moins un salon.",
        (Field::Name, Why::Wrong) => "Ce n’est pas son nom. Recopiez-le comme ci-dessus.",
        (_, Why::Banned) => "L’une de ces personnes est bannie. Levez d’abord le bannissement.",
        (_, Why::Last) => "Il doit en rester un.",
        (Field::People, Why::Unknown) => "Seuls des amis peuvent entrer. Vérifiez les noms.",
        (Field::Username, Why::Wrong) => "Ce n’est pas votre nom d’utilisateur.",
        (_, Why::Wrong) => "Ce n’est pas votre mot de passe actuel. Vérifiez-le et réessayez.",
        (_, Why::Unknown) => "Personne ici n’a ce nom ni cette adresse. Vérifiez l’orthographe.",
        (_, Why::Yourself) => "C’est vous. Saisissez quelqu’un d’autre.",
    };
    sentence.to_owned()
}

pub(super) fn characters(count: u32) -> String {
    FRENCH.of(count, "caractère", "caractères")
}

/// A time to wait, in the unit that people would say; never shorter than it is.
fn wait(seconds: u32) -> String {
    match seconds {
        0..=90 => FRENCH.of(seconds.max(1), "seconde", "secondes"),
        91..=5_400 => FRENCH.of(seconds.div_ceil(60), "minute", "minutes"),
        _ => FRENCH.of(seconds.div_ceil(3_600), "heure", "heures"),
    }
}
