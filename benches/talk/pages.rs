//! Pages of a conversation: the first one after a start, and whether a long conversation costs more than a short one.

use std::time::{Duration, Instant};

use salon::conversations::{message_path, window::Window};

use crate::{
    Failure, ROUNDS,
    archive::{Archive, PAGE, Talk},
    check,
    client::Line,
    figures::{Book, Figure, percentile},
    in_turn,
    salon::{Home, Salon, Synchronous},
};

/// Requests for each page in a round.
const REQUESTS: usize = 60;

/// The parts of a conversation that people open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Latest,
    Middle,
    Around,
    Unread,
}

const PARTS: [(Part, &str); 4] = [
    (Part::Latest, "the latest messages"),
    (Part::Middle, "a page in the middle"),
    (Part::Around, "around one message"),
    (Part::Unread, "the first unread far up"),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Short,
    Long,
}

pub async fn measure(book: &mut Book) -> Result<(), Failure> {
    let archive = Archive::build().await?;
    cold(book, &archive).await?;

    let server = Salon::start(&archive.home, Synchronous::Full)?;
    for (part, name) in PARTS {
        if let Err(failure) = compare(book, &server, &archive, part, name).await {
            book.failed(&format!("pages: {name}"), &failure);
        }
    }
    Ok(())
}

/// The very first request after a start, then the same again.
async fn cold(book: &mut Book, archive: &Archive) -> Result<(), Failure> {
    let (mut first, mut warm) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let home: Home = archive.home.copied()?;
        let server = Salon::start(&home, Synchronous::Full)?;
        let mut line = Line::open(&server.origin).await?;
        first.push(open(&mut line, &archive.long, Part::Latest).await?.as_secs_f64() * 1_000.0);
        let mut times = Vec::with_capacity(REQUESTS);
        for _ in 0..REQUESTS {
            times.push(open(&mut line, &archive.long, Part::Latest).await?);
        }
        warm.push(percentile(&times, 0.5));
    }
    book.add(Figure::new("", "conversation page, the first request after a start", "ms", first));
    book.add(Figure::new("", "conversation page, the same again, p50", "ms", warm));
    Ok(())
}

async fn compare(
    book: &mut Book,
    server: &Salon,
    archive: &Archive,
    part: Part,
    name: &str,
) -> Result<(), Failure> {
    let mut line = Line::open(&server.origin).await?;
    let (mut short, mut long) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let (mut of_short, mut of_long) = (Vec::new(), Vec::new());
        for request in 0..REQUESTS {
            for side in in_turn(request, &[Side::Short, Side::Long]) {
                match side {
                    Side::Short => of_short.push(open(&mut line, &archive.short, part).await?),
                    Side::Long => of_long.push(open(&mut line, &archive.long, part).await?),
                }
            }
        }
        short.push(percentile(&of_short, 0.5));
        long.push(percentile(&of_long, 0.5));
    }

    let what = format!("pages/s of 200,000 messages ÷ of 131, {name}");
    let ratio = short.iter().zip(&long).map(|(short, long)| short / long).collect();
    book.add(Figure::new("R14", what, "", ratio).target(0.8, 0.95));
    book.add(Figure::new("", format!("page of 131 messages, {name}, p50"), "ms", short));
    book.add(Figure::new("", format!("page of 200,000 messages, {name}, p50"), "ms", long));
    Ok(())
}

/// Opens a part of a conversation as its second person; how long it took. The page must hold exactly what it should.
async fn open(line: &mut Line, talk: &Talk, part: Part) -> Result<Duration, Failure> {
    let conversation = talk.pair.conversation.try_into()?;
    let path = match part {
        Part::Latest => Window::Latest.path(conversation, None),
        Part::Middle => Window::Before(talk.middle()).path(conversation, None),
        Part::Around => message_path(conversation, talk.at(talk.middle())?.id),
        Part::Unread => Window::Unread.path(conversation, None),
    };
    let begun = Instant::now();
    let page = line.get(&path, &talk.pair.other.cookie, "identity").await?;
    let took = begun.elapsed();

    let page = String::from_utf8(page.body.to_vec())?;
    match part {
        Part::Latest => talk.is_shown(&page, talk.length() - PAGE + 1..=talk.length())?,
        Part::Middle => talk.is_shown(&page, talk.middle() - PAGE..=talk.middle() - 1)?,
        Part::Around => surrounds(talk, &page, talk.middle())?,
        Part::Unread => surrounds(talk, &page, talk.first_unread()?)?,
    }
    Ok(took)
}

/// A whole page of messages in order, with the one at `position` among them.
fn surrounds(talk: &Talk, page: &str, position: i64) -> Result<(), Failure> {
    let fits = |first: i64| talk.is_shown(page, first..=first + PAGE - 1).is_ok();
    let found = (position - PAGE + 1..=position).find(|&first| first > 0 && fits(first));
    check(found.is_some(), || format!("no whole page in order around message {position}"))
}
