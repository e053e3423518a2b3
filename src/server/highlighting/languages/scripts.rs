//! Languages that are run as they are written.

use super::{
    super::language::{Language, Quote},
    Table,
};
use crate::text::colours::Kind;

pub(super) const ALL: Table = &[JAVASCRIPT, TYPESCRIPT, PYTHON, RUBY, PHP, LUA, PERL, ELIXIR, R, JULIA];

const JAVASCRIPT: Language = Language {
    names: &["javascript", "js", "jsx", "mjs", "cjs", "node"],
    strings: &[Quote::DOUBLE, Quote::SINGLE, Quote::of("`").lines().inserts("${")],
    keywords: "as async await break case catch class const continue debugger default delete do else export extends \
               finally for from function get if import in instanceof let new of return set static super switch this \
               throw try typeof using var void while with yield",
    constants: "true false null undefined NaN Infinity",
    word: "$",
    sigils: &[('@', Kind::Name)],
    patterns: true,
    ..Language::BRACES
};

const TYPESCRIPT: Language = Language {
    names: &["typescript", "ts", "tsx", "mts", "cts"],
    keywords: "abstract as asserts async await break case catch class const continue debugger declare default delete do \
               else enum export extends finally for from function get if implements import in infer instanceof \
               interface is keyof let namespace new of override private protected public readonly return satisfies set \
               static super switch this throw try type typeof using var void while with yield",
    types: "any bigint boolean never number object string symbol unknown",
    ..JAVASCRIPT
};

const PYTHON: Language = Language {
    names: &["python", "py", "python3", "py3", "pyi", "sage"],
    comments: &["#"],
    blocks: &[],
    strings: &[Quote::of("\"\"\"").lines(), Quote::of("'''").lines(), Quote::DOUBLE, Quote::SINGLE],
    // In raw ones, too, a quote behind a backslash does not end them.
    prefixes: &["f", "b", "u", "F", "B", "U", "rb", "Rb", "br", "fr", "rf", "r", "R"],
    keywords: "and as assert async await break case class continue def del elif else except finally for from global if \
               import in is lambda match nonlocal not or pass raise return try type while with yield",
    types: "bool bytes complex dict float frozenset int list object set str tuple",
    constants: "True False None NotImplemented Ellipsis self cls",
    sigils: &[('@', Kind::Name)],
    ..Language::BRACES
};

const RUBY: Language = Language {
    names: &["ruby", "rb", "crystal", "cr"],
    comments: &["#"],
    comments_begin_words: true,
    blocks: &[("=begin", "=end")],
    strings: &[Quote::DOUBLE.lines().inserts("#{"), Quote::SINGLE.lines(), Quote::of("`").inserts("#{")],
    keywords: "alias and attr_accessor attr_reader attr_writer begin break case class def defined? do else elsif end \
               ensure extend for if in include module next not or private protected public raise redo require \
               require_relative rescue retry return self super then undef unless until when while yield",
    constants: "true false nil",
    word: "?!",
    sigils: &[(':', Kind::Constant), ('@', Kind::Variable), ('$', Kind::Variable)],
    patterns: true,
    ..Language::BRACES
};

const PHP: Language = Language {
    names: &["php"],
    comments: &["//", "#"],
    strings: &[Quote::DOUBLE.lines(), Quote::SINGLE.lines()],
    keywords: "abstract and array as break callable case catch class clone const continue declare default do echo else \
               elseif empty enum exit extends final finally fn for foreach function global goto if implements include \
               include_once instanceof insteadof interface isset list match namespace new or print private protected \
               public readonly require require_once return static switch throw trait try unset use var while xor yield \
               php",
    types: "bool float int iterable mixed never object string void",
    constants: "true false null TRUE FALSE NULL self parent this",
    sigils: &[('$', Kind::Variable)],
    ..Language::BRACES
};

const LUA: Language = Language {
    names: &["lua", "luau"],
    comments: &["--"],
    blocks: &[("--[[", "]]")],
    strings: &[
        Quote::DOUBLE,
        Quote::SINGLE,
        Quote { open: "[[", close: "]]", ..Quote::DOUBLE.raw().lines() },
    ],
    keywords: "and break do else elseif end for function goto if in local not or repeat return then until while",
    constants: "true false nil",
    ..Language::BRACES
};

const PERL: Language = Language {
    names: &["perl", "pl", "raku"],
    comments: &["#"],
    comments_begin_words: true,
    blocks: &[],
    strings: &[Quote::DOUBLE.lines(), Quote::SINGLE.lines()],
    keywords: "and bless continue do die else elsif eq for foreach ge given gt if last le local lt my ne next no not or \
               our package print qw redo ref require return say sub undef unless until use wantarray warn when while",
    sigils: &[('$', Kind::Variable), ('@', Kind::Variable), ('%', Kind::Variable)],
    ..Language::BRACES
};

const ELIXIR: Language = Language {
    names: &["elixir", "ex", "exs", "erlang", "erl"],
    comments: &["#"],
    comments_begin_words: true,
    blocks: &[],
    strings: &[Quote::of("\"\"\"").lines().inserts("#{"), Quote::DOUBLE.lines().inserts("#{"), Quote::SINGLE],
    keywords: "after alias and case catch cond def defdelegate defexception defguard defimpl defmacro defmacrop \
               defmodule defoverridable defp defprotocol defstruct do else end fn for if import in not or quote raise \
               receive require rescue reraise super throw try unless unquote use when with",
    constants: "true false nil",
    word: "?!",
    sigils: &[(':', Kind::Constant), ('@', Kind::Name)],
    ..Language::BRACES
};

const R: Language = Language {
    names: &["r"],
    comments: &["#"],
    blocks: &[],
    strings: &[Quote::DOUBLE.lines(), Quote::SINGLE.lines()],
    keywords: "break else for function if in next repeat return while",
    constants: "TRUE FALSE NULL NA NaN Inf",
    word: ".",
    ..Language::BRACES
};

const JULIA: Language = Language {
    names: &["julia", "jl"],
    comments: &["#"],
    blocks: &[("#=", "=#")],
    blocks_nest: true,
    strings: &[Quote::of("\"\"\"").lines(), Quote::DOUBLE],
    keywords: "abstract baremodule begin break catch const continue do else elseif end export finally for function \
               global if import in isa let local macro module mutable primitive quote return struct try type using \
               where while",
    constants: "true false nothing missing",
    sigils: &[('@', Kind::Function)],
    word: "!",
    ..Language::BRACES
};
