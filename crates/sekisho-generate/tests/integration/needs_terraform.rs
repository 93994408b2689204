//! Terraform itself looks at what is written.

use std::process::{Command, Stdio};

use sekisho_generate::policies_hcl;

use crate::policy::sample;

#[test]
fn terraform_would_format_it_the_same() {
    let directory = std::env::temp_dir().join(format!("sekisho-generate-{}", std::process::id()));
    std::fs::create_dir_all(&directory).unwrap();
    std::fs::write(directory.join("policy.tf"), policies_hcl(&sample(), "shop-production-api")).unwrap();
    let output = Command::new("terraform").args(["fmt", "-check", "-diff"]).current_dir(&directory).stdin(Stdio::null()).output().unwrap();
    std::fs::remove_dir_all(&directory).unwrap();
    assert!(output.status.success(), "{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
}
