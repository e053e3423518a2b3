//! The furniture: what any screen is put together from. Knows no noun of Salon's, only words and errors.

pub mod announcer;
pub mod avatar;
pub mod button;
pub mod field;
pub mod form;
pub mod heading;
pub mod icon;
pub mod live;
pub mod nothing_here;
pub mod page;
pub mod page_title;
pub mod refusal;
pub mod saved;
pub mod text_area;
pub mod threshold;
pub mod time;
pub mod toast;
pub mod wide;
