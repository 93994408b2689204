//! What the execution role may, decided on policies: each way to fail, and what is never taken for a pass or a failure.

use sekisho_engine::task::{Answer, Cause, Purpose, Trust, Why, calls, further, needs, questions};
use sekisho_engine::{Confidence, Proof, Severity, Verdict};
use sekisho_model::access::{Grant, VersionKeys};
use sekisho_model::declaration::Requirement;
use sekisho_model::observed::Lookup;
use sekisho_model::{Because, Fact};
use time::OffsetDateTime;

use crate::world::{ACCOUNT, KEY, REGION, World, call, document, role_arn, secret_arn, source};

const DB: &str = "db-AbCdEf";
const DELEGATES: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"kms:*","Resource":"*"}]}"#;
const CLOSED: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:user/ann"},"Action":"kms:*","Resource":"*"}]}"#;

/// A policy with one statement that allows `action` on `resource`.
fn allow(action: &str, resource: &str) -> String {
    statement("Allow", action, resource, "")
}

fn statement(effect: &str, action: &str, resource: &str, more: &str) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Sid":"One","Effect":"{effect}","Action":"{action}","Resource":"{resource}"{more}}}]}}"#
    )
}

fn parameter_arn(name: &str) -> String {
    format!("arn:aws:ssm:{REGION}:{ACCOUNT}:parameter{name}")
}

/// One parameter of a task, under the AWS managed key.
fn parameter() -> World {
    World::secret("/shop/db").has_parameter("/shop/db", "SecureString", Some("alias/aws/ssm"))
}

/// One parameter of a task, under a key of the customer's.
fn keyed(policy: &str) -> World {
    World::secret("/shop/db").has_parameter("/shop/db", "SecureString", Some(KEY)).keyed(policy)
}

/// One secret of a task, under a key of the customer's, written when the key was already this one.
fn keyed_secret(policy: &str) -> World {
    let written = OffsetDateTime::UNIX_EPOCH;
    let world = World::secret(&secret_arn(DB)).has_secret_like(DB, |secret| {
        secret.key = Some(KEY.into());
        secret.changed = Some(written);
    });
    let mut world = world.keyed(policy).secret_policy(&secret_arn(DB), None);
    let versions = [("v".repeat(32), VersionKeys { created: Some(written), keys: Vec::new() })];
    world.access.versions.insert(secret_arn(DB), Fact::known(versions.into(), source()));
    world
}

fn reads() -> String {
    allow("ssm:GetParameters", &parameter_arn("/shop/db"))
}

fn reads_secret() -> String {
    allow("secretsmanager:GetSecretValue", &secret_arn("db-??????"))
}

fn decrypts() -> String {
    allow("kms:Decrypt", KEY)
}

fn with_trust(text: &str) -> World {
    parameter().role_like("exec", &[&reads()], |role| role.trust = Fact::known(document(text), source()))
}

fn trusting(service: &str, condition: &str) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{{"Service":"{service}"}},"Action":"sts:AssumeRole"{condition}}}]}}"#
    )
}

fn with_task_role() -> World {
    let definition = format!(
        r#"{{"executionRoleArn":"{}","taskRoleArn":"{}","requiresCompatibilities":["FARGATE"],"containerDefinitions":[{{"name":"app","secrets":[{{"name":"S","valueFrom":"/shop/db"}}]}}]}}"#,
        role_arn("exec"),
        role_arn("app")
    );
    World::definition(&definition).has_parameter("/shop/db", "SecureString", Some("alias/aws/ssm")).role("exec", &[])
}

fn foreign_secret() -> World {
    let arn = secret_arn(DB).replace(ACCOUNT, "999999999999");
    let mut world = World::secret(&arn).role("exec", &[&allow("secretsmanager:GetSecretValue", &arn)]).secret_policy(&arn, None);
    let mut found = World::observed_secret(DB);
    found.arn.clone_from(&arn);
    let id = sekisho_model::observed::SecretId { region: REGION.into(), id: arn };
    world.seen.secrets.insert(id, Fact::known(Lookup::Found(found), source()));
    world
}

fn denied() -> Because {
    Because::Denied { call: call(), detail: "not authorized".into() }
}

fn unread<T>() -> Fact<T> {
    Fact::Unknown { because: denied(), source: source() }
}

/// A task whose role the caller has assumed, and for which the value was refused.
fn refused_as_the_role() -> World {
    let mut world = parameter();
    world.caller = Some(role_arn("exec"));
    world.seen.parameter_values.insert(World::parameter_id("/shop/db"), unread());
    world
}

/// One situation for each message, told as in `rules`.
pub(crate) fn situations() -> Vec<(&'static str, World)> {
    let depends = statement("Allow", "ssm:GetParameters", "*", r#","Condition":{"StringEquals":{"aws:SourceVpce":"vpce-1"}}"#);
    let unclear_trust = trusting("ecs-tasks.amazonaws.com", r#","Condition":{"StringEquals":{"sts:ExternalId":"x"}}"#);
    let deny_trust = r#"{"Version":"2012-10-17","Statement":[{"Sid":"No","Effect":"Deny","Principal":"*","Action":"sts:AssumeRole"}]}"#;
    let mut unaccepted = parameter().role("exec", &[&reads()]).requires(Requirement::NoAssumptions);
    unaccepted.accepted = vec!["assume-no-scp".into()];
    vec![
        ("missing-action", parameter().role("exec", &[&allow("ssm:GetParameters", &parameter_arn("/other/*"))])),
        ("missing-action-singular", parameter().role("exec", &[&allow("ssm:GetParameter", "*")])),
        ("missing-action-live", refused_as_the_role()),
        ("key-policy", keyed(CLOSED).role("exec", &[&reads(), &decrypts()])),
        ("missing-kms-decrypt", keyed(DELEGATES).role("exec", &[&reads()])),
        ("trust-policy", with_trust(&trusting("ec2.amazonaws.com", ""))),
        (
            "trust-policy-condition",
            with_trust(&trusting("ecs-tasks.amazonaws.com", r#","Condition":{"StringEquals":{"aws:SourceAccount":"999999999999"}}"#)),
        ),
        ("trust-policy-deny", with_trust(deny_trust)),
        ("right-on-wrong-role", with_task_role().role("app", &[&reads()])),
        ("explicit-deny", parameter().role("exec", &[&reads(), &statement("Deny", "ssm:*", "*", "")])),
        ("secret-policy", foreign_secret()),
        ("execution-role-absent", parameter().lacks_role("exec")),
        ("execution-role-absent-path", parameter().role_like("exec", &[&reads()], |role| role.arn = role_arn("team/exec"))),
        ("boundary-blocks", bounded(&allow("ssm:GetParameters", &parameter_arn("/other")))),
        ("excess-grant", parameter().role("exec", &[&allow("ssm:GetParameters", &parameter_arn("/shop/*"))])),
        ("access-undecided", parameter().role("exec", &[&depends])),
        ("access-undecided-role", {
            let mut world = parameter().role("exec", &[]);
            world.access.roles.insert(role_arn("exec"), unread());
            world
        }),
        ("access-undecided-trust", with_trust(&unclear_trust)),
        ("access-undecided-name", {
            let definition = r#"{"executionRoleArn":"arn:aws:iam::123456789012:user/ann","containerDefinitions":[{"name":"app","secrets":[{"name":"S","valueFrom":"/a"}]}]}"#;
            World::definition(definition).has_parameter("/a", "SecureString", Some("alias/aws/ssm")).role("exec", &[])
        }),
        ("unaccepted-assumption", unaccepted),
    ]
}

fn bounded(boundary: &str) -> World {
    parameter().role_like("exec", &[&reads()], |role| {
        role.boundary = Some(sekisho_model::access::NamedPolicy {
            name: "edge".into(),
            arn: None,
            document: Fact::known(document(boundary), source()),
        });
    })
}

fn only(world: &World) -> (Verdict, Option<Proof>, Vec<&'static str>) {
    let judgement = world.judge();
    let [verdict] = judgement.verdicts.as_slice() else { panic!("{judgement:?}") };
    (verdict.verdict, verdict.proof, verdict.assumptions.clone())
}

#[track_caller]
fn passes_by_policy(world: &World) {
    let judgement = world.judge();
    assert_eq!(judgement.findings, []);
    assert_eq!((judgement.verdicts[0].verdict, judgement.verdicts[0].proof), (Verdict::Pass, Some(Proof::Policy)));
}

#[test]
fn a_role_that_may_read_is_a_proof_that_names_what_nobody_can_see() {
    let (verdict, proof, assumptions) = only(&parameter().role("exec", &[&reads()]));
    assert_eq!((verdict, proof), (Verdict::Pass, Some(Proof::Policy)));
    // Resource control policies know Parameter Store no more than Parameter Store knows them; the AWS managed key is exempt, KMS is not.
    assert_eq!(assumptions, ["assume-no-scp", "assume-no-endpoint-policy", "assume-no-rcp", "assume-value-not-read"]);
}

#[test]
fn an_aws_managed_key_needs_no_right_but_a_deny_still_counts() {
    passes_by_policy(&parameter().role("exec", &[&reads()]));
    let denied = parameter().role("exec", &[&reads(), &statement("Deny", "kms:Decrypt", "*", "")]);
    let judgement = denied.judge();
    assert_eq!(judgement.findings[0].message, "explicit-deny");
    assert_eq!(judgement.verdicts[0].verdict, Verdict::Fail);
}

#[test]
fn a_customer_key_is_decided_with_its_encryption_context() {
    let on = |context: &str| {
        statement(
            "Allow",
            "kms:Decrypt",
            KEY,
            &format!(
                r#","Condition":{{"StringEquals":{{"kms:ViaService":"ssm.{REGION}.amazonaws.com","kms:EncryptionContext:PARAMETER_ARN":"{context}"}}}}"#
            ),
        )
    };
    passes_by_policy(&keyed(DELEGATES).role("exec", &[&reads(), &on(&parameter_arn("/shop/db"))]));
    let other = keyed(DELEGATES).role("exec", &[&reads(), &on(&parameter_arn("/shop/other"))]);
    assert_eq!(other.judge().findings[0].message, "missing-kms-decrypt");
}

#[test]
fn a_secrets_key_is_decided_with_its_arn_and_version() {
    let context = format!(
        r#","Condition":{{"StringEquals":{{"kms:EncryptionContext:SecretARN":"{}","kms:EncryptionContext:SecretVersionId":"{}"}}}}"#,
        secret_arn(DB),
        "v".repeat(32)
    );
    passes_by_policy(&keyed_secret(DELEGATES).role("exec", &[&reads_secret(), &statement("Allow", "kms:Decrypt", KEY, &context)]));
}

#[test]
fn a_key_policy_that_names_the_role_needs_no_right_of_the_role() {
    let names = DELEGATES.replace(":root", ":role/exec");
    passes_by_policy(&keyed(&names).role("exec", &[&reads()]));
}

#[test]
fn a_grant_is_the_third_way() {
    let grant = |context: &[(&str, &str)]| Grant {
        grantee: role_arn("exec"),
        operations: vec!["Decrypt".into()],
        context_equals: context.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect(),
        context_subset: Default::default(),
    };
    let world = |grants: Fact<Vec<Grant>>| {
        let mut world = keyed(CLOSED).role("exec", &[&reads()]);
        world.access.keys.get_mut(KEY).unwrap().grants = grants;
        world
    };
    passes_by_policy(&world(Fact::known(vec![grant(&[])], source())));
    passes_by_policy(&world(Fact::known(vec![grant(&[("PARAMETER_ARN", &parameter_arn("/shop/db"))])], source())));
    let other = world(Fact::known(vec![grant(&[("PARAMETER_ARN", "x")])], source()));
    assert_eq!(only(&other).0, Verdict::Fail);
    assert_eq!(only(&world(unread())).0, Verdict::CannotTell);

    let unasked = world(Fact::Unknown { because: Because::NotAsked, source: source() });
    assert_eq!(only(&unasked).0, Verdict::CannotTell);
    assert_eq!(further(&unasked.tasks()).grants.into_iter().collect::<Vec<_>>(), [KEY]);
}

#[test]
fn either_key_reads_a_secret_after_a_change_of_its_key() {
    let world = |keys: &[&str], created: i64| {
        let mut world = keyed_secret(DELEGATES).role("exec", &[&reads_secret()]);
        let version = VersionKeys {
            created: OffsetDateTime::from_unix_timestamp(created).ok(),
            keys: keys.iter().map(|key| (*key).to_owned()).collect(),
        };
        world.access.versions.insert(secret_arn(DB), Fact::known([("v".repeat(32), version)].into(), source()));
        world
    };
    assert_eq!(only(&world(&[KEY], -1000)).0, Verdict::Fail, "the version is under this key alone");
    assert_eq!(only(&world(&[KEY, "another"], 0)).0, Verdict::CannotTell);
    assert_eq!(only(&world(&[], 0)).0, Verdict::Fail, "nothing has changed since the version was written");
    assert_eq!(only(&world(&[], -1000)).0, Verdict::CannotTell, "something has");

    let mut unasked = keyed_secret(DELEGATES).role("exec", &[&reads_secret()]);
    unasked.access.versions.clear();
    assert_eq!(only(&unasked).0, Verdict::CannotTell);
    assert_eq!(further(&unasked.tasks()).versions.into_iter().collect::<Vec<_>>(), [secret_arn(DB)]);
}

#[test]
fn the_boundary_that_allows_is_silent() {
    passes_by_policy(&bounded(&allow("*", "*")));
}

#[test]
fn what_could_not_be_read_is_no_pass_and_no_failure() {
    let gap = parameter().role_like("exec", &[], |role| role.inline = unread());
    let document = parameter().role_like("exec", &[&reads()], |role| {
        let Fact::Known { value, .. } = &mut role.inline else { panic!() };
        value[0].document = unread();
    });
    let boundary = parameter().role_like("exec", &[&reads()], |role| {
        role.boundary = Some(sekisho_model::access::NamedPolicy { name: "edge".into(), arn: None, document: unread() });
    });
    let mut key = keyed(DELEGATES).role("exec", &[&reads(), &decrypts()]);
    key.access.keys.get_mut(KEY).unwrap().policy = unread();
    let mut secret = keyed_secret(DELEGATES).role("exec", &[&reads_secret(), &decrypts()]);
    secret.access.secrets.insert(secret_arn(DB), unread());
    let trust = parameter().role_like("exec", &[&reads()], |role| role.trust = unread());
    for world in [gap, document, boundary, key, secret, trust] {
        let judgement = world.judge();
        assert_eq!(judgement.verdicts[0].verdict, Verdict::CannotTell, "{judgement:#?}");
        assert!(judgement.findings.iter().all(|finding| finding.undecided && finding.rule.name == "access-undecided"), "{judgement:#?}");
    }
}

#[test]
fn a_policy_that_allows_all_the_same_needs_no_other_to_be_read() {
    let world = parameter().role_like("exec", &[&reads()], |role| {
        let Fact::Known { value, .. } = &mut role.inline else { panic!() };
        value.push(sekisho_model::access::NamedPolicy { name: "withheld".into(), arn: None, document: unread() });
    });
    // It may deny: the verdict waits for it.
    assert_eq!(only(&world).0, Verdict::CannotTell);
}

#[test]
fn where_there_is_no_iam_the_role_is_an_assumption() {
    let (verdict, proof, assumptions) = only(&parameter());
    assert_eq!((verdict, proof), (Verdict::Pass, Some(Proof::Store)));
    assert_eq!(assumptions, ["assume-role-may-read", "assume-value-not-read"]);
}

#[test]
fn what_was_read_as_the_role_itself_is_proved_live() {
    let mut world = parameter().parameter_value("/shop/db", "v");
    world.caller = Some(role_arn("exec"));
    let (verdict, proof, assumptions) = only(&world);
    assert_eq!((verdict, proof), (Verdict::Pass, Some(Proof::Role)));
    assert_eq!(assumptions, ["assume-ecs-may-assume-role", "assume-no-endpoint-policy"]);
    // A role needs no right to look at what it may read.
    let mut blind = World::secret("/shop/db").denied_parameter("/shop/db").parameter_value("/shop/db", "v");
    blind.caller = Some(role_arn("exec"));
    assert_eq!((only(&blind).0, only(&blind).1, blind.judge().findings), (Verdict::Pass, Some(Proof::Role), Vec::new()));
    // Another role proves nothing of this one.
    let mut other = parameter().parameter_value("/shop/db", "v");
    other.caller = Some(role_arn("admin"));
    assert_eq!(only(&other).1, Some(Proof::Store));
}

#[test]
fn a_refusal_of_the_role_itself_is_told_once() {
    let judgement = refused_as_the_role().judge();
    let [finding] = judgement.findings.as_slice() else { panic!("{judgement:#?}") };
    assert_eq!((finding.message, judgement.verdicts[0].verdict), ("missing-action-live", Verdict::Fail));
}

#[test]
fn accepted_assumptions_are_no_objection() {
    let mut world = parameter().role("exec", &[&reads()]).requires(Requirement::NoAssumptions);
    assert_eq!(only(&world).0, Verdict::CannotTell);
    world.accepted = ["assume-no-scp", "assume-no-rcp", "assume-no-endpoint-policy", "assume-value-not-read"].map(str::to_owned).into();
    passes_by_policy(&world);
}

#[test]
fn each_failure_names_the_statement_that_mends_it() {
    let world = keyed(DELEGATES).role("exec", &[]);
    let judgement = world.judge();
    let arg = |message: &str, name: &str| {
        let finding = judgement.findings.iter().find(|finding| finding.message == message).unwrap();
        finding.args.iter().find(|(known, _)| *known == name).unwrap().1.clone()
    };
    insta::assert_snapshot!(arg("missing-action", "statement"), @r#"{"Effect": "Allow", "Action": "ssm:GetParameters", "Resource": "arn:aws:ssm:ap-northeast-1:123456789012:parameter/shop/db"}"#);
    insta::assert_snapshot!(arg("missing-kms-decrypt", "statement"), @r#"{"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "arn:aws:kms:ap-northeast-1:123456789012:key/11111111-2222-3333-4444-555555555555", "Condition": {"StringEquals": {"kms:ViaService": "ssm.ap-northeast-1.amazonaws.com"}}}"#);
}

/// The role, given exactly the statements that the remedies name, may do everything.
#[test]
fn the_remedies_together_mend_the_task() {
    for world in [keyed(DELEGATES), keyed_secret(DELEGATES), parameter()] {
        let missing = world.role("exec", &[]);
        let statements: Vec<String> = missing
            .judge()
            .findings
            .iter()
            .filter_map(|finding| finding.args.iter().find(|(name, _)| *name == "statement").map(|(_, text)| text.clone()))
            .collect();
        assert!(!statements.is_empty());
        let policy = format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, statements.join(","));
        passes_by_policy(&missing.role("exec", &[&policy]));
    }
}

#[test]
fn a_role_that_reads_more_than_its_task_refers_to_is_told() {
    let excess = |policy: &str| {
        let tasks = keyed_secret(DELEGATES).role("exec", &[policy, &reads_secret(), &decrypts()]).tasks();
        tasks[0].excess.iter().map(|excess| format!("{} {}", excess.action, excess.resources.join(" "))).collect::<Vec<_>>()
    };
    assert_eq!(excess(&allow("secretsmanager:GetSecretValue", &secret_arn(DB))), Vec::<String>::new(), "exactly what is needed");
    assert_eq!(excess(&allow("secretsmanager:GetSecretValue", &secret_arn("other-??????"))).len(), 1, "a secret of somebody else");
    assert_eq!(excess(&allow("secretsmanager:GetSecretValue", &secret_arn("db-*"))).len(), 1, "it reaches `db-prod-AbCdEf` too");
    assert_eq!(excess(&allow("secretsmanager:*", "*")), ["secretsmanager:GetSecretValue *"]);
    assert_eq!(excess(&allow("*", "*")).len(), 3);
    assert_eq!(excess(&allow("s3:GetObject", "*")), Vec::<String>::new(), "no secret");
    let tagged =
        statement("Allow", "secretsmanager:GetSecretValue", "*", r#","Condition":{"StringEquals":{"aws:ResourceTag/team":"books"}}"#);
    assert_eq!(excess(&tagged), Vec::<String>::new(), "what it reaches is not told by its resources");
}

#[test]
fn what_is_referred_to_and_missing_or_unknown_is_no_excess() {
    let parameter = World::secret("/shop/db").lacks_parameter("/shop/db").role("exec", &[&reads()]);
    assert_eq!(parameter.tasks()[0].excess, []);
    let arn = secret_arn(DB);
    let secret = World::secret(&arn).lacks_secret(DB).role("exec", &[&allow("secretsmanager:GetSecretValue", &arn)]);
    assert_eq!(secret.tasks()[0].excess, []);
    // The caller may not describe the secret, and the reference does not have its last six characters.
    let partial = World::secret(&secret_arn("shop/database"))
        .role("exec", &[&allow("secretsmanager:GetSecretValue", &secret_arn("shop/database-AbCdEf"))]);
    assert_eq!(partial.tasks()[0].excess, []);
    // Nor the parameter, so that nobody knows its key.
    let mut key = World::secret("/shop/db").has_parameter("/shop/db", "SecureString", None).role("exec", &[&reads(), &decrypts()]);
    let Some(Fact::Known { value: Lookup::Found(found), .. }) = key.seen.parameters.get_mut(&World::parameter_id("/shop/db")) else {
        panic!()
    };
    found.key = unread();
    assert_eq!(key.tasks()[0].excess, []);
}

#[test]
fn a_parameter_that_is_still_missing_is_decided_too() {
    let judgement = World::secret("/shop/db").lacks_parameter("/shop/db").role("exec", &[]).judge();
    let mut messages: Vec<&str> = judgement.findings.iter().map(|finding| finding.message).collect();
    messages.sort_unstable();
    assert_eq!(messages, ["missing-action", "missing-parameter"], "both problems in one run");
}

fn whole_task() -> World {
    let definition = format!(
        r#"{{"executionRoleArn":"{}","requiresCompatibilities":["FARGATE"],"containerDefinitions":[{{"name":"app",
            "image":"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/shop/api:1",
            "environmentFiles":[{{"type":"s3","value":"arn:aws:s3:::shop-config/api.env"}}],
            "secrets":[{{"name":"A","valueFrom":"/shop/db"}},{{"name":"B","valueFrom":"/shop/db"}},{{"name":"C","valueFrom":"{}"}},{{"name":"D","valueFrom":"{}:k::"}}],
            "logConfiguration":{{"logDriver":"awslogs","options":{{"awslogs-group":"/ecs/api","awslogs-region":"{REGION}","awslogs-create-group":"true"}}}}}}]}}"#,
        role_arn("exec"),
        secret_arn(DB),
        secret_arn(DB),
    );
    World::definition(&definition)
        .has_parameter("/shop/db", "SecureString", Some("alias/aws/ssm"))
        .has_secret(DB)
        .secret_policy(&secret_arn(DB), None)
}

#[test]
fn the_calls_of_a_task_are_the_ones_that_ecs_makes() {
    let world = whole_task();
    let told: Vec<String> =
        calls(&world.case(), "api").iter().map(|call| format!("{} {} [{}]", call.action, call.resource, call.because.join(" "))).collect();
    insta::assert_snapshot!(told.join("\n"), @"
    ssm:GetParameters arn:aws:ssm:ap-northeast-1:123456789012:parameter/shop/db [api/app/A api/app/B]
    secretsmanager:GetSecretValue arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf [api/app/C api/app/D]
    s3:GetObject arn:aws:s3:::shop-config/api.env [api/app]
    s3:GetBucketLocation arn:aws:s3:::shop-config [api/app]
    ecr:GetAuthorizationToken * [api/app]
    ecr:BatchCheckLayerAvailability arn:aws:ecr:ap-northeast-1:123456789012:repository/shop/api [api/app]
    ecr:GetDownloadUrlForLayer arn:aws:ecr:ap-northeast-1:123456789012:repository/shop/api [api/app]
    ecr:BatchGetImage arn:aws:ecr:ap-northeast-1:123456789012:repository/shop/api [api/app]
    logs:CreateLogStream arn:aws:logs:ap-northeast-1:123456789012:log-group:/ecs/api:log-stream:* [api/app]
    logs:PutLogEvents arn:aws:logs:ap-northeast-1:123456789012:log-group:/ecs/api:log-stream:* [api/app]
    logs:CreateLogGroup arn:aws:logs:ap-northeast-1:123456789012:log-group:/ecs/api:* [api/app]
    ");
    assert!(needs(&world.case(), "api").iter().any(|need| need.purpose == Purpose::ManagedKey));
}

#[test]
fn the_managed_policy_of_ecs_pulls_and_logs_and_reads_no_secret() {
    let managed = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["ecr:GetAuthorizationToken","ecr:BatchCheckLayerAvailability","ecr:GetDownloadUrlForLayer","ecr:BatchGetImage","logs:CreateLogStream","logs:PutLogEvents"],"Resource":"*"}]}"#;
    let judgement = whole_task().role("exec", &[managed]).judge();
    let told: Vec<(&str, &str, Confidence, Severity)> = judgement
        .findings
        .iter()
        .filter(|finding| finding.rule.id.starts_with("SEK01"))
        .map(|finding| {
            let action = finding.args.iter().find(|(name, _)| *name == "action").unwrap().1.as_str();
            (finding.address.as_str(), action, finding.confidence, finding.severity)
        })
        .collect();
    let mut told = told;
    told.sort_unstable_by_key(|(address, action, ..)| (*address, *action));
    let (certain, likely, error) = (Confidence::Certain, Confidence::Likely, Severity::Error);
    assert_eq!(
        told,
        [
            ("api/app", "logs:CreateLogGroup", likely, error),
            ("api/app", "s3:GetBucketLocation", likely, error),
            ("api/app", "s3:GetObject", likely, error),
            ("api/app/A", "ssm:GetParameters", certain, error),
            ("api/app/B", "ssm:GetParameters", certain, error),
            ("api/app/C", "secretsmanager:GetSecretValue", certain, error),
            ("api/app/D", "secretsmanager:GetSecretValue", certain, error),
        ]
    );
}

#[test]
fn each_thing_is_asked_for_once() {
    let asked = questions(&keyed_secret(DELEGATES).case());
    assert_eq!(asked.roles.into_iter().collect::<Vec<_>>(), [role_arn("exec")]);
    assert_eq!(asked.keys.into_iter().collect::<Vec<_>>(), [KEY]);
    assert_eq!(asked.secrets.into_iter().collect::<Vec<_>>(), [secret_arn(DB)]);
    let mut caller = keyed_secret(DELEGATES);
    caller.caller = Some(role_arn("exec"));
    assert_eq!(questions(&caller.case()), Default::default(), "what the role may is seen otherwise");
}

#[test]
fn the_trust_policy_of_the_guide_holds_for_the_task() {
    let world = parameter().role("exec", &[&reads()]);
    assert_eq!(world.tasks()[0].trust, Some(Trust::Allowed));
    let any =
        with_trust(&trusting("ecs-tasks.amazonaws.com", r#","Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:ecs:*:123456789012:*"}}"#));
    assert_eq!(any.tasks()[0].trust, Some(Trust::Allowed));
    let cluster = with_trust(&trusting(
        "ecs-tasks.amazonaws.com",
        r#","Condition":{"ArnEquals":{"aws:SourceArn":"arn:aws:ecs:ap-northeast-1:123456789012:cluster/shop"}}"#,
    ));
    assert!(matches!(cluster.tasks()[0].trust, Some(Trust::CannotTell(_))), "one cluster is not known to match, nor known not to");
    let elsewhere = with_trust(&trusting(
        "ecs-tasks.amazonaws.com",
        r#","Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:ecs:eu-west-1:123456789012:*"}}"#,
    ));
    assert!(matches!(elsewhere.tasks()[0].trust, Some(Trust::Condition { .. })));
}

#[test]
fn a_condition_that_only_the_running_task_meets_is_named() {
    let (_, world) = situations().into_iter().find(|(message, _)| *message == "access-undecided").unwrap();
    let tasks = world.tasks();
    let Answer::CannotTell(whys) = &tasks[0].calls[0].answer else { panic!("{tasks:#?}") };
    assert!(matches!(&whys[..], [Why::Condition { unclear, .. }] if unclear == "aws:SourceVpce"), "{whys:?}");
}

#[test]
fn the_cause_is_the_nearest_one() {
    let cause = |world: &World| {
        let tasks = world.tasks();
        tasks[0].calls.iter().find_map(|decided| match &decided.answer {
            Answer::Denied(cause) => Some(cause.clone()),
            _ => None,
        })
    };
    assert_eq!(cause(&with_task_role()), Some(Cause::Missing));
    assert_eq!(cause(&with_task_role().role("app", &[&reads()])), Some(Cause::WrongRole));
    assert_eq!(cause(&keyed(CLOSED).role("exec", &[&reads()])), Some(Cause::Missing), "the role lacks it as well");
}
