//! What is done to a Salon from its own machine, whether its server runs or not.

use std::sync::Arc;

use anyhow::ensure;
use tokio_util::sync::CancellationToken;

use super::{
    answer::Failure,
    clock::Clock,
    config::Config,
    db::{self, Db, Target, Writer},
    folder,
    mint::Mint,
    realtime::hub::Hub,
    staff,
};
use crate::error::Error;

/// What is asked for.
#[derive(Debug, Clone)]
pub enum Work {
    /// Makes somebody staff (true), or no longer.
    SetStaff(String, bool),
    ListStaff,
}

/// Does it; what there is to say of it, in lines.
///
/// # Errors
/// Where there is no Salon yet, or one of another version that runs; and if nobody is called that.
pub async fn run(config: &Config, work: Work) -> anyhow::Result<Vec<String>> {
    let data = &config.salon.data;
    ensure!(data.is_dir(), "there is no Salon in {} yet: start one first", data.display());
    let target = config.target();
    if let Target::Sqlite(file) = &target {
        ensure!(file.path.exists(), "there is no database {} yet: start Salon first", file.path.display());
    }
    // A server that runs has brought the store up to date, and goes on with it as it is.
    let held = folder::hold_if_free(data)?;
    let opened = if held.is_some() { db::open(&target).await? } else { db::join(&target).await? };
    let (clock, stop) = (Clock::system(), CancellationToken::new());
    let mint = Mint::new(clock.clone(), config.salon.node, 0);
    let (writer, writing) =
        Writer::start(target, opened.connection, mint, Arc::new(Hub::default()), clock, stop.clone());
    let done = execute(&opened.db, &writer, work).await;
    stop.cancel();
    writing.await?;
    opened.db.close().await;
    drop(held);
    done
}

async fn execute(db: &Db, writer: &Writer, work: Work) -> anyhow::Result<Vec<String>> {
    match work {
        Work::ListStaff => Ok(staff::names(db).await?),
        Work::SetStaff(name, is_staff) => match staff::set_staff_by_name(writer, &name, is_staff).await {
            Ok(()) if is_staff => Ok(vec![format!("{name} is staff now")]),
            Ok(()) => Ok(vec![format!("{name} is not staff any more")]),
            Err(Failure::Refused(Error::NotFound)) => anyhow::bail!("nobody here is called {name}"),
            Err(failure) => Err(failure.into()),
        },
    }
}
