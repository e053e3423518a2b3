//! The executable. What it does is in `server/command.rs`.

use std::process::ExitCode;

fn main() -> ExitCode {
    salon::server::command::run()
}
