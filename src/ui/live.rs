//! Parts of a page that follow what they read.
//!
//! A closure in a view does the same. But each has a type of its own, for which the compiler writes out all that
//! Leptos does with it, and the browser downloads that; here it is there once.

use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher, Hash};

use leptos::prelude::*;

use crate::browser;

/// Shows what `view` gives, and draws it anew whenever something that it reads changes.
pub fn live<V: IntoAny>(view: impl Fn() -> V + Send + 'static) -> AnyView {
    drawn(Box::new(move || view().into_any()))
}

fn drawn(view: Box<dyn Fn() -> AnyView + Send>) -> AnyView {
    (move || view()).into_any()
}

/// One element of a list that changes.
pub struct Row {
    key: u64,
    draw: Draw,
}

type Draw = Box<dyn FnOnce() -> AnyView + Send>;

impl Row {
    /// A row that is drawn by `draw`, and anew only when `key` is another.
    pub fn new<V: IntoAny>(key: impl Hash, draw: impl FnOnce() -> V + Send + 'static) -> Self {
        let key = BuildHasherDefault::<DefaultHasher>::new().hash_one(key);
        Self { key, draw: Box::new(move || draw().into_any()) }
    }
}

/// Shows the rows that `all` gives, and follows what that reads.
pub fn rows(all: impl Fn() -> Vec<Row> + Send + Sync + 'static) -> AnyView {
    listed(Box::new(all))
}

fn listed(all: Box<dyn Fn() -> Vec<Row> + Send + Sync>) -> AnyView {
    let each = move || {
        // On the server there is no keyboard.
        if is_browser() {
            browser::keep_focus();
        }
        all()
    };
    view! { <For each key=|row| row.key children=|row| (row.draw)()/> }.into_any()
}
