//! The embedded AWS: `http::Request` to `http::Response` over sealed state, and the loopback server around it.
//!
//! It is for people without an account, for development, rehearsals and tests. It is never a production store.
//!
//! - [`EmbeddedAws::open`] takes ownership of a state directory, [`EmbeddedAws::handle`] answers requests of this process.
//! - [`Server`] puts it on a port and publishes that in the state directory, where [`ownership::look`] finds it.
//! - Account and Region come from the signature's credential scope: an access key of twelve digits is that account.
//! - What is not supported is answered as AWS answers an unknown operation; [`supported_operations`] lists the rest.
//!
//! An error is a code of AWS and its message; neither holds a value. The request header `x-sekisho-arn-suffix`, which over the network must be
//! signed, sets the six characters that CreateSecret appends to an ARN.

pub mod admin;
mod api;
mod as_moto;
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
pub use state::{OpenError, SnapshotError, needs_passphrase, ownership, reset, snapshots};
