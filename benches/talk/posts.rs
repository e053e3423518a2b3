//! Posts: acknowledged on disk and heard by the other person, alone and many at once, against raw SQLite.

use std::time::{Duration, Instant};

use salon::{messages::Message, realtime::event::Event};
use tokio::time::timeout;

use crate::{
    Failure, ROUNDS, check,
    client::{BODY, Line},
    figures::{Book, Figure, percentile},
    in_turn,
    salon::{Home, Meter, Salon, Synchronous},
    socket::Socket,
    sqlite::{self, Raw},
    town::{Pair, Town},
};

/// So many posters at once, and so many posts of all of them together.
const LOADS: [(usize, usize); 3] = [(1, 1_000), (16, 4_000), (64, 6_000)];

/// Posts before anything is measured; raw SQLite stores these rows again.
const WARM_UP: usize = 1_000;

const PATIENCE: Duration = Duration::from_secs(30);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Salon(Synchronous),
    Raw(Synchronous),
}

/// The four sides: each kind of commit by Salon and raw.
const SIDES: [Side; 4] = [
    Side::Salon(Synchronous::Full),
    Side::Raw(Synchronous::Full),
    Side::Salon(Synchronous::Normal),
    Side::Raw(Synchronous::Normal),
];

/// One number of a load.
type Value = fn(&Load) -> f64;

/// What came out under one load.
#[derive(Debug, Clone, Copy)]
struct Load {
    per_second: f64,
    answer_p50: f64,
    answer_p99: f64,
    heard_p50: f64,
    heard_p99: f64,
    generator: f64,
}

/// One kind of commit, round by round.
#[derive(Default)]
struct Measured {
    salon: Vec<[Load; LOADS.len()]>,
    raw: Vec<Raw>,
}

/// A post, from the poster's side.
struct Posted {
    number: usize,
    sent: Duration,
    answered: Duration,
    message: Message,
}

pub async fn measure(book: &mut Book) -> Result<(), Failure> {
    let town = Town::build(1).await?;
    let sample = town.home.copied()?;
    on_salon(&sample, &town.pairs[0], Synchronous::Normal, &[(16, WARM_UP)]).await?;

    let (mut full, mut normal) = (Measured::default(), Measured::default());
    for round in 0..ROUNDS {
        for side in in_turn(round, &SIDES) {
            let (Side::Salon(synchronous) | Side::Raw(synchronous)) = side;
            let measured = if synchronous == Synchronous::Full { &mut full } else { &mut normal };
            if let Side::Raw(_) = side {
                measured.raw.push(sqlite::measure(&sample.database(), synchronous)?);
                continue;
            }
            let loads = on_salon(&town.home.copied()?, &town.pairs[0], synchronous, &LOADS).await?;
            measured.salon.push(loads.try_into().map_err(|_| "a load is missing")?);
        }
    }
    write_down(book, &full, &normal);
    Ok(())
}

/// Starts Salon, puts one load after the other on it, and compares what was acknowledged with what is stored.
async fn on_salon(
    home: &Home,
    pair: &Pair,
    synchronous: Synchronous,
    loads: &[(usize, usize)],
) -> Result<Vec<Load>, Failure> {
    let server = Salon::start(home, synchronous)?;
    let (mut measured, mut acknowledged) = (Vec::new(), Vec::new());
    if loads.len() > 1 {
        let (_, posted) = load(&server, pair, 16, WARM_UP, "warm").await?;
        acknowledged.extend(posted);
    }
    for &(parallel, count) in loads {
        let (load, posted) = load(&server, pair, parallel, count, &format!("{parallel:04}")).await?;
        measured.push(load);
        acknowledged.extend(posted);
    }
    server.stop()?;
    stored(home, acknowledged).await?;
    Ok(measured)
}

/// So many posters at once, each waiting for its answer, while the other person listens.
async fn load(
    server: &Salon,
    pair: &Pair,
    parallel: usize,
    count: usize,
    name: &str,
) -> Result<(Load, Vec<Message>), Failure> {
    let mut socket = Socket::open(&server.origin, "/ws", &pair.other.cookie).await?;
    // Hello: from here on nothing is missed.
    socket.frame().await?;
    let mut lines = Vec::with_capacity(parallel);
    for _ in 0..parallel {
        lines.push(Line::open(&server.origin).await?);
    }

    let (begun, meter) = (Instant::now(), Meter::start(server.process())?);
    let heard = tokio::spawn(listen(socket, name.to_owned(), count, begun));
    let posters: Vec<_> = lines
        .into_iter()
        .enumerate()
        .map(|(first, line)| {
            let numbers = (first..count).step_by(parallel);
            tokio::spawn(post(line, pair.clone(), name.to_owned(), numbers, begun))
        })
        .collect();
    let mut posts = Vec::with_capacity(count);
    for poster in posters {
        posts.extend(poster.await??);
    }
    let whole = begun.elapsed();
    let arrivals = timeout(PATIENCE, heard).await.map_err(|_| "a post was not heard")???;
    let generator = meter.stop()?.generator_busy();

    let answers: Vec<Duration> = posts.iter().map(|post| post.answered - post.sent).collect();
    let ways: Vec<Duration> =
        posts.iter().map(|post| arrivals[post.number].saturating_sub(post.sent)).collect();
    let load = Load {
        per_second: count as f64 / whole.as_secs_f64(),
        answer_p50: percentile(&answers, 0.5),
        answer_p99: percentile(&answers, 0.99),
        heard_p50: percentile(&ways, 0.5),
        heard_p99: percentile(&ways, 0.99),
        generator,
    };
    Ok((load, posts.into_iter().map(|post| post.message).collect()))
}

/// As long as the keys of browsers.
fn key(name: &str, number: usize) -> String {
    format!("bench-{name}-{number:011}")
}

async fn post(
    mut line: Line,
    pair: Pair,
    name: String,
    numbers: impl Iterator<Item = usize>,
    begun: Instant,
) -> Result<Vec<Posted>, Failure> {
    let mut posts = Vec::new();
    for number in numbers {
        let sent = begun.elapsed();
        let message = pair.one.posts(&mut line, pair.conversation, &key(&name, number)).await?;
        posts.push(Posted { number, sent, answered: begun.elapsed(), message });
    }
    Ok(posts)
}

/// Hears every post once, whole, and in the order of their numbers; when each came.
async fn listen(
    mut socket: Socket,
    name: String,
    count: usize,
    begun: Instant,
) -> Result<Vec<Duration>, Failure> {
    let (mut arrivals, mut last, mut heard) = (vec![None; count], None, 0);
    while heard < count {
        let Event::Message(message) = serde_json::from_slice(socket.frame().await?.text)? else { continue };
        let at = begun.elapsed();
        check(last.is_none_or(|last| message.revision == last + 1), || {
            format!("{} came out of order", message.key)
        })?;
        check(message.body == BODY, || format!("{} says something else", message.key))?;
        let number = message.key.as_str().rsplit('-').next().and_then(|number| number.parse::<usize>().ok());
        let number = number.filter(|&number| message.key.as_str() == key(&name, number) && number < count);
        let number = number.ok_or_else(|| format!("{} was not posted now", message.key))?;
        check(arrivals[number].replace(at).is_none(), || format!("{} came twice", message.key))?;
        last = Some(message.revision);
        heard += 1;
    }
    Ok(arrivals.into_iter().flatten().collect())
}

/// Every acknowledged post stands in the database once, where it was said to stand, and nothing else does.
async fn stored(home: &Home, acknowledged: Vec<Message>) -> Result<(), Failure> {
    let mut rows = home.rows().await?;
    let stored: Vec<(i64, i64, String)> =
        sqlx::query_as("select position, id, client_key from message order by position")
            .fetch_all(&mut rows)
            .await?;
    let mut told: Vec<(i64, i64, String)> = acknowledged
        .into_iter()
        .map(|message| (message.position, message.id.get(), message.key.to_string()))
        .collect();
    told.sort_unstable();
    check(stored == told, || format!("{} rows for {} acknowledged posts", stored.len(), told.len()))
}

fn write_down(book: &mut Book, full: &Measured, normal: &Measured) {
    const SIXTEEN: usize = 1;
    let over = |one: &Measured, value: &dyn Fn(&[Load; 3], &Raw) -> f64| -> Vec<f64> {
        one.salon.iter().zip(&one.raw).map(|(salon, raw)| value(salon, raw)).collect()
    };
    let busy = |one: &Measured| one.salon.iter().map(|salon| salon[SIXTEEN].generator).collect::<Vec<_>>();

    // With NORMAL nobody waits for the disk: that ratio compares Salon's whole answer with writing to memory.
    for (one, name) in [(full, "FULL"), (normal, "NORMAL")] {
        let what = format!("posts/s at 16 in parallel ÷ raw SQLite in batches of 16, {name}");
        let ratio = over(one, &|salon, raw| salon[SIXTEEN].per_second / raw.by_16);
        let figure = Figure::new("R4", what, "", ratio).driven(busy(one));
        book.add(if name == "FULL" { figure.target(0.15, 0.35) } else { figure });
    }
    let pairs = full.salon.iter().zip(&normal.salon);
    let ratio = pairs.map(|(full, normal)| full[SIXTEEN].per_second / normal[SIXTEEN].per_second).collect();
    let what = "posts/s at 16 in parallel with FULL ÷ with NORMAL";
    book.add(Figure::new("R5", what, "", ratio).driven(busy(normal)).target(0.6, 0.85));
    let ratio = over(full, &|salon, raw| salon[0].answer_p99 / raw.single_ms);
    book.add(Figure::new("R6", "post p99 alone ÷ one fsynced commit p50", "", ratio).target(6.0, 3.0));

    for (one, name) in [(full, "FULL"), (normal, "NORMAL")] {
        for (place, (parallel, _)) in LOADS.iter().enumerate() {
            loads(book, one, place, &format!("posts, {parallel} in parallel, {name}"));
        }
        let raw = |value: fn(&Raw) -> f64| one.raw.iter().map(value).collect::<Vec<_>>();
        book.add(Figure::new("", format!("raw SQLite in batches of 16, {name}"), "/s", raw(|raw| raw.by_16)));
        book.add(Figure::new("", format!("raw SQLite in batches of 64, {name}"), "/s", raw(|raw| raw.by_64)));
        let what = format!("raw SQLite, one row committed, p50, {name}");
        book.add(Figure::new("", what, "ms", raw(|raw| raw.single_ms)));
    }
}

/// The absolute figures of one load.
fn loads(book: &mut Book, one: &Measured, place: usize, what: &str) {
    let of = |value: Value| one.salon.iter().map(|salon| value(&salon[place])).collect::<Vec<_>>();
    let figure = Figure::new("", what, "/s", of(|load| load.per_second));
    book.add(figure.driven(of(|load| load.generator)));
    let times: [(&str, Value); 4] = [
        ("answered, p50", |load| load.answer_p50),
        ("answered, p99", |load| load.answer_p99),
        ("heard by the other, p50", |load| load.heard_p50),
        ("heard by the other, p99", |load| load.heard_p99),
    ];
    for (name, value) in times {
        book.add(Figure::new("", format!("{what}: {name}"), "ms", of(value)));
    }
}
