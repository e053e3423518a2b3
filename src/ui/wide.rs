//! Whether the window has room for a second pane beside the first.

use leptos::prelude::*;

use crate::browser::{media, scroll};

/// So much holds the rail, the list, and two panes in which one can read: the same as in style/thread.css.
const WIDE: &str = "(width >= 90rem)";

/// What is known of the window. On the server, and until the page is alive, it is not wide.
#[derive(Clone, Copy)]
pub struct Wide(RwSignal<bool>);

impl Wide {
    /// Called once, at the top of `<App>`, which outlives every page.
    pub fn provide() {
        let wide = RwSignal::new(false);
        provide_context(Self(wide));
        Effect::new(move |_| {
            let look = move || {
                let is_wide = media::is(WIDE);
                if wide.get_untracked() != is_wide {
                    wide.set(is_wide);
                }
            };
            look();
            // It is never taken away: as long as there is a page there is a window.
            let _ = scroll::on_resize(look);
        });
    }

    /// Whether there is room; tracked.
    pub fn get(self) -> bool {
        self.0.get()
    }

    /// Whether there is room at the moment.
    pub fn get_now(self) -> bool {
        self.0.get_untracked()
    }
}

/// What is known of the window.
pub fn use_wide() -> Wide {
    expect_context()
}
