//! Policies as Terraform: a document as data, a managed policy made from it. The form is that of `terraform fmt`.

use sekisho_iam::{Grant, GrantPolicy};

/// `policies` under the name `name`, which becomes Terraform's name and the policy's own; the second and further ones are numbered.
pub fn policies_hcl(policies: &[GrantPolicy], name: &str) -> String {
    let single = policies.len() == 1;
    let blocks: Vec<String> = (1..)
        .zip(policies)
        .map(|(number, policy)| {
            let name = if single { name.to_owned() } else { format!("{name}-{number}") };
            let label = label(&name);
            let statements: Vec<String> = policy.grants.iter().map(statement).collect();
            format!(
                "data \"aws_iam_policy_document\" \"{label}\" {{\n{}}}\n\nresource \"aws_iam_policy\" \"{label}\" {{\n  name   = {}\n  policy = data.aws_iam_policy_document.{label}.json\n}}\n",
                statements.join("\n"),
                text(&name),
            )
        })
        .collect();
    blocks.join("\n")
}

fn statement(grant: &Grant) -> String {
    let mut out = String::new();
    for because in &grant.because {
        // A line break would end the comment.
        let line: String = because.chars().filter(|character| !character.is_control()).collect();
        out += &format!("  # {line}\n");
    }
    out += &format!(
        "  statement {{\n    sid = {}\n\n    actions = {}\n\n    resources = {}\n",
        text(&grant.sid),
        list(&grant.actions),
        list(&grant.resources)
    );
    for condition in &grant.conditions {
        let values: Vec<String> = condition.values.iter().map(|value| text(value)).collect();
        out += &format!(
            "\n    condition {{\n      test     = {}\n      variable = {}\n      values   = [{}]\n    }}\n",
            text(condition.operator),
            text(&condition.key),
            values.join(", "),
        );
    }
    out + "  }\n"
}

fn list(items: &[String]) -> String {
    let lines: Vec<String> = items.iter().map(|item| format!("      {},\n", text(item))).collect();
    format!("[\n{}    ]", lines.concat())
}

/// A string of HCL: what would begin an interpolation or a directive is doubled.
fn text(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => out += "\\\"",
            '\\' => out += "\\\\",
            '\n' => out += "\\n",
            '\r' => out += "\\r",
            '\t' => out += "\\t",
            other => out.push(other),
        }
    }
    out.push('"');
    out.replace("${", "$${").replace("%{", "%%{")
}

/// A name as Terraform takes it for a label: letters, digits, `_` and `-`, and no digit in front.
fn label(name: &str) -> String {
    let label: String =
        name.chars().map(|character| if character.is_ascii_alphanumeric() || character == '_' { character } else { '_' }).collect();
    if label.starts_with(|first: char| first.is_ascii_digit()) { format!("_{label}") } else { label }
}
