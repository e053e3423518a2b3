//! Where to go after logging in: where one wanted to go. The server checks it again.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The page that the address names as the next one, if it is one of ours.
pub fn use_next() -> Option<String> {
    use_query_map().with_untracked(|query| query.get("next")).filter(|next| is_ours(next))
}

/// `path`, told to lead on to `next`.
pub fn with_next(path: &str, next: Option<&str>) -> String {
    match next.filter(|next| is_ours(next) && *next != "/") {
        Some(next) => format!("{path}?next={}", escaped(next)),
        None => path.to_owned(),
    }
}

/// Carries the next page along with a form.
#[component]
pub fn NextField(next: Option<String>) -> impl IntoView {
    next.map(|next| view! { <input type="hidden" name="next" value=next/> })
}

/// A path of this very server. `//host` and `/\host` are other places to a browser.
fn is_ours(next: &str) -> bool {
    let elsewhere = next.starts_with("//") || next.contains('\\');
    next.starts_with('/') && !elsewhere && !next.contains(char::is_control)
}

/// A text as the value of a query parameter, in the same spelling on both sides.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_path_of_ours_can_be_next() {
        for next in ["/", "/c/7?before=42", "/friends"] {
            assert!(is_ours(next), "{next:?}");
        }
        for next in
            ["", "//evil.example", "/\\evil.example", "https://evil.example", "c/7", "/a\nb", "javascript:1"]
        {
            assert!(!is_ours(next), "{next:?}");
        }
    }

    #[test]
    fn the_next_page_survives_in_an_address() {
        assert_eq!(
            with_next("/login", Some("/c/7?before=42&x=é")),
            "/login?next=/c/7%3Fbefore%3D42%26x%3D%C3%A9"
        );
        assert_eq!(with_next("/login", Some("//evil.example")), "/login");
        assert_eq!(with_next("/login", Some("/")), "/login");
        assert_eq!(with_next("/login", None), "/login");
    }
}
