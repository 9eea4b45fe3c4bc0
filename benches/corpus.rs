//! The texts that the benches read.
