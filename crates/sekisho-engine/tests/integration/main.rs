//! The engine through its public surface.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs,
    reason = "tests"
)]

mod access;
mod detect;
mod explain;
mod fixtures;
mod go_json;
mod plaintext;
mod policies;
mod predict;
mod registry;
mod rules;
mod suppression;
mod world;
