//! What people and machines read: text, JSON and JSON Lines; English and Japanese. Nothing is judged here.

mod escape;
mod explanation;
mod json;
mod text;
mod verification;
mod wording;

pub use escape::{escape, escape_json};
pub use explanation::{explanation_json, explanation_text, match_json, rule_json, rule_text};
pub use json::{SCHEMA_VERSION, finding_json, report_schema, verification_json, verification_jsonl};
pub use text::{finding_text, style, table, verification_text};
pub use verification::{AccessCounts, Change, Gate, Stored, Verification};
pub use wording::{Language, Wording};

/// The English wording of reports, in Fluent.
pub const FTL_EN: &str = include_str!("../i18n/en.ftl");
/// The Japanese wording of reports, in Fluent.
pub const FTL_JA: &str = include_str!("../i18n/ja.ftl");
