//! Making a group and looking after it: the pages for that.

pub mod choosing;
pub mod group;
pub mod new_page;
pub mod people_page;
pub mod settings_page;
pub mod slow_mode;
