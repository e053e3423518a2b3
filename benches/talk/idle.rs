//! Doing nothing: how soon a server answers, what it holds then, and what it holds for each connection.

use std::time::Duration;

use hyper::{Method, StatusCode, body::Bytes};

use crate::{
    Failure, ROUNDS,
    archive::Archive,
    check,
    client::{BODY, Line},
    figures::{Book, Figure},
    machine,
    salon::{Salon, Synchronous},
    socket::Socket,
    town::Town,
};

/// Connections of each person.
const EACH: usize = 10;

/// People with connections.
const PEOPLE: usize = 100;

/// Between two looks at what a process holds.
const PAUSE: Duration = Duration::from_millis(500);

/// Looks until it must have settled.
const LOOKS: usize = 20;

pub async fn measure(book: &mut Book) -> Result<(), Failure> {
    starts(book).await?;
    connections(book).await
}

/// From the start of the process to its first answer, on the database with the long conversation.
async fn starts(book: &mut Book) -> Result<(), Failure> {
    let archive = Archive::build().await?;
    let (mut times, mut memory) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let server = Salon::start(&archive.home, Synchronous::Full)?;
        let mut line = Line::open(&server.origin).await?;
        let answer = line.ask(Method::GET, "/health", &[], Bytes::new()).await?;
        times.push(server.begun.elapsed().as_secs_f64() * 1_000.0);
        check(answer.status == StatusCode::OK, || format!("/health answers {}", answer.status))?;
        memory.push(settled(server.process()).await? / (1024.0 * 1024.0));
        server.stop()?;
    }
    book.add(Figure::new("R15", "start to first answer, 200,000 messages", "ms", times).target(300.0, 120.0));
    book.add(Figure::new("R15", "memory idle", "MB", memory).target(40.0, 20.0));
    Ok(())
}

/// What the process holds more with a thousand connections than before them.
async fn connections(book: &mut Book) -> Result<(), Failure> {
    let town = Town::build(PEOPLE / 2).await?;
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let home = town.home.copied()?;
        let server = Salon::start(&home, Synchronous::Full)?;
        warm(&server, &town).await?;
        let before = settled(server.process()).await?;
        let mut sockets = Vec::with_capacity(PEOPLE * EACH);
        for person in town.pairs.iter().flat_map(|pair| [&pair.one, &pair.other]) {
            for _ in 0..EACH {
                let mut socket = Socket::open(&server.origin, "/ws", &person.cookie).await?;
                // Hello: it is served.
                socket.frame().await?;
                sockets.push(socket);
            }
        }
        let after = settled(server.process()).await?;
        all_hear(&server, &town, &mut sockets).await?;
        rounds.push((after - before) / (sockets.len() as f64 * 1024.0));
    }
    book.add(
        Figure::new("R12", "memory for each idle connection, of 1,000", "KB", rounds).target(20.0, 12.0),
    );
    Ok(())
}

/// What a server needs once, for whatever reason, is not counted for its connections.
async fn warm(server: &Salon, town: &Town) -> Result<(), Failure> {
    let mut line = Line::open(&server.origin).await?;
    for pair in &town.pairs {
        for person in [&pair.one, &pair.other] {
            line.get("/", &person.cookie, "identity").await?;
            let mut socket = Socket::open(&server.origin, "/ws", &person.cookie).await?;
            socket.frame().await?;
        }
    }
    Ok(())
}

/// Every connection was alive while it was counted: each hears one post of its conversation.
async fn all_hear(server: &Salon, town: &Town, sockets: &mut [Socket]) -> Result<(), Failure> {
    let mut line = Line::open(&server.origin).await?;
    for (number, pair) in town.pairs.iter().enumerate() {
        pair.one.posts(&mut line, pair.conversation, &format!("bench-idle-{number:08}")).await?;
    }
    for (number, socket) in sockets.iter_mut().enumerate() {
        let key = format!("bench-idle-{:08}", number / (2 * EACH));
        let heard = message(socket).await?;
        check(heard.contains(&key) && heard.contains(BODY), || format!("socket {number} heard {heard}"))?;
    }
    Ok(())
}

/// The next frame that brings a message.
async fn message(socket: &mut Socket) -> Result<String, Failure> {
    loop {
        let frame = String::from_utf8(socket.frame().await?.text.to_vec())?;
        if frame.contains(r#""type":"message""#) {
            return Ok(frame);
        }
    }
}

/// The memory of a process, in bytes, once it has stopped changing.
async fn settled(process: u32) -> Result<f64, Failure> {
    let mut last = machine::resident(process)?;
    for _ in 0..LOOKS {
        tokio::time::sleep(PAUSE).await;
        let now = machine::resident(process)?;
        if now.abs_diff(last) < last / 100 {
            return Ok(now as f64);
        }
        last = now;
    }
    Err("the memory of the server does not settle".into())
}
