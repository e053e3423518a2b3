# Sourced by every script here: where things live, and which Rust builds Salon.
# Nothing in this file installs anything; that is bin/setup's work.

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
SALON_CACHE=${SALON_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/salon}
SALON_TOOLS=$SALON_CACHE/tools

# Outside the checkout, so that a fresh clone does not build the world again.
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$SALON_CACHE/target}
export PATH="$SALON_TOOLS/bin:$ROOT/end2end/node_modules/.bin:$PATH:/usr/lib/postgresql/15/bin"

# bin/setup leaves this mark where rustup could not fetch the WebAssembly target.
if [ -f "$SALON_CACHE/use-debian-rust" ]; then
  if command -v rustup >/dev/null; then export RUSTUP_TOOLCHAIN=debian; fi
  # A linker of the age of the compiler: what an older one writes down for --split cannot be read.
  export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld$(cat "$SALON_CACHE/use-debian-rust")
fi

# Versions that work together; wasm-bindgen must equal the one in Cargo.lock to the letter.
CARGO_LEPTOS_VERSION=0.3.11
WASM_BINDGEN_VERSION=0.2.130
NEXTEST_VERSION=0.9.143

# What tests/requirements.txt names is installed here.
export SALON_PYTHON=$SALON_TOOLS/python

step() { printf '\n\033[1m── %s\033[0m\n' "$*"; }
say() { printf '   %s\n' "$*"; }
die() { printf '\n%s\n' "$*" >&2; exit 1; }
