//! Who tells receivers what there is to tell, as long as the server runs: each in the order in which it was said, one
//! delivery of a webhook at a time, many webhooks beside each other.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use tokio::{
    task::{Id, JoinSet},
    time::Instant,
};

use super::telling::{self, Told};
use crate::{
    ids::WebhookId,
    server::{
        answer::{Failure, Outcome},
        db::on_engine,
        state::AppState,
    },
};

/// Webhooks that are told something at the same time.
const AT_ONCE: usize = 32;

/// Between two looks at what other servers may have left.
const PAUSE: Duration = Duration::from_secs(60);

/// Between two looks at least, while much is said: what comes meanwhile is found together.
const BREATH: Duration = Duration::from_millis(50);

/// After a failure of our own.
const RETRY: Duration = Duration::from_secs(1);

/// Tells what is to be told.
pub async fn keep_up(app: AppState) {
    let mut running: JoinSet<WebhookId> = JoinSet::new();
    let mut busy: HashMap<Id, WebhookId> = HashMap::new();
    loop {
        let earliest = Instant::now() + BREATH;
        let now_busy: HashSet<WebhookId> = busy.values().copied().collect();
        let look = look(&app, &now_busy).await.unwrap_or_else(|failure| {
            tracing::error!(error = %failure, "what webhooks have to tell could not be read");
            Look { due: Vec::new(), wait: RETRY, hears: false }
        });
        for id in look.due.into_iter().take(AT_ONCE.saturating_sub(busy.len())) {
            let task = running.spawn(run(app.clone(), id));
            busy.insert(task.id(), id);
        }
        tokio::select! {
            Some(ended) = running.join_next_with_id() => {
                let panicked = ended.is_err();
                let (Ok((task, _)) | Err(task)) = ended.map_err(|panic| panic.id());
                busy.remove(&task);
                // It ends the one delivery, which is tried again; not at once, should it do so each time.
                if panicked {
                    tokio::time::sleep(RETRY).await;
                }
            }
            () = app.hub.news(), if look.hears && busy.len() < AT_ONCE => tokio::time::sleep_until(earliest).await,
            () = app.webhooks.notified() => {}
            () = tokio::time::sleep(look.wait) => {}
        }
    }
}

/// What there is to do.
struct Look {
    due: Vec<WebhookId>,
    /// Until the next is due.
    wait: Duration,
    /// Whether any webhook waits for something to be said.
    hears: bool,
}

async fn look(app: &AppState, busy: &HashSet<WebhookId>) -> Outcome<Look> {
    let hears: bool = on_engine!(app.db.pool(), pool => sqlx::query_scalar(
        "select exists (select 1 from webhook where stopped_at is null)",
    ).fetch_one(pool).await)?;
    if !hears {
        return Ok(Look { due: Vec::new(), wait: PAUSE, hears });
    }
    // It waits for its next try, or for the server that has it.
    let rows: Vec<(i64, i64)> = on_engine!(app.db.pool(), pool => sqlx::query_as(
        "select webhook.id, coalesce(webhook.held_until, webhook.try_at, 0) as due_at from webhook
         where webhook.stopped_at is null and exists (
           select 1 from participant as me
           join conversation on conversation.id = me.conversation_id
           left join webhook_cursor as told
             on told.webhook_id = webhook.id and told.conversation_id = me.conversation_id
           where me.account_id = webhook.bot_id
             and (webhook.conversation_id is null or webhook.conversation_id = me.conversation_id)
             and conversation.head > coalesce(told.position, me.read_position)
         )
         order by due_at, webhook.id
         limit $1",
    ).bind((AT_ONCE * 4) as i64).fetch_all(pool).await)?;
    let now = app.clock.now().millis();
    let waits = rows.iter().map(|(_, at)| *at).filter(|at| *at > now).min();
    let due = rows.iter().filter(|(_, at)| *at <= now);
    let due = due.filter_map(|(id, _)| WebhookId::try_from(*id).ok()).filter(|id| !busy.contains(id));
    let wait = waits.map_or(PAUSE, |at| app.clock.until(at).min(PAUSE));
    Ok(Look { due: due.collect(), wait, hears })
}

async fn run(app: AppState, id: WebhookId) -> WebhookId {
    let told = match telling::take(&app, id).await {
        Ok(true) => telling::tell(&app, id).await,
        // Another server was first.
        Ok(false) => return id,
        Err(failure) => Err(failure),
    };
    if let Err(failure) = &told {
        tracing::error!(error = %failure, webhook = %id, "a webhook could not be told anything");
    }
    // What we have failed at ourselves is tried again like what the receiver has.
    if !matches!(told, Ok(Told::All))
        && let Err(failure) = give_pause(&app, id, told).await
    {
        tracing::error!(error = %failure, webhook = %id, "that a webhook fails could not be stored");
        tokio::time::sleep(RETRY).await;
    }
    id
}

/// Seconds until the next try, after each failure; none after the last.
const PAUSES: [i64; 9] = [5, 30, 120, 600, 1_800, 7_200, 18_000, 36_000, 86_400];

async fn give_pause(app: &AppState, id: WebhookId, told: Outcome<Told>) -> Outcome<()> {
    let (status, is_gone) = match told {
        Ok(Told::Refused { status }) => (status, status == Some(GONE)),
        Ok(Told::All) | Err(_) => (None, false),
    };
    // So that receivers that went away together are not called together.
    let share: i64 = rand::random_range(0..=10);
    let change = app.writer.change(move |tx| {
        Box::pin(async move {
            let now = tx.now;
            let failed: Option<i64> = on_engine!(tx.connection(), connection => sqlx::query_scalar(
                "update webhook set failures = failures + 1, status = $2, held_until = null
                 where id = $1 returning failures",
            ).bind(id.get()).bind(status.map(i64::from)).fetch_optional(connection).await)?;
            let Some(failed) = failed else { return Ok(()) };
            let pause = usize::try_from(failed - 1).ok().and_then(|failed| PAUSES.get(failed));
            let (try_at, stopped_at) = match pause.filter(|_| !is_gone) {
                Some(seconds) => (Some(now.plus(seconds * (1_000 + share * 10)).millis()), None),
                None => (None, Some(now.millis())),
            };
            on_engine!(tx.connection(), connection => sqlx::query(
                "update webhook set try_at = $2, stopped_at = $3 where id = $1",
            ).bind(id.get()).bind(try_at).bind(stopped_at).execute(connection).await.map(drop))?;
            Ok::<(), Failure>(())
        })
    });
    change.await
}

/// Whoever answers so wants to hear nothing more (RFC 9110, section 15.5.11).
const GONE: u16 = 410;
