//! What is to come: the verbs, and who does it when it is due.

pub mod reminding;
pub mod scheduling;
pub mod sending;

use std::time::Duration;

use super::{accounts::hold, answer::Outcome, state::AppState};

/// Between two looks at what other servers may have left.
const PAUSE: Duration = Duration::from_secs(60);

/// After a failure.
const RETRY: Duration = Duration::from_secs(1);

/// Does what is due, as long as the server runs: what fell due while none ran at once.
pub async fn keep_up(app: AppState) {
    loop {
        let told = wait(&app, reminding::tell_due(&app).await, "reminders that are due could not be told");
        let sent = wait(&app, sending::send_due(&app).await, "messages that are due could not be sent");
        let wait = told.min(sent);
        drop(tokio::time::timeout(wait, app.later.notified()).await);
    }
}

/// Until it is to be looked again, given when the next is due. A failure is told as `failed`.
fn wait(app: &AppState, next: Outcome<Option<i64>>, failed: &'static str) -> Duration {
    match next {
        Ok(next) => next.map_or(PAUSE, |at| app.clock.until(at).min(PAUSE)),
        Err(failure) => {
            tracing::error!(error = %failure, "{failed}");
            RETRY
        }
    }
}
