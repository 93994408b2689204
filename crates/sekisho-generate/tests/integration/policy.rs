use sekisho_generate::{policies_hcl, policies_json, policy_json};
use sekisho_iam::{Call, GrantPolicy, MANAGED_POLICY_LIMIT, minimal};
use sekisho_model::policy::PolicyKind;

pub(crate) fn sample() -> Vec<GrantPolicy> {
    let parameter = "arn:aws:ssm:ap-northeast-1:123456789012:parameter/production/database/password";
    let secret = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:production/stripe/key-??????";
    let calls = [
        Call::new("ssm:GetParameters", parameter, "api/app/DB_PASSWORD"),
        Call::new("secretsmanager:GetSecretValue", secret, "api/app/STRIPE_KEY"),
        Call::new("kms:Decrypt", "arn:aws:kms:ap-northeast-1:123456789012:key/*", "api/app/STRIPE_KEY")
            .with("kms:ViaService", "secretsmanager.ap-northeast-1.amazonaws.com")
            .with("kms:EncryptionContext:SecretARN", secret)
            .with("kms:ResourceAliases", "alias/production-secrets"),
        Call::new("ecr:GetAuthorizationToken", "*", "api/app"),
    ];
    minimal(&calls, MANAGED_POLICY_LIMIT)
}

#[test]
fn a_policy_is_written_as_people_write_it() {
    insta::assert_snapshot!(policies_json(&sample()), @r#"
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Sid": "SignInToRegistry",
          "Effect": "Allow",
          "Action": "ecr:GetAuthorizationToken",
          "Resource": "*"
        },
        {
          "Sid": "DecryptSecrets",
          "Effect": "Allow",
          "Action": "kms:Decrypt",
          "Resource": "arn:aws:kms:ap-northeast-1:123456789012:key/*",
          "Condition": {
            "ForAnyValue:StringEquals": {
              "kms:ResourceAliases": "alias/production-secrets"
            },
            "StringEquals": {
              "kms:ViaService": "secretsmanager.ap-northeast-1.amazonaws.com"
            },
            "StringLike": {
              "kms:EncryptionContext:SecretARN": "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:production/stripe/key-??????"
            }
          }
        },
        {
          "Sid": "ReadSecrets",
          "Effect": "Allow",
          "Action": "secretsmanager:GetSecretValue",
          "Resource": "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:production/stripe/key-??????"
        },
        {
          "Sid": "ReadParameters",
          "Effect": "Allow",
          "Action": "ssm:GetParameters",
          "Resource": "arn:aws:ssm:ap-northeast-1:123456789012:parameter/production/database/password"
        }
      ]
    }
    "#);
}

#[test]
fn the_size_is_that_of_the_text_without_white_space() {
    let mut policies = sample();
    policies
        .extend(minimal(&[Call::new("logs:PutLogEvents", "a", "x"), Call::new("logs:CreateLogStream", "a", "x")], MANAGED_POLICY_LIMIT));
    for policy in policies {
        let compact: String = policy_json(&policy).chars().filter(|character| !character.is_whitespace()).collect();
        assert_eq!(compact.len(), policy.size(), "{compact}");
    }
}

#[test]
fn our_own_reader_reads_it() {
    for policy in sample() {
        let document = sekisho_read::policy("p.json", policy_json(&policy).as_bytes(), Some(PolicyKind::Identity)).unwrap();
        assert_eq!(document.statements.len(), policy.grants.len());
    }
}

#[test]
fn several_policies_are_a_list() {
    let two = [sample(), sample()].concat();
    let list: serde_json::Value = serde_json::from_str(&policies_json(&two)).unwrap();
    assert_eq!(list.as_array().unwrap().len(), 2);
    assert_eq!(policies_json(&[]), "[]\n");
}

#[test]
fn terraform_gets_a_document_and_a_policy() {
    let hcl = policies_hcl(&sample(), "shop-production-api");
    assert!(
        hcl.starts_with(
            "data \"aws_iam_policy_document\" \"shop_production_api\" {\n  # api/app\n  statement {\n    sid = \"SignInToRegistry\"\n"
        ),
        "{hcl}"
    );
    assert!(hcl.contains("resource \"aws_iam_policy\" \"shop_production_api\" {\n  name   = \"shop-production-api\"\n"));
    let two = policies_hcl(&[sample(), sample()].concat(), "x");
    assert!(two.contains("\"x_1\"") && two.contains("\"x_2\""));
}

#[test]
fn nothing_in_a_name_becomes_code() {
    let calls = [Call::new("ssm:GetParameters", "arn:aws:ssm:a:1:parameter/${file(\"x\")}\"%{", "a\n}\nresource \"x\"")];
    let hcl = policies_hcl(&minimal(&calls, MANAGED_POLICY_LIMIT), "9\"${x}");
    assert!(
        hcl.contains("parameter/$${file(\\\"x\\\")}\\\"%%{") && hcl.contains("# a}resource \"x\"\n") && hcl.contains("\"_9___x_\""),
        "{hcl}"
    );
}
