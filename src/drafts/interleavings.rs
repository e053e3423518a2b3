//! Whatever is lost, late or out of order, on however many devices: in the end all show the same, nothing that was typed is
//! gone, and what was sent is no draft.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::sheet::{Handed, Sheet, Version};

/// What happens, in any order; numbers choose among what there is.
#[derive(Debug, Clone)]
enum Step {
    /// Types something more. No word is the beginning of another.
    Type {
        device: usize,
    },
    /// Writes something else in its place.
    Replace {
        device: usize,
    },
    Send {
        device: usize,
    },
    /// Sends what the page of a device without a script shows.
    SendPlainly {
        news: usize,
    },
    Hold {
        device: usize,
    },
    Release {
        device: usize,
    },
    HandOver {
        device: usize,
    },
    Arrive {
        letter: usize,
        again: bool,
    },
    Vanish {
        letter: usize,
    },
    Answer {
        answer: usize,
    },
    GiveUp {
        device: usize,
    },
    Ask {
        device: usize,
    },
    Hear {
        news: usize,
    },
    Reload {
        device: usize,
    },
}

const DEVICES: usize = 3;

fn step(loses_answers: bool) -> impl Strategy<Value = Step> {
    let (device, any) = (0..DEVICES, any::<usize>());
    // Where no answer is lost, a device asks instead.
    let or_ask = move |lossy: fn(usize) -> Step| {
        move |device| if loses_answers { lossy(device) } else { Step::Ask { device } }
    };
    prop_oneof![
        8 => device.clone().prop_map(|device| Step::Type { device }),
        1 => device.clone().prop_map(|device| Step::Replace { device }),
        3 => device.clone().prop_map(|device| Step::Send { device }),
        1 => any.prop_map(|news| Step::SendPlainly { news }),
        3 => device.clone().prop_map(|device| Step::Hold { device }),
        3 => device.clone().prop_map(|device| Step::Release { device }),
        8 => device.clone().prop_map(|device| Step::HandOver { device }),
        8 => (any, 0..6).prop_map(|(letter, dice)| Step::Arrive { letter, again: dice == 0 }),
        1 => any.prop_map(|letter| Step::Vanish { letter }),
        8 => any.prop_map(|answer| Step::Answer { answer }),
        2 => device.clone().prop_map(or_ask(|device| Step::GiveUp { device })),
        6 => device.clone().prop_map(|device| Step::Ask { device }),
        6 => any.prop_map(|news| Step::Hear { news }),
        2 => device.prop_map(or_ask(|device| Step::Reload { device })),
    ]
}

/// A draft at the server, and who wrote it.
#[derive(Debug, Clone, Default)]
struct Row {
    revision: i64,
    text: String,
    writer: usize,
}

#[derive(Debug, Clone)]
struct Letter {
    number: usize,
    device: usize,
    handed: Handed,
}

#[derive(Debug, Clone)]
enum Reply {
    Saved(i64),
    Newer(Row),
}

#[derive(Default)]
struct Device {
    sheet: Sheet,
    /// The number of the letter whose answer it waits for.
    awaits: Option<usize>,
}

#[derive(Default)]
struct World {
    devices: Vec<Device>,
    row: Option<Row>,
    revisions: i64,
    letters: Vec<Letter>,
    answers: Vec<(usize, usize, Reply)>,
    news: Vec<(usize, Row)>,
    numbers: usize,
    typed: BTreeSet<String>,
    /// Sent, or replaced by the person.
    gone: BTreeSet<String>,
    sent: BTreeSet<String>,
}

fn words(text: &str) -> BTreeSet<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

impl World {
    fn new() -> Self {
        Self { devices: (0..DEVICES).map(|_| Device::default()).collect(), ..Self::default() }
    }

    fn number(&mut self) -> usize {
        self.numbers += 1;
        self.numbers
    }

    fn version(row: &Row, device: usize) -> Version {
        Version { revision: row.revision, text: row.text.clone(), mine: row.writer == device }
    }

    /// As `server/drafts.rs` stores it.
    fn store(&mut self, device: usize, handed: &Handed) -> Reply {
        match &self.row {
            Some(row) if row.revision != handed.over => Reply::Newer(row.clone()),
            _ => {
                self.revisions += 1;
                self.row = Some(Row { revision: self.revisions, text: handed.text.clone(), writer: device });
                Reply::Saved(self.revisions)
            }
        }
    }

    fn take(&mut self, step: &Step) {
        match *step {
            Step::Type { device } => {
                let word = format!("{:03}", self.number());
                let text = format!("{} {word}", self.devices[device].sheet.text()).trim().to_owned();
                self.devices[device].sheet.typed(&text);
                self.typed.insert(word);
            }
            Step::Replace { device } => {
                let word = format!("{:03}", self.number());
                self.gone.extend(words(self.devices[device].sheet.text()));
                self.devices[device].sheet.typed(&word);
                self.typed.insert(word);
            }
            Step::Send { device } => {
                let text = self.devices[device].sheet.text().to_owned();
                self.gone.extend(words(&text));
                self.sent.insert(text);
                self.devices[device].sheet.typed("");
            }
            Step::SendPlainly { news } => {
                let Some((_, page)) = pick(&self.news, news).cloned() else { return };
                self.gone.extend(words(&page.text));
                self.sent.insert(page.text);
                if let Some(row) = self.row.as_mut().filter(|row| row.revision == page.revision) {
                    self.revisions += 1;
                    (row.revision, row.text) = (self.revisions, String::new());
                }
            }
            Step::Hold { device } => self.devices[device].sheet.hold(),
            Step::Release { device } => drop(self.devices[device].sheet.release()),
            Step::HandOver { device } => {
                let Some(handed) = self.devices[device].sheet.hand_over() else { return };
                let number = self.number();
                self.devices[device].awaits = Some(number);
                self.letters.push(Letter { number, device, handed });
            }
            Step::Arrive { letter, again } => {
                let Some(place) = place(&self.letters, letter) else { return };
                let Letter { number, device, handed } = self.letters[place].clone();
                if !again {
                    self.letters.remove(place);
                }
                let reply = self.store(device, &handed);
                // A letter that comes twice is answered once, and that is the first time.
                if !self.answers.iter().any(|(_, answered, _)| *answered == number) {
                    self.answers.push((device, number, reply));
                }
            }
            Step::Vanish { letter } => {
                let Some(place) = place(&self.letters, letter) else { return };
                let letter = self.letters.remove(place);
                let is_answered = self.answers.iter().any(|(_, number, _)| *number == letter.number);
                let device = &mut self.devices[letter.device];
                if device.awaits == Some(letter.number) && !is_answered {
                    device.awaits = None;
                    let _ = device.sheet.lost();
                }
            }
            Step::Answer { answer } => {
                let Some(place) = place(&self.answers, answer) else { return };
                let (device, number, reply) = self.answers.remove(place);
                self.answer(device, number, reply);
            }
            Step::GiveUp { device } => {
                self.devices[device].awaits = None;
                let _ = self.devices[device].sheet.lost();
            }
            Step::Ask { device } => {
                if let Some(row) = &self.row {
                    self.news.push((device, row.clone()));
                }
            }
            Step::Hear { news } => {
                let Some(place) = place(&self.news, news) else { return };
                let (device, row) = self.news.remove(place);
                self.devices[device].sheet.heard(Self::version(&row, device));
            }
            Step::Reload { device } => {
                let sheet = &self.devices[device].sheet;
                let sheet = Sheet::kept(sheet.text().to_owned(), sheet.revision(), sheet.is_dirty());
                self.devices[device] = Device { sheet, awaits: None };
            }
        }
    }

    fn answer(&mut self, device: usize, number: usize, reply: Reply) {
        let Device { sheet, awaits } = &mut self.devices[device];
        if *awaits != Some(number) {
            return;
        }
        *awaits = None;
        match reply {
            Reply::Saved(revision) => drop(sheet.saved(revision)),
            Reply::Newer(row) => drop(sheet.refused(Self::version(&row, device))),
        }
    }

    /// Nobody types any more, and everything comes.
    fn calm_down(&mut self) {
        while !self.letters.is_empty() {
            self.take(&Step::Arrive { letter: 0, again: false });
        }
        while !self.answers.is_empty() {
            self.take(&Step::Answer { answer: 0 });
        }
        for device in &mut self.devices {
            device.sheet.release();
        }
        for _ in 0..10 {
            for device in 0..DEVICES {
                self.take(&Step::Ask { device });
                while !self.news.is_empty() {
                    self.take(&Step::Hear { news: 0 });
                }
                self.take(&Step::HandOver { device });
                self.take(&Step::Arrive { letter: 0, again: false });
                self.take(&Step::Answer { answer: 0 });
            }
        }
    }

    /// What all of them show.
    fn shows(&self) -> String {
        let server = self.row.as_ref().map(|row| row.text.clone()).unwrap_or_default();
        for Device { sheet, .. } in &self.devices {
            assert_eq!((sheet.text(), sheet.is_dirty()), (&*server, false));
        }
        server
    }
}

fn place<T>(of: &[T], number: usize) -> Option<usize> {
    number.checked_rem(of.len())
}

fn pick<T>(of: &[T], number: usize) -> Option<&T> {
    of.get(place(of, number)?)
}

fn after(steps: &[Step]) -> World {
    let mut world = World::new();
    for step in steps {
        world.take(step);
    }
    world.calm_down();
    world
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn all_devices_show_the_same_and_nothing_that_was_typed_is_lost(
        steps in prop::collection::vec(step(true), 1..60),
    ) {
        let world = after(&steps);
        let shown = words(&world.shows());
        let lost: Vec<_> = world.typed.difference(&world.gone).filter(|word| !shown.contains(*word)).collect();
        prop_assert!(lost.is_empty(), "{lost:?} is not in {shown:?}");
    }

    #[test]
    fn what_was_sent_is_no_draft_once_more(steps in prop::collection::vec(step(false), 1..60)) {
        let world = after(&steps);
        let shown = world.shows();
        prop_assert!(shown.is_empty() || !world.sent.contains(&shown), "{shown:?} was sent");
    }
}
