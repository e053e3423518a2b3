//! Measures the real executable: what `bin/bench` runs.
//!
//! It speaks the real protocol and checks every answer; a figure whose check fails is not printed. What is a ratio
//! is measured on both sides in turn, in the same run and on the same cores, in three rounds. One JSON line for
//! each figure, and a report where `SALON_BENCH_REPORT` says.

mod machine;
mod figures;
mod report;
mod salon;
mod client;
mod socket;
mod town;
mod archive;
mod broadcast;
mod sqlite;
mod posts;
mod fanout;
mod crowd;
mod pages;
mod idle;
mod first_page;

use std::path::PathBuf;

use figures::Book;

/// Anything that makes a figure void.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Every ratio is measured so often on either side.
const ROUNDS: usize = 3;

/// The parts, as one may ask for them.
const PARTS: [&str; 5] = ["posts", "fanout", "pages", "idle", "first-page"];

fn main() -> Result<(), Failure> {
    // cargo adds a flag of its own.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        // What Salon is compared with: processes of their own.
        [sqlite::ROLE, sample, file, synchronous] => run(sqlite::role(sample, file, synchronous)),
        [broadcast::ROLE] => run(broadcast::role()),
        asked => {
            if let Some(unknown) = asked.iter().find(|part| !PARTS.contains(part)) {
                return Err(format!("there is no part {unknown}: there are {}", PARTS.join(", ")).into());
            }
            machine::take_cores()?;
            let wanted = |part: &str| asked.is_empty() || asked.contains(&part);
            run(measure(PARTS.into_iter().filter(|part| wanted(part)).collect()))
        }
    }
}

fn run<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}

async fn measure(parts: Vec<&str>) -> Result<(), Failure> {
    let mut book = Book::default();
    for part in parts {
        let measured = match part {
            "posts" => posts::measure(&mut book).await,
            "fanout" => fanout::measure(&mut book).await,
            "pages" => pages::measure(&mut book).await,
            "idle" => idle::measure(&mut book).await,
            _ => first_page::measure(&mut book).await,
        };
        if let Err(failure) = measured {
            book.failed(part, &failure);
        }
    }
    if let Some(path) = std::env::var_os("SALON_BENCH_REPORT") {
        report::write(&PathBuf::from(path), &book)?;
    }
    if book.failures().is_empty() { Ok(()) } else { Err("a check failed: its figures are missing".into()) }
}

/// Fails with `what` unless it `holds`.
fn check(holds: bool, what: impl FnOnce() -> String) -> Result<(), Failure> {
    if holds { Ok(()) } else { Err(what().into()) }
}

/// The order of the sides in a round: in turn from the front and from the back, so that none always comes first.
fn in_turn<T: Copy>(round: usize, sides: &[T]) -> Vec<T> {
    if round.is_multiple_of(2) { sides.to_vec() } else { sides.iter().rev().copied().collect() }
}
