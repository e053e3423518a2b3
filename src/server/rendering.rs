//! Renders each page in one task.
//!
//! Leptos would hand what a page asks the server for to other threads. An answer could then come in the middle of a
//! value that is derived from it: that value stays as it was without the answer, and the page comes out empty. In one
//! task, as in a browser, nothing happens while something is derived. See `docs/decisions/0017`.

use std::task::{Context, Poll};

use any_spawner::{CustomExecutor, Executor, PinnedFuture, PinnedLocalFuture};
use axum::{extract::Request, middleware::Next, response::Response};
use futures_util::{FutureExt, StreamExt, future::poll_fn, stream::FuturesUnordered};
use tokio::{
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    task_local,
};

/// A part of a page's work.
type Task = PinnedFuture<()>;

task_local! {
    /// Where the page that is being rendered takes its tasks from.
    static TASKS: UnboundedSender<Task>;
}

/// Runs the tasks of a page beside it, all others wherever there is room.
struct Beside;

impl CustomExecutor for Beside {
    fn spawn(&self, task: PinnedFuture<()>) {
        let mut task = Some(task);
        let pass = |tasks: &UnboundedSender<Task>| task.take().map(|task| tasks.send(task));
        match TASKS.try_with(pass) {
            Ok(Some(Ok(()))) => {}
            // The page has ended, as whoever asked went away.
            Ok(Some(Err(_)) | None) => {}
            Err(_) => drop(task.map(tokio::spawn)),
        }
    }

    fn spawn_local(&self, task: PinnedLocalFuture<()>) {
        tokio::task::spawn_local(task);
    }

    fn poll_local(&self) {}
}

/// Lets pages run their tasks themselves. To be called before Leptos is, which would take its own way.
pub fn prepare() {
    // Where it is said again, as by tests with a server each, it stands already.
    let _ = Executor::init_custom_executor(Beside);
}

/// Runs what a page has begun in the task that renders it. What is left when it is rendered goes on elsewhere.
pub async fn in_one_task(request: Request, next: Next) -> Response {
    let (sender, new) = unbounded_channel();
    let mut page = Box::pin(TASKS.scope(sender.clone(), next.run(request)));
    let mut work = Work { new, begun: FuturesUnordered::new() };
    let response = poll_fn(|context| {
        if let Poll::Ready(response) = page.poll_unpin(context) {
            return Poll::Ready(response);
        }
        TASKS.sync_scope(sender.clone(), || work.go_on(context));
        Poll::Pending
    })
    .await;
    drop((page, sender));
    if !work.is_done() {
        tokio::spawn(work.rest());
    }
    response
}

/// The tasks of one page.
struct Work {
    new: UnboundedReceiver<Task>,
    begun: FuturesUnordered<Task>,
}

impl Work {
    /// Runs them, also those that they begin, until all wait for something.
    fn go_on(&mut self, context: &mut Context<'_>) {
        loop {
            self.take_new();
            while let Poll::Ready(Some(())) = self.begun.poll_next_unpin(context) {}
            if self.new.is_empty() {
                break;
            }
        }
    }

    fn take_new(&mut self) {
        while let Ok(task) = self.new.try_recv() {
            self.begun.push(task);
        }
    }

    fn is_done(&self) -> bool {
        self.new.is_empty() && self.begun.is_empty()
    }

    async fn rest(mut self) {
        self.take_new();
        while self.begun.next().await.is_some() {}
    }
}

#[cfg(test)]
mod tests {
    use axum::{Router, body::Body, http::StatusCode, middleware::from_fn, routing::get};
    use tokio::{sync::oneshot, task};
    use tower::ServiceExt;

    use super::*;

    /// Begins a task that begins another, and answers whether both ran where it runs itself.
    async fn asks_where_tasks_run() -> String {
        let (first, second) = (oneshot::channel(), oneshot::channel());
        Executor::spawn(async move {
            tokio::task::yield_now().await;
            Executor::spawn(async move {
                let _ = second.0.send(task::id());
            });
            let _ = first.0.send(task::id());
        });
        let ran = (first.1.await.expect("it ran"), second.1.await.expect("it ran"));
        (ran == (task::id(), task::id())).to_string()
    }

    async fn answers(app: Router) -> String {
        let request = Request::get("/").body(Body::empty()).expect("a request");
        let response = app.oneshot(request).await.expect("an answer");
        assert_eq!(response.status(), StatusCode::OK);
        let body = axum::body::to_bytes(response.into_body(), 100).await.expect("a body");
        String::from_utf8(body.to_vec()).expect("a word")
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_page_and_its_tasks_are_one_task() {
        prepare();
        let app = Router::new().route("/", get(asks_where_tasks_run)).layer(from_fn(in_one_task));
        let asked = (0..50).map(|_| tokio::spawn(answers(app.clone())));
        for told in futures_util::future::join_all(asked).await {
            assert_eq!(told.expect("an answer"), "true");
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_a_page_leaves_goes_on() {
        prepare();
        let (go, gone) = (oneshot::channel(), oneshot::channel());
        let left = std::sync::Mutex::new(Some((go.1, gone.0)));
        let left = std::sync::Arc::new(left);
        let leaves = move || {
            let left = left.lock().expect("nobody panicked").take();
            async move {
                let (go, gone) = left.expect("asked once");
                Executor::spawn(async move {
                    let _ = go.await;
                    let _ = gone.send(());
                });
                "true"
            }
        };
        let app = Router::new().route("/", get(leaves)).layer(from_fn(in_one_task));
        assert_eq!(answers(app).await, "true");
        go.0.send(()).expect("it waits");
        gone.1.await.expect("it went on");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_no_page_begins_runs_on_its_own() {
        prepare();
        let (tell, told) = oneshot::channel();
        Executor::spawn(async move {
            let _ = tell.send(task::id());
        });
        assert!(told.await.is_ok());
    }
}
