//! The embedded AWS: `http::Request` to `http::Response` over sealed state, and the loopback server around it.
//!
//! It is for people without an account, for development, rehearsals and tests. It is never a production store.

mod api;
