//! Wakes the one task that holds the connection.

use std::{
    future::poll_fn,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::Poll,
};

use futures_util::task::AtomicWaker;

/// Any number of rings before somebody answers are one.
#[derive(Clone, Default)]
pub(super) struct Bell(Arc<Inside>);

#[derive(Default)]
struct Inside {
    rung: AtomicBool,
    waiting: AtomicWaker,
}

impl Bell {
    pub(super) fn ring(&self) {
        self.0.rung.store(true, Ordering::Release);
        self.0.waiting.wake();
    }

    /// Ends at the next ring, or at once if there was one since the last answer. One may wait at a time.
    pub(super) async fn rung(&self) {
        poll_fn(|context| {
            self.0.waiting.register(context.waker());
            if self.0.rung.swap(false, Ordering::AcqRel) { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::Bell;

    #[test]
    fn rings_before_the_answer_are_one() {
        let bell = Bell::default();
        assert!(bell.rung().now_or_never().is_none());
        bell.ring();
        bell.ring();
        assert!(bell.rung().now_or_never().is_some());
        assert!(bell.rung().now_or_never().is_none());
    }
}
