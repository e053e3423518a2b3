//! What waits to be written to one connection: bounded, and closed when it is full.
//!
//! Nobody ever waits here for a slow reader. It is cut off instead, comes back, and resumes without a gap.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

use axum::extract::ws::Utf8Bytes;
use tokio::sync::Notify;

/// Frames that may wait.
pub const MOST_FRAMES: usize = 256;

/// Bytes that may wait.
pub const MOST_BYTES: usize = 1024 * 1024;

/// Why a connection is to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// It reads more slowly than news arrives.
    TooSlow,
    /// Its session is over.
    SessionEnded,
    /// The server goes; another start is near.
    Restart,
}

/// The queue of one connection.
#[derive(Debug, Default)]
pub struct Outbox {
    waiting: Mutex<Waiting>,
    news: Notify,
}

#[derive(Debug, Default)]
struct Waiting {
    frames: VecDeque<Queued>,
    bytes: usize,
    end: Option<End>,
}

#[derive(Debug)]
struct Queued {
    frame: Utf8Bytes,
    /// Of no use to whoever gets it late.
    passing: bool,
}

impl Outbox {
    /// Queues a frame that is shared with others. Where it does not fit what is passing makes room, and where that is
    /// not enough the connection ends.
    pub fn push(&self, frame: Utf8Bytes) {
        let mut waiting = self.lock();
        if waiting.end.is_some() {
            return;
        }
        if !waiting.has_room_for(&frame) {
            waiting.drop_passing();
        }
        if waiting.has_room_for(&frame) {
            waiting.add(frame, false);
        } else {
            waiting.end_with(End::TooSlow);
        }
        drop(waiting);
        self.news.notify_one();
    }

    /// Queues a frame of passing interest, unless so much waits already that it would come late.
    pub fn push_passing(&self, frame: Utf8Bytes) {
        let mut waiting = self.lock();
        if waiting.end.is_some() || waiting.frames.len() >= MOST_FRAMES / 4 {
            return;
        }
        if waiting.has_room_for(&frame) {
            waiting.add(frame, true);
        }
        drop(waiting);
        self.news.notify_one();
    }

    /// Ends the connection; the first reason counts.
    pub fn end(&self, end: End) {
        self.lock().end_with(end);
        self.news.notify_one();
    }

    /// Waits for something to do: all the frames that wait, or why to end.
    pub async fn next(&self) -> Result<VecDeque<Utf8Bytes>, End> {
        loop {
            let news = self.news.notified();
            if let Some(found) = self.take() {
                return found;
            }
            news.await;
        }
    }

    /// Waits until the connection is to end, whatever else waits.
    pub async fn ended(&self) -> End {
        loop {
            let news = self.news.notified();
            if let Some(end) = self.lock().end {
                return end;
            }
            news.await;
        }
    }

    fn take(&self) -> Option<Result<VecDeque<Utf8Bytes>, End>> {
        let mut waiting = self.lock();
        if let Some(end) = waiting.end {
            return Some(Err(end));
        }
        if waiting.frames.is_empty() {
            return None;
        }
        waiting.bytes = 0;
        Some(Ok(std::mem::take(&mut waiting.frames).into_iter().map(|queued| queued.frame).collect()))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Waiting {
    fn has_room_for(&self, frame: &Utf8Bytes) -> bool {
        self.frames.len() < MOST_FRAMES && self.bytes + frame.len() <= MOST_BYTES
    }

    fn add(&mut self, frame: Utf8Bytes, passing: bool) {
        self.bytes += frame.len();
        self.frames.push_back(Queued { frame, passing });
    }

    fn drop_passing(&mut self) {
        self.frames.retain(|queued| !queued.passing);
        self.bytes = self.frames.iter().map(|queued| queued.frame.len()).sum();
    }

    fn end_with(&mut self, end: End) {
        self.end.get_or_insert(end);
        self.frames = VecDeque::new();
        self.bytes = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_waits_is_taken_in_order_and_at_once() {
        let outbox = Outbox::default();
        outbox.push("one".into());
        outbox.push("two".into());
        let frames = outbox.next().await.expect("frames wait");
        assert_eq!(frames, ["one", "two"].map(Utf8Bytes::from));
    }

    #[tokio::test]
    async fn a_full_queue_ends_the_connection_and_lets_its_memory_go() {
        let outbox = Outbox::default();
        for _ in 0..=MOST_FRAMES {
            outbox.push("x".into());
        }
        assert_eq!(outbox.next().await, Err(End::TooSlow));
        assert_eq!(outbox.lock().frames.capacity(), 0);

        let outbox = Outbox::default();
        for _ in 0..=MOST_BYTES / 60_000 {
            outbox.push("x".repeat(60_000).into());
        }
        assert_eq!(outbox.next().await, Err(End::TooSlow));
    }

    #[tokio::test]
    async fn what_is_passing_makes_room_and_never_ends_a_connection() {
        let outbox = Outbox::default();
        for _ in 0..MOST_FRAMES {
            outbox.push_passing("passing".into());
        }
        for _ in 0..MOST_FRAMES {
            outbox.push("x".into());
        }
        let frames = outbox.next().await.expect("the connection lives");
        assert_eq!(frames.len(), MOST_FRAMES);
        assert!(frames.iter().all(|frame| frame.as_str() == "x"));

        outbox.push("x".into());
        outbox.push_passing("passing".into());
        outbox.push("y".into());
        let frames = outbox.next().await.expect("frames wait");
        assert_eq!(frames, ["x", "passing", "y"].map(Utf8Bytes::from), "in their order");
    }

    #[tokio::test]
    async fn the_first_reason_to_end_counts() {
        let outbox = Outbox::default();
        outbox.end(End::SessionEnded);
        outbox.end(End::Restart);
        outbox.push("late".into());
        assert_eq!(outbox.ended().await, End::SessionEnded);
    }
}
