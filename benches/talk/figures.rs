//! What was measured: each figure with its rounds, and the book of all of them.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "the figures are what it prints")]

use std::time::Duration;

use serde_json::json;

use crate::Failure;

/// One thing that was measured, in every round.
#[derive(Debug, Clone)]
pub struct Figure {
    /// As the targets are numbered; empty for what only explains them.
    pub number: &'static str,
    pub what: String,
    /// Empty for a ratio.
    pub unit: &'static str,
    pub rounds: Vec<f64>,
    /// How busy the one who drives was meanwhile: near 1, it is what was measured.
    pub generator: Vec<f64>,
    pub target: Option<Target>,
}

/// What must be reached, and what is hoped for.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    pub must: f64,
    pub goal: f64,
}

/// All figures of a run, and the parts whose checks failed.
#[derive(Debug, Default)]
pub struct Book {
    figures: Vec<Figure>,
    failures: Vec<(String, String)>,
}

impl Figure {
    pub fn new(number: &'static str, what: impl Into<String>, unit: &'static str, rounds: Vec<f64>) -> Self {
        Self { number, what: what.into(), unit, rounds, generator: Vec::new(), target: None }
    }

    pub fn driven(mut self, generator: Vec<f64>) -> Self {
        self.generator = generator;
        self
    }

    pub fn target(mut self, must: f64, goal: f64) -> Self {
        self.target = Some(Target { must, goal });
        self
    }

    pub fn median(&self) -> f64 {
        median(&self.rounds)
    }

    pub fn lowest(&self) -> f64 {
        self.rounds.iter().copied().fold(f64::INFINITY, f64::min)
    }

    pub fn highest(&self) -> f64 {
        self.rounds.iter().copied().fold(f64::NEG_INFINITY, f64::max)
    }
}

impl Target {
    /// Where the goal lies above what must be, more is better.
    pub fn met_by(self, value: f64) -> &'static str {
        let reaches = |mark: f64| if self.goal >= self.must { value >= mark } else { value <= mark };
        match (reaches(self.must), reaches(self.goal)) {
            (_, true) => "goal",
            (true, false) => "must",
            (false, false) => "missed",
        }
    }
}

impl Book {
    /// Writes a figure down and prints it.
    pub fn add(&mut self, figure: Figure) {
        let rounds: Vec<f64> = figure.rounds.iter().copied().map(rounded).collect();
        let mut line = json!({
            "figure": figure.number, "what": figure.what, "unit": figure.unit, "rounds": rounds,
            "median": rounded(figure.median()), "lowest": rounded(figure.lowest()),
            "highest": rounded(figure.highest()),
        });
        if !figure.generator.is_empty() {
            line["generator_busy"] = rounded(median(&figure.generator)).into();
        }
        if let Some(target) = figure.target {
            line["must"] = target.must.into();
            line["goal"] = target.goal.into();
            line["met"] = target.met_by(figure.median()).into();
        }
        println!("{line}");
        self.figures.push(figure);
    }

    /// Writes down that a check failed, so that there is no figure.
    pub fn failed(&mut self, part: &str, failure: &Failure) {
        eprintln!("{part}: a check failed, so there is no figure: {failure}");
        self.failures.push((part.to_owned(), failure.to_string()));
    }

    pub fn figures(&self) -> &[Figure] {
        &self.figures
    }

    pub fn failures(&self) -> &[(String, String)] {
        &self.failures
    }
}

/// The middle one of `values`.
pub fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Below which so large a part of `times` lies, in milliseconds.
pub fn percentile(times: &[Duration], part: f64) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    let index = (sorted.len().saturating_sub(1) as f64 * part).round() as usize;
    sorted.get(index).map_or(f64::NAN, |time| time.as_secs_f64() * 1_000.0)
}

/// Four digits that mean something.
fn rounded(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return 0.0;
    }
    let scale = 10_f64.powi(3 - value.abs().log10().floor() as i32);
    (value * scale).round() / scale
}
