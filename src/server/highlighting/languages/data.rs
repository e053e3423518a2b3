//! What holds data, asks for it, or says how it looks.

use super::{
    super::language::{Keys, Language, Quote},
    Table,
};
use crate::text::colours::Kind;

pub(super) const ALL: Table = &[JSON, YAML, TOML, SQL, CSS, GRAPHQL, PROTOBUF, TERRAFORM, NGINX];

const JSON: Language = Language {
    names: &["json", "jsonc", "json5", "geojson", "jsonl"],
    comments: &["//"],
    blocks: &[("/*", "*/")],
    constants: "true false null",
    keys: Keys::Strings,
    ..Language::NOTHING
};

const YAML: Language = Language {
    names: &["yaml", "yml"],
    comments: &["#"],
    comments_begin_words: true,
    strings: &[Quote::DOUBLE.lines(), Quote::SINGLE.raw().lines()],
    strings_begin_words: true,
    constants: "true false null yes no on off True False",
    word: "-",
    sigils: &[('&', Kind::Variable), ('*', Kind::Variable), ('!', Kind::Type)],
    keys: Keys::Colon,
    ..Language::NOTHING
};

const TOML: Language = Language {
    names: &[
        "toml",
        "ini",
        "cfg",
        "conf",
        "properties",
        "env",
        "dotenv",
        "desktop",
        "systemd",
        "editorconfig",
    ],
    comments: &["#", ";"],
    comments_begin_words: true,
    strings: &[
        Quote::of("\"\"\"").lines(),
        Quote::of("'''").raw().lines(),
        Quote::DOUBLE,
        Quote::SINGLE.raw(),
    ],
    strings_begin_words: true,
    constants: "true false inf nan yes no on off",
    word: "-",
    keys: Keys::Equals,
    ..Language::NOTHING
};

const SQL: Language = Language {
    names: &[
        "sql",
        "sqlite",
        "postgres",
        "postgresql",
        "pgsql",
        "plpgsql",
        "psql",
        "mysql",
        "mariadb",
        "tsql",
    ],
    comments: &["--"],
    blocks: &[("/*", "*/")],
    strings: &[Quote::SINGLE.raw().lines(), Quote::DOUBLE.raw(), Quote::of("`").raw()],
    keywords: "add all alter analyze and any as asc begin between by cascade case check collate column commit \
               concurrently conflict constraint create cross current database default delete desc distinct do drop \
               each else end escape except exclude exists explain fetch filter first following for foreign from full \
               function grant group having if ilike in index inner insert instead intersect into is isolation join key \
               last lateral left like limit lock materialized natural no not nothing nulls of offset on only or order \
               outer over partition pragma preceding primary procedure recursive references release rename replace \
               restrict returning returns revoke right rollback row rows savepoint schema select sequence set similar \
               some strict table temp temporary then to transaction trigger truncate union unique update using vacuum \
               values view when where window with without",
    types: "bigint bigserial blob bool boolean bytea char date datetime decimal double float int integer interval json \
            jsonb numeric real serial smallint text time timestamp timestamptz tinyint uuid varchar",
    constants: "true false null",
    any_case: true,
    calls: true,
    sigils: &[('$', Kind::Variable), (':', Kind::Variable), ('@', Kind::Variable)],
    ..Language::NOTHING
};

const CSS: Language = Language {
    names: &["css", "scss", "sass", "less", "postcss"],
    // Two slashes stand in addresses, too.
    comments: &["// "],
    blocks: &[("/*", "*/")],
    strings: &[Quote::DOUBLE, Quote::SINGLE],
    constants: "inherit initial unset revert none auto",
    word: "-",
    sigils: &[
        ('@', Kind::Keyword),
        ('.', Kind::Type),
        ('#', Kind::Type),
        ('$', Kind::Variable),
        ('&', Kind::Type),
    ],
    calls: true,
    keys: Keys::Words,
    ..Language::NOTHING
};

const GRAPHQL: Language = Language {
    names: &["graphql", "gql"],
    comments: &["#"],
    strings: &[Quote::of("\"\"\"").lines(), Quote::DOUBLE],
    keywords: "directive enum extend fragment implements input interface mutation on query scalar schema subscription \
               type union",
    constants: "true false null",
    capitals: true,
    sigils: &[('$', Kind::Variable), ('@', Kind::Name)],
    keys: Keys::Words,
    ..Language::NOTHING
};

const PROTOBUF: Language = Language {
    names: &["protobuf", "proto", "thrift"],
    keywords: "enum extend extensions import map message oneof option optional package repeated required reserved \
               returns rpc service stream syntax to",
    types: "bool bytes double fixed32 fixed64 float int32 int64 sfixed32 sfixed64 sint32 sint64 string uint32 uint64",
    constants: "true false",
    ..Language::BRACES
};

const TERRAFORM: Language = Language {
    names: &["terraform", "hcl", "tf"],
    comments: &["#", "//"],
    blocks: &[("/*", "*/")],
    strings: &[Quote::DOUBLE.inserts("${")],
    keywords: "data dynamic for if in locals module output provider resource terraform variable",
    types: "any bool list map number object set string tuple",
    constants: "true false null",
    word: "-",
    calls: true,
    ..Language::NOTHING
};

const NGINX: Language = Language {
    names: &["nginx", "caddyfile", "caddy"],
    comments: &["#"],
    comments_begin_words: true,
    strings: &[Quote::DOUBLE, Quote::SINGLE],
    strings_begin_words: true,
    keywords: "events http if include listen location log map proxy_pass return reverse_proxy rewrite root server \
               server_name ssl_certificate ssl_certificate_key tls try_files upstream",
    constants: "on off",
    sigils: &[('$', Kind::Variable)],
    ..Language::NOTHING
};
