//! Other people's programs: the AWS CLI as a client of ours, moto in place of the embedded AWS. Both are in the virtual environment at the repository's root.

use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::ownership::Server;
use crate::world::{Said, World, repository};

/// A program of the virtual environment.
fn installed(name: &str) -> PathBuf {
    let path = repository().join(".venv/bin").join(name);
    assert!(path.exists(), "{} is missing: python3 -m venv .venv && .venv/bin/pip install awscli 'moto[server]==5.2.5'", path.display());
    path
}

/// A command whose environment holds what `world` has for it, and nothing of ours.
fn scrubbed(world: &World, program: &str) -> Command {
    let mut command = Command::new(installed(program));
    command.env_clear().env("HOME", world.path().join("home")).env("PATH", "/usr/bin:/bin").env("LC_ALL", "C.UTF-8");
    command.env("AWS_EC2_METADATA_DISABLED", "true").current_dir(world.path()).stdin(Stdio::null());
    command
}

mod needs_python {
    use super::*;

    const MANIFEST: &str = r#"
[project]
name = "clients"
region = "eu-west-1"
path = { ssm = "/{environment}/{secret}", secretsmanager = "{environment}/{secret}" }

[environments.parameters]
account = "123456789012"
store = "ssm"
endpoint = "local"

[environments.manager]
account = "123456789012"
store = "secretsmanager"
endpoint = "local"

[secrets.token]
env = "TOKEN"

[services.app]
secrets = ["token"]
"#;

    /// The AWS CLI with the variables that `local start` printed.
    struct Aws<'a> {
        world: &'a World,
        variables: Vec<(String, String)>,
    }

    impl Aws<'_> {
        fn output(&self, arguments: &[&str]) -> Output {
            let variables = self.variables.iter().map(|(name, value)| (name, value));
            scrubbed(self.world, "aws").args(arguments).args(["--output", "json"]).envs(variables).output().unwrap()
        }

        #[track_caller]
        fn ok(&self, arguments: &[&str]) -> Value {
            let output = self.output(arguments);
            assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
            serde_json::from_slice(&output.stdout).unwrap_or_default()
        }

        #[track_caller]
        fn refused(&self, arguments: &[&str], code: &str) {
            let output = self.output(arguments);
            let stderr = String::from_utf8_lossy(&output.stderr);
            assert!(!output.status.success() && stderr.contains(code), "{arguments:?}: {stderr}");
        }
    }

    #[test]
    fn the_aws_cli_works_with_what_local_start_prints() {
        let world = World::with_manifest(MANIFEST);
        let server = Server::start(&world);
        let aws = Aws { world: &world, variables: server.variables.clone() };

        assert_eq!(aws.ok(&["sts", "get-caller-identity"])["Account"], "123456789012");
        aws.ok(&["ssm", "put-parameter", "--name", "/parameters/token", "--type", "SecureString", "--value", "from the CLI"]);
        let sealed = aws.ok(&["ssm", "get-parameter", "--name", "/parameters/token"]);
        assert_ne!(sealed["Parameter"]["Value"], "from the CLI");
        let open = aws.ok(&["ssm", "get-parameter", "--name", "/parameters/token", "--with-decryption"]);
        assert_eq!((&open["Parameter"]["Value"], &open["Parameter"]["Type"]), (&json!("from the CLI"), &json!("SecureString")));
        let arn =
            aws.ok(&["secretsmanager", "create-secret", "--name", "manager/token", "--secret-string", "also from the CLI"])["ARN"].clone();
        for id in ["manager/token", arn.as_str().unwrap()] {
            assert_eq!(aws.ok(&["secretsmanager", "get-secret-value", "--secret-id", id])["SecretString"], "also from the CLI");
        }
        aws.refused(&["ssm", "get-parameter", "--name", "/none"], "ParameterNotFound");

        // What the one writes, the other reads.
        for (environment, value) in [("parameters", "from the CLI"), ("manager", "also from the CLI")] {
            let got = world.run(&["secret", "get", environment, "token", "--reveal"]);
            assert_eq!((got.code, got.out.as_str()), (0, value), "{got:?}");
            assert_eq!(world.run(&["verify", environment]).code, 0);
            let set = world.run_stdin(&["secret", "set", environment, "token", "--stdin"], "from us");
            assert_eq!(set.code, 0, "{set:?}");
        }
        assert_eq!(aws.ok(&["ssm", "get-parameter", "--name", "/parameters/token", "--with-decryption"])["Parameter"]["Value"], "from us");
        assert_eq!(aws.ok(&["secretsmanager", "get-secret-value", "--secret-id", "manager/token"])["SecretString"], "from us");
    }

    #[test]
    fn the_aws_cli_works_with_what_local_env_prints_in_another_account_too() {
        let world = World::with_manifest(MANIFEST);
        let _server = Server::start(&world);
        let printed = world.run(&["local", "env", "--account", "999988887777", "--region", "us-east-1"]);
        let aws = Aws { world: &world, variables: crate::ownership::exported(printed.out.lines().map(str::to_owned)) };
        assert_eq!(aws.ok(&["sts", "get-caller-identity"])["Account"], "999988887777");
        let arn = aws.ok(&["secretsmanager", "create-secret", "--name", "manager/token", "--secret-string", "x"])["ARN"].clone();
        assert!(arn.as_str().unwrap().starts_with("arn:aws:secretsmanager:us-east-1:999988887777:secret:manager/token-"), "{arn}");
        assert_eq!(world.run(&["verify", "manager"]).code, 1, "the account of the manifest has none");
    }

    #[test]
    fn a_wrong_secret_key_is_refused() {
        let world = World::with_manifest(MANIFEST);
        let server = Server::start(&world);
        let mut variables = server.variables.clone();
        for (name, value) in &mut variables {
            if name == "AWS_SECRET_ACCESS_KEY" {
                *value = "wrong".to_owned();
            }
        }
        let aws = Aws { world: &world, variables };
        aws.refused(&["sts", "get-caller-identity"], "SignatureDoesNotMatch");
        aws.refused(&["ssm", "get-parameter", "--name", "/a"], "InvalidSignatureException");
        // Our own client is told what it means.
        let url = server.variable("AWS_ENDPOINT_URL");
        let keys = [("AWS_ACCESS_KEY_ID", "123456789012"), ("AWS_SECRET_ACCESS_KEY", "wrong")];
        let said = world.run_with(&["verify", "parameters", "--endpoint-url", url], &keys);
        assert_eq!(said.code, 3, "{said:?}");
        assert!(said.err.contains("does not accept the credentials"), "{said:?}");
    }
}

pub(crate) mod needs_moto {
    use super::*;

    pub(crate) const ACCOUNT: &str = "111122223333";

    /// moto's server. It is killed with the test.
    pub(crate) struct Moto {
        child: Child,
        pub url: String,
    }

    impl Moto {
        pub(crate) fn start(world: &World) -> Self {
            // A port that was free a moment ago; moto cannot choose one itself and tell.
            let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
            let mut command = scrubbed(world, "moto_server");
            command.args(["-H", "127.0.0.1", "-p", &port.to_string()]).env("MOTO_ACCOUNT_ID", ACCOUNT);
            let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            let mut moto = Self { child, url: format!("http://127.0.0.1:{port}") };
            let deadline = Instant::now() + Duration::from_secs(60);
            while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
                assert!(Instant::now() < deadline, "moto does not listen");
                assert_eq!(moto.child.try_wait().unwrap(), None, "moto has ended");
                std::thread::sleep(Duration::from_millis(50));
            }
            moto
        }

        /// The AWS CLI against it.
        #[track_caller]
        pub(crate) fn aws(&self, world: &World, arguments: &[&str]) -> Value {
            let mut command = scrubbed(world, "aws");
            command.args(["--endpoint-url", &self.url, "--region", "ap-northeast-1", "--output", "json"]).args(arguments);
            let output = command.envs([("AWS_ACCESS_KEY_ID", "testing"), ("AWS_SECRET_ACCESS_KEY", "testing")]).output().unwrap();
            assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
            serde_json::from_slice(&output.stdout).unwrap_or_default()
        }

        pub(crate) fn run(&self, world: &World, arguments: &[&str]) -> Said {
            let keys = [("AWS_ACCESS_KEY_ID", "testing"), ("AWS_SECRET_ACCESS_KEY", "testing")];
            world.run_with(&[&["--endpoint-url", &self.url], arguments].concat(), &keys)
        }
    }

    impl Drop for Moto {
        fn drop(&mut self) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }

    /// What a report says of every reference and of every change, without what each AWS draws at random.
    fn essence(said: &Said) -> Vec<Value> {
        let report: Value = serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {said:?}"));
        let suffix = regex_lite::Regex::new("(:secret:.*)-[A-Za-z0-9]{6}$").unwrap();
        let steady = |text: &Value| text.as_str().map(|text| suffix.replace(text, "$1-SUFFIX").into_owned());
        let verdicts = report["verdicts"].as_array().unwrap().iter().map(|verdict| {
            let kept = ["subject", "verdict", "proof", "assumptions", "store", "json_key", "parameter_type", "secret"];
            let mut essence: serde_json::Map<String, Value> =
                kept.iter().map(|member| ((*member).to_owned(), verdict[*member].clone())).collect();
            essence.insert("name".to_owned(), steady(&verdict["name"]).into());
            Value::from(essence)
        });
        let changes = report["changes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|change| json!({ "action": change["action"], "target": steady(&change["target"]), "origin": change["origin"] }));
        let findings = report["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|finding| json!([finding["rule"], finding["address"], finding["message_id"]]));
        verdicts.chain(changes).chain(findings).collect()
    }

    /// The same road on both, as far as stores go (the embedded AWS has no roles): nothing there, everything made, nothing left to be made.
    fn road(world: &World, environment: &str, service: &str, references: usize, things: usize) {
        let moto = Moto::start(world);
        let names = |said: &Said| {
            let mut names: Vec<String> = said.out.lines().filter_map(|line| Some(line.split_once('=')?.0.to_owned())).collect();
            names.sort();
            names
        };
        let verbs = [
            (&["verify", environment, "--no-roles", "--output", "json"][..], 1),
            (&["verify", environment, "--no-roles", "--create", "--generate", "--dry-run", "--output", "json"], 1),
            (&["verify", environment, "--no-roles", "--create", "--generate", "--output", "json"], 0),
            (&["verify", environment, "--no-roles", "--create", "--generate", "--output", "json"], 0),
            (&["verify", environment, "--no-roles", "--check-values", "--output", "json"], 0),
        ];
        for (turn, (arguments, code)) in verbs.into_iter().enumerate() {
            let (ours, theirs) = (world.run(arguments), moto.run(world, arguments));
            assert_eq!(ours.code, code, "{ours:?}");
            assert_eq!(theirs.code, code, "{theirs:?}");
            assert_eq!(essence(&theirs), essence(&ours), "{arguments:?}");
            let report: Value = serde_json::from_str(&theirs.out).unwrap();
            assert_eq!(report["counts"]["references"], references);
            assert_eq!(report["changes"].as_array().unwrap().len(), if turn == 1 || turn == 2 { things } else { 0 });
        }
        let run = ["run", environment, service, "--clean", "--", "/usr/bin/env"];
        let (ours, theirs) = (world.run(&run), moto.run(world, &run));
        assert_eq!((ours.code, theirs.code), (0, 0), "{theirs:?}");
        assert_eq!(names(&theirs), names(&ours));
    }

    #[test]
    fn parameters_on_moto_are_judged_as_on_the_embedded_aws() {
        road(&World::shop(), "development", "graphql", 7, 5);
    }

    #[test]
    fn secrets_on_moto_are_judged_as_on_the_embedded_aws() {
        let world = World::with_manifest(&format!(
            r#"
[project]
name = "moto"
region = "ap-northeast-1"
path = {{ secretsmanager = "{{environment}}/{{secret}}" }}

[environments.staging]
account = "{ACCOUNT}"
store = "secretsmanager"
endpoint = "local"

[secrets."database/credentials"]
keys = {{ DB_USER = "username", DB_PASS = "password" }}

[secrets."stripe/key"]
env = "STRIPE_KEY"

[services.api]
secrets = ["database/credentials", "stripe/key"]

[services.jobs]
secrets = ["database/credentials"]
"#
        ));
        road(&world, "staging", "api", 5, 2);
    }
}
