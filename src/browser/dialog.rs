//! A window above the page, which has the keyboard as long as it is open: the browser's own `<dialog>`.

use web_sys::{Event, HtmlDialogElement};

/// Whether it is open.
pub fn is_open(dialog: &HtmlDialogElement) -> bool {
    dialog.open()
}

/// Opens it. The rest of the page is out of reach until it is closed.
pub fn open(dialog: &HtmlDialogElement) {
    if !dialog.open() {
        // It fails only for one that is open or out of the page.
        let _ = dialog.show_modal();
    }
}

/// Closes it. The keyboard returns to where it was.
pub fn close(dialog: &HtmlDialogElement) {
    dialog.close();
}

/// Whether `click` was beside what the dialog holds.
pub fn is_beside(click: &Event, dialog: &HtmlDialogElement) -> bool {
    click.target().is_some_and(|target| &target == dialog.as_ref() as &web_sys::EventTarget)
}
