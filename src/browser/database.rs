//! Texts that outlast the page, by key, in this browser only.
//!
//! Where the browser keeps nothing (a private window, a full disk) the answer says so, and nothing else happens.

use std::{cell::RefCell, future::Future, pin::pin, time::Duration};

use futures_util::future::{Either, select};
use js_sys::{Array, Promise};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbKeyRange, IdbObjectStore, IdbRequest, IdbTransactionMode};

use super::after;

/// The database and its version: another layout is another version, and `lay_out` says how to get there.
const NAME: &str = "salon";
const VERSION: u32 = 1;

/// The one store in it.
const STORE: &str = "outbox";

/// Some browsers never answer when they are in trouble. Then it goes on without them.
const PATIENCE: Duration = Duration::from_secs(3);

thread_local! {
    static DATABASE: RefCell<Option<IdbDatabase>> = const { RefCell::new(None) };
}

/// Keeps `text` under `key`; whether it is kept. What is called later sees it, whether or not this was awaited.
pub fn put(key: &str, text: &str) -> impl Future<Output = bool> + use<> {
    done(write(|store| store.put_with_key(&JsValue::from_str(text), &JsValue::from_str(key))))
}

/// Forgets what is kept under `key`; whether that is so now. What is called later does not see it any more.
pub fn delete(key: &str) -> impl Future<Output = bool> + use<> {
    done(write(|store| store.delete(&JsValue::from_str(key))))
}

/// Everything whose key begins with `prefix`. None where nothing can be read.
pub async fn all(prefix: &str) -> Option<Vec<String>> {
    if !open().await {
        return None;
    }
    let range =
        IdbKeyRange::bound(&JsValue::from_str(prefix), &JsValue::from_str(&format!("{prefix}\u{ffff}")));
    let request = store(IdbTransactionMode::Readonly)?.get_all_with_key(&range.ok()?.into()).ok()?;
    in_time(answered(&request)).await?;
    let texts = request.result().ok()?.unchecked_into::<Array>();
    Some(texts.iter().filter_map(|text| text.as_string()).collect())
}

/// Opens the database, unless it is open; whether it is now.
async fn open() -> bool {
    is_open() || open_anew().await.is_some()
}

async fn open_anew() -> Option<()> {
    let request = window().indexed_db().ok()??.open_with_u32(NAME, VERSION).ok()?;
    let upgrading = request.clone();
    let lay_out = Closure::once_into_js(move || {
        if let Ok(database) = upgrading.result() {
            // It fails only if the store is there, and then nothing is to be done.
            let _ = database.unchecked_into::<IdbDatabase>().create_object_store(STORE);
        }
    });
    request.set_onupgradeneeded(Some(lay_out.unchecked_ref()));
    in_time(answered(&request)).await?;

    let database = request.result().ok()?.unchecked_into::<IdbDatabase>();
    if is_open() {
        // Two opened it at once.
        database.close();
        return Some(());
    }
    // The browser took it away, or another tab brings a newer layout and waits for us to let go.
    let let_go = Closure::<dyn Fn()>::new(let_go).into_js_value();
    database.set_onclose(Some(let_go.unchecked_ref()));
    database.set_onversionchange(Some(let_go.unchecked_ref()));
    DATABASE.with_borrow_mut(|open| *open = Some(database));
    Some(())
}

fn is_open() -> bool {
    DATABASE.with_borrow(Option::is_some)
}

fn let_go() {
    if let Some(database) = DATABASE.take() {
        database.close();
    }
}

fn store(mode: IdbTransactionMode) -> Option<IdbObjectStore> {
    DATABASE.with_borrow(|database| {
        let transaction = database.as_ref()?.transaction_with_str_and_mode(STORE, mode).ok()?;
        transaction.object_store(STORE).ok()
    })
}

/// Begins a change at once, so that changes and readings follow each other in the order of the calls.
fn write(change: impl FnOnce(&IdbObjectStore) -> Result<IdbRequest, JsValue>) -> Option<JsFuture> {
    let store = store(IdbTransactionMode::Readwrite)?;
    change(&store).ok()?;
    let transaction = store.transaction();
    Some(JsFuture::from(Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    })))
}

async fn done(change: Option<JsFuture>) -> bool {
    match change {
        Some(change) => in_time(change).await.is_some(),
        None => false,
    }
}

fn answered(request: &IdbRequest) -> JsFuture {
    JsFuture::from(Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    }))
}

/// Some if it succeeded in time.
async fn in_time(answer: JsFuture) -> Option<()> {
    match select(answer, pin!(after(PATIENCE))).await {
        Either::Left((Ok(_), _)) => Some(()),
        _ => None,
    }
}
