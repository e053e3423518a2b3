//! Bots and webhooks, in French.

use super::BotWords;
use crate::{text::counts::FRENCH, webhooks::Health};

pub(in crate::text) const WORDS: BotWords = BotWords {
    bots: "Bots",
    explained: "Un bot est un compte par lequel parle un de vos programmes. Il est membre comme tout le monde\u{202f}: il \
                n’entend que là où on l’a fait venir, chacun y voit qu’il est là, et son nom se termine par «\u{202f}bot\u{202f}».",
    username_hint: "Comment on le trouve et le mentionne. Il se termine par «\u{202f}bot\u{202f}», comme the-bot.",
    create: "Créer le bot",
    your_bots: "Vos bots",
    made: |when| format!("Créé le {when}"),

    about: "Votre bot est un de vos amis\u{202f}: vous le faites venir dans vos groupes comme n’importe quel ami. Qui le \
            mentionne lui parle.",
    token: "Jeton",
    token_explained: "Avec son jeton, un programme agit en tant que bot, par l’API. Un nouveau jeton met fin au précédent.",
    new_token: "Nouveau jeton",
    join: "Le faire entrer par une invitation",
    join_explained: "Pour les espaces, et pour les groupes où vous ne pouvez faire venir personne.",
    invitation: "Lien de l’invitation",
    let_in: "Le faire entrer",
    joined: "Il est entré.",
    delete: "Supprimer le bot",
    delete_explained: "Ce qu’il a dit reste, sans son nom. Son jeton et ses webhooks prennent fin.",

    incoming: "Adresses par lesquelles il parle",
    incoming_explained: "Ce qu’un programme envoie à une telle adresse, le bot le dit dans la conversation. Quiconque a \
                         l’adresse le peut\u{202f}: gardez-la comme un mot de passe.",
    create_address: "Créer l’adresse",
    copy_address: "Copier l’adresse",
    outgoing: "Adresses auxquelles on dit ce qu’il entend",
    outgoing_explained: "Chaque message est envoyé à l’adresse de votre programme, signé, et de nouveau pendant deux jours si \
                         personne ne répond. Ce que le programme répond, le bot le dit.",
    calls_nobody: "Ce Salon n’appelle aucune adresse. Qui l’administre peut le permettre\u{202f}: docs/self-hosting.md dit comment.",
    address: "Adresse de votre programme",
    address_hint: "Une adresse web entière, en https ou en http.",
    what: "On lui dit",
    addressed: "Ce qui s’adresse au bot\u{202f}: mentions et conversations privées",
    everything_in: |name| format!("Tout dans {name}"),
    create_webhook: "Créer le webhook",
    secret: "Secret qui signe les envois\u{202f}:",
    copy_secret: "Copier le secret",
    conversation: "Conversation",
    not_there: "Une conversation où le bot n’est plus",
    no_places: "Le bot n’est encore dans aucune conversation.",
    health: |health| match health {
        Health::Well => "Fonctionne".to_owned(),
        Health::Failing { tries, status: None } => {
            format!("Pas de réponse, {}", FRENCH.of(tries, "essai", "essais"))
        }
        Health::Failing { tries, status: Some(status) } => {
            format!("A répondu {status}, {}", FRENCH.of(tries, "essai", "essais"))
        }
        Health::Stopped { status: None, .. } => "Abandonné\u{202f}: pas de réponse".to_owned(),
        Health::Stopped { status: Some(status), .. } => format!("Abandonné\u{202f}: a répondu {status}"),
    },
    try_again: "Réessayer maintenant",
    remove: "Retirer",
};
