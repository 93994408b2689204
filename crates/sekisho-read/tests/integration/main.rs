//! Readers against files: one module per format.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs,
    reason = "tests"
)]

mod account_details;
mod cloudformation;
mod describe;
mod document;
mod ecspresso;
mod environment_file;
mod manifest;
mod needs_corpus;
mod policy;
mod question;
mod render;
mod schema;
mod task_definition;
mod values;
mod wording;
mod yaml;
