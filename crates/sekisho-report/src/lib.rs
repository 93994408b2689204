//! What people and machines read: text, JSON and JSON Lines; English and Japanese. Nothing is judged here.

mod check;
mod check_json;
mod check_text;
mod decision;
mod escape;
mod excerpt;
mod explanation;
mod github;
mod json;
mod junit;
mod markdown;
mod sarif;
mod text;
mod verification;
mod wording;

pub use check::{Check, Counts, Gone, Input, Looked, Mended, PREDICTIONS, Told};
pub use check_json::{check_json, check_jsonl};
pub use check_text::{check_summary, check_text, diff_text};
pub use decision::{because_json, decision_json, decision_text};
pub use escape::{escape, escape_json};
pub use excerpt::{Excerpt, MASK};
pub use explanation::{explanation_json, explanation_text, match_json, rule_json, rule_text};
pub use github::github;
pub use json::{SCHEMA_VERSION, finding_json, report_schema, verification_json, verification_jsonl};
pub use junit::junit;
pub use markdown::{markdown, markdown_text};
pub use sarif::sarif;
pub use text::{finding_text, style, table, told_text, verification_summary, verification_text};
pub use verification::{AccessCounts, Change, Gate, Stored, Verification};
pub use wording::{Language, Wording};

/// The English wording of reports, in Fluent.
pub const FTL_EN: &str = include_str!("../i18n/en.ftl");
/// The Japanese wording of reports, in Fluent.
pub const FTL_JA: &str = include_str!("../i18n/ja.ftl");
