//! The only room with the AWS SDK: observed facts, store operations, the classification of errors, and an HTTP client that any request handler can
//! feed, so that the embedded AWS is reached by the same code path as AWS itself.

mod access;
mod account;
mod connection;
mod error;
mod in_process;
mod observe;
mod patience;
mod service;
mod store;

pub use access::{observe_access, observe_grants, observe_policies, observe_versions};
pub use account::account_details;
pub use connection::{Connection, Identity, Keys, Settings};
pub use error::{CallError, ConnectError, EndpointFlaw, ErrorClass, ExchangeError};
pub use in_process::RequestHandler;
pub use observe::observe;
pub use patience::{Event, Watch};
pub use service::{LiveService, live_service};
pub use store::{
    Exchanged, ListedParameter, ListedSecret, NewParameter, NewSecret, PENDING, ParameterVersion, ReadParameter, ReadSecret, Recovery,
    SecretVersion, StoredName, Written, generate_random,
};
