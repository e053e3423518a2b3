//! A box for text of many lines, safe for whatever was typed: Leptos 0.8 does not escape a `<textarea>`'s child.

use leptos::{html::Textarea, prelude::*};

use crate::browser;

/// A text area that the browser and the person share: what was typed before the page came to life stays.
#[component]
pub fn TextArea(
    id: &'static str,
    name: &'static str,
    class: &'static str,
    placeholder: String,
    /// What stands in it at first.
    initial: String,
    /// The element itself.
    area: NodeRef<Textarea>,
    /// What stands in it now; nothing until the browser has looked. Setting it writes.
    text: RwSignal<Option<String>>,
    /// The id of what is wrong with it, while something is.
    error: Signal<Option<&'static str>>,
    /// Called when it has become taller or lower.
    grown: Callback<()>,
) -> impl IntoView {
    Effect::new(move |_| {
        if let Some(area) = area.get() {
            text.set(Some(browser::text_box::typed(&area)));
        }
    });
    Effect::new(move |before: Option<i32>| {
        let Some(area) = area.get() else { return 0 };
        text.with(|text| text.iter().for_each(|text| browser::text_box::write(&area, text)));
        let height = browser::text_box::fit(&area);
        if before.is_some_and(|before| before != height) {
            grown.run(());
        }
        height
    });

    view! {
        <textarea
            node_ref=area
            id=id
            name=name
            class=class
            placeholder=placeholder
            rows="1"
            dir="auto"
            autocomplete="off"
            autocapitalize="sentences"
            aria-invalid=move || error.get().map(|_| "true")
            aria-describedby=move || error.get()
            inner_html=inside(&initial)
            on:input=move |event| text.set(Some(event_target_value(&event)))
        ></textarea>
    }
}

/// `text` as HTML for the inside of a `<textarea>`: nothing in it can end the element.
fn inside(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    // The HTML parser swallows a line feed that comes first.
    if escaped.starts_with(['\n', '\r']) { format!("\n{escaped}") } else { escaped }
}

#[cfg(test)]
mod tests {
    use super::inside;

    #[test]
    fn what_was_typed_cannot_leave_the_box() {
        for text in
            ["</textarea><script>alert(1)</script>", "</TEXTAREA x>", "<!--", "]]>", "&lt;/textarea&gt;"]
        {
            let html = inside(text);
            assert!(!html.contains(['<', '>']), "{text:?} became {html:?}");
        }
        assert_eq!(inside("</textarea><script>"), "&lt;/textarea&gt;&lt;script&gt;");
    }

    #[test]
    fn what_was_typed_comes_back_to_the_letter() {
        assert_eq!(inside("a &amp; b"), "a &amp;amp; b");
        assert_eq!(inside("\n\n# first"), "\n\n\n# first");
        assert_eq!(inside("plain\ntext"), "plain\ntext");
    }
}
