//! Which pieces of the code in a message are keywords, strings, comments: found here, drawn by the browser.
//!
//! A scanner of our own over tables of languages, in one pass, with nothing ever read twice (decision 0023): its work is a
//! small multiple of the length of the text, whatever that holds. So it needs no thread, no queue and no cache.

mod language;
mod languages;
mod markup;
mod pieces;
mod scanner;
mod literals;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use crate::{
    messages::Message,
    realtime::event::Event,
    text::colours::{Colours, each_code},
};
use languages::Grammar;
use pieces::Pieces;

/// Characters of a block that is coloured; a longer one stays plain. No message is as long, unless its limit was raised.
const LONGEST: usize = 20_000;

/// Pieces of one message that have a colour. Each becomes an element of the page; what lies behind them stays plain.
const MOST_PIECES: usize = 1_500;

/// The colours of each block of code in `body`, in their order; nothing if all of them are plain.
pub fn colours(body: &str) -> Vec<Colours> {
    // Nearly every message ends here: code stands between fences.
    if !body.contains("```") && !body.contains("~~~") {
        return Vec::new();
    }
    let mut left = MOST_PIECES;
    let mut all = Vec::new();
    each_code(body, &mut |language, text| {
        let pieces = language.map(|language| coloured(language, text, left)).unwrap_or_default();
        left -= pieces.count().min(left);
        all.push(pieces.finish());
    });
    let last = all.iter().rposition(|colours| !colours.is_plain());
    all.truncate(last.map_or(0, |last| last + 1));
    all
}

/// `event` with the colours of the message in it, as it is told.
pub fn told(event: &Event) -> Cow<'_, Event> {
    match event {
        Event::Message(message) if message.colours.is_empty() => {
            let colours = colours(&message.body);
            if colours.is_empty() {
                return Cow::Borrowed(event);
            }
            Cow::Owned(Event::Message(Box::new(Message { colours, ..Message::clone(message) })))
        }
        _ => Cow::Borrowed(event),
    }
}

/// The pieces of `text`, at most `most` with a colour. None in a language that nobody knows here.
fn coloured(language: &str, text: &str, most: usize) -> Pieces {
    let mut pieces = Pieces::new(most);
    if text.chars().nth(LONGEST).is_some() {
        return pieces;
    }
    if let Some(grammar) = languages::find(language) {
        scan(grammar, text, &mut pieces);
    }
    pieces
}

fn scan(grammar: &'static Grammar, text: &str, pieces: &mut Pieces) {
    match grammar {
        Grammar::Code(vocabulary) => scanner::scan(vocabulary, text, pieces),
        Grammar::Markup => markup::markup(text, pieces),
        Grammar::Diff => markup::diff(text, pieces),
        Grammar::Console => markup::console(text, pieces),
    }
}
