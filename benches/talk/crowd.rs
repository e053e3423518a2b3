//! A crowd of sockets in rooms, and what each of them has heard: every post once, in order, unchanged.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use salon::realtime::event::Event;
use tokio::{sync::Notify, task::JoinHandle, time::timeout};

use crate::{Failure, check, client::BODY, socket::Socket};

/// Sockets in a room: two people, each with as many connections as one person may have.
pub const IN_A_ROOM: usize = 20;

/// Rooms of the largest crowd.
pub const MOST_ROOMS: usize = 50;

/// Deliveries that take longer are lost.
const PATIENCE: Duration = Duration::from_secs(30);

/// What the whole crowd has heard.
#[derive(Debug)]
pub struct Ledger {
    begun: Instant,
    deliveries: AtomicUsize,
    bytes: AtomicU64,
    /// When the last delivery came, in nanoseconds.
    last: AtomicU64,
    wanted: AtomicUsize,
    heard: Notify,
    fault: Mutex<Option<String>>,
}

/// The listeners, until this is dropped.
pub struct Crowd {
    pub ledger: Arc<Ledger>,
    listeners: Vec<JoinHandle<()>>,
}

impl Crowd {
    /// Sockets in rooms: the room of each, and the socket.
    pub fn of(sockets: Vec<(usize, Socket)>) -> Self {
        let ledger = Arc::new(Ledger {
            begun: Instant::now(),
            deliveries: AtomicUsize::default(),
            bytes: AtomicU64::default(),
            last: AtomicU64::default(),
            wanted: AtomicUsize::default(),
            heard: Notify::default(),
            fault: Mutex::default(),
        });
        let listen = |(room, socket)| {
            let ledger = ledger.clone();
            tokio::spawn(async move {
                if let Err(failure) = listen(socket, room, &ledger).await {
                    ledger.fault(format!("a socket of room {room}: {failure}"));
                }
            })
        };
        Self { listeners: sockets.into_iter().map(listen).collect(), ledger }
    }
}

impl Drop for Crowd {
    fn drop(&mut self) {
        self.listeners.iter().for_each(JoinHandle::abort);
    }
}

/// The key of a post says which room it is for, and which one of that room's it is. As long as the keys of browsers.
pub fn key(room: usize, number: usize) -> String {
    format!("bench-{room:04}-{number:011}")
}

/// Takes one frame after the other; anything but the next post of the room is a fault.
async fn listen(mut socket: Socket, room: usize, ledger: &Ledger) -> Result<(), Failure> {
    let mut next = 0;
    loop {
        let frame = socket.frame().await?;
        let Event::Message(message) = serde_json::from_slice(frame.text)? else { continue };
        check(message.key.as_str() == key(room, next), || {
            format!("{} came where post {next} was next", message.key)
        })?;
        check(message.body == BODY, || format!("{} says something else", message.key))?;
        next += 1;
        ledger.delivered(frame.bytes);
    }
}

impl Ledger {
    fn delivered(&self, bytes: usize) {
        self.bytes.fetch_add(bytes as u64, Ordering::Relaxed);
        self.last.fetch_max(self.now(), Ordering::Relaxed);
        let count = self.deliveries.fetch_add(1, Ordering::AcqRel) + 1;
        if count >= self.wanted.load(Ordering::Acquire) {
            self.heard.notify_one();
        }
    }

    fn fault(&self, what: String) {
        self.fault.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(what);
        self.heard.notify_one();
    }

    fn now(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_nanos()).unwrap_or(u64::MAX)
    }

    /// Says how many deliveries there will have been in all.
    pub fn expects(&self, more: usize) {
        self.wanted.fetch_add(more, Ordering::AcqRel);
    }

    /// Waits until all that is expected has been delivered; when the last one was. Not one more may have come.
    pub async fn complete(&self) -> Result<Instant, Failure> {
        let wanted = self.wanted.load(Ordering::Acquire);
        let whole = async {
            while self.deliveries.load(Ordering::Acquire) < wanted && self.sound().is_ok() {
                self.heard.notified().await;
            }
        };
        let in_time = timeout(PATIENCE, whole).await.is_ok();
        self.sound()?;
        let delivered = self.deliveries.load(Ordering::Acquire);
        check(in_time && delivered == wanted, || format!("{delivered} deliveries instead of {wanted}"))?;
        Ok(self.begun + Duration::from_nanos(self.last.load(Ordering::Acquire)))
    }

    fn sound(&self) -> Result<(), Failure> {
        match &*self.fault.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(fault) => Err(fault.clone().into()),
            None => Ok(()),
        }
    }

    /// Bytes on the wire for each delivery.
    pub fn bytes_each(&self) -> f64 {
        self.bytes.load(Ordering::Relaxed) as f64 / self.deliveries.load(Ordering::Relaxed) as f64
    }
}
