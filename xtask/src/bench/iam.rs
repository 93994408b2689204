//! `cargo xtask bench iam`: decisions a second on one core, for a role with ten managed policies of ten statements; and the pattern of two thousand stars.
//!
//! The policies are compiled beforehand, and so are the requests. Every decision is the whole of [`decide`]: with the statements that decided, not only
//! the outcome. The time is that of the processor where the system tells it, so that what else runs on the machine does not count.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use sekisho_iam::{CompiledPolicy, Context, ContextValue, Glob, Layer, Layers, PolicySet, Principal, Request, Resource, decide};
use sekisho_model::policy::PolicyKind;
use sekisho_read::policy_text;
use serde_json::{Value, json};

const ACCOUNT: &str = "123456789012";
const ROUNDS: usize = 9;
/// Decisions of one round.
const DECISIONS: usize = 200_000;

pub(super) fn run() -> anyhow::Result<bool> {
    let layers = layers()?;
    let requests = requests()?;
    let mut outcomes: BTreeMap<&str, usize> = BTreeMap::new();
    for request in &requests {
        *outcomes.entry(decide(request, &layers).outcome.as_str()).or_default() += 1;
    }
    ensure!(outcomes.len() == 4, "the requests have only {} of the four outcomes", outcomes.len());
    let mut seconds = Vec::new();
    for _ in 0..ROUNDS {
        let timer = Timer::start();
        for request in requests.iter().cycle().take(DECISIONS) {
            black_box(decide(black_box(request), &layers));
        }
        seconds.push(timer.elapsed().as_secs_f64());
    }
    seconds.sort_by(f64::total_cmp);
    let median = seconds.get(ROUNDS / 2).copied().context("there are rounds")?;
    let best = seconds.first().copied().context("there are rounds")?;
    let each = |seconds: f64| seconds * 1e9 / DECISIONS as f64;
    println!("a role with 10 managed policies of 10 statements, {} different requests, one thread, {}", requests.len(), Timer::KIND);
    for (outcome, count) in outcomes {
        println!("  {outcome:18} {count:3} of the requests");
    }
    println!("{ROUNDS} rounds of {DECISIONS} decisions");
    println!("  median {:>10.0} decisions/s ({:.0} ns each)", DECISIONS as f64 / median, each(median));
    println!("  best   {:>10.0} decisions/s ({:.0} ns each)", DECISIONS as f64 / best, each(best));
    stars();
    Ok(true)
}

/// Patterns that cost a matcher which goes back and forth more time than there is.
fn stars() {
    let text = "a".repeat(2000);
    for (name, pattern, expected) in [
        ("2,000 stars", "*".repeat(2000), true),
        ("1,000 times *a, then a b that is not there", format!("{}b", "*a".repeat(1000)), false),
        ("600 times *?a, then a b that is not there", format!("{}b*", "*?a".repeat(600)), false),
    ] {
        let glob = Glob::new(&pattern);
        let timer = Timer::start();
        let mut matched = 0;
        for _ in 0..1000 {
            matched += usize::from(black_box(&glob).matches(black_box(&text)));
        }
        assert_eq!(matched == 1000, expected);
        println!("{name} against 2,000 characters: {:.1} µs", timer.elapsed().as_secs_f64() * 1e3);
    }
}

/// Ten policies as they are found on roles: reading and writing in as many services, on names, prefixes and everything, some on conditions, two that deny.
fn layers() -> anyhow::Result<Layers> {
    let services = ["ssm", "secretsmanager", "kms", "logs", "ecr", "s3", "sqs", "sns", "dynamodb", "ecs"];
    let mut policies = Vec::new();
    for (number, service) in services.iter().enumerate() {
        let mut statements: Vec<Value> = Vec::new();
        for statement in 0..10 {
            let resource = match statement % 5 {
                0 => json!("*"),
                1 => json!([arn(service, &format!("production/app{number}/*")), arn(service, "shared/*")]),
                2 => json!(arn(service, &format!("production/app{number}/key{statement}-??????"))),
                3 => json!(arn(service, "staging/*")),
                _ => json!(arn(service, "${aws:PrincipalTag/team}/*")),
            };
            let action = match statement % 4 {
                0 => json!([format!("{service}:List*"), format!("{service}:Describe*")]),
                1 => json!([format!("{service}:GetParameters"), format!("{service}:GetSecretValue"), format!("{service}:Decrypt")]),
                2 => json!(format!("{service}:Get*")),
                _ => json!([format!("{service}:Put*"), format!("{service}:Send*"), format!("{service}:Publish")]),
            };
            let (resource, condition) = match statement {
                6 => {
                    let tagged = json!({"StringEquals": {"aws:ResourceTag/environment": ["production", "staging"]}, "Bool": {"aws:SecureTransport": "true"}});
                    (resource, tagged)
                }
                7 => (json!(arn(service, "office/*")), json!({"IpAddress": {"aws:SourceIp": ["10.0.0.0/8", "203.0.113.0/24"]}})),
                _ => (resource, json!({})),
            };
            let made = if statement == 9 && number < 2 {
                json!({"Effect": "Deny", "Action": format!("{service}:*"), "Resource": arn(service, "production/locked/*")})
            } else {
                json!({"Sid": format!("S{statement}"), "Effect": "Allow", "Action": action, "Resource": resource, "Condition": condition})
            };
            statements.push(made);
        }
        let document = json!({"Version": "2012-10-17", "Statement": statements}).to_string();
        let document = policy_text(&document, Some(PolicyKind::Identity))?;
        policies.push(Arc::new(CompiledPolicy::new(&format!("{service}-policy"), PolicyKind::Identity, document)));
    }
    Ok(Layers { identity: Layer::Known(PolicySet::new(policies)), ..Layers::default() })
}

fn arn(service: &str, name: &str) -> String {
    match service {
        "ssm" => format!("arn:aws:ssm:ap-northeast-1:{ACCOUNT}:parameter/{name}"),
        "secretsmanager" => format!("arn:aws:secretsmanager:ap-northeast-1:{ACCOUNT}:secret:{name}"),
        "kms" => format!("arn:aws:kms:ap-northeast-1:{ACCOUNT}:alias/{name}"),
        other => format!("arn:aws:{other}:ap-northeast-1:{ACCOUNT}:{name}"),
    }
}

fn requests() -> anyhow::Result<Vec<Request>> {
    let principal = Principal::session(&format!("arn:aws:iam::{ACCOUNT}:role/api-execution"), "0123456789abcdef0123456789abcdef")?;
    let mut requests = Vec::new();
    for (number, (service, action)) in [
        ("ssm", "GetParameters"),
        ("secretsmanager", "GetSecretValue"),
        ("sqs", "SendMessage"),
        ("sns", "Publish"),
        ("ecs", "DescribeTasks"),
        ("dynamodb", "GetItem"),
        ("lambda", "InvokeFunction"),
    ]
    .into_iter()
    .enumerate()
    {
        for name in [
            format!("production/app{number}/a"),
            format!("production/app{number}/key2-AbCdEf"),
            "shared/a".to_owned(),
            "staging/b".to_owned(),
            "production/locked/c".to_owned(),
            "data/d".to_owned(),
            "office/f".to_owned(),
            "elsewhere/e".to_owned(),
        ] {
            for source in [ContextValue::One("10.1.2.3".to_owned()), ContextValue::Unknown] {
                let context = Context::complete()
                    .with_one("aws:SecureTransport", "true")
                    .with_one("aws:PrincipalTag/team", "data")
                    .with_one("aws:ResourceTag/environment", "production")
                    .with_one("aws:RequestedRegion", "ap-northeast-1")
                    .with("aws:SourceIp", source);
                let resource = Resource::new(&arn(service, &name));
                let request = Request::new(principal.clone(), &format!("{service}:{action}"), resource, context);
                requests.push(request.with_usual_keys());
            }
        }
    }
    Ok(requests)
}

/// Time on the processor, or by the clock where the system does not tell.
struct Timer {
    clock: Instant,
    processor: Option<Duration>,
}

impl Timer {
    const KIND: &str = if cfg!(target_os = "linux") { "processor time" } else { "by the clock" };

    fn start() -> Self {
        Self { processor: processor_time(), clock: Instant::now() }
    }

    fn elapsed(&self) -> Duration {
        match (self.processor, processor_time()) {
            (Some(start), Some(end)) => end.saturating_sub(start),
            _ => self.clock.elapsed(),
        }
    }
}

/// Nanoseconds that this thread has spent on a processor: the first field of Linux's `schedstat`.
fn processor_time() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}
