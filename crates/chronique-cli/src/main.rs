//! The `chronique` command.

fn main() {
    let _ = chronique::Pipeline::french();
}
