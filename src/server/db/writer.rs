//! The one task that changes rows. Everything that changes goes through it, in transactions of all that waits.
//!
//! Handlers never begin a transaction: a client that goes away would cancel it half way. Here a change runs to
//! its end whoever still waits for it, and only a commit announces and answers.

use std::{
    future::Future,
    panic::AssertUnwindSafe,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use futures_util::FutureExt;
use sqlx::{PgConnection, SqliteConnection};
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
};
use tokio_util::sync::CancellationToken;

use super::{Engine, Target, Tx};
use crate::{
    messages::Message,
    server::{
        answer::{Failure, Outcome},
        clock::Clock,
        messages::posting::{self, Post},
        mint::Mint,
        realtime::hub::Hub,
    },
};

/// Changes and posts that may wait; beyond them callers wait to be let in, and their requests time out.
const QUEUE: usize = 1_024;

/// Posts in one transaction. Batches grow by themselves while the one before is being stored.
const MOST_POSTS: usize = 64;

/// Other changes in one transaction.
const MOST_CHANGES: usize = 16;

/// A change that takes longer is undone: it holds up everybody else.
const LONGEST: Duration = Duration::from_secs(5);

/// Between two attempts to reach a database that went away.
const PAUSE: Duration = Duration::from_millis(250);

/// What a change returns: it borrows the transaction.
pub type Changing<'t, T> = Pin<Box<dyn Future<Output = Outcome<T>> + Send + 't>>;

/// The handle through which everybody changes rows. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Writer {
    changes: mpsc::Sender<Box<dyn Change>>,
    posts: mpsc::Sender<QueuedPost>,
    broken: Arc<AtomicBool>,
}

/// A post and who waits for it.
struct QueuedPost {
    post: Post,
    answer: oneshot::Sender<Outcome<Message>>,
}

impl Writer {
    /// Starts the task. Once `stop` is cancelled it takes nothing new, stores what it has accepted, and ends.
    pub fn start(
        target: Target,
        connection: Engine<SqliteConnection, PgConnection>,
        mint: Mint,
        hub: Arc<Hub>,
        clock: Clock,
        stop: CancellationToken,
    ) -> (Self, JoinHandle<()>) {
        let (changes, waiting_changes) = mpsc::channel(QUEUE);
        let (posts, waiting_posts) = mpsc::channel(QUEUE);
        let tx = Tx { connection, announcements: Vec::new(), now: clock.now(), mint };
        let broken = Arc::new(AtomicBool::new(false));
        let (changes_in, posts_in) = (waiting_changes, waiting_posts);
        let desk = Desk {
            target,
            tx,
            hub,
            clock,
            stop,
            changes: changes_in,
            posts: posts_in,
            broken: broken.clone(),
        };
        (Self { changes, posts, broken }, tokio::spawn(desk.work()))
    }

    /// Whether the disk failed under a commit, so that nothing more is written.
    pub fn is_broken(&self) -> bool {
        self.broken.load(Ordering::Relaxed)
    }

    /// Runs `work` inside a transaction and answers after its commit. `work` awaits SQL and nothing else;
    /// if it fails, panics or takes more than five seconds, what it did is undone.
    ///
    /// # Errors
    /// What `work` answers, or that the database cannot be written.
    pub async fn change<T, Work>(&self, work: Work) -> Outcome<T>
    where
        T: Send + 'static,
        Work: for<'t> FnOnce(&'t mut Tx) -> Changing<'t, T> + Send + 'static,
    {
        let (answer, outcome) = oneshot::channel();
        let change = QueuedChange { work: Some(work), outcome: None, answer };
        self.changes.send(Box::new(change)).await.map_err(|_| Failure::Stopping)?;
        outcome.await.map_err(|_| Failure::Stopping)?
    }

    /// Stores a post together with all others that wait.
    ///
    /// # Errors
    /// That the sender may not, that the key was used for another message, or that the database cannot be written.
    pub async fn post(&self, post: Post) -> Outcome<Message> {
        let (answer, outcome) = oneshot::channel();
        self.posts.send(QueuedPost { post, answer }).await.map_err(|_| Failure::Stopping)?;
        outcome.await.map_err(|_| Failure::Stopping)?
    }
}

/// A change of any type, as it waits in the queue.
trait Change: Send {
    /// Does the work; whether it is to be kept.
    fn run<'t>(&'t mut self, tx: &'t mut Tx) -> Pin<Box<dyn Future<Output = bool> + Send + 't>>;

    /// Tells who waits how it ended: well only if the transaction was committed.
    fn settle(self: Box<Self>, committed: Result<(), Failure>);
}

/// Changes that wait, in the order of their arrival.
type Changes = Vec<Box<dyn Change>>;

struct QueuedChange<T, Work> {
    work: Option<Work>,
    outcome: Option<Outcome<T>>,
    answer: oneshot::Sender<Outcome<T>>,
}

impl<T, Work> Change for QueuedChange<T, Work>
where
    T: Send + 'static,
    Work: for<'t> FnOnce(&'t mut Tx) -> Changing<'t, T> + Send + 'static,
{
    fn run<'t>(&'t mut self, tx: &'t mut Tx) -> Pin<Box<dyn Future<Output = bool> + Send + 't>> {
        Box::pin(async move {
            let Some(work) = self.work.take() else { return false };
            let guarded = AssertUnwindSafe(work(tx)).catch_unwind();
            let outcome = match tokio::time::timeout(LONGEST, guarded).await {
                Ok(Ok(outcome)) => outcome,
                Ok(Err(_)) => Err(Failure::Panicked),
                Err(_) => Err(Failure::TooSlow),
            };
            let keep = outcome.is_ok();
            self.outcome = Some(outcome);
            keep
        })
    }

    fn settle(self: Box<Self>, committed: Result<(), Failure>) {
        let outcome = match (self.outcome, committed) {
            (Some(Err(refused)), _) => Err(refused),
            (Some(Ok(value)), Ok(())) => Ok(value),
            (_, Err(failure)) => Err(failure),
            (None, Ok(())) => Err(Failure::Stopping),
        };
        // Who no longer waits asks again and finds it done.
        drop(self.answer.send(outcome));
    }
}

/// Where the work is done: the writing connection and the queues.
struct Desk {
    target: Target,
    tx: Tx,
    hub: Arc<Hub>,
    clock: Clock,
    stop: CancellationToken,
    changes: mpsc::Receiver<Box<dyn Change>>,
    posts: mpsc::Receiver<QueuedPost>,
    /// The disk failed under a commit: what it holds is no longer known, so nothing more is written.
    broken: Arc<AtomicBool>,
}

impl Desk {
    async fn work(mut self) {
        let (mut changes, mut posts) = (Vec::new(), Vec::new());
        let stop = self.stop.clone();
        let mut stopping = false;
        while !(stopping && self.changes.is_empty() && self.posts.is_empty()) {
            tokio::select! {
                _ = self.changes.recv_many(&mut changes, MOST_CHANGES), if !stopping => {}
                _ = self.posts.recv_many(&mut posts, MOST_POSTS), if !stopping => {}
                () = stop.cancelled(), if !stopping => {
                    self.changes.close();
                    self.posts.close();
                    stopping = true;
                }
                else => {}
            }
            // Every handle is gone: nobody can ask any more.
            stopping |= self.changes.is_closed() && self.posts.is_closed();
            self.take_what_waits(&mut changes, &mut posts);
            for (changes, posts) in self.split(std::mem::take(&mut changes), std::mem::take(&mut posts)) {
                self.store(changes, posts).await;
            }
        }
        if let Engine::Sqlite(_) = self.tx.connection {
            // So that whoever copies the one file has everything.
            drop(self.tx.run("pragma wal_checkpoint(truncate)").await);
        }
    }

    fn take_what_waits(&mut self, changes: &mut Changes, posts: &mut Vec<QueuedPost>) {
        while changes.len() < MOST_CHANGES {
            let Ok(change) = self.changes.try_recv() else { break };
            changes.push(change);
        }
        while posts.len() < MOST_POSTS {
            let Ok(post) = self.posts.try_recv() else { break };
            posts.push(post);
        }
    }

    /// What goes into each transaction: on SQLite all that waits into one. On PostgreSQL other nodes write too, and
    /// two transactions that each hold what the other wants would wait for each other: there every change has one
    /// of its own, and the posts, which take their locks in order, one for all.
    fn split(&self, changes: Changes, posts: Vec<QueuedPost>) -> Vec<(Changes, Vec<QueuedPost>)> {
        let mut transactions = Vec::new();
        match self.tx.connection {
            Engine::Sqlite(_) => transactions.push((changes, posts)),
            Engine::Postgres(_) => {
                transactions.extend(changes.into_iter().map(|change| (vec![change], Vec::new())));
                transactions.push((Vec::new(), posts));
            }
        }
        transactions.retain(|(changes, posts)| !changes.is_empty() || !posts.is_empty());
        transactions
    }

    /// One transaction: changes, each in its savepoint, then the posts; commit; announcements; answers.
    async fn store(&mut self, mut changes: Changes, posts: Vec<QueuedPost>) {
        let (posts, waiting): (Vec<_>, Vec<_>) = posts.into_iter().map(|one| (one.post, one.answer)).unzip();

        let outcome = self.transact(&mut changes, &posts).await;
        let (committed, posted) = match outcome {
            Ok(posted) => (Ok(()), posted),
            Err(failure) => {
                tracing::error!(error = %failure, posts = posts.len(), changes = changes.len(), "nothing was stored");
                self.tx.announcements.clear();
                self.recover(&failure).await;
                (Err(failure.again()), posts.iter().map(|_| Err(failure.again())).collect())
            }
        };

        // First: who is answered may rely on it that whoever was removed hears nothing more, and all others have heard.
        for announcement in self.tx.announcements.drain(..) {
            self.hub.announce(announcement);
        }
        for (answer, outcome) in waiting.into_iter().zip(posted) {
            drop(answer.send(outcome));
        }
        for change in changes {
            change.settle(committed.as_ref().copied().map_err(Failure::again));
        }
    }

    async fn transact(
        &mut self,
        changes: &mut [Box<dyn Change>],
        posts: &[Post],
    ) -> Outcome<Vec<Outcome<Message>>> {
        if self.broken.load(Ordering::Relaxed) {
            return Err(Failure::DiskFailed);
        }
        self.tx.now = self.clock.now();
        self.tx.announcements.clear();

        let begin = match self.tx.connection {
            // At once, not at the first write: a transaction that read first could not become a writing one.
            Engine::Sqlite(_) => "begin immediate",
            Engine::Postgres(_) => "begin",
        };
        self.tx.run(begin).await?;
        for change in changes {
            let before = self.savepoint().await?;
            let keep = change.run(&mut self.tx).await;
            self.leave_savepoint(before, keep).await?;
        }
        let posted = if posts.is_empty() { Vec::new() } else { self.post(posts).await? };
        self.tx.run("commit").await?;
        Ok(posted)
    }

    /// All together; if that fails each alone, so that a post that fails alone fails alone.
    async fn post(&mut self, posts: &[Post]) -> Outcome<Vec<Outcome<Message>>> {
        let before = self.savepoint().await?;
        let together = posting::post_all(&mut self.tx, posts).await;
        self.leave_savepoint(before, together.is_ok()).await?;
        let failure = match together {
            Ok(posted) => return Ok(posted),
            Err(failure) => failure,
        };

        tracing::warn!(error = %failure, posts = posts.len(), "a batch of posts failed; each is tried alone");
        let mut posted = Vec::with_capacity(posts.len());
        for post in posts {
            let before = self.savepoint().await?;
            let alone = posting::post_all(&mut self.tx, std::slice::from_ref(post)).await;
            self.leave_savepoint(before, alone.is_ok()).await?;
            posted.push(alone.and_then(|mut one| one.pop().unwrap_or(Err(Failure::Stopping))));
        }
        Ok(posted)
    }

    /// Sets a savepoint; how many announcements there were.
    async fn savepoint(&mut self) -> Outcome<usize> {
        self.tx.run("savepoint one").await?;
        Ok(self.tx.announcements.len())
    }

    /// Keeps what happened since the savepoint, or undoes it with all it wanted to announce.
    async fn leave_savepoint(&mut self, announced: usize, keep: bool) -> Outcome<()> {
        if !keep {
            self.tx.announcements.truncate(announced);
            self.tx.run("rollback to savepoint one").await?;
        }
        self.tx.run("release savepoint one").await?;
        Ok(())
    }

    /// Brings the connection back to where a transaction can begin.
    async fn recover(&mut self, failure: &Failure) {
        if failure.is_disk_failure() {
            // After a failed fsync the kernel may have dropped what it could not write, and a second
            // fsync would lie. Only a restart, which reads what is there, knows.
            tracing::error!("the disk failed under a commit: this server only reads until it is restarted");
            self.broken.store(true, Ordering::Relaxed);
        }
        drop(self.tx.run("rollback").await);
        while !self.tx.is_alive().await {
            match self.target.connect().await {
                Ok(connection) => self.tx.connection = connection,
                Err(error) => {
                    tracing::error!(%error, "the database does not answer");
                    self.refuse_what_waits();
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
    }

    /// While there is no database nobody is kept waiting for it.
    fn refuse_what_waits(&mut self) {
        while let Ok(change) = self.changes.try_recv() {
            change.settle(Err(Failure::Stopping));
        }
        while let Ok(queued) = self.posts.try_recv() {
            drop(queued.answer.send(Err(Failure::Stopping)));
        }
    }
}
