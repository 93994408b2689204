//! Files that are written from what the model says: policies in JSON and in Terraform's HCL. Nothing is decided here; the same input gives the same bytes.

mod hcl;
mod json;

pub use hcl::policies_hcl;
pub use json::{policies_json, policy_json};
