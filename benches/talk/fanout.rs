//! Fan-out: posts on their way to many sockets, against a server that does nothing else.
//!
//! A private conversation has two people and a person ten connections, so that a crowd is many rooms of twenty
//! sockets: a wave is one post in every room at once, and heard by all.

use std::time::{Duration, Instant};

use futures_util::future::try_join_all;
use hyper::{Method, header};
use salon::messages::Message;

use crate::{
    Failure, ROUNDS,
    broadcast::Broadcast,
    check,
    client::{BODY, Line},
    crowd::{Crowd, IN_A_ROOM, MOST_ROOMS, key},
    figures::{Book, Figure, percentile},
    in_turn,
    salon::{Home, Meter, Salon, Synchronous, Used},
    socket::Socket,
    town::{Pair, Town},
};

/// Waves that are measured alone, each after the one before has been heard.
const WAVES: usize = 40;

/// Deliveries in a stream, where every room posts as fast as it is answered.
const STREAM: usize = 40_000;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Salon,
    Bare,
}

/// A server with a crowd listening to it.
struct Stage<'a> {
    rooms: &'a [Pair],
    origin: String,
    process: u32,
    crowd: Crowd,
    /// One for each room.
    lines: Vec<Line>,
    /// Posts in every room so far.
    posted: usize,
    /// What the bare server hands on: a frame of Salon's. None on Salon's own stage.
    frame: Option<&'a str>,
}

/// One number of a round.
type Value = fn(&Round) -> f64;

/// What came out in one round.
struct Round {
    /// From the first request of a wave until its last delivery, in milliseconds.
    wave_ms: f64,
    per_second: f64,
    stream: Used,
    bytes: f64,
}

pub async fn measure(book: &mut Book) -> Result<(), Failure> {
    let town = Town::build(MOST_ROOMS).await?;
    let frame = frame(&town).await?;
    for (sockets, name) in [(100, "100"), (1_000, "1,000")] {
        let rooms = &town.pairs[..sockets / IN_A_ROOM];
        let (mut salon, mut bare) = (Vec::new(), Vec::new());
        for round in 0..ROUNDS {
            for side in in_turn(round, &[Side::Salon, Side::Bare]) {
                match side {
                    Side::Salon => salon.push(on_salon(&town.home.copied()?, rooms).await?),
                    Side::Bare => bare.push(on_bare(&frame, rooms).await?),
                }
            }
        }
        write_down(book, name, &salon, &bare);
    }
    Ok(())
}

/// A frame as Salon sends it.
async fn frame(town: &Town) -> Result<String, Failure> {
    let (home, pair) = (town.home.copied()?, &town.pairs[0]);
    let server = Salon::start(&home, Synchronous::Full)?;
    let mut line = Line::open(&server.origin).await?;
    let mut socket = Socket::open(&server.origin, "/ws", &pair.other.cookie).await?;
    pair.one.posts(&mut line, pair.conversation, &key(0, 0)).await?;
    loop {
        let frame = String::from_utf8(socket.frame().await?.text.to_vec())?;
        if frame.contains(&key(0, 0)) {
            return Ok(frame);
        }
    }
}

async fn on_salon(home: &Home, rooms: &[Pair]) -> Result<Round, Failure> {
    let server = Salon::start(home, Synchronous::Full)?;
    let listener = |pair: &Pair, number: usize| {
        let person = if number.is_multiple_of(2) { &pair.one } else { &pair.other };
        ("/ws".to_owned(), person.cookie.clone())
    };
    let mut stage = Stage::open(&server.origin, server.process(), rooms, None, listener).await?;
    let round = stage.play().await?;
    stage.stored(home).await?;
    Ok(round)
}

async fn on_bare(frame: &str, rooms: &[Pair]) -> Result<Round, Failure> {
    let server = Broadcast::start()?;
    let room = |pair: &Pair| rooms.iter().position(|other| other.conversation == pair.conversation);
    let listener = |pair: &Pair, _| (format!("/listen/{}", room(pair).unwrap_or_default()), String::new());
    let mut stage = Stage::open(&server.origin, server.process(), rooms, Some(frame), listener).await?;
    stage.play().await
}

impl<'a> Stage<'a> {
    /// Opens every socket where `listener` says (path and cookie), and a line for each room.
    async fn open(
        origin: &str,
        process: u32,
        rooms: &'a [Pair],
        frame: Option<&'a str>,
        listener: impl Fn(&Pair, usize) -> (String, String),
    ) -> Result<Self, Failure> {
        let mut sockets = Vec::with_capacity(rooms.len() * IN_A_ROOM);
        for (room, pair) in rooms.iter().enumerate() {
            for number in 0..IN_A_ROOM {
                let (path, cookie) = listener(pair, number);
                let mut socket = Socket::open(origin, &path, &cookie).await?;
                if frame.is_none() {
                    // Hello: from here on nothing is missed.
                    socket.frame().await?;
                }
                sockets.push((room, socket));
            }
        }
        let lines = try_join_all(rooms.iter().map(|_| Line::open(origin))).await?;
        let (origin, crowd) = (origin.to_owned(), Crowd::of(sockets));
        Ok(Self { rooms, origin, process, crowd, lines, posted: 0, frame })
    }

    async fn play(&mut self) -> Result<Round, Failure> {
        // To warm up.
        self.posts(2).await?;
        let mut waves = Vec::with_capacity(WAVES);
        for _ in 0..WAVES {
            waves.push(self.posts(1).await?);
        }

        let deliveries = STREAM / (self.rooms.len() * IN_A_ROOM) * self.rooms.len() * IN_A_ROOM;
        let meter = Meter::start(self.process)?;
        let whole = self.posts(deliveries / IN_A_ROOM / self.rooms.len()).await?;
        Ok(Round {
            wave_ms: percentile(&waves, 0.5),
            per_second: deliveries as f64 / whole.as_secs_f64(),
            stream: meter.stop()?,
            bytes: self.crowd.ledger.bytes_each(),
        })
    }

    /// In every room at the same time so many posts, one after the other; how long until all of them are heard.
    async fn posts(&mut self, count: usize) -> Result<Duration, Failure> {
        let (first, frame) = (self.posted, self.frame);
        self.posted += count;
        self.crowd.ledger.expects(count * self.rooms.len() * IN_A_ROOM);
        let begun = Instant::now();
        let rooms = self.lines.iter_mut().zip(self.rooms).enumerate();
        try_join_all(rooms.map(async |(room, (line, pair))| {
            for number in first..first + count {
                match frame {
                    Some(frame) => hand_on(line, frame, room, number).await?,
                    None => drop(pair.one.posts(line, pair.conversation, &key(room, number)).await?),
                }
            }
            Ok::<_, Failure>(())
        }))
        .await?;
        Ok(self.crowd.ledger.complete().await? - begun)
    }

    /// Every acknowledged post stands in the database once.
    async fn stored(&self, home: &Home) -> Result<(), Failure> {
        let mut rows = home.rows().await?;
        let stored: Vec<String> = sqlx::query_scalar("select client_key from message order by client_key")
            .fetch_all(&mut rows)
            .await?;
        let rooms = 0..self.rooms.len();
        let posted: Vec<String> =
            rooms.flat_map(|room| (0..self.posted).map(move |number| key(room, number))).collect();
        check(stored == posted, || format!("{} rows for {} posts", stored.len(), posted.len()))?;

        // Whoever was told of them can read them.
        let (pair, mut line) = (&self.rooms[0], Line::open(&self.origin).await?);
        let query = format!("conversation?id={}&window=latest", pair.conversation);
        let page: salon::conversations::Conversation = pair.other.reads(&mut line, &query).await?;
        check(page.head == self.posted as i64, || "the counter is not what was posted".to_owned())?;
        check(page.messages.iter().all(is_whole), || "a stored message says something else".to_owned())
    }
}

fn is_whole(message: &Message) -> bool {
    message.body == BODY
}

/// A post to the bare server: the frame that it is to send, under the key of this post.
async fn hand_on(line: &mut Line, frame: &str, room: usize, number: usize) -> Result<(), Failure> {
    let frame = frame.replace(&key(0, 0), &key(room, number));
    let headers = [(header::CONTENT_TYPE, "text/plain")];
    let answer = line.ask(Method::POST, &format!("/post/{room}"), &headers, frame).await?;
    check(answer.status.is_success(), || format!("the bare server answers {}", answer.status))
}

fn write_down(book: &mut Book, sockets: &str, salon: &[Round], bare: &[Round]) {
    let of = |rounds: &[Round], value: Value| rounds.iter().map(value).collect::<Vec<_>>();
    let ratio = |value: Value| -> Vec<f64> {
        salon.iter().zip(bare).map(|(salon, bare)| value(salon) / value(bare)).collect()
    };
    let pairs = salon.iter().zip(bare);
    let busier =
        |(one, other): (&Round, &Round)| one.stream.generator_busy().max(other.stream.generator_busy());
    let busy = pairs.map(busier).collect();
    let (faster, sooner): (Value, Value) = (|round| round.per_second, |round| round.wave_ms);
    let targets = sockets == "1,000";

    let what = format!("deliveries/s ÷ a bare axum broadcast, {sockets} sockets");
    let figure = Figure::new("R1", what, "", ratio(faster)).driven(busy);
    book.add(if targets { figure.target(0.8, 1.0) } else { figure });
    let what = format!("a post in every room → heard by all, p50 ÷ the same limit, {sockets} sockets");
    let figure = Figure::new("R2", what, "", ratio(sooner));
    book.add(if targets { figure.target(1.5, 1.2) } else { figure });
    if targets {
        let what = "bytes on the wire for each delivery of a message of 60 characters";
        book.add(Figure::new("R16", what, "B", of(salon, |round| round.bytes)).target(400.0, 220.0));
    }

    for (name, rounds) in [("Salon", salon), ("the bare broadcast", bare)] {
        let busy = || of(rounds, |round| round.stream.generator_busy());
        let what = format!("{name}, {sockets} sockets: deliveries");
        book.add(Figure::new("", what, "/s", of(rounds, faster)).driven(busy()));
        let what = format!("{name}, {sockets} sockets: a post in every room → heard by all, p50");
        book.add(Figure::new("", what, "ms", of(rounds, sooner)));
        let what = format!("{name}, {sockets} sockets: server's computing for each delivery");
        let each = |round: &Round| round.stream.server.as_secs_f64() * 1e6 / STREAM as f64;
        book.add(Figure::new("", what, "µs", of(rounds, each)));
    }
}
