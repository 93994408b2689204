//! The embedded AWS: `http::Request` to `http::Response` over sealed state, and the loopback server around it.
//!
//! It is for people without an account, for development, rehearsals and tests. It is never a production store.

#![allow(dead_code, unused_imports, reason = "the front that calls the operations comes next")]

mod api;
mod bytes64;
mod kms;
mod state;

pub use state::{OpenError, ownership, reset};
