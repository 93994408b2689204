//! What ECS will do, and what is wrong with what it would do it with. Pure and synchronous: facts go in, findings and verdicts come out. No file, no
//! network, no clock.

pub mod baseline;
pub mod detect;
pub mod environment;
pub mod explain;
pub mod file;
mod finding;
pub mod go_json;
mod judge;
mod names;
mod naming;
mod policy;
pub mod predict;
pub mod questions;
mod reference;
pub mod rules;
pub mod suppression;
pub mod task;
pub mod template;
mod verdict;
mod version;
mod whereabouts;

pub use finding::{Confidence, Finding, Severity};
pub use judge::{Case, Definition, EnvironmentFiles, judge};
pub use policy::ReadPolicy;
pub(crate) use policy::Stated;
pub use predict::{Blocks, Outcome, Prediction, predict};
pub use reference::{Launch, Reference, Slot, Target, from_declaration, from_definition, from_task_definition};
pub use verdict::{ASSUMPTIONS, Judgement, Proof, Verdict, VerdictOf};
pub use version::{Version, VersionError};

/// The English wording of every finding, in Fluent.
pub const FTL_EN: &str = include_str!("../i18n/en.ftl");
/// The Japanese wording of every finding, in Fluent.
pub const FTL_JA: &str = include_str!("../i18n/ja.ftl");
/// The English wording of the catalogue behind `explain`, in Fluent.
pub const EXPLAIN_FTL_EN: &str = include_str!("../i18n/explain/en.ftl");
/// The Japanese wording of the catalogue behind `explain`, in Fluent.
pub const EXPLAIN_FTL_JA: &str = include_str!("../i18n/explain/ja.ftl");
