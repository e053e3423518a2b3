//! What time it is here, and how a moment is written for the person in front of this screen.

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

use crate::time::{Date, Timestamp};

/// The browser's clock. It may be wrong: only for what nobody else sees, until the server has answered.
pub fn now() -> Timestamp {
    // A time in milliseconds is a whole number far below 2^53, so nothing is cut off.
    Timestamp::from_millis(js_sys::Date::now() as i64)
}

/// Hours and minutes in the person's zone, as `14:03`: the same in every language, as on the server.
pub fn local_clock(at: Timestamp) -> String {
    let date = here(at);
    format!("{:02}:{:02}", date.get_hours(), date.get_minutes())
}

/// The calendar day in the person's zone.
pub fn local_day(at: Timestamp) -> Date {
    let date = here(at);
    Date {
        year: i64::from(date.get_full_year()),
        month: i64::from(date.get_month()) + 1,
        day: i64::from(date.get_date()),
    }
}

/// The moment at which clocks in the person's zone show what is typed into a field for day and time; none for what is no
/// moment.
pub fn moment_of(typed: &str) -> Option<Timestamp> {
    if typed.is_empty() {
        return None;
    }
    // Without a zone behind it, it is read in the person's own (ECMA-262, section 21.4.1.32).
    let millis = js_sys::Date::new(&JsValue::from_str(typed)).get_time();
    millis.is_finite().then_some(Timestamp::from_millis(millis as i64))
}

/// The full `hour` in the person's zone, so many days from now.
pub fn morning_in(days: u32, hour: u32) -> Timestamp {
    let morning = here(now());
    morning.set_hours(hour);
    morning.set_minutes(0);
    morning.set_seconds(0);
    morning.set_milliseconds(0);
    // Beyond the end of the month it is a day of the next; the clock shows the same hour, whatever the season.
    morning.set_date(morning.get_date() + days);
    Timestamp::from_millis(morning.get_time() as i64)
}

/// Days to the next Monday in the person's zone: 1 to 7.
pub fn days_to_monday() -> u32 {
    7 - (here(now()).get_day() + 6) % 7
}

/// The day in the person's zone, in the language `lang` (a BCP 47 tag), as `21 Nov 2026`.
pub fn local_date(at: Timestamp, lang: &str) -> String {
    let style = options(&[("day", "numeric"), ("month", "short"), ("year", "numeric")]);
    here(at).to_locale_date_string(lang, &style).into()
}

/// The whole moment with its weekday and zone, in the language `lang` (a BCP 47 tag): for whoever looks closer.
pub fn exact_time(at: Timestamp, lang: &str) -> String {
    let style = options(&[("dateStyle", "full"), ("timeStyle", "long")]);
    here(at).to_locale_string(lang, &style).into()
}

fn here(at: Timestamp) -> js_sys::Date {
    js_sys::Date::new(&JsValue::from_f64(at.millis() as f64))
}

fn options(pairs: &[(&str, &str)]) -> JsValue {
    let options = Object::new();
    for (name, value) in pairs {
        // Setting a field of a new, plain object does not fail.
        let _ = Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    options.into()
}
