//! The facts that Sekisho reasons about, and their types. No input or output happens here, and nothing here judges.
//!
//! Readers (`sekisho-read`, `sekisho-aws`) produce these facts, the engine judges them, reporters speak.

pub mod access;
mod account;
pub mod account_details;
mod arn;
pub mod declaration;
mod fact;
pub mod observed;
mod parameter;
pub mod policy;
mod region;
mod secret;
mod secret_name;
pub mod service;
mod span;
pub mod task_definition;
pub mod template;
pub mod value_from;

pub use account::{AccountId, AccountIdError};
pub use arn::{Arn, ArnError, ArnPart};
pub use fact::{Because, Call, Fact};
pub use parameter::{PARAMETER_NAME_LIMIT, ParameterName, ParameterNameError};
pub use region::{Partition, Region, RegionError};
pub use secret::Secret;
pub use secret_name::{SecretName, SecretNameError, ends_like_a_complete_arn};
pub use span::{Place, Source, Span, Spanned};
pub use value_from::ValueFrom;
