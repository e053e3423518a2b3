//! Languages that are compiled.

use super::{
    super::language::{Keys, Language, Quote},
    Table,
};
use crate::text::colours::Kind;

pub(super) const ALL: Table = &[RUST, C, CPP, CSHARP, JAVA, KOTLIN, SCALA, SWIFT, GO, ZIG, DART, HASKELL];

const RUST: Language = Language {
    names: &["rust", "rs"],
    blocks_nest: true,
    strings: &[Quote::DOUBLE.lines()],
    prefixes: &["b", "c"],
    keywords: "as async await break const continue crate dyn else enum extern fn for gen if impl in let loop \
               match mod move mut pub ref return self static struct super trait type union unsafe use where while",
    types: "bool char f32 f64 i8 i16 i32 i64 i128 isize str u8 u16 u32 u64 u128 usize",
    constants: "true false",
    rust: true,
    ..Language::BRACES
};

const C: Language = Language {
    names: &["c", "h"],
    prefixes: &["L", "u8", "u", "U"],
    keywords: "auto break case const continue default do else enum extern for goto if inline register restrict \
               return sizeof static struct switch typedef union volatile while _Alignas _Alignof _Atomic _Generic \
               _Noreturn _Static_assert",
    types: "bool char double float int long short signed size_t ssize_t unsigned void int8_t int16_t int32_t \
            int64_t uint8_t uint16_t uint32_t uint64_t uintptr_t intptr_t ptrdiff_t",
    constants: "NULL true false nullptr",
    preprocessor: true,
    ..Language::BRACES
};

const CPP: Language = Language {
    names: &[
        "cpp",
        "c++",
        "cc",
        "cxx",
        "hpp",
        "hxx",
        "arduino",
        "ino",
        "cuda",
        "glsl",
        "objc",
        "objective-c",
    ],
    keywords: "alignas alignof auto break case catch class co_await co_return co_yield concept const consteval \
               constexpr constinit const_cast continue decltype default delete do dynamic_cast else enum explicit \
               export extern final for friend goto if inline mutable namespace new noexcept operator override \
               private protected public register reinterpret_cast requires return sizeof static static_assert \
               static_cast struct switch template this throw try typedef typeid typename union using virtual \
               volatile while",
    types: "bool char char8_t char16_t char32_t double float int long short signed size_t string unsigned void \
            wchar_t int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t",
    constants: "NULL nullptr true false",
    ..C
};

const CSHARP: Language = Language {
    names: &["csharp", "cs", "c#"],
    strings: &[Quote::of("\"\"\"").raw().lines(), Quote::DOUBLE, Quote::SINGLE],
    prefixes: &["$"],
    raw_prefixes: &["$@", "@$", "@"],
    keywords: "abstract as async await base break case catch checked class const continue default delegate do else \
               enum event explicit extern finally fixed for foreach get global goto if implicit in init interface \
               internal is lock namespace new operator out override params partial private protected public readonly \
               record ref required return sealed set sizeof stackalloc static struct switch this throw try typeof \
               unchecked unsafe using value var virtual volatile when where while with yield",
    types: "bool byte char decimal double dynamic float int long object sbyte short string uint ulong ushort void",
    constants: "true false null",
    preprocessor: true,
    ..Language::BRACES
};

const JAVA: Language = Language {
    names: &["java"],
    strings: &[Quote::of("\"\"\"").lines(), Quote::DOUBLE, Quote::SINGLE],
    keywords: "abstract assert break case catch class const continue default do else enum extends final finally for \
               goto if implements import instanceof interface native new non-sealed package permits private protected \
               public record return sealed static strictfp super switch synchronized this throw throws transient try \
               var volatile while yield",
    types: "boolean byte char double float int long short void",
    constants: "true false null",
    sigils: &[('@', Kind::Name)],
    ..Language::BRACES
};

const KOTLIN: Language = Language {
    names: &["kotlin", "kt", "kts", "gradle", "groovy"],
    blocks_nest: true,
    strings: &[Quote::of("\"\"\"").raw().lines().inserts("${"), Quote::DOUBLE.inserts("${"), Quote::SINGLE],
    keywords: "abstract actual annotation as break by catch class companion const constructor continue crossinline \
               data def do else enum expect external final finally for fun get if import in infix init inline inner \
               interface internal is lateinit noinline object open operator out override package private protected \
               public reified return sealed set super suspend tailrec this throw try typealias val var vararg when \
               where while",
    constants: "true false null",
    ..JAVA
};

const SCALA: Language = Language {
    names: &["scala", "sc", "sbt"],
    blocks_nest: true,
    strings: &[Quote::of("\"\"\"").raw().lines().inserts("${"), Quote::DOUBLE.inserts("${"), Quote::SINGLE],
    prefixes: &["s", "f"],
    raw_prefixes: &["raw"],
    keywords: "abstract case catch class def derives do else end enum export extends extension final finally for \
               given if implicit import inline lazy match new object opaque open override package private protected \
               return sealed super then this throw trait transparent try type using val var while with yield",
    constants: "true false null",
    ..JAVA
};

const SWIFT: Language = Language {
    names: &["swift"],
    blocks_nest: true,
    strings: &[Quote::of("\"\"\"").lines(), Quote::DOUBLE],
    keywords: "actor any as associatedtype async await borrowing break case catch class consuming continue convenience \
               default defer deinit didSet do dynamic else enum extension fallthrough fileprivate final for func get \
               guard if import in indirect init inout internal is lazy let mutating nonisolated open operator optional \
               override precedencegroup private protocol public repeat required rethrows return self set some static \
               struct subscript super switch throw throws try typealias unowned var weak where while willSet",
    constants: "true false nil",
    sigils: &[('@', Kind::Name), ('#', Kind::Keyword)],
    ..Language::BRACES
};

const GO: Language = Language {
    names: &["go", "golang"],
    strings: &[Quote::DOUBLE, Quote::SINGLE, Quote::of("`").raw().lines()],
    keywords: "break case chan const continue default defer else fallthrough for func go goto if import interface map \
               package range return select struct switch type var",
    types: "any bool byte comparable complex64 complex128 error float32 float64 int int8 int16 int32 int64 rune \
            string uint uint8 uint16 uint32 uint64 uintptr",
    constants: "true false nil iota",
    ..Language::BRACES
};

const ZIG: Language = Language {
    names: &["zig"],
    blocks: &[],
    keywords: "addrspace align allowzero and anyframe anytype asm async await break callconv catch comptime const \
               continue defer else enum errdefer error export extern fn for if inline linksection noalias noinline \
               nosuspend opaque or orelse packed pub resume return struct suspend switch test threadlocal try union \
               unreachable usingnamespace var volatile while",
    types: "bool f16 f32 f64 f128 i8 i16 i32 i64 i128 isize type u8 u16 u32 u64 u128 usize void anyerror \
            comptime_int comptime_float noreturn",
    constants: "true false null undefined",
    sigils: &[('@', Kind::Function)],
    ..Language::BRACES
};

const DART: Language = Language {
    names: &["dart"],
    strings: &[
        Quote::of("\"\"\"").lines().inserts("${"),
        Quote::of("'''").lines().inserts("${"),
        Quote::DOUBLE.inserts("${"),
        Quote::SINGLE.inserts("${"),
    ],
    raw_prefixes: &["r"],
    keywords: "abstract as assert async await base break case catch class const continue covariant default deferred do \
               dynamic else enum export extends extension external factory final finally for get hide if implements \
               import in interface is late library mixin new on operator part required rethrow return sealed set show \
               static super switch sync this throw try typedef var when while with yield",
    types: "bool double int num void",
    constants: "true false null",
    sigils: &[('@', Kind::Name)],
    ..Language::BRACES
};

const HASKELL: Language = Language {
    names: &["haskell", "hs", "elm", "purescript"],
    comments: &["--"],
    blocks: &[("{-", "-}")],
    blocks_nest: true,
    keywords: "as case class data default deriving do else exposing family forall foreign hiding if import in infix \
               infixl infixr instance let module newtype of port qualified then type where",
    capitals: true,
    keys: Keys::Nothing,
    ..Language::NOTHING
};
