//! Telling other people's servers what happens here.

pub mod signing;
