//! The embedded AWS: `http::Request` to `http::Response` over sealed state, and the loopback server around it.
//!
//! It is for people without an account, for development, rehearsals and tests. It is never a production store.

mod api;
mod bytes64;
mod embedded;
mod front;
mod host;
mod kms;
mod paging;
mod secretsmanager;
mod server;
mod services;
mod shape;
mod ssm;
mod state;
mod sts;

pub use embedded::{EmbeddedAws, OpenOptions};
pub use server::{Credentials, Server, ServerError, ServerOptions};
pub use services::supported_operations;
pub use state::{OpenError, ownership, reset};
