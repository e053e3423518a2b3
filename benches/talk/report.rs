//! The report of a run, for people: what was measured on what, how, and what came out.

use std::{fmt::Write, fs, path::Path};

use salon::{server::clock::Clock, time::Date};

use crate::{
    Failure, ROUNDS,
    figures::{Book, Figure, median},
    machine,
};

/// Part of its cores' time. From here on the one who drives is likely to be what was measured.
const BUSY: f64 = 0.9;

/// How it was measured; what changes from run to run stands above it.
const METHOD: &str = include_str!("method.md");

/// Writes the report to `path`.
pub fn write(path: &Path, book: &Book) -> Result<(), Failure> {
    let mut text = head()?;
    targets(&mut text, book)?;
    explanations(&mut text, book)?;
    for (part, reason) in book.failures() {
        writeln!(text, "**No figure for `{part}`:** a check failed ({reason}).\n")?;
    }
    text.push_str(METHOD);
    fs::write(path, text)?;
    Ok(())
}

fn head() -> Result<String, Failure> {
    let Date { year, month, day } = Clock::system().now().date();
    let commit = std::env::var("SALON_BENCH_COMMIT").map(|commit| format!(" Commit {commit}."));
    let commit = commit.unwrap_or_default();
    let cores = match machine::is_split() {
        true => "What is measured has one half of the cores, what drives it the other.",
        false => "What is measured shares its cores with what drives it, so that the ratios say little.",
    };
    Ok(format!(
        "# Speed on {year}-{month:02}-{day:02}\n\nWritten by `bin/bench`.{commit} Measured on {about}.\n{cores}\n\
         Numbers of different machines or days do not compare; ratios of one run do.\n\n",
        about = machine::about()?,
    ))
}

/// What there is a target for.
fn targets(text: &mut String, book: &Book) -> Result<(), Failure> {
    text.push_str("## Targets\n\n| # | What | Median (lowest to highest) | Must | Goal | Reached |\n");
    text.push_str("|---|---|---|---|---|---|\n");
    for figure in book.figures() {
        let Some(target) = figure.target else { continue };
        let reached = target.met_by(figure.median());
        let (must, goal) = (with_unit(target.must, figure), with_unit(target.goal, figure));
        let (number, what, value, busy) = (figure.number, &figure.what, spread(figure), busy(figure));
        writeln!(text, "| {number} | {what} | {value}{busy} | {must} | {goal} | {reached} |")?;
    }
    text.push('\n');
    Ok(())
}

/// What the targets were computed from, and what else there is to know.
fn explanations(text: &mut String, book: &Book) -> Result<(), Failure> {
    if book.figures().iter().all(|figure| figure.target.is_some()) {
        return Ok(());
    }
    text.push_str("## What is behind them\n\n| What | Median (lowest to highest) |\n|---|---|\n");
    for figure in book.figures().iter().filter(|figure| figure.target.is_none()) {
        writeln!(text, "| {} | {}{} |", figure.what, spread(figure), busy(figure))?;
    }
    text.push('\n');
    if book.figures().iter().any(|figure| !busy(figure).is_empty()) {
        text.push_str(
            "\\* What drives it was busy nine tenths of the time: it may be the limit that was measured.\n\n",
        );
    }
    Ok(())
}

fn busy(figure: &Figure) -> &'static str {
    if !figure.generator.is_empty() && median(&figure.generator) > BUSY { " \\*" } else { "" }
}

fn spread(figure: &Figure) -> String {
    let middle = with_unit(figure.median(), figure);
    if figure.rounds.len() < ROUNDS {
        return middle;
    }
    format!("{middle} ({} to {})", number(figure.lowest()), number(figure.highest()))
}

fn with_unit(value: f64, figure: &Figure) -> String {
    let number = number(value);
    if figure.unit.is_empty() { number } else { format!("{number} {}", figure.unit) }
}

/// With as many digits as mean something.
fn number(value: f64) -> String {
    match value.abs() {
        large if large >= 100.0 => thousands(value.round() as i64),
        middle if middle >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

fn thousands(number: i64) -> String {
    let (head, tail) = (number / 1_000, number % 1_000);
    if head == 0 { tail.to_string() } else { format!("{},{:03}", thousands(head), tail.abs()) }
}
