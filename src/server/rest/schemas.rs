//! What the description says of values that are more than a number or a text. The types themselves are shared with pages,
//! which know nothing of descriptions; fields name these as `value_type`.

use std::borrow::Cow;

use utoipa::{
    PartialSchema, ToSchema,
    openapi::{KnownFormat, Object, ObjectBuilder, RefOr, Schema, SchemaFormat, schema::Type},
};

use crate::ids::LARGEST;

/// Names something: see [`crate::ids`].
pub struct Id;

/// What somebody says: see [`crate::messages::MessageBody`].
pub struct Text;

/// What a group is called: one line of which something shows.
pub struct Name;

/// What everybody is told: one line of which something shows.
pub struct OneLine;

/// What somebody says of themselves: one line, or nothing.
pub struct StatusLine;

/// What one notes for oneself: one line, or nothing.
pub struct Remark;

/// What a poll asks.
pub struct Question;

/// One of the answers to it.
pub struct PollAnswer;

/// How many may come in by a link: see [`crate::invitations::USES`].
pub struct Uses;

/// What somebody is called where a document allows fewer characters.
pub struct ShortName;

/// What a group or a channel is for: one line, or nothing.
pub struct Topic;

/// What is looked for: something of it must be left when white space, accents and marks that cannot be seen are passed over.
pub struct Term;

/// Seconds between two messages: see [`crate::conversations::about::SLOW_CHOICES`].
pub struct Slow;

/// A day or a moment as clients of a document write it, or nothing.
pub struct Day;

/// A username, or an address.
pub struct Who;

/// The username of a bot: see [`crate::bots::ENDS_WITH`].
pub struct BotName;

/// Where a receiver of webhooks is.
pub struct ReceiverAddress;

/// Where a list goes on.
pub struct Cursor;

/// An address of somebody's, where a document allows fewer characters.
pub struct ShortEmail;

// White space around a text goes before it is looked at: these say what is left.

/// No control character but tab and line ends, and something besides white space.
const TEXT: &str = concat!(
    "^",
    r"[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]*",
    r"[^\u0000-\u0020\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]",
    r"[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]*",
    "$",
);

/// No control character, none that only turns the direction, and something that shows.
const LINE: &str = concat!(
    "^",
    r"[^\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]*",
    r"[^\u0000-\u0020\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f",
    r"\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0]",
    r"[^\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]*",
    "$",
);

/// Something besides white space, accents that stand by themselves, and marks that cannot be seen.
const TERM: &str = concat!(
    r"[^\u0009-\u000d\u0020\u0085\u00a0\u0300-\u036f\u0591-\u05bd\u064b-\u065f\u1680\u2000-\u200f\u2028\u2029\u202f",
    r"\u205f-\u2069\u3000\ufeff]",
);

/// A day, or a moment in it, with or without an offset. The calendar is not all in it.
const DAY: &str = concat!(
    "^([0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])",
    r"([Tt ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,9})?)?([Zz]|[+ -](0[0-9]|1[0-3]):[0-5][0-9])?)?)?$",
);

// What an address may be made of.
macro_rules! address {
    ($without:literal) => {
        concat!(
            r#"[^\u0000-\u0020\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000<>()\[\],;:\\"@"#,
            $without,
            "]"
        )
    };
}

macro_rules! label {
    () => {
        concat!(address!(".-"), "(", address!("."), "*", address!(".-"), ")?")
    };
}

/// Something before an `@`, and behind it labels between points that neither begin nor end with a hyphen.
const ADDRESS: &str = concat!("^", address!(""), "+@", label!(), r"(\.", label!(), ")*", "$");

macro_rules! described {
    ($($name:ident: $of:expr;)+) => {
        $(impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                Schema::Object($of).into()
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed(stringify!($name))
            }
        })+
    };
}

described! {
    Id: ObjectBuilder::new()
        .schema_type(Type::Integer)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64)))
        .minimum(Some(1_u64))
        .maximum(Some(LARGEST as u64))
        .build();
    Text: text(1, 8_000, TEXT);
    Name: text(1, 80, LINE);
    OneLine: text(1, 1_000, LINE);
    StatusLine: text(0, 80, &format!("^$|{LINE}"));
    Remark: text(0, 200, &format!("^$|{LINE}"));
    Question: text(1, 300, LINE);
    PollAnswer: text(1, 100, LINE);
    Uses: ObjectBuilder::new().schema_type(Type::Integer).enum_values(Some(crate::invitations::USES)).build();
    ShortName: text(1, 50, LINE);
    Topic: text(0, 250, &format!("^$|{LINE}"));
    Day: text(0, 40, DAY);
    Term: text(1, 100, TERM);
    Slow: ObjectBuilder::new()
        .schema_type(Type::Integer)
        .enum_values(Some(crate::conversations::about::SLOW_CHOICES))
        .build();
    Who: text(1, 254, r"\S");
    ShortEmail: text(3, 100, ADDRESS);
    BotName: text(3, 32, "^[A-Za-z0-9._-]*[Bb][Oo][Tt]$");
    ReceiverAddress: text(8, 2_000, "^[Hh][Tt][Tt][Pp][Ss]?://");
    Cursor: text(22, 256, "^[A-Za-z0-9_-]+$");
}

fn text(at_least: usize, at_most: usize, pattern: &str) -> Object {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .min_length(Some(at_least))
        .max_length(Some(at_most))
        .pattern(Some(pattern))
        .build()
}
