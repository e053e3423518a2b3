//! What says that something is unread to those who look elsewhere: the title and the icon of the tab, and the badge of
//! an installed Salon.

use leptos::prelude::*;
use leptos_meta::{Formatter, ServerMetaContext, Title};

use super::counted;
use crate::browser;

/// Puts `unread` into the title of every page: `(3) Friends · Salon`.
///
/// Begins once the page is alive, so that its first title is the one that the server wrote.
#[component]
pub fn Attention(unread: Signal<u32>) -> impl IntoView {
    let shown = ArcRwSignal::new(0);
    Effect::new({
        let shown = shown.clone();
        let unread = Memo::new(move |_| unread.get());
        move |_| {
            shown.set(unread.get());
            browser::show_unread(unread.get());
        }
    });

    // On the server the title is read after the page's reactive values are gone.
    let on_server = use_context::<ServerMetaContext>().is_some();
    let formatter =
        Formatter::from(move |title: String| if on_server { title } else { titled(shown.get(), &title) });

    view! { <Title formatter/> }
}

fn titled(unread: u32, title: &str) -> String {
    if unread == 0 { title.to_owned() } else { format!("({}) {title}", counted(unread)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_counts_what_is_unread() {
        assert_eq!(titled(0, "Friends · Salon"), "Friends · Salon");
        assert_eq!(titled(3, "Friends · Salon"), "(3) Friends · Salon");
        assert_eq!(titled(100, "Friends · Salon"), "(99+) Friends · Salon");
    }
}
