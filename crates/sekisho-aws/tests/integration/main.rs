//! The AWS room against answers that AWS gives, without a network.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    unreachable_pub,
    reason = "tests"
)]

mod access;
mod calls;
mod classes;
mod fake;
mod patience;
