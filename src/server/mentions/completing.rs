//! Whom somebody may mean who begins to write a name, and which emoji by its code: a few, for each few letters.

use std::collections::BTreeSet;

use sqlx::QueryBuilder;

use crate::{
    accounts::Person,
    mentions::{
        MOST_NAMED,
        completing::{Completion, MOST_SHOWN},
    },
    server::{
        access::Member, answer::Outcome, caller::Caller, conversations::everyone, db::on_engine,
        friends::people,
    },
    text::markdown::names,
};

/// Letters that are looked at.
const LONGEST: usize = 40;

/// What `text` may become, which begins with `@` or `:`; at most [`MOST_SHOWN`]. People of the conversation first, then
/// friends who are not in it.
///
/// # Errors
/// `TooFast`, as for frames: a key that is held down asks and asks.
pub async fn completions(caller: &Caller, member: &Member, text: &str) -> Outcome<Vec<Completion>> {
    caller.app.limits.frames.take(&caller.account)?;
    let mut letters = text.chars();
    let sign = letters.next();
    let begun: String = letters.take(LONGEST).filter(|letter| !letter.is_control()).collect();
    match sign {
        Some('@') => named(caller, member, &begun.to_lowercase()).await,
        Some(':') => Ok(emoji(&begun.to_lowercase())),
        _ => Ok(Vec::new()),
    }
}

async fn named(caller: &Caller, member: &Member, begun: &str) -> Outcome<Vec<Completion>> {
    let of = |is_member| move |person: Person| Completion::Person { person, is_member };
    let mut found: Vec<_> = members(caller, member, begun).await?.into_iter().map(of(true)).collect();
    let room = MOST_SHOWN - found.len();
    if room > 0 {
        found.extend(friends(caller, member, begun, room).await?.into_iter().map(of(false)));
    }
    Ok(found)
}

/// What a name, or a word of it, begins with, for `like`. Its own signs are plain letters there.
fn pattern(begun: &str) -> String {
    begun.replace('!', "!!").replace('%', "!%").replace('_', "!_") + "%"
}

/// In the room for everyone only those who spoke up: nobody sees a list of who is there.
async fn members(caller: &Caller, member: &Member, begun: &str) -> Outcome<Vec<Person>> {
    let rows: Vec<(i64, String, String)> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select account.id, account.username, account.display_name
         from participant
         join account on account.id = participant.account_id
         where participant.conversation_id = $1 and participant.account_id <> $2 and account.deleted_at is null
           and (account.username like $3 escape '!' or ' ' || lower(account.display_name) like '% ' || $3 escape '!')
           and (participant.conversation_id <> $4 or exists (
             select 1 from message where message.conversation_id = $4 and message.sender_id = account.id
           ))
         order by account.username
         limit $5",
    )
    .bind(member.conversation().get()).bind(member.account().get()).bind(pattern(begun)).bind(everyone::ROOM)
    .bind(MOST_SHOWN as i64)
    .fetch_all(pool).await)?;
    Ok(people(rows))
}

async fn friends(caller: &Caller, member: &Member, begun: &str, at_most: usize) -> Outcome<Vec<Person>> {
    let rows: Vec<(i64, String, String)> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select account.id, account.username, account.display_name
         from (
           select user2_id as id from friendship where user1_id = $2 and status = 'accepted'
           union all
           select user1_id as id from friendship where user2_id = $2 and status = 'accepted'
         ) as friend
         join account on account.id = friend.id
         where account.deleted_at is null
           and (account.username like $3 escape '!' or ' ' || lower(account.display_name) like '% ' || $3 escape '!')
           and not exists (
             select 1 from participant
             where participant.conversation_id = $1 and participant.account_id = friend.id
               and participant.conversation_id <> $4
           )
         order by account.username
         limit $5",
    )
    .bind(member.conversation().get()).bind(member.account().get()).bind(pattern(begun)).bind(everyone::ROOM)
    .bind(i64::try_from(at_most).unwrap_or(0))
    .fetch_all(pool).await)?;
    Ok(people(rows))
}

/// By the codes that people know, the shortest first. With a colon behind it the one of just this code.
fn emoji(begun: &str) -> Vec<Completion> {
    let completion = |emoji: &'static emojis::Emoji, code: &str| Completion::Emoji {
        emoji: emoji.as_str().to_owned(),
        code: code.to_owned(),
    };
    if let Some(code) = begun.strip_suffix(':') {
        return emojis::get_by_shortcode(code).map(|found| completion(found, code)).into_iter().collect();
    }
    let codes = emojis::iter().flat_map(|emoji| emoji.shortcodes().map(move |code| (emoji, code)));
    let mut found: Vec<_> = codes.filter(|(_, code)| code.starts_with(begun)).collect();
    found.sort_by_key(|(_, code)| (code.len(), *code));
    found.into_iter().take(MOST_SHOWN).map(|(emoji, code)| completion(emoji, code)).collect()
}

/// Those of `names`, with commas between them, that nobody has who is in the conversation; at most [`MOST_NAMED`] are
/// looked at.
///
/// # Errors
/// `TooFast`, as for frames.
pub async fn absent(caller: &Caller, member: &Member, names: &str) -> Outcome<Vec<String>> {
    caller.app.limits.frames.take(&caller.account)?;
    let is_name = |name: &String| names::names(&format!("@{name}")).first() == Some(&(0..name.len() + 1));
    let asked: BTreeSet<String> =
        names.split(',').map(str::to_ascii_lowercase).filter(is_name).take(MOST_NAMED).collect();
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let there: Vec<String> = on_engine!(caller.app.db.pool(), pool => {
        let mut query = QueryBuilder::new(
            "select account.username
             from account
             join participant on participant.account_id = account.id
             where account.deleted_at is null and participant.conversation_id = ",
        );
        query.push_bind(member.conversation().get()).push(" and account.username in (");
        let mut list = query.separated(", ");
        for name in asked.iter().flat_map(|name| names::readings(name)) {
            list.push_bind(name);
        }
        query.push(")");
        query.build_query_scalar().fetch_all(pool).await
    })?;
    let is_absent = |name: &String| names::readings(name).all(|name| there.iter().all(|one| one != name));
    Ok(asked.into_iter().filter(is_absent).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(begun: &str) -> Vec<String> {
        let code = |found| match found {
            Completion::Emoji { code, .. } => code,
            Completion::Person { .. } | Completion::Everyone { .. } | Completion::Command { .. } => {
                String::new()
            }
        };
        emoji(begun).into_iter().map(code).collect()
    }

    #[test]
    fn emoji_are_found_by_the_beginning_of_their_code() {
        assert!(codes("smi").iter().any(|code| code == "smile"));
        assert_eq!(codes("smile:"), ["smile"]);
        assert_eq!(codes("no such code"), Vec::<String>::new());
        assert_eq!(codes("").len(), MOST_SHOWN);
    }

    #[test]
    fn what_is_typed_is_never_a_pattern() {
        assert_eq!(pattern("a_b%c!"), "a!_b!%c!!%");
    }
}
