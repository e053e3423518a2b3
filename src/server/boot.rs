//! From settings to a running server, and back to nothing in order.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use anyhow::{Context, bail, ensure};
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{
    clock::Clock,
    config::Config,
    conversations::{self, everyone},
    crypto::{self, Keyring, MasterKey},
    db::{self, Db, Target, Writer, on_engine},
    folder::{self, Held},
    invitations, later, listen,
    messages::retracting,
    mint::Mint,
    outbound::Outbound,
    passwords::Passwords,
    phones, presence,
    realtime::hub::Hub,
    router,
    sessions::Sessions,
    sms::Gateway,
    staff,
    state::AppState,
    version, webhooks,
};

/// For requests that are under way when the server goes.
const REQUESTS: Duration = Duration::from_secs(5);

/// For live connections to take their leave.
const SOCKETS: Duration = Duration::from_secs(3);

/// Between two sweeps of expired sessions.
const SWEEP: Duration = Duration::from_secs(60 * 60);

/// A server that serves.
pub struct Running {
    /// Where it listens; the port is a real one even if 0 was asked for.
    pub address: SocketAddr,
    pub app: AppState,
    /// Makes whoever shows it staff, while nobody is.
    pub staff_token: Option<String>,
    stop: CancellationToken,
    done: JoinHandle<()>,
}

impl Running {
    /// Takes nothing new, finishes what was accepted, says goodbye to live connections, and returns.
    pub async fn stop(self) {
        self.stop.cancel();
        if let Err(error) = self.done.await {
            tracing::error!(%error, "the server did not end in order");
        }
    }

    /// Waits for an end that nobody asked for.
    pub async fn wait(&mut self) {
        drop((&mut self.done).await);
    }
}

/// Starts a server.
///
/// # Errors
/// Says what is missing or wrong; nothing is left behind that a second attempt would stumble over.
pub async fn start(mut config: Config, clock: Clock) -> anyhow::Result<Running> {
    let held = folder::hold(&config.salon.data)?;
    let leptos = config.leptos()?;
    let build = version::of_build(&Config::beside_executable(leptos.hash_file.as_ref())?);
    let target = config.target();
    let master = master_key(&config, &target)?;

    let opened = db::open(&target).await?;
    let (db, hub, stop) = (opened.db, Arc::new(Hub::default()), CancellationToken::new());
    let mint = Mint::new(clock.clone(), config.salon.node, newest_id(&db).await?);
    // The writer outlives the requests: it is stopped after they are done.
    let (stop_writing, wrote) = (CancellationToken::new(), hub.clone());
    let (writer, writing) =
        Writer::start(target, opened.connection, mint.clone(), wrote, clock.clone(), stop_writing.clone());
    let keyring = keyring(&db, &writer, &config, master).await?;

    everyone::prepare(&writer, config.salon.general)
        .await
        .context("the room for everyone cannot be prepared")?;
    let staff_token =
        staff::claiming::prepare(&writer).await.context("the token for staff cannot be stored")?;
    let sms = Gateway::open(&config.sms, &config.salon.data)?.map(Arc::new);
    let outbound = Arc::new(Outbound::open(config.webhooks.reach)?);
    let listener = listen::bind(config.salon.listen).await?;
    let address = listener.local_addr()?;
    let app = AppState {
        origins: config.origins(address).into(),
        limits: Arc::new(config.limits.limits()),
        sessions: Sessions::new(db.clone(), writer.clone(), clock.clone()),
        passwords: Passwords::new()?,
        flashes: Arc::default(),
        sockets: TaskTracker::new(),
        stopping: stop.clone(),
        sms,
        outbound,
        config: Arc::new(config),
        build: build.into(),
        leptos,
        clock,
        mint,
        db,
        writer,
        keyring,
        hub,
        retractions: Arc::default(),
        later: Arc::default(),
        webhooks: Arc::default(),
    };
    let server = Server { app: app.clone(), listener, writing, stop_writing, held };
    let done = tokio::spawn(server.run(stop.clone()));
    Ok(Running { address, app, staff_token, stop, done })
}

/// The key that opens the others: read, or made where there is nothing yet that one could open.
fn master_key(config: &Config, target: &Target) -> anyhow::Result<Option<MasterKey>> {
    let keys = config.salon.data.join("keys");
    if !MasterKey::exists(&keys) {
        return Ok(None);
    }
    if let Target::Sqlite(file) = target {
        // An empty new database in place of a lost one would look like a Salon without people.
        ensure!(
            file.path.exists() || !keys.join("in-use").exists(),
            "the database {} is gone, but its keys are here. Restore it from a backup; to begin anew, \
             move the whole data folder away",
            file.path.display()
        );
    }
    MasterKey::read(&keys).map(Some)
}

async fn keyring(
    db: &Db,
    writer: &Writer,
    config: &Config,
    master: Option<MasterKey>,
) -> anyhow::Result<Keyring> {
    let keys = config.salon.data.join("keys");
    let has_keys = crypto::has_keys(db).await?;
    let master = match master {
        Some(master) => Arc::new(master),
        None if has_keys => bail!(
            "this database is sealed, but {} is missing. Restore it from a backup: without it nothing that \
             people wrote can be read, and a new one would not help",
            keys.join("master.key").display()
        ),
        None => Arc::new(MasterKey::create(&keys).context("the master key cannot be made")?),
    };
    if !has_keys {
        let wraps = master.clone();
        let made =
            writer.change(move |tx| Box::pin(async move { crypto::create_keys(tx, &wraps).await })).await;
        made.context("the data keys cannot be stored")?;
    }
    std::fs::write(keys.join("in-use"), "")?;
    crypto::open_keys(db, &master).await
}

/// The largest identifier in the store, so that new ones are larger even if the clock was set back.
async fn newest_id(db: &Db) -> anyhow::Result<i64> {
    let newest: Option<i64> = on_engine!(db.pool(), pool => sqlx::query_scalar(
        "select max(id) from (
           select max(id) as id from account
           union all select max(id) from conversation
           union all select max(id) from message
           union all select max(id) from space
           union all select max(id) from channel
           union all select max(id) from invitation
           union all select max(id) from activity
           union all select max(id) from reminder
           union all select max(id) from scheduled
           union all select max(id) from webhook
           union all select max(id) from incoming_webhook
         ) as newest",
    ).fetch_one(pool).await)?;
    Ok(newest.unwrap_or_default())
}

/// Everything that ends with the server.
struct Server {
    app: AppState,
    listener: TcpListener,
    writing: JoinHandle<()>,
    stop_writing: CancellationToken,
    held: Held,
}

impl Server {
    async fn run(self, stop: CancellationToken) {
        let sweeping = tokio::spawn(sweep(self.app.clone()));
        let acquainting = tokio::spawn(presence::keep_up(self.app.clone()));
        let deleting = tokio::spawn(retracting::keep_up(self.app.clone()));
        let coming = tokio::spawn(later::keep_up(self.app.clone()));
        let telling = tokio::spawn(webhooks::delivering::keep_up(self.app.clone()));
        let router = router::router(&self.app);
        listen::serve(self.listener, router, &self.app, stop, REQUESTS).await;

        sweeping.abort();
        acquainting.abort();
        deleting.abort();
        coming.abort();
        telling.abort();
        // After the last answer, so that nobody is told to come back before they know that it was stored.
        self.app.hub.close();
        self.app.sockets.close();
        drop(tokio::time::timeout(SOCKETS, self.app.sockets.wait()).await);
        self.stop_writing.cancel();
        if let Err(error) = self.writing.await {
            tracing::error!(%error, "the writer did not end in order");
        }
        self.app.db.close().await;
        drop(self.held);
    }
}

async fn sweep(app: AppState) {
    let mut pause = tokio::time::interval(SWEEP);
    loop {
        pause.tick().await;
        if let Err(failure) = app.sessions.sweep().await {
            tracing::warn!(error = %failure, "expired sessions could not be removed");
        }
        if let Err(failure) = invitations::sweep(&app.writer).await {
            tracing::warn!(error = %failure, "invitations that are over could not be removed");
        }
        if let Err(failure) = phones::sweep(&app.writer).await {
            tracing::warn!(error = %failure, "codes that are over could not be removed");
        }
        if let Err(failure) = conversations::sweep(&app.writer).await {
            tracing::warn!(error = %failure, "what nobody can see any more could not be removed");
        }
    }
}
