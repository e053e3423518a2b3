//! Threads, in English.

use super::ThreadWords;
use crate::text::counts::ENGLISH;

pub(in crate::text) const WORDS: ThreadWords = ThreadWords {
    thread: "Thread",
    reply_in_thread: "Reply in thread",
    replies: |count| ENGLISH.of(count, "reply", "replies"),
    new: "New",
    news: "new replies in a thread",
    follow: "Follow thread",
    unfollow: "Unfollow thread",
};
