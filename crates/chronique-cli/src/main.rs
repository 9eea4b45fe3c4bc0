//! The `chronique` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    chronique_cli::main()
}
