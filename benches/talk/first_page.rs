//! What a browser loads for its first page, in bytes as they travel.

use std::collections::BTreeSet;

use hyper::{Method, StatusCode, body::Bytes, header};

use crate::{
    Failure, check,
    client::{Line, Person},
    figures::{Book, Figure},
    salon::{Home, Salon, Synchronous},
};

/// A kilobyte as the target counts it.
const KILOBYTE: f64 = 1024.0;

pub async fn measure(book: &mut Book) -> Result<(), Failure> {
    let home = Home::new()?;
    let server = Salon::start(&home, Synchronous::Full)?;
    let mut line = Line::open(&server.origin).await?;
    let person = Person::signs_up(&mut line, "amina").await?;

    let login = weigh(&mut line, "/login", "", &[".css", ".woff2"]).await?;
    let first = kilobytes("R18", "first page in all, brotli: /login and what it loads", login.all());
    book.add(first.target(350.0, 250.0));
    tell(book, "/login", &login);
    let inside = weigh(&mut line, "/", &person.cookie, &[".css", ".js", ".wasm", ".woff2"]).await?;
    check(inside.files.len() > login.files.len(), || "/login loads all that / does".to_owned())?;
    book.add(kilobytes("", "the first page inside in all, brotli: / and what it loads", inside.all()));
    tell(book, "/", &inside);
    Ok(())
}

fn tell(book: &mut Book, path: &str, weight: &Weight) {
    book.add(kilobytes("", &format!("of which {path} itself"), weight.page));
    for (file, bytes) in &weight.files {
        book.add(kilobytes("", &format!("of which {} for {path}", named(file)), *bytes));
    }
}

fn kilobytes(number: &'static str, what: &str, bytes: usize) -> Figure {
    Figure::new(number, what, "KB", vec![bytes as f64 / KILOBYTE])
}

/// The file's name without what changes with every build.
fn named(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let parts: Vec<&str> = name.split('.').collect();
    match parts.as_slice() {
        [stem, _, end] => format!("{stem}.{end}"),
        _ => name.to_owned(),
    }
}

/// A page and what it loads.
struct Weight {
    page: usize,
    files: Vec<(String, usize)>,
}

impl Weight {
    fn all(&self) -> usize {
        self.page + self.files.iter().map(|(_, bytes)| bytes).sum::<usize>()
    }
}

/// Weighs a page, which must load files with these `ends`.
async fn weigh(line: &mut Line, path: &str, cookie: &str, ends: &[&str]) -> Result<Weight, Failure> {
    let page = line.get(path, cookie, "identity").await?;
    let page = String::from_utf8(page.body.to_vec())?;
    let mut names = named_by_page(&page);
    for style in names.clone().iter().filter(|name| name.ends_with(".css")) {
        let style = line.get(style, "", "identity").await?;
        names.extend(fonts(&String::from_utf8(style.body.to_vec())?));
    }
    for end in ends {
        check(names.iter().any(|name| name.ends_with(end)), || {
            format!("{path} loads no {end}: is it built?")
        })?;
    }

    let mut files = Vec::with_capacity(names.len());
    for name in names {
        let bytes = travelling(line, &name, "").await?;
        files.push((name, bytes));
    }
    Ok(Weight { page: travelling(line, path, cookie).await?, files })
}

/// The files that the HTML names: in links that load something, in scripts, in what the scripts import.
fn named_by_page(page: &str) -> BTreeSet<String> {
    let named = page.split(['"', '\'']).filter(|text| {
        let file = text.rsplit('/').next().unwrap_or_default();
        text.starts_with('/') && file.contains('.') && !text.contains([' ', '<', '\n'])
    });
    named.map(str::to_owned).collect()
}

/// The fonts that a page of plain text needs: upright ones with the letters of English.
fn fonts(style: &str) -> Vec<String> {
    let faces = style.split("@font-face").skip(1).map(|face| face.split('}').next().unwrap_or_default());
    let plain = |face: &&str| {
        let latin = ["U+??", "U+0-FF", "U+00-FF", "U+0000-00FF"].iter().any(|range| face.contains(range));
        !face.contains("italic") && (latin || !face.contains("unicode-range"))
    };
    let address = |face: &str| {
        let (_, rest) = face.split_once("url(")?;
        Some(rest.split(')').next()?.trim_matches(['"', '\'']).to_owned())
    };
    faces.filter(plain).filter_map(address).collect()
}

/// The bytes of an answer's body as they travel to a browser that takes brotli.
async fn travelling(line: &mut Line, path: &str, cookie: &str) -> Result<usize, Failure> {
    let headers =
        [(header::ACCEPT_ENCODING, "br"), (header::COOKIE, cookie), (header::ACCEPT, "text/html, */*")];
    let answer = line.ask(Method::GET, path, &headers, Bytes::new()).await?;
    check(answer.status == StatusCode::OK && !answer.body.is_empty(), || {
        format!("{path} answers {}", answer.status)
    })?;
    let compressed = answer.headers.get(header::CONTENT_ENCODING).is_some_and(|encoding| encoding == "br");
    check(compressed || path.ends_with(".woff2"), || format!("{path} does not come as brotli"))?;
    Ok(answer.body.len())
}
