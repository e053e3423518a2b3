//! Les lieux, en français.

use super::{PlaceWords, Telling, Who, few};
use crate::{
    conversations::about::MEMBERS_COUNTED,
    messages::system::SystemNote,
    text::{
        counts::FRENCH,
        direction::isolated,
        fr::{day, full_month},
        moderation::french_pace,
    },
};

pub(in crate::text) const WORDS: PlaceWords = PlaceWords {
    new_group: "Nouveau groupe",
    create_group: "Créer le groupe",
    group_name: "Nom du groupe",
    group_name_hint: "1 à 80 caractères. Tous les membres du groupe le voient.",
    choose_friends: "Amis à faire entrer",
    by_username: "Amis par nom d’utilisateur",
    by_username_hint: "Pour ceux qui ne sont pas dans la liste. Séparez les noms par une espace.",

    people: "Membres",
    people_count: |count| {
        let more = if count < MEMBERS_COUNTED { "" } else { "+" };
        format!("{}{more} {}", FRENCH.number(count), FRENCH.plural(count, "membre", "membres"))
    },
    add_people: "Ajouter des membres",
    admin: "Admin",
    make_admin: "Nommer admin",
    make_member: "Retirer le rôle d’admin",
    remove_question: |name| {
        format!("Retirer {} du groupe\u{202f}? Ce qui s’y dit lui sera alors fermé.", isolated(name))
    },
    more_people: "Suite des membres",
    first_people: "Depuis le début",
    somebody: "quelqu’un",

    group_settings: "Réglages du groupe",
    topic: "Sujet",
    topic_hint: "À quoi il sert, en une ligne. Peut rester vide.",
    leave_group: "Quitter le groupe",
    leave_question: |name| {
        format!("Quitter {}\u{202f}? Seul un admin pourra vous y faire revenir.", isolated(name))
    },

    spaces: "Espaces",
    new_space: "Nouvel espace",
    new_space_text: "Un espace réunit des salons et des membres sous un même toit. Il est à vous, et vous choisissez qui l’anime avec vous.",
    create_space: "Créer l’espace",
    space_name: "Nom de l’espace",
    space_name_hint: "1 à 80 caractères. Tous les membres de l’espace le voient.",
    space_settings: "Réglages de l’espace",
    owner: "Propriétaire",
    moderator: "Modération",
    make_moderator: "Confier la modération",
    remove_from_space_question: |name| {
        format!("Retirer {} de l’espace\u{202f}? Tous ses salons lui seront alors fermés.", isolated(name))
    },
    hand_over: "Confier l’espace",
    hand_over_question: |name| format!("L’espace appartiendra à {}, et vous y serez admin.", isolated(name)),
    type_name: |name| format!("Saisissez «\u{202f}{}\u{202f}» pour continuer", isolated(name)),
    delete_space: "Supprimer l’espace",
    delete_space_text: "Ses salons et tout ce qui s’y est dit disparaissent pour tous. C’est sans retour.",
    leave_space: "Quitter l’espace",
    leave_space_question: |name| {
        format!("Quitter {}\u{202f}? Seule une invitation vous y fera revenir.", isolated(name))
    },

    new_channel: "Nouveau salon",
    create_channel: "Créer le salon",
    channel_name: "Nom du salon",
    channel_name_hint: "1 à 80 caractères, comme «\u{202f}jardin\u{202f}» ou «\u{202f}Déjeuner du dimanche\u{202f}».",
    private_channel: "Salon privé",
    private_channel_hint: "Seuls ceux qui animent l’espace y sont, et ceux qu’ils ajoutent. Sinon, tout l’espace y est.",
    channel_settings: "Réglages du salon",
    delete_channel: "Supprimer le salon",
    delete_channel_text: "Tout ce qui s’y est dit disparaît pour tous. C’est sans retour.",
    leave_channel: "Quitter le salon",
    move_up: "Monter",
    move_down: "Descendre",
    first_channel: "général",
    private: "privé",
    unread: "non lu",
    go_to: |name| format!("Aller dans {}", isolated(name)),

    invitation: "Une invitation pour vous",
    invited_to_group: |name| format!("{} vous invite dans un groupe.", isolated(name)),
    invited_to_space: |name| format!("{} vous invite dans un espace.", isolated(name)),
    invitation_over: "Cette invitation ne mène nulle part, ou plus. Demandez-en une autre.",
    join: "Rejoindre",
    invite_people: "Inviter",
    links: "Liens",
    links_text: "Quiconque a le lien peut entrer. Ne le donnez qu’à qui vous voulez.",
    link_lasts: "Durée du lien",
    a_day: "Un jour",
    a_week: "Une semaine",
    a_month: "Un mois",
    always: "Jusqu’à sa révocation",
    link_uses: "Pour combien de personnes",
    any_number: "Autant qu’on veut",
    create_link: "Créer le lien",
    revoke: "Révoquer",
    made_by: |name| format!("Créé par {}", isolated(name)),
    until: |date| format!("jusqu’au {} {} {}", day(date), full_month(date), date.year),
    uses_left: |count| format!("pour {}", FRENCH.of(count, "personne encore", "personnes encore")),

    ban: "Bannir",
    ban_question: |name| {
        format!(
            "Bannir {}\u{202f}? Cette personne sort, et aucune invitation ne la fera revenir d’ici là.",
            isolated(name)
        )
    },
    reason: "Motif, pour ceux qui s’occupent de ce lieu",
    ban_lasts: "Durée du bannissement",
    bans: "Bannissements",
    no_bans: "Personne n’est banni.",
    lift_ban: "Lever le bannissement",

    conversation_in: |name| format!("Conversation dans {}", isolated(name)),
    say_hello: "Dites bonjour à tout le monde.",
    general: "général",
    general_topic: "Tout le monde y est.",
    note,
};

fn note(telling: &Telling) -> String {
    let by_you = telling.actor == Who::You;
    let to_you = telling.people.as_slice() == [Who::You];
    let actor = match &telling.actor {
        Who::You => "Vous".to_owned(),
        Who::Named(name) => isolated(name),
    };
    let has = if by_you { "avez" } else { "a" };
    let whom = listed(&telling.people);
    match &telling.note {
        SystemNote::Created { name } => {
            format!("{actor} {has} créé le groupe «\u{202f}{}\u{202f}».", isolated(name))
        }
        SystemNote::Added { .. } if to_you => format!("{actor} vous {has} fait entrer."),
        SystemNote::Added { .. } => format!("{actor} {has} fait entrer {whom}."),
        SystemNote::Joined => format!("{actor} {has} rejoint le groupe."),
        SystemNote::Left => format!("{actor} {has} quitté le groupe."),
        SystemNote::Removed { .. } if to_you => format!("{actor} vous {has} fait quitter le groupe."),
        SystemNote::Removed { .. } => format!("{actor} {has} retiré {whom} du groupe."),
        SystemNote::Promoted { .. } if to_you => format!("{actor} vous {has} donné le rôle d’admin."),
        SystemNote::Promoted { .. } => format!("{actor} {has} donné à {whom} le rôle d’admin."),
        SystemNote::Demoted { .. } if telling.people.first() == Some(&telling.actor) => {
            format!("{actor} {has} rendu le rôle d’admin.")
        }
        SystemNote::Demoted { .. } if to_you => format!("{actor} vous {has} retiré le rôle d’admin."),
        SystemNote::Demoted { .. } => format!("{actor} {has} retiré à {whom} le rôle d’admin."),
        SystemNote::Renamed { name } => {
            format!("{actor} {has} renommé le groupe «\u{202f}{}\u{202f}».", isolated(name))
        }
        SystemNote::TopicChanged { topic } if topic.is_empty() => format!("{actor} {has} effacé le sujet."),
        SystemNote::TopicChanged { topic } => {
            format!("{actor} {has} changé le sujet\u{202f}: «\u{202f}{}\u{202f}».", isolated(topic))
        }
        SystemNote::Slowed { seconds: 0 } => format!("{actor} {has} désactivé le mode lent."),
        SystemNote::Slowed { seconds } => {
            format!("{actor} {has} activé le mode lent\u{202f}: {}.", french_pace(*seconds))
        }
        SystemNote::Other => format!("{actor} {has} changé quelque chose."),
    }
}

fn listed(people: &[Who]) -> String {
    let name = |who: &Who| match who {
        Who::You => "vous".to_owned(),
        Who::Named(name) => isolated(name),
    };
    let names: Vec<String> = people.iter().map(name).collect();
    match few(&names) {
        (said, 0) => match said.split_last() {
            Some((last, before)) if !before.is_empty() => format!("{} et {last}", before.join(", ")),
            _ => said.concat(),
        },
        (said, others) => format!("{} et {} autres personnes", said.join(", "), FRENCH.number(others)),
    }
}
