//! What stands in the tab.

use leptos::prelude::*;
use leptos_meta::{ServerMetaContext, Title};

/// Names the page: `Friends · Salon`.
///
/// A plain text and no signal: on the server the title is read after the page's reactive values are gone.
#[component]
pub fn PageTitle(#[prop(into)] text: String) -> impl IntoView {
    let title = format!("{text} · Salon");
    // On the server it is written into the HTML as it stands; in the browser it is set as plain text.
    let on_server = use_context::<ServerMetaContext>().is_some();
    let title = if on_server { escaped(&title) } else { title };

    view! { <Title text=title/> }
}

/// A text as the content of `<title>`, where only these two have a meaning (HTML, section 13.1.2).
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobodys_name_ends_the_title() {
        assert_eq!(escaped("</title><script>&lt;"), "&lt;/title>&lt;script>&amp;lt;");
    }
}
