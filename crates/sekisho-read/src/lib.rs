//! Bytes to facts: the manifest, task definitions, environment files and files of values.
//!
//! Nothing here opens a file, reads the environment or calls anything: the binary walks the files and hands over their bytes. What is wrong with a
//! file is a list of [`Problem`]s, each a code with typed arguments; their wording stands in [`FTL_EN`] and [`FTL_JA`].
//!
//! INVARIANT: no problem carries a value of a secret. Texts that a user may have pasted in the wrong place are cut off ([`Problem`]).

pub mod account_details;
pub mod allowance;
pub mod baseline;
mod cloudformation;
pub mod document;
pub mod ecspresso;
pub mod environment_file;
mod json;
mod json_member;
pub mod manifest;
pub mod policy;
mod problem;
pub mod question;
mod reader;
mod replace;
pub mod schema;
mod service;
pub mod task_definition;
mod text;
mod tree;
pub mod values;
mod yaml_values;

pub use account_details::account_details;
pub use allowance::{Allowance, allowances};
pub use baseline::{BASELINE_VERSION, BaselineEntry, baseline};
pub use document::{Dialect, Document, FoundPolicy, Reading, document};
pub use ecspresso::{EcspressoConfig, TerraformState};
pub use environment_file::environment_file;
pub use json_member::{remove_json_member, replace_json_member};
pub use manifest::manifest;
pub use policy::{PolicyValue, kind_of, policy, policy_text};
pub use problem::{CODES, Problem, Problems};
pub use question::question;
pub use replace::replace_string;
pub use schema::manifest_schema;
pub use task_definition::{task_definition_with, task_definitions};
pub use values::{Values, dotenv, json_values, values};
pub use yaml_values::yaml_values;

/// The English wording of every code, in Fluent's format: the message is what is wrong, its attribute `remedy` what to do.
pub const FTL_EN: &str = include_str!("../i18n/en.ftl");

/// The Japanese wording, as [`FTL_EN`].
pub const FTL_JA: &str = include_str!("../i18n/ja.ftl");
