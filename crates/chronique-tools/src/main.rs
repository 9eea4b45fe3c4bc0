//! Builds and checks what is committed as data, trains the syntax model, scores.

fn main() {}
