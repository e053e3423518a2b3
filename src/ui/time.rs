//! When something was: written in UTC by the server, and in the person's own zone once the browser helps.

use leptos::prelude::*;

use crate::{
    browser,
    text::{Words, use_words},
    time::{Date, Timestamp},
    visit::use_visit,
};

/// A moment in a list: its day, or for today its clock, which only the browser knows.
#[component]
pub fn ListTime(at: Timestamp, class: &'static str) -> impl IntoView {
    let words = use_words();
    let lang = use_visit().locale.code();

    let text = RwSignal::new((words.day_and_month)(at.date()));
    let exact = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        let clock = browser::local_clock(at);
        text.set(of_day(words, browser::local_day(at), browser::local_day(browser::now()), clock));
        exact.set(Some(browser::exact_time(at, lang)));
    });

    view! {
        <time class=class datetime=at.to_string() title=move || exact.get()>
            {move || text.get()}
        </time>
    }
}

/// A moment to come, with its day and its clock: in UTC at first, and in the person's zone once the browser knows it.
pub fn use_moment(at: Timestamp) -> RwSignal<String> {
    let words = use_words();
    let moment = RwSignal::new(format!("{}, {} UTC", (words.day_and_month)(at.date()), at.clock()));
    Effect::new(move |_| {
        moment.set(format!(
            "{}, {}",
            (words.day_and_month)(browser::local_day(at)),
            browser::local_clock(at)
        ));
    });
    moment
}

/// The clock for a moment of `today`, the day of any other, with its year where that is another.
fn of_day(words: &Words, day: Date, today: Date, clock: String) -> String {
    if day == today {
        clock
    } else if day.year == today.year {
        (words.day_and_month)(day)
    } else {
        format!("{} {}", (words.day_and_month)(day), day.year)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Locale;

    #[test]
    fn a_moment_is_written_as_briefly_as_it_is_clear() {
        let today = Date { year: 2026, month: 11, day: 21 };
        let written = |locale: Locale, day| of_day(locale.words(), day, today, "14:03".to_owned());
        let last_month = Date { year: 2026, month: 10, day: 1 };
        let last_year = Date { year: 2025, month: 2, day: 28 };

        assert_eq!(written(Locale::En, today), "14:03");
        assert_eq!(written(Locale::En, last_month), "1 Oct");
        assert_eq!(written(Locale::Fr, last_month), "1er oct.");
        assert_eq!(written(Locale::En, last_year), "28 Feb 2025");
    }
}
