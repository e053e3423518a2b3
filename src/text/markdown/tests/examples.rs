//! Every construct, as typed and as read.

use super::{super::plain, assert_shown};

#[test]
fn marks_within_a_paragraph() {
    assert_shown(&[
        ("", ""),
        ("hello", "p(hello)"),
        ("one\ntwo", "p(one⏎two)"),
        ("one\n\ntwo", "p(one) p(two)"),
        ("one\r\ntwo", "p(one⏎two)"),
        ("if x:\n    y()", "p(if x:⏎    y())"),
        ("**bold** and *soft* and __bold__ and _soft_", "p(b(bold) and i(soft) and b(bold) and i(soft))"),
        ("***both***", "p(i(b(both)))"),
        ("~~gone~~ but ~kept~", "p(s(gone) but ~kept~)"),
        ("snake_case_name and 2*3*4", "p(snake_case_name and 2i(3)4)"),
        ("**open", "p(**open)"),
        ("`a < b && **c**`", "p(code(a < b && **c**))"),
        (r"\*typed\* a\\b", r"p(*typed* a\b)"),
        ("&lt;b&gt; &amp; &copy; &#65;", "p(&lt;b&gt; &amp; &copy; &#65;)"),
        ("ends with two spaces  \nhere", "p(ends with two spaces⏎here)"),
    ]);
}

#[test]
fn blocks_of_code_lists_and_quotes() {
    assert_shown(&[
        ("```rust\nfn a() {}\n\nlet _ = \"[x]: y\";\n```", "pre[rust](fn a() {}\n\nlet _ = \"[x]: y\";)"),
        ("~~~\nhttp://a.b/*c*\n~~~", "pre[](http://a.b/*c*)"),
        ("```\nnever closed", "pre[](never closed)"),
        ("```not a language\ncode\n```", "pre[](not a language\ncode)"),
        ("- one\n- two", "ul(p(one) | p(two))"),
        ("* one\n\n* two", "ul(p(one) | p(two))"),
        ("3. three\n4. four", "ol3(p(three) | p(four))"),
        ("1) one\n   - inner\n   - more", "ol1(p(one) ul(p(inner) | p(more)))"),
        ("- a\n  b", "ul(p(a⏎b))"),
        ("> said\n> twice\n\nanswer", "quote(p(said⏎twice)) p(answer)"),
        ("> a\n> > b", "quote(p(a) quote(p(b)))"),
        ("> - **a**\n> - `b`", "quote(ul(p(b(a)) | p(code(b))))"),
        ("> ```\n> a\n>  b\n> ```", "quote(pre[](a\n b))"),
        ("-", "ul()"),
    ]);
}

#[test]
fn links_lead_where_they_say() {
    assert_shown(&[
        ("[here](https://a.example/b?c=1&d=2#e)", "p(a[https://a.example/b?c=1&d=2#e](here))"),
        ("[**so** bold](http://a.example)", "p(a[http://a.example](b(so) bold))"),
        ("[mail](mailto:a@b.example)", "p(a[mailto:a@b.example](mail))"),
        ("<https://a.example/_b_>", "p(a[https://a.example/_b_](https://a.example/_b_))"),
        ("<a@b.example>", "p(a[mailto:a@b.example](a@b.example))"),
        ("[a](https://a.example/__init__.py)", "p(a[https://a.example/__init__.py](a))"),
        (
            "[https://bank.example](https://thief.example)",
            "p([a[https://bank.example](https://bank.example)](a[https://thief.example](https://thief.example)))",
        ),
        (
            "[www.bank.example](https://thief.example)",
            "p([www.bank.example](a[https://thief.example](https://thief.example)))",
        ),
        ("[a](https://a.example \"A title\")", "p([a](a[https://a.example](https://a.example) \"A title\"))"),
        ("[nothing]() and [x] and [y][z]", "p([nothing]() and [x] and [y][z])"),
        ("[a](/path) [b](#c) [d](//e.example)", "p([a](/path) [b](#c) [d](//e.example))"),
        ("<ftp://a.example>", "p(<ftp://a.example>)"),
    ]);
}

#[test]
fn bare_addresses_become_links_without_what_surrounds_them() {
    assert_shown(&[
        ("see https://a.example.", "p(see a[https://a.example](https://a.example).)"),
        ("HTTP://A.example/B", "p(a[HTTP://A.example/B](HTTP://A.example/B))"),
        ("(https://a.example/b)", "p((a[https://a.example/b](https://a.example/b)))"),
        ("https://a.example/b_(c)", "p(a[https://a.example/b_(c)](https://a.example/b_(c)))"),
        (
            "https://a.example/__init__.py",
            "p(a[https://a.example/__init__.py](https://a.example/__init__.py))",
        ),
        ("https://a.example/*b*/~c~", "p(a[https://a.example/*b*/~c](https://a.example/*b*/~c)~)"),
        ("**https://a.example**", "p(b(a[https://a.example](https://a.example)))"),
        ("*see https://a.example/b_c*!", "p(i(see a[https://a.example/b_c](https://a.example/b_c))!)"),
        ("\"https://a.example\", said", "p(\"a[https://a.example](https://a.example)\", said)"),
        ("« https://a.example »", "p(« a[https://a.example](https://a.example) »)"),
        ("见https://a.example。好", "p(见a[https://a.example](https://a.example)。好)"),
        ("http://[::1]:3000/a", "p(a[http://[::1]:3000/a](http://[::1]:3000/a))"),
        ("`https://a.example`", "p(code(https://a.example))"),
        (
            "xhttp://a http:// https://. http:/a www.a.example",
            "p(xhttp://a http:// https://. http:/a www.a.example)",
        ),
        ("https://a.example?b&amp;c", "p(a[https://a.example?b&amp;c](https://a.example?b&amp;c))"),
    ]);
}

#[test]
fn what_has_no_place_here_stays_as_typed() {
    assert_shown(&[
        ("# Title", "p(# Title)"),
        ("## A *soft* title ##", "p(## A i(soft) title ##)"),
        ("#", "p(#)"),
        ("Title\n===", "p(Title⏎===)"),
        ("> **a**\n> b\n> ---\n> c", "quote(p(b(a)⏎b⏎---) p(c))"),
        ("a\n\n---\n\nb", "p(a) p(---) p(b)"),
        ("***", "p(***)"),
        ("![alt](https://a.example/b.png)", "p(![alt](a[https://a.example/b.png](https://a.example/b.png)))"),
        ("[![a](b)](https://c.example)", "p(a[https://c.example](![a](b)))"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "p(| a | b |⏎|---|---|⏎| 1 | 2 |)"),
        ("    indented\n      more", "p(    indented⏎      more)"),
        ("[^1] and [^1]: note", "p([^1] and [^1]: note)"),
        ("- [ ] task", "ul(p([ ] task))"),
        (
            "[label]: https://a.example\n\n[label]",
            "p([label]: a[https://a.example](https://a.example)) p([label])",
        ),
        ("> [a]: b\n> c", "quote(p([a]: b⏎c))"),
        ("a <b>bold</b> <!-- c --> d", "p(a <b>bold</b> <!-- c --> d)"),
        ("<div>\n**a**\n\nb</div>", "p(<div>⏎**a**) p(b</div>)"),
        ("> <div>\n> a", "quote(p(<div>⏎a))"),
        ("> a ![b\n> c](d)", "quote(p(a ![b⏎c](d)))"),
    ]);
}

#[test]
fn a_preview_is_one_line_without_marks() {
    for (source, at_most, expected) in [
        ("", 10, ""),
        ("hello", 5, "hello"),
        ("hello!", 5, "hell…"),
        ("hello there", 7, "hello…"),
        ("**a**\n`b`  c\n\n> d\n\n- e\n- f\n", 40, "a b c d e f"),
        ("[here](https://a.example) and https://b.example", 40, "here and https://b.example"),
        ("```rust\nlet a = 1;\n```", 40, "let a = 1;"),
        ("Bonjour\u{202f}!", 40, "Bonjour\u{202f}!"),
        ("é🙂é🙂é", 4, "é🙂é…"),
        ("a", 0, ""),
        ("a\n\n", 1, "a"),
    ] {
        assert_eq!(plain(source, at_most), expected, "{source:?}");
    }
    assert_eq!(plain(&"a ".repeat(5_000), 80).chars().count(), 80);
}
