//! One outline set, drawn on 20 × 20, in the colour of the text around it.

use leptos::prelude::*;

/// What an icon stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Symbol {
    Home,
    People,
    Settings,
    Leave,
    Back,
    Down,
    Link,
    Unread,
    NewGroup,
    Plus,
    Channel,
    Lock,
}

impl Symbol {
    const fn path(self) -> &'static str {
        match self {
            Self::Home => "M3 9.2 10 3.5l7 5.7V16a1 1 0 0 1-1 1h-3.6v-4.6H7.6V17H4a1 1 0 0 1-1-1Z",
            Self::People => {
                "M7.5 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM2 16.5c.3-2.9 2.6-4.5 5.5-4.5s5.2 1.6 5.5 4.5\
                 M13 3.9a2.9 2.9 0 0 1 0 5.2M15.2 12.5c1.6.6 2.6 2 2.8 4"
            }
            Self::Settings => {
                "M3 6h7M14 6h3M12 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM3 14h3M10 14h7M8 16a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z"
            }
            Self::Leave => "M8 3.5H4.5a1 1 0 0 0-1 1v11a1 1 0 0 0 1 1H8M12.5 6.5 16 10l-3.5 3.5M16 10H8",
            Self::Back => "M11.5 4.5 6 10l5.5 5.5",
            Self::Down => "M10 4v12M5 11l5 5 5-5",
            Self::Link => {
                "M8.5 11.5a3 3 0 0 0 4.3 0l2.4-2.4a3 3 0 0 0-4.3-4.3l-.9.9\
                 M11.5 8.5a3 3 0 0 0-4.3 0l-2.4 2.4a3 3 0 0 0 4.3 4.3l.9-.9"
            }
            Self::Plus => "M10 4v12M4 10h12",
            Self::Channel => "M4 7.500h12M3.500 12.500h12M8 3.500l-1.500 13M13.500 3.500l-1.500 13",
            Self::Lock => "M5.500 9h9v7h-9ZM7.500 9V6.500a2.500 2.500 0 0 1 5 0V9",
            Self::NewGroup => {
                "M7.5 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM2 16.5c.3-2.9 2.6-4.5 5.5-4.5 1.5 0 2.900.4 3.900 1.200M15 9v6M12 12h6"
            }
            Self::Unread => {
                "M11.5 4H4.500a1 1 0 0 0-1 1v8a1 1 0 0 0 1 1H7v3l3.500-3H15a1 1 0 0 0 1-1V9.500M15.500 6.500a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z"
            }
        }
    }
}

/// Says nothing to a screen reader: a text stands beside it.
#[component]
pub fn Icon(symbol: Symbol) -> impl IntoView {
    view! {
        <svg
            class="icon"
            viewBox="0 0 20 20"
            width="20"
            height="20"
            fill="none"
            stroke="currentColor"
            stroke-width="1.5"
            stroke-linecap="round"
            stroke-linejoin="round"
            aria-hidden="true"
        >
            <path d=symbol.path()></path>
        </svg>
    }
}
