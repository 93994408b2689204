//! The program as its users run it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    missing_docs,
    unreachable_pub,
    dead_code,
    reason = "tests"
)]

mod bad_input;
mod can;
mod check;
mod clients;
mod conformance;
mod corpus;
mod create;
mod embedded;
mod endpoints;
mod explain;
mod generate;
mod help;
mod init;
mod local;
mod masking;
mod ownership;
mod planted;
mod redact;
mod roles;
mod run;
mod secret;
mod stand_in;
mod stores;
mod terminal;
mod verify;
mod who_can;
mod wording;
mod world;
