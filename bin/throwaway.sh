# Sourced by what asks a server of its own, which is gone afterwards with all that it stored: bin/fuzz and bin/examples.

SALON=${SALON_EXECUTABLE:-$CARGO_TARGET_DIR/release/salon}
[ -x "$SALON" ] || die "There is no $SALON: run bin/build first."

FOLDER=$(mktemp -d "/tmp/salon-$(basename "$0").XXXXXX")
trap 'exit 130' INT TERM
trap 'stop' EXIT
stop() {
  if [ -n "${SERVER:-}" ]; then kill "$SERVER" 2>/dev/null; wait "$SERVER" 2>/dev/null || true; fi
  rm -rf "$FOLDER"
}

# Starts Salon with the settings from its input. Then $SALON_URL is where it is, and its log is in $FOLDER/log.
start_salon() {
  cat >"$FOLDER/Leptos.toml"
  : >"$FOLDER/log"
  env -i PATH="$PATH" NO_COLOR=1 LEPTOS_OUTPUT_NAME=salon \
    "$SALON" serve --config "$FOLDER/Leptos.toml" --data "$FOLDER/data" 2>>"$FOLDER/log" >&2 &
  SERVER=$!
  until SALON_URL=$(sed -n 's/.*listening on \(http[^ ]*\).*/\1/p' "$FOLDER/log") && [ -n "$SALON_URL" ]; do
    kill -0 "$SERVER" 2>/dev/null || { cat "$FOLDER/log"; die "Salon did not start."; }
    sleep 0.1
  done
  export SALON_URL
}
