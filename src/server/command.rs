//! The command line: `salon serve`, and what goes with it.

use std::{io::Write, net::SocketAddr, path::PathBuf, process::ExitCode};

use clap::{Args, Parser, Subcommand};
use tokio::signal::unix::{SignalKind, signal};

use super::{
    boot,
    clock::Clock,
    config::{
        ApiKey, BaseUrl, Channel, Config, DatabaseUrl, OriginSetting, Overrides, Reach, SmsGateway,
        SmsOverrides,
    },
    upkeep::{self, Work},
};

/// Deep pages are rendered by recursion.
const STACK: usize = 4 * 1024 * 1024;

/// Salon: instant messaging that people run on their own machine.
///
/// Without a command it serves. Settings come from Leptos.toml, over it from SALON_… variables, over it from here.
#[derive(Debug, Parser)]
#[command(name = "salon", version, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: Serve,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves Salon until SIGTERM or SIGINT.
    Serve(Serve),
    /// Says who looks after this Salon, whether it runs or not.
    #[command(subcommand)]
    Staff(StaffCommand),
}

#[derive(Debug, Subcommand)]
enum StaffCommand {
    /// Makes somebody staff.
    Add {
        /// A username, or the address that somebody logs in with
        name: String,
        #[command(flatten)]
        store: Store,
    },
    /// Makes somebody an ordinary member again.
    Remove {
        /// A username, or the address that somebody logs in with
        name: String,
        #[command(flatten)]
        store: Store,
    },
    /// Lists those who are staff.
    List {
        #[command(flatten)]
        store: Store,
    },
}

/// Where everything is kept.
#[derive(Debug, Args)]
struct Store {
    /// Folder for everything that is kept: database, keys, files [default: ./data]
    #[arg(long, env = "SALON_DATA", value_name = "DIR")]
    data: Option<PathBuf>,
    /// `sqlite:PATH` or `postgres://USER@HOST/NAME` [default: salon.sqlite3 in the data folder]
    #[arg(long, env = "SALON_DATABASE", value_name = "URL", hide_env_values = true)]
    database: Option<DatabaseUrl>,
    /// Settings file [default: ./Leptos.toml, if it is there]
    #[arg(long, env = "SALON_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct Serve {
    /// Address and port to listen on [default: 127.0.0.1:3000]
    #[arg(long, env = "SALON_LISTEN", value_name = "ADDR")]
    listen: Option<SocketAddr>,
    #[command(flatten)]
    store: Store,
    /// What browsers see, as `https://chat.example.org` [default: the address, on this machine only]
    #[arg(long, env = "SALON_ORIGIN", value_name = "URL")]
    origin: Option<OriginSetting>,
    /// Folder of the built site [default: ../site from the executable's folder]
    #[arg(long, env = "SALON_SITE", value_name = "DIR")]
    site: Option<PathBuf>,
    /// Serves other machines over plain http, where whoever is in between can read along
    #[arg(long, env = "SALON_INSECURE_HTTP", value_parser = clap::builder::BoolishValueParser::new())]
    insecure_http: bool,
    /// Whether there is one room, `general`, that every account is in [default: true]
    #[arg(long, env = "SALON_GENERAL", value_name = "BOOL")]
    general: Option<bool>,
    /// Whether the routes of the documents that Salon grew from are served, below /dialects [default: true]
    #[arg(long, env = "SALON_DIALECTS", value_name = "BOOL")]
    dialects: Option<bool>,
    #[command(flatten)]
    sms: Sms,
    /// Which addresses webhooks may call [default: nowhere]
    #[arg(long, env = "SALON_WEBHOOKS_REACH", value_name = "REACH")]
    webhooks_reach: Option<Reach>,
}

/// How codes come to telephones.
#[derive(Debug, Args)]
struct Sms {
    /// Who sends one-time codes to telephones; `outbox` writes them to the log and a file [default: none]
    #[arg(long, env = "SALON_SMS_GATEWAY", value_name = "GATEWAY")]
    sms_gateway: Option<SmsGateway>,
    /// Where the gateway's API begins [default: `https://v3.api.termii.com`]
    #[arg(long, env = "SALON_SMS_BASE_URL", value_name = "URL")]
    sms_base_url: Option<BaseUrl>,
    /// What opens the gateway's API: better in the environment, since others see the flags of a process
    #[arg(long, env = "SALON_SMS_API_KEY", value_name = "KEY", hide_env_values = true)]
    sms_api_key: Option<ApiKey>,
    /// The same, under the name that Termii gives it
    #[arg(long, env = "TERMII_API_KEY", value_name = "KEY", hide_env_values = true)]
    termii_api_key: Option<ApiKey>,
    /// Who the messages are from, as registered with the gateway [default: Salon]
    #[arg(long, env = "SALON_SMS_SENDER", value_name = "NAME")]
    sms_sender: Option<String>,
    /// The way that messages take: `generic` does not reach numbers that take no advertisements [default: dnd]
    #[arg(long, env = "SALON_SMS_CHANNEL", value_name = "CHANNEL")]
    sms_channel: Option<Channel>,
}

impl From<Sms> for SmsOverrides {
    fn from(sms: Sms) -> Self {
        Self {
            gateway: sms.sms_gateway,
            base_url: sms.sms_base_url,
            api_key: sms.sms_api_key.or(sms.termii_api_key),
            sender: sms.sms_sender,
            channel: sms.sms_channel,
        }
    }
}

/// What the executable does.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    start_logging();

    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().thread_stack_size(STACK).build();
    let done = match (runtime, cli.command) {
        (Ok(runtime), Some(Command::Serve(serve))) => runtime.block_on(serve_until_told(serve)),
        (Ok(runtime), Some(Command::Staff(command))) => runtime.block_on(look_after(command)),
        (Ok(runtime), None) => runtime.block_on(serve_until_told(cli.serve)),
        (Err(error), _) => Err(error.into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn serve_until_told(serve: Serve) -> anyhow::Result<()> {
    let config = Config::read(Overrides {
        config: serve.store.config,
        listen: serve.listen,
        data: serve.store.data,
        database: serve.store.database,
        origin: serve.origin,
        insecure_http: serve.insecure_http,
        site: serve.site,
        general: serve.general,
        dialects: serve.dialects,
        sms: serve.sms.into(),
        reach: serve.webhooks_reach,
    })?;
    // Before starting: a signal that comes while the database is brought up to date is not lost.
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let mut running = boot::start(config, Clock::system()).await?;
    tracing::info!("listening on http://{}", running.address);
    if let (Some(token), Some(origin)) = (&running.staff_token, running.app.origins.first()) {
        tracing::info!("nobody looks after this Salon yet: log in, and show {token} at {origin}/staff/claim");
    }

    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
        () = running.wait() => anyhow::bail!("the server ended by itself"),
    }
    tracing::info!("stopping: finishing what was accepted");
    running.stop().await;
    tracing::info!("stopped");
    Ok(())
}

async fn look_after(command: StaffCommand) -> anyhow::Result<()> {
    let (work, store) = match command {
        StaffCommand::Add { name, store } => (Work::SetStaff(name, true), store),
        StaffCommand::Remove { name, store } => (Work::SetStaff(name, false), store),
        StaffCommand::List { store } => (Work::ListStaff, store),
    };
    let Store { data, database, config } = store;
    let config = Config::read(Overrides { data, database, config, ..Overrides::default() })?;
    let mut out = std::io::stdout();
    for line in upkeep::run(&config, work).await? {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// To standard error: `RUST_LOG` chooses how much. Panics are logged with their place and without their message,
/// which could hold what somebody wrote.
fn start_logging() {
    use tracing_subscriber::{EnvFilter, fmt};
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let colours = std::io::IsTerminal::is_terminal(&std::io::stderr());
    fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(colours).init();
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a task panicked");
    }));
}
