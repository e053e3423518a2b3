//! The border between a person's browser and the places where they talk.

use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, PostUrl},
};

use super::{
    Conversation, Home,
    about::Role,
    members::{Accounts, Members},
    window::Window,
};
use crate::{
    accounts::Person,
    border::{Call, Json},
    error::Error,
    ids::{AccountId, ConversationId, MessageId, SpaceId},
    time::Timestamp,
};

/// Opens the private conversation with a friend, which is made if there is none, and goes there.
///
/// # Errors
/// `NotFound` for somebody who is not a friend and with whom there is no conversation.
#[server(prefix = "/do", endpoint = "open_conversation", protocol = Call<PostUrl>)]
pub async fn open_conversation(account: AccountId) -> Result<(), Error> {
    use crate::server::{caller::Caller, conversations, forms};
    let conversation = conversations::open_direct(&Caller::current()?, account).await?;
    forms::go_to(&super::path(conversation));
    Ok(())
}

/// As [`open_conversation`], with somebody named by their exact username or address.
///
/// # Errors
/// `Invalid` if nobody has this name or it is one's own; `Forbidden` if one may not write to them; `TooFast`.
#[server(prefix = "/do", endpoint = "write_to", protocol = Call<PostUrl>)]
pub async fn write_to(person: String) -> Result<(), Error> {
    use crate::server::{caller::Caller, conversations::direct, forms};
    let conversation = direct::write_to(&Caller::current()?, &person).await?;
    forms::go_to(&super::path(conversation));
    Ok(())
}

/// Accepts a talk that a stranger asked for.
///
/// # Errors
/// `NotFound` where nothing was asked.
#[server(prefix = "/do", endpoint = "accept_talk", protocol = Call<PostUrl>)]
pub async fn accept_talk(conversation: ConversationId) -> Result<(), Error> {
    use crate::server::{access, caller::Caller, conversations::direct, forms};
    let caller = Caller::current()?;
    let member = access::member(&caller, conversation).await?;
    direct::accept(&caller, &member).await?;
    forms::go_to(&super::path(conversation));
    Ok(())
}

/// Declines a talk that a stranger asked for, and goes home.
///
/// # Errors
/// `NotFound` where nothing was asked.
#[server(prefix = "/do", endpoint = "decline_talk", protocol = Call<PostUrl>)]
pub async fn decline_talk(conversation: ConversationId) -> Result<(), Error> {
    use crate::server::{access, caller::Caller, conversations::direct, forms};
    let caller = Caller::current()?;
    let member = access::member(&caller, conversation).await?;
    direct::decline(&caller, &member).await?;
    forms::go_to("/");
    Ok(())
}

/// What awaits an answer, and the conversations, from behind the place (`active_at`, `id`) on. With the space that is
/// asked for, or whose channel the conversation `at` is; without one that the viewer is not in.
///
/// # Errors
/// `SignedOut`.
#[server(prefix = "/read", endpoint = "home", protocol = Call<GetUrl>)]
pub async fn read_home(
    active_at: Option<Timestamp>,
    id: Option<ConversationId>,
    space: Option<SpaceId>,
    at: Option<ConversationId>,
) -> Result<Json<Home>, Error> {
    use crate::server::{caller::Caller, conversations};
    let behind = active_at.zip(id).map(|(active_at, id)| super::Place { active_at, id });
    Ok(Json::of(&conversations::home(&Caller::current()?, behind, space, at).await?))
}

/// A conversation with the part of its messages that `window` names; of those in a thread if one is given, or if the
/// message that is asked for was said in one.
///
/// # Errors
/// `NotFound` for everyone who is not in it, for a message that is not, and for one that is no head of a thread.
#[server(prefix = "/read", endpoint = "conversation", protocol = Call<GetUrl>)]
pub async fn read_conversation(
    id: ConversationId,
    #[server(default)] window: Window,
    thread: Option<MessageId>,
) -> Result<Json<Conversation>, Error> {
    use crate::server::{access, caller::Caller, conversations};
    let caller = Caller::current()?;
    let member = access::member(&caller, id).await?;
    Ok(Json::of(&conversations::show(&caller, &member, window, thread).await?))
}

/// As [`read_conversation`], for those who need it read.
///
/// # Errors
/// As [`read_conversation`].
pub async fn conversation(
    id: ConversationId,
    window: Window,
    thread: Option<MessageId>,
) -> Result<Conversation, Error> {
    read_conversation(id, window, thread).await?.read()
}

/// The viewer has read the conversation up to `position`. Reading never goes back by this.
///
/// # Errors
/// `NotFound` for everyone who is not in it.
#[server(prefix = "/do", endpoint = "mark_read", protocol = Call<PostUrl>)]
pub async fn mark_read(conversation: ConversationId, position: i64) -> Result<(), Error> {
    use crate::server::{access, caller::Caller, reading};
    let caller = Caller::current()?;
    let member = access::member(&caller, conversation).await?;
    Ok(reading::mark_read(&caller, &member, position).await?)
}

/// The viewer wants to come back to `message` and what follows: it counts as unread again.
///
/// # Errors
/// `NotFound` for everyone who is not in the conversation, and for a message that is not.
#[server(prefix = "/do", endpoint = "mark_unread", protocol = Call<PostUrl>)]
pub async fn mark_unread(conversation: ConversationId, message: MessageId) -> Result<(), Error> {
    use crate::server::{access, caller::Caller, reading};
    let caller = Caller::current()?;
    let member = access::member(&caller, conversation).await?;
    Ok(reading::mark_unread(&caller, &member, message).await?)
}

/// Makes a group of the viewer and friends of theirs, named by number or by username, and goes there.
///
/// # Errors
/// `Invalid` for a name that cannot be taken, without anybody else in it, or for somebody who is no friend; `TooMuch`,
/// `TooFast`.
#[server(prefix = "/do", endpoint = "create_group", protocol = Call<PostUrl>)]
pub async fn create_group(
    name: String,
    #[server(default)] people: Vec<AccountId>,
    #[server(default)] usernames: String,
) -> Result<(), Error> {
    use crate::server::{caller::Caller, conversations::groups, forms};
    let conversation = groups::create(&Caller::current()?, &name, people, &usernames).await?;
    forms::go_to(&super::path(conversation));
    Ok(())
}

/// Says what a group is called and what it is for.
///
/// # Errors
/// `Invalid`; `NotFound` for everyone who is not in it, `Forbidden` for plain members.
#[server(prefix = "/do", endpoint = "describe_group", protocol = Call<PostUrl>)]
pub async fn describe_group(conversation: ConversationId, name: String, topic: String) -> Result<(), Error> {
    use crate::server::{caller::Caller, conversations::groups, forms};
    groups::describe(&Caller::current()?, conversation, Some(&name), &topic).await?;
    forms::go_and_tell(&super::settings_path(conversation));
    Ok(())
}

/// Says what a group is for. It keeps its name, also one that somebody gives it meanwhile.
///
/// # Errors
/// As [`describe_group`].
#[server(prefix = "/do", endpoint = "set_topic", protocol = Call<PostUrl>)]
pub async fn set_topic(conversation: ConversationId, topic: String) -> Result<(), Error> {
    use crate::server::{caller::Caller, conversations::groups};
    Ok(groups::describe(&Caller::current()?, conversation, None, &topic).await?)
}

/// Has members wait so many `seconds` between two messages; 0: no longer.
///
/// # Errors
/// `Invalid` for a time that cannot be chosen; `NotFound` for everyone who is not in the conversation, `Forbidden` for
/// those who do not keep order there; `TooFast`.
#[server(prefix = "/do", endpoint = "set_slow_mode", protocol = Call<PostUrl>)]
pub async fn set_slow_mode(conversation: ConversationId, seconds: u32) -> Result<(), Error> {
    use crate::server::{access, caller::Caller, conversations, forms};
    let caller = Caller::current()?;
    let member = access::member(&caller, conversation).await?;
    conversations::set_slow(&caller, &member, seconds).await?;
    forms::go_and_tell(&super::settings_path(conversation));
    Ok(())
}

/// Brings friends of the viewer into a group, named by number or by username.
///
/// # Errors
/// As [`create_group`]; `NotFound` for everyone who is not in it, `Forbidden` for plain members.
#[server(prefix = "/do", endpoint = "add_members", protocol = Call<PostUrl>)]
pub async fn add_members(
    conversation: ConversationId,
    #[server(default)] people: Vec<AccountId>,
    #[server(default)] usernames: String,
) -> Result<(), Error> {
    use crate::server::{caller::Caller, conversations::members, forms};
    members::add(&Caller::current()?, conversation, people, &usernames).await?;
    forms::go_to(&super::people_path(conversation));
    Ok(())
}

/// Lets a plain member of a group go.
///
/// # Errors
/// `NotFound` for everyone who is not in it, or if `account` is not; `Forbidden` for plain members, and about admins.
#[server(prefix = "/do", endpoint = "remove_member", protocol = Call<PostUrl>)]
pub async fn remove_member(conversation: ConversationId, account: AccountId) -> Result<(), Error> {
    use crate::server::{caller::Caller, conversations::members};
    Ok(members::remove(&Caller::current()?, conversation, account).await?)
}

/// Makes somebody an admin of a group, or a plain member again.
///
/// # Errors
/// `Invalid` for the last admin; `NotFound` for everyone who is not in it, or if `account` is not; `Forbidden` for plain
/// members.
#[server(prefix = "/do", endpoint = "set_role", protocol = Call<PostUrl>)]
pub async fn set_role(conversation: ConversationId, account: AccountId, role: Role) -> Result<(), Error> {
    use crate::server::{caller::Caller, conversations::members};
    Ok(members::set_role(&Caller::current()?, conversation, account, role).await?)
}

/// Leaves a group, and goes home.
///
/// # Errors
/// `Invalid` for its last admin as long as there are others; `NotFound` for everyone who is not in it.
#[server(prefix = "/do", endpoint = "leave_group", protocol = Call<PostUrl>)]
pub async fn leave_group(conversation: ConversationId) -> Result<(), Error> {
    use crate::server::{caller::Caller, conversations::members, forms};
    members::leave(&Caller::current()?, conversation).await?;
    forms::go_to("/");
    Ok(())
}

/// Who is in a conversation, from behind the one with this role and username on.
///
/// # Errors
/// `NotFound` for everyone who is not in it.
#[server(prefix = "/read", endpoint = "members", protocol = Call<GetUrl>)]
pub async fn read_members(
    id: ConversationId,
    role: Option<Role>,
    after: Option<String>,
) -> Result<Json<Members>, Error> {
    use crate::server::{access, caller::Caller, conversations::members};
    let caller = Caller::current()?;
    let member = access::member(&caller, id).await?;
    Ok(Json::of(&members::list(&caller, &member, role.zip(after)).await?))
}

/// Those of `accounts` who are or were in a conversation.
///
/// # Errors
/// `NotFound` for everyone who is not in it.
#[server(prefix = "/read", endpoint = "people", protocol = Call<GetUrl>)]
pub async fn read_people(id: ConversationId, accounts: Accounts) -> Result<Json<Vec<Person>>, Error> {
    use crate::server::{access, caller::Caller, conversations::members};
    let caller = Caller::current()?;
    let member = access::member(&caller, id).await?;
    Ok(Json::of(&members::named(&caller, &member, &accounts.0).await?))
}

/// As [`read_people`], for those who need it read.
///
/// # Errors
/// As [`read_people`].
pub async fn people(id: ConversationId, accounts: &[AccountId]) -> Result<Vec<Person>, Error> {
    read_people(id, Accounts(accounts.to_vec())).await?.read()
}
