//! A poll as it will be once my own votes that wait are counted.

use std::sync::Arc;

use crate::messages::{
    Message,
    outbox::{Deed, Outgoing},
};

/// The message with those of my votes that wait.
pub fn voted(mut message: Arc<Message>, outgoing: &[Outgoing]) -> Arc<Message> {
    if message.poll.is_none() {
        return message;
    }
    for outgoing in outgoing.iter().filter(|outgoing| !outgoing.has_failed()) {
        let chosen = match outgoing.deed {
            Deed::Vote(of) if of == message.id => true,
            Deed::Unvote(of) if of == message.id => false,
            _ => continue,
        };
        let Ok(answer) = outgoing.body.parse() else { continue };
        if message.is_said() && message.is_chosen(answer) != chosen {
            Arc::make_mut(&mut message).choose(answer, chosen);
        }
    }
    message
}
