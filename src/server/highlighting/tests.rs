//! What is found in code, and that no text costs more than its length.

use proptest::prelude::*;

use super::*;
use crate::text::colours::Kind::{self, *};

/// The pieces of `text` that have a colour.
fn found<'a>(language: &str, text: &'a str) -> Vec<(Kind, &'a str)> {
    let colours = coloured(language, text, MOST_PIECES).finish();
    colours.over(text).into_iter().filter(|(kind, _)| *kind != Plain).collect()
}

#[test]
fn rust_is_read() {
    let text = "/// Says *hi*.\n#[must_use]\npub fn greet<'a>(name: &'a str) -> String {\n    \
                let n = 0x1f + 1.5e-3; // numbers\n    println!(\"hi \\\" {name}\", 'x', '\\'');\n    \
                r#\"raw \" \"#.into()\n}\nconst MOST: u32 = 1..2; /* a /* b */ c */";
    assert_eq!(
        found("rust", text),
        [
            (Comment, "/// Says *hi*."),
            (Name, "#[must_use]"),
            (Keyword, "pub"),
            (Keyword, "fn"),
            (Function, "greet"),
            (Name, "'a"),
            (Name, "'a"),
            (Type, "str"),
            (Type, "String"),
            (Keyword, "let"),
            (Number, "0x1f"),
            (Number, "1.5e-3"),
            (Comment, "// numbers"),
            (Function, "println!"),
            (String, "\"hi \\\" {name}\""),
            (String, "'x'"),
            (String, "'\\''"),
            (String, "r#\"raw \" \"#"),
            (Function, "into"),
            (Keyword, "const"),
            (Constant, "MOST"),
            (Type, "u32"),
            (Number, "1"),
            (Number, "2"),
            (Comment, "/* a /* b */ c */"),
        ]
    );
}

#[test]
fn python_is_read() {
    let text = "@app.get(\"/\")\nasync def index(x: int = None):\n    \"\"\"Two\n    lines\"\"\"\n    \
                return f'{x}' + rb\"\\\"\" # end";
    assert_eq!(
        found("py", text),
        [
            (Name, "@app"),
            (Function, "get"),
            (String, "\"/\""),
            (Keyword, "async"),
            (Keyword, "def"),
            (Function, "index"),
            (Type, "int"),
            (Constant, "None"),
            (String, "\"\"\"Two\n    lines\"\"\""),
            (Keyword, "return"),
            (String, "f'{x}'"),
            (String, "rb\"\\\"\""),
            (Comment, "# end"),
        ]
    );
}

#[test]
fn javascript_has_patterns_and_code_in_strings() {
    let text =
        "const a = `x ${f({ b: \"}\" })} y`;\nif (a / 2 > 1) return /[/]\\/\"/gi.test(a);\nthis.type = null;";
    assert_eq!(
        found("js", text),
        [
            (Keyword, "const"),
            (String, "`x ${"),
            (Function, "f"),
            (String, "\"}\""),
            (String, "} y`"),
            (Keyword, "if"),
            (Number, "2"),
            (Number, "1"),
            (Keyword, "return"),
            (String, "/[/]\\/\"/gi"),
            (Function, "test"),
            (Keyword, "this"),
            (Constant, "null"),
        ]
    );
    assert_eq!(found("ts", "let x: number = 1")[1], (Type, "number"));
}

#[test]
fn sql_has_no_case() {
    assert_eq!(
        found("SQL", "Select count(*) from \"t\" where a = 'it''s' and b::BIGINT > $1 -- end"),
        [
            (Keyword, "Select"),
            (Function, "count"),
            (Keyword, "from"),
            (String, "\"t\""),
            (Keyword, "where"),
            (String, "'it''s'"),
            (Keyword, "and"),
            (Type, "BIGINT"),
            (Variable, "$1"),
            (Comment, "-- end"),
        ]
    );
}

#[test]
fn data_has_keys() {
    assert_eq!(
        found("json", "{\"a\": [1, -2.5e3, true], \"b\" : \"c\"}"),
        [
            (Name, "\"a\""),
            (Number, "1"),
            (Number, "2.5e3"),
            (Constant, "true"),
            (Name, "\"b\""),
            (String, "\"c\"")
        ]
    );
    assert_eq!(
        found("yaml", "on:\n  - name: don't # why\n    run it: \"a: b\"\n    port: 80\nbase: *here"),
        [
            (Name, "on"),
            (Name, "name"),
            (Comment, "# why"),
            (Name, "run it"),
            (String, "\"a: b\""),
            (Name, "port"),
            (Number, "80"),
            (Name, "base"),
            (Variable, "*here"),
        ]
    );
    assert_eq!(
        found("toml", "[a.b]\n# c\nkey = \"x = y\"\nlist = [\n  \"d=e\",\n]"),
        [
            (Type, "[a.b]"),
            (Comment, "# c"),
            (Name, "key"),
            (String, "\"x = y\""),
            (Name, "list"),
            (String, "\"d=e\""),
        ]
    );
}

#[test]
fn markup_holds_other_languages() {
    let text = "<!-- a -->\n<p class=\"b\" hidden>1 &lt; 2</p><script>let x = '</p>';</script> a < b";
    assert_eq!(
        found("html", text),
        [
            (Comment, "<!-- a -->"),
            (Keyword, "p"),
            (Name, "class"),
            (String, "\"b\""),
            (Name, "hidden"),
            (Constant, "&lt;"),
            (Keyword, "p"),
            (Keyword, "script"),
            (Keyword, "let"),
            (String, "'</p>'"),
            (Keyword, "script"),
        ]
    );
    assert_eq!(
        found("css", ".a:hover { color: rgb(1 2 3); --b: -2px } @media print {}"),
        [
            (Type, ".a"),
            (Name, "color"),
            (Function, "rgb"),
            (Number, "1"),
            (Number, "2"),
            (Number, "3"),
            (Name, "--b"),
            (Number, "2px"),
            (Keyword, "@media"),
        ]
    );
}

#[test]
fn what_is_typed_into_a_terminal_is_read() {
    assert_eq!(
        found("sh", "for f in $X \"${Y}\"; do echo ${f#a} $(ls) 'b' # c\ndone"),
        [
            (Keyword, "for"),
            (Keyword, "in"),
            (Variable, "$X"),
            (String, "\"${Y}\""),
            (Keyword, "do"),
            (Function, "echo"),
            (Variable, "${f#a}"),
            (Function, "ls"),
            (String, "'b'"),
            (Comment, "# c"),
            (Keyword, "done"),
        ]
    );
    assert_eq!(found("console", "$ echo a\na echo"), [(Comment, "$ "), (Function, "echo")]);
    assert_eq!(
        found("diff", "--- a\n@@ 1 @@\n-b\n+c\n+d\n e"),
        [(Comment, "--- a"), (Name, "@@ 1 @@"), (Removed, "-b"), (Added, "+c"), (Added, "+d")]
    );
    assert_eq!(found("Makefile", "all: a\n\t$(CC) b:c"), [(Name, "all"), (Variable, "$(CC)")]);
}

#[test]
fn what_has_no_end_goes_on_to_the_end() {
    for (language, text) in [
        ("rust", "/* a\nb"),
        ("rust", "r##\"a\"#\nb"),
        ("py", "'''a\nb"),
        ("js", "`a\nb"),
        ("html", "<!-- a\nb"),
        ("go", "`a\nb"),
    ] {
        assert_eq!(found(language, text).into_iter().map(|(_, piece)| piece).collect::<Vec<_>>(), [text]);
    }
    // What ends with its line does so without its end, too.
    assert_eq!(found("rust", "\"a\\").len(), 1);
    assert_eq!(found("js", "'a\n1"), [(String, "'a"), (Number, "1")]);
    assert_eq!(found("js", "= /a\n1"), [(String, "/a"), (Number, "1")]);
}

#[test]
fn what_is_no_language_stays_plain() {
    assert!(colours("fn main() {}").is_empty());
    assert!(colours("```\nfn main() {}\n```").is_empty());
    assert!(colours("```klingon\nfn main() {}\n```").is_empty());
    assert!(colours(&format!("```{}\nfn\n```", "rust".repeat(20))).is_empty());
    assert!(colours("```rust\n```").is_empty());
    assert!(colours("```rust\na\n```").is_empty());
}

#[test]
fn each_block_has_its_own_colours() {
    let all = colours("```rust\nfn\n```\nthen\n```\nfn\n```\n> ```js\n> let\n> ```\n~~~none\na\n~~~");
    assert_eq!(all.len(), 3, "{all:?}");
    assert_eq!(all[0].over("fn"), [(Keyword, "fn")]);
    assert!(all[1].is_plain());
    assert_eq!(all[2].over("let"), [(Keyword, "let")]);
    assert_eq!(colours("/me codes\n```rust\nfn\n```").len(), 1);
}

#[test]
fn a_message_has_so_many_pieces_and_no_more() {
    let dense = "1+".repeat(LONGEST / 2);
    let pieces = coloured("rust", &dense, MOST_PIECES);
    assert_eq!(pieces.count(), MOST_PIECES);
    let written = serde_json::to_string(&pieces.finish()).expect("it is written");
    assert!(written.len() < 8 * 1024, "{} bytes", written.len());

    let block = format!("```rust\n{}\n```\n", "1+".repeat(MOST_PIECES - 1));
    let all = colours(&block.repeat(3));
    let count = |colours: &Colours| colours.over(&block).iter().filter(|(kind, _)| *kind != Plain).count();
    assert_eq!(all.iter().map(count).collect::<Vec<_>>(), [MOST_PIECES - 1, 1]);

    let longer = "1".repeat(LONGEST + 1);
    assert!(found("rust", &longer).is_empty());
    assert_eq!(found("rust", &longer[1..]).len(), 1);
}

/// Characters that are looked at for each that is there, at most. Names before white space, and lines with keys, are
/// looked at more than once.
const MOST_WORK: usize = 6;

fn check(language: &str, text: &str) -> Result<(), TestCaseError> {
    let pieces = coloured(language, text, MOST_PIECES);
    let most = MOST_WORK * text.len() + 8;
    prop_assert!(pieces.work() <= most, "{} of {} for {:?}", pieces.work(), most, language);
    let colours = pieces.finish();
    let drawn: std::string::String = colours.over(text).iter().map(|(_, piece)| *piece).collect();
    prop_assert_eq!(drawn, text, "{}", language);
    Ok(())
}

/// What begins something, again and again, and never ends it.
#[test]
fn no_text_costs_more_than_its_length() {
    let units = [
        "(", "<", "</", "<a ", "<script>", "<!--", "[", "{", "\"", "'", "`", "\\", "\\\"", "/", "/*", "*/",
        "//", "#", "##", "r#", "r#\"#", "b", "bbr#", "$", "${", "$(", "`${", "\"#{", "\"${", "&", "&a", ":",
        "::", "a:", "a :", "a=", "=", "-", "- ", "--", "-a", "@", "a ", "a\n", "a (", "1", "1.", "1e-", "0x",
        " ", "\n", "\t", "\"\"\"", "'''", "[[", "é", "🎉", "a!", "!", "%", "=begin\n", "/[", "(/", "a\n ",
        "[a]", "\u{301}", "+\n", "@@", "\r",
    ];
    for language in languages::names() {
        for unit in units {
            for text in
                [unit.repeat(500), format!("a{}", unit.repeat(300)), format!("{{{}", unit.repeat(300))]
            {
                check(language, &text).unwrap_or_else(|error| panic!("{unit:?}: {error}"));
            }
        }
    }
}

proptest! {
    #[test]
    fn every_text_stays_as_it_is(
        language in proptest::sample::select(languages::names()),
        pieces in proptest::collection::vec(
            proptest::sample::select(vec![
                "\"", "'", "`", "\\", "/", "*", "/*", "*/", "//", "#", "r#\"", "$", "{", "}", "(", ")", "<", ">", "</", "&",
                ":", "=", "-", "@", "fn ", "class", "if", "a", "Ab", "X", " ", "\n", "1", ".", "é", "🎉", "!", "[", "]", "_",
                "\"\"\"", "<script>", "</script>", ";", "\u{301}", "\t",
            ]),
            0..60,
        ),
    ) {
        check(language, &pieces.concat())?;
    }

    #[test]
    fn any_signs_at_all_stay_as_they_are(
        language in proptest::sample::select(languages::names()),
        text in "(\\PC|\n){0,80}",
    ) {
        check(language, &text)?;
    }
}
