//! Who the program acts for, and what they say of themselves.

use axum::{Json, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    body::Body,
    etag::Known,
    problem::{Described, Problem},
    program::{Reads, Writes},
    schemas::{Id, Name, StatusLine},
};
use crate::{
    accounts::{Person, Theme, Viewer},
    ids::AccountId,
    presence::{Present, State},
    server::{accounts, caller::Caller, presence},
    text::Locale,
};

/// A person.
#[derive(Debug, Serialize, ToSchema)]
pub struct Account {
    #[schema(value_type = Id)]
    id: AccountId,
    username: String,
    display_name: String,
}

impl From<Person> for Account {
    fn from(person: Person) -> Self {
        let Person { id, username, display_name } = person;
        Self { id, username, display_name }
    }
}

/// A person, and what may be known of whether they are here.
#[derive(Debug, Serialize, ToSchema)]
pub struct Seen {
    #[serde(flatten)]
    account: Account,
    /// `online`, `idle`, `busy` or `offline`; also where it is not for the reader to know.
    #[schema(value_type = String)]
    state: State,
    /// What they say of themselves; empty if nothing.
    status_line: String,
}

impl Seen {
    /// Somebody, by what is known of some people.
    pub fn new(person: Person, present: &[Present]) -> Self {
        let known = present.iter().find(|present| present.account == person.id);
        Self {
            state: known.map_or(State::Offline, |present| present.state),
            status_line: known.map(|present| present.line.clone()).unwrap_or_default(),
            account: person.into(),
        }
    }
}

/// The language in which Salon speaks to somebody.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// That of their browser.
    Auto,
    En,
    Fr,
}

impl From<Option<Locale>> for Language {
    fn from(locale: Option<Locale>) -> Self {
        match locale {
            None => Self::Auto,
            Some(Locale::En) => Self::En,
            Some(Locale::Fr) => Self::Fr,
        }
    }
}

impl Language {
    /// As settings save it.
    const fn code(self) -> &'static str {
        match self {
            Self::Auto => "",
            Self::En => Locale::En.code(),
            Self::Fr => Locale::Fr.code(),
        }
    }
}

/// Oneself.
#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
    #[serde(flatten)]
    account: Account,
    language: Language,
    #[schema(value_type = String, pattern = "^(system|light|dark)$")]
    theme: Theme,
    /// What one says of oneself; empty if nothing.
    status_line: String,
    do_not_disturb: bool,
}

impl From<Viewer> for Me {
    fn from(viewer: Viewer) -> Self {
        let Viewer { person, locale, theme, status, .. } = viewer;
        Self {
            account: person.into(),
            language: locale.into(),
            theme,
            status_line: status.line,
            do_not_disturb: status.busy,
        }
    }
}

/// Whose token it is.
#[utoipa::path(get, path = "/me", tag = "accounts", params(Known), responses(
    (status = 200, body = Me),
    (status = 304, description = "It is as the program knows it"),
    (status = 401, description = "No token, or none that opens anything", body = Described),
))]
pub async fn me(Reads(caller): Reads) -> Result<Json<Me>, Problem> {
    let Caller { viewer, .. } = caller;
    Ok(Json(viewer.into()))
}

/// Other settings.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// How one is called.
    #[schema(value_type = Option<Name>)]
    display_name: Option<String>,
    language: Option<Language>,
    #[schema(value_type = Option<String>, pattern = "^(system|light|dark)$")]
    theme: Option<Theme>,
}

/// Says how one is called, and how Salon speaks and looks.
///
/// What is not named stays as it is.
#[utoipa::path(patch, path = "/me", tag = "accounts", request_body = Settings, responses(
    (status = 200, body = Me),
    (status = 422, body = Described),
))]
pub async fn change(
    Writes(caller): Writes,
    Body(Settings { display_name, language, theme }): Body<Settings>,
) -> Result<Json<Me>, Problem> {
    let mut viewer = caller.viewer.clone();
    // First, since nothing else can be refused: then all of it is saved, or nothing.
    if let Some(name) = display_name {
        accounts::save_name(&caller, &name).await?;
        viewer.person = accounts::profile(&caller.app.db, caller.account).await?.person;
    }
    if let Some(language) = language {
        accounts::save_language(&caller, language.code()).await?;
        viewer.locale = Locale::from_code(language.code());
    }
    if let Some(theme) = theme {
        accounts::save_theme(&caller, theme.code()).await?;
        viewer.theme = theme;
    }
    Ok(Json(viewer.into()))
}

/// What one says of oneself.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewStatus {
    /// Empty: nothing.
    #[schema(value_type = StatusLine)]
    line: String,
    do_not_disturb: bool,
}

/// Says something of oneself, beside one's name, and whether one may be disturbed.
#[utoipa::path(put, path = "/me/status", tag = "presence", request_body = NewStatus, responses(
    (status = 204, description = "It is so"),
    (status = 422, body = Described),
))]
pub async fn say(
    Writes(caller): Writes,
    Body(NewStatus { line, do_not_disturb }): Body<NewStatus>,
) -> Result<StatusCode, Problem> {
    presence::save_status(&caller, &line, do_not_disturb).await?;
    Ok(StatusCode::NO_CONTENT)
}
