//! What starts, builds and puts together other programs.

use super::{
    super::language::{Keys, Language, Quote},
    Table,
};
use crate::text::colours::Kind;

pub(super) const ALL: Table = &[SHELL, POWERSHELL, DOCKERFILE, MAKEFILE, NIX];

const SHELL: Language = Language {
    names: &["bash", "sh", "shell", "zsh", "fish", "ksh"],
    comments: &["#"],
    comments_begin_words: true,
    strings: &[Quote::DOUBLE.lines(), Quote::SINGLE.raw().lines()],
    keywords: "break case continue coproc do done elif else esac exit export fi for function if in local readonly \
               return select set shift source then time trap unset until while",
    functions: "alias apt awk brew cargo cat cd chmod chown command cp curl cut declare docker echo env eval exec \
                find git go grep head kill less ln ls make mkdir mv npm npx pip printf ps pwd python python3 read rm \
                rsync sed sort ssh sudo systemctl tail tar tee test touch tr uniq wc wget which xargs",
    constants: "true false",
    word: "-",
    sigils: &[('$', Kind::Variable)],
    ..Language::NOTHING
};

const POWERSHELL: Language = Language {
    names: &["powershell", "ps1", "pwsh", "ps"],
    comments: &["#"],
    blocks: &[("<#", "#>")],
    strings: &[Quote::DOUBLE.raw().lines(), Quote::SINGLE.raw().lines()],
    keywords: "break begin catch class continue do else elseif end enum exit filter finally for foreach function if in \
               param process return switch throw trap try until using while",
    any_case: true,
    word: "-",
    sigils: &[('$', Kind::Variable)],
    ..Language::NOTHING
};

const DOCKERFILE: Language = Language {
    names: &["dockerfile", "docker", "containerfile"],
    comments: &["#"],
    comments_begin_words: true,
    strings: &[Quote::DOUBLE, Quote::SINGLE.raw()],
    keywords: "add arg as cmd copy entrypoint env expose from healthcheck label maintainer onbuild run shell stopsignal \
               user volume workdir",
    any_case: true,
    word: "-",
    sigils: &[('$', Kind::Variable)],
    ..Language::NOTHING
};

const MAKEFILE: Language = Language {
    names: &["makefile", "make", "mk", "just", "justfile"],
    comments: &["#"],
    comments_begin_words: true,
    strings: &[Quote::DOUBLE, Quote::SINGLE.raw()],
    keywords: "define else endef endif export ifdef ifeq ifndef ifneq include override unexport vpath",
    word: "-",
    sigils: &[('$', Kind::Variable)],
    keys: Keys::Goals,
    ..Language::NOTHING
};

const NIX: Language = Language {
    names: &["nix"],
    comments: &["#"],
    blocks: &[("/*", "*/")],
    strings: &[
        Quote { escapes: false, ..Quote::of("''").lines().inserts("${") },
        Quote::DOUBLE.lines().inserts("${"),
    ],
    keywords: "assert else if import in inherit let or rec then with",
    constants: "true false null",
    word: "-",
    ..Language::NOTHING
};
