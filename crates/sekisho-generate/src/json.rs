//! Policies as JSON, as IAM and the AWS CLI take them.

use sekisho_iam::{Grant, GrantPolicy};
use serde_json::Value;

/// One policy document, with a line break at its end. Its members stand in the order that people are used to.
pub fn policy_json(policy: &GrantPolicy) -> String {
    document(policy, "") + "\n"
}

/// All of them: the document itself where it is one, else a list of documents.
pub fn policies_json(policies: &[GrantPolicy]) -> String {
    match policies {
        [one] => policy_json(one),
        many => {
            let documents: Vec<String> = many.iter().map(|policy| format!("  {}", document(policy, "  "))).collect();
            if documents.is_empty() { "[]\n".to_owned() } else { format!("[\n{}\n]\n", documents.join(",\n")) }
        }
    }
}

fn document(policy: &GrantPolicy, indent: &str) -> String {
    let statements: Vec<String> = policy.grants.iter().map(|grant| statement(grant, &format!("{indent}    "))).collect();
    format!("{{\n{indent}  \"Version\": \"2012-10-17\",\n{indent}  \"Statement\": [\n{}\n{indent}  ]\n{indent}}}", statements.join(",\n"))
}

fn statement(grant: &Grant, indent: &str) -> String {
    let mut members = vec![
        format!("\"Sid\": {}", text(&grant.sid)),
        "\"Effect\": \"Allow\"".to_owned(),
        format!("\"Action\": {}", list(&grant.actions, &format!("{indent}  "))),
        format!("\"Resource\": {}", list(&grant.resources, &format!("{indent}  "))),
    ];
    if !grant.conditions.is_empty() {
        let operators: Vec<String> = grant
            .operators()
            .into_iter()
            .map(|(operator, narrowings)| {
                let keys: Vec<String> = narrowings
                    .iter()
                    .map(|narrowing| {
                        format!("{indent}      {}: {}", text(&narrowing.key), list(&narrowing.values, &format!("{indent}      ")))
                    })
                    .collect();
                format!("{indent}    {}: {{\n{}\n{indent}    }}", text(operator), keys.join(",\n"))
            })
            .collect();
        members.push(format!("\"Condition\": {{\n{}\n{indent}  }}", operators.join(",\n")));
    }
    let members: Vec<String> = members.into_iter().map(|member| format!("{indent}  {member}")).collect();
    format!("{indent}{{\n{}\n{indent}}}", members.join(",\n"))
}

/// One string as it is, several as a list.
fn list(items: &[String], indent: &str) -> String {
    match items {
        [one] => text(one),
        many => {
            let items: Vec<String> = many.iter().map(|item| format!("{indent}  {}", text(item))).collect();
            format!("[\n{}\n{indent}]", items.join(",\n"))
        }
    }
}

fn text(text: &str) -> String {
    Value::from(text).to_string()
}
