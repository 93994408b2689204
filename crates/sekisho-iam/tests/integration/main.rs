//! Decisions against AWS's text, and the laws that hold of all of them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs,
    reason = "tests"
)]

mod cases;
mod excess;
mod explained;
mod laws;
mod minimal;
mod who_can;
mod world;
