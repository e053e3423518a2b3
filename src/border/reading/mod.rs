//! Reads JSON in the browser, with as little code as that takes.
//!
//! `serde_json` makes a reader of its own for each type, and what serde derives looks for the fields of a struct by
//! their names in whatever order they come: a tenth of what a browser would download. Here the text is read into a tree
//! first, by code that all types share, and a struct is told its fields from there in the order in which it names them.
//!
//! A field that is missing is left to `#[serde(default)]`, for `Option` too.

mod tree;

use std::{borrow::Cow, fmt, slice};

use serde::{
    Deserializer,
    de::{
        DeserializeOwned, DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor,
        value::StrDeserializer,
    },
};

pub use self::tree::Tree;

/// The text is no JSON, or of something else. Why is for nobody to read: both sides are ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable;

/// Reads `text`, which is JSON.
///
/// # Errors
/// If it is none, or no `T`.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, Unreadable> {
    T::deserialize(&Tree::of(text)?)
}

impl Tree<'_> {
    fn text(&self) -> Result<&str, Unreadable> {
        if let Tree::Text(text) = self { Ok(text) } else { Err(Unreadable) }
    }

    fn items(&self) -> Result<Items<'_>, Unreadable> {
        if let Tree::Items(items) = self { Ok(Items(items.iter())) } else { Err(Unreadable) }
    }

    fn fields(&self) -> Result<&[Field<'_>], Unreadable> {
        if let Tree::Fields(fields) = self { Ok(fields) } else { Err(Unreadable) }
    }

    const fn whole(&self) -> Result<i64, Unreadable> {
        if let Tree::Whole(number) = self { Ok(*number) } else { Err(Unreadable) }
    }

    const fn is_nothing(&self) -> bool {
        matches!(self, Tree::Nothing)
    }
}

type Field<'text> = (Cow<'text, str>, Tree<'text>);

/// Methods that hand an integer over. Each kind of integer looks whether it fits.
macro_rules! whole_numbers {
    ($($method:ident)+) => {
        $(fn $method<V: Visitor<'tree>>(self, visitor: V) -> Result<V::Value, Unreadable> {
            visitor.visit_i64(self.whole()?)
        })+
    };
}

impl<'tree> Deserializer<'tree> for &'tree Tree<'_> {
    type Error = Unreadable;

    fn deserialize_any<V: Visitor<'tree>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self {
            Tree::Nothing => visitor.visit_unit(),
            Tree::Is(is) => visitor.visit_bool(*is),
            Tree::Whole(number) => visitor.visit_i64(*number),
            Tree::Text(text) => visitor.visit_borrowed_str(text),
            Tree::Items(items) => visitor.visit_seq(Items(items.iter())),
            Tree::Fields(fields) => visitor.visit_map(Entries { entries: fields.iter(), value: None }),
        }
    }

    whole_numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
    }

    fn deserialize_bool<V: Visitor<'tree>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        if let Tree::Is(is) = self { visitor.visit_bool(*is) } else { Err(Unreadable) }
    }

    fn deserialize_f32<V: Visitor<'tree>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        // No fractions: see `Tree`.
        self.deserialize_i64(visitor)
    }

    fn deserialize_f64<V: Visitor<'tree>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_char<V: Visitor<'tree>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_borrowed_str(self.text()?)
    }

    fn deserialize_str<V: Visitor<'tree>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_borrowed_str(self.text()?)
    }

    fn deserialize_string<V: Visitor<'tree>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_borrowed_str(self.text()?)
    }

    fn deserialize_bytes<V: Visitor<'tree>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_seq(self.items()?)
    }

    fn deserialize_byte_buf<V: Visitor<'tree>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_seq(self.items()?)
    }

    fn deserialize_option<V: Visitor<'tree>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        if self.is_nothing() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_unit<V: Visitor<'tree>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        if self.is_nothing() { visitor.visit_unit() } else { Err(Unreadable) }
    }

    fn deserialize_unit_struct<V: Visitor<'tree>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'tree>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'tree>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_seq(self.items()?)
    }

    fn deserialize_tuple<V: Visitor<'tree>>(self, _: usize, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_seq(self.items()?)
    }

    fn deserialize_tuple_struct<V: Visitor<'tree>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_seq(self.items()?)
    }

    fn deserialize_map<V: Visitor<'tree>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_map(Entries { entries: self.fields()?.iter(), value: None })
    }

    fn deserialize_struct<V: Visitor<'tree>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_seq(Fields { fields: self.fields()?, names: names.iter(), at: 0 })
    }

    fn deserialize_enum<V: Visitor<'tree>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_enum(match self {
            Tree::Fields(fields) if let [(name, content)] = &fields[..] => {
                Variant { name, content: Some(content) }
            }
            _ => Variant { name: self.text()?, content: None },
        })
    }

    fn deserialize_identifier<V: Visitor<'tree>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_borrowed_str(self.text()?)
    }

    fn deserialize_ignored_any<V: Visitor<'tree>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_unit()
    }
}

struct Items<'tree>(slice::Iter<'tree, Tree<'tree>>);

impl<'tree> SeqAccess<'tree> for Items<'tree> {
    type Error = Unreadable;

    fn next_element_seed<S: DeserializeSeed<'tree>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Unreadable> {
        self.0.next().map(|item| seed.deserialize(item)).transpose()
    }
}

/// The fields of a struct in the order of `names`.
struct Fields<'tree> {
    fields: &'tree [Field<'tree>],
    names: slice::Iter<'static, &'static str>,
    /// Where the next one stands if they were written in this order, as they were by a server of this version.
    at: usize,
}

impl<'tree> Fields<'tree> {
    fn next(&mut self) -> Option<&'tree Tree<'tree>> {
        let wanted = *self.names.next()?;
        let is_wanted = |field: &Field<'_>| field.0 == wanted;
        let at = match self.fields.get(self.at) {
            Some(field) if is_wanted(field) => self.at,
            _ => self.fields.iter().position(is_wanted)?,
        };
        self.at = at + 1;
        Some(&self.fields[at].1)
    }
}

impl<'tree> SeqAccess<'tree> for Fields<'tree> {
    type Error = Unreadable;

    fn next_element_seed<S: DeserializeSeed<'tree>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Unreadable> {
        self.next().map(|field| seed.deserialize(field)).transpose()
    }
}

/// Names with what they stand for, where the names are not known beforehand.
struct Entries<'tree> {
    entries: slice::Iter<'tree, Field<'tree>>,
    value: Option<&'tree Tree<'tree>>,
}

impl<'tree> MapAccess<'tree> for Entries<'tree> {
    type Error = Unreadable;

    fn next_key_seed<S: DeserializeSeed<'tree>>(&mut self, seed: S) -> Result<Option<S::Value>, Unreadable> {
        let Some((name, value)) = self.entries.next() else { return Ok(None) };
        self.value = Some(value);
        seed.deserialize(StrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'tree>>(&mut self, seed: S) -> Result<S::Value, Unreadable> {
        seed.deserialize(self.value.take().ok_or(Unreadable)?)
    }
}

/// One of several: its name alone, or with what it holds.
struct Variant<'tree> {
    name: &'tree str,
    content: Option<&'tree Tree<'tree>>,
}

impl<'tree> EnumAccess<'tree> for Variant<'tree> {
    type Error = Unreadable;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'tree>>(self, seed: S) -> Result<(S::Value, Self), Unreadable> {
        Ok((seed.deserialize(StrDeserializer::new(self.name))?, self))
    }
}

impl<'tree> Variant<'tree> {
    fn content(self) -> Result<&'tree Tree<'tree>, Unreadable> {
        self.content.ok_or(Unreadable)
    }
}

impl<'tree> VariantAccess<'tree> for Variant<'tree> {
    type Error = Unreadable;

    fn unit_variant(self) -> Result<(), Unreadable> {
        if self.content.is_none_or(Tree::is_nothing) { Ok(()) } else { Err(Unreadable) }
    }

    fn newtype_variant_seed<S: DeserializeSeed<'tree>>(self, seed: S) -> Result<S::Value, Unreadable> {
        seed.deserialize(self.content()?)
    }

    fn tuple_variant<V: Visitor<'tree>>(self, length: usize, visitor: V) -> Result<V::Value, Unreadable> {
        self.content()?.deserialize_tuple(length, visitor)
    }

    fn struct_variant<V: Visitor<'tree>>(
        self,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.content()?.deserialize_struct("", names, visitor)
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("unreadable")
    }
}

impl std::error::Error for Unreadable {}

impl serde::de::Error for Unreadable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

#[cfg(test)]
mod tests;
