//! The extension module `chronique._chronique`: conversions and nothing else.
