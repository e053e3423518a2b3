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
    Close,
    Down,
    Link,
    Unread,
    NewGroup,
    Plus,
    Channel,
    Lock,
    Delete,
    Edit,
    Smile,
    Find,
    Bell,
    Muted,
    Pin,
    Reply,
    Forward,
    Thread,
    /// Three dots: there is more.
    More,
    Saved,
    Activity,
    /// A bell beside a message would say that it rings.
    Clock,
    Poll,
    /// One: it is done.
    Tick,
    /// Two, one behind the other.
    Ticks,
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
            Self::Close => "M5.5 5.5l9 9M14.5 5.5l-9 9",
            Self::Down => "M10 4v12M5 11l5 5 5-5",
            Self::Link => {
                "M8.5 11.5a3 3 0 0 0 4.3 0l2.4-2.4a3 3 0 0 0-4.3-4.3l-.9.9\
                 M11.5 8.5a3 3 0 0 0-4.3 0l-2.4 2.4a3 3 0 0 0 4.3 4.3l.9-.9"
            }
            Self::Activity => "M2.500 10.500h3l2.500-7 4 13 2.500-6h3",
            Self::Clock => "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM10 6v4.200l2.800 1.600",
            Self::Saved => "M5.500 3.500h9v13L10 13l-4.500 3.500Z",
            Self::Reply => "M8 5 3.500 9.500 8 14M4 9.500h7.500a5 5 0 0 1 5 5v1",
            Self::Forward => "M12 5l4.500 4.500L12 14M16 9.500H8.500a5 5 0 0 0-5 5v1",
            Self::More => "M4.500 10h.1M10 10h.1M15.500 10h.1",
            Self::Thread => {
                "M3.500 5a1.500 1.500 0 0 1 1.500-1.500h10A1.500 1.500 0 0 1 16.500 5v6.500A1.500 1.500 0 0 1 15 13H9l-4 3.500V13a1.500 1.500 0 0 1-1.500-1.500ZM7 7h6M7 9.700h4"
            }
            Self::Plus => "M10 4v12M4 10h12",
            Self::Channel => "M4 7.500h12M3.500 12.500h12M8 3.500l-1.500 13M13.500 3.500l-1.500 13",
            Self::Delete => {
                "M3.500 5.500h13M8 5.500v-2h4v2M5 5.500l.700 11h8.600l.700-11M8.300 8.500v5M11.700 8.500v5"
            }
            Self::Smile => {
                "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM7 11.500a3.400 3.400 0 0 0 6 0M7.700 8v.1M12.300 8v.1"
            }
            Self::Edit => {
                "M4 16l.7-3.300 8.600-8.600a1.500 1.500 0 0 1 2.100 0l.5.5a1.500 1.500 0 0 1 0 2.100L7.300 15.300ZM11.800 5.600l2.600 2.600"
            }
            Self::Lock => "M5.500 9h9v7h-9ZM7.500 9V6.500a2.500 2.500 0 0 1 5 0V9",
            Self::Find => "M9 15a6 6 0 1 0 0-12 6 6 0 0 0 0 12ZM13.5 13.5 17 17",
            Self::Bell => {
                "M5.500 8.500a4.500 4.500 0 0 1 9 0c0 4 1.500 5 1.500 5H4s1.500-1 1.500-5ZM8.300 16.200a2 2 0 0 0 3.400 0"
            }
            Self::Muted => {
                "M5.500 8.500c0 4-1.500 5-1.500 5h9.500M7.300 4.900a4.500 4.500 0 0 1 7.200 3.600c0 1.200.1 2.100.3 2.800\
                 M8.300 16.200a2 2 0 0 0 3.400 0M3.500 3.500l13 13"
            }
            Self::Pin => "M7.500 3.500h5l-.6 5 2.600 3v1.200h-9v-1.200l2.600-3ZM10 12.700V17",
            Self::Poll => "M4 16.500v-6M10 16.500v-13M16 16.500v-9.500",
            Self::Tick => "M5 10.500 8.500 14 15.500 6.500",
            Self::Ticks => "M2.500 10.500 6 14 13 6.500M9.700 13.600 10.100 14 17.500 6.500",
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
