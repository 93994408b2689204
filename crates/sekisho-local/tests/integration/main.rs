#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs,
    reason = "tests"
)]

mod aws;
mod kms;
mod leak;
mod needs_python;
mod network;
mod parameters;
mod paths;
mod protocol;
mod secretsmanager;
mod snapshots;
mod state;
mod sts;
