//! Values are planted on every way into the program and searched for on every way out.

use std::fmt::Write as _;
use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::stand_in::{Answer, StandIn};
use crate::terminal::Terminal;
use crate::world::{Said, World};

/// Each begins with eight characters that nothing else has.
const VARIABLE: &str = "vR4kQz7w from a variable 1";
const DOTENV: &str = "dE8nXp2m from dotenv 2";
const JSON: &str = "jS3oBt6y from json 3";
const STDIN: &str = "sT9dHn5c from stdin 4";
const FILE: &str = "fI2lMe8g from a file 5";
const PROMPT: &str = "pR6mPt3u-from-a-prompt-6";
const STORED: &str = "aW5sKd4h in the store 7";
const OTHER: &str = "oT7hEr9q another one 8";
const PLANTED: [&str; 8] = [VARIABLE, DOTENV, JSON, STDIN, FILE, PROMPT, STORED, OTHER];

/// What would give a planted value away: itself, its beginning, and both as base64, hexadecimal digits or a list of numbers.
fn traces(value: &str) -> Vec<String> {
    let beginning: String = value.chars().take(8).collect();
    let hex = beginning.bytes().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    let numbers = beginning.bytes().map(|byte| byte.to_string()).collect::<Vec<_>>().join(", ");
    let mut traces = vec![beginning, hex.to_uppercase(), hex, numbers];
    // Wherever a value begins within a longer text, one of the three is in that text's base64.
    traces.extend((0..3).map(|skipped| base64(value.as_bytes().get(skipped..skipped + 12).unwrap())));
    traces
}

/// Base64 of whole groups of three bytes.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = |group: &[u8]| {
        let bits = group.iter().fold(0_usize, |bits, byte| bits << 8 | usize::from(*byte));
        [18, 12, 6, 0].map(|shift| char::from(DIGITS[bits >> shift & 63]))
    };
    bytes.chunks_exact(3).flat_map(digits).collect()
}

#[track_caller]
fn assert_clean(what: &str, bytes: &[u8]) {
    for value in PLANTED {
        for trace in traces(value) {
            let found = bytes.windows(trace.len()).position(|window| window == trace.as_bytes());
            assert!(found.is_none(), "`{trace}` of `{value}` is in {what}: {}", String::from_utf8_lossy(bytes));
        }
    }
}

#[test]
fn the_search_finds_what_it_looks_for() {
    for leak in [
        STORED.to_owned(),
        format!("…{}…", &STORED[..8]),
        format!("{:?}", STORED.as_bytes()),
        "eDogYVc1c0tkNGggaW4gdGhlIHN0b3JlIDc=".to_owned(),
        "61573573 4b643468".replace(' ', ""),
    ] {
        assert!(std::panic::catch_unwind(|| assert_clean("a leak", leak.as_bytes())).is_err(), "{leak}");
    }
    assert_clean("nothing", b"something else");
}

/// A project with both stores on the embedded AWS, and a directory of what the test itself has written.
struct Search {
    world: World,
    variables: Vec<(&'static str, &'static str)>,
}

impl Search {
    fn new(variables: &[(&'static str, &'static str)]) -> Self {
        let world = World::with_manifest(
            r#"
[project]
name = "planted"
region = "ap-northeast-1"
path = { ssm = "/{environment}/{secret}", secretsmanager = "{environment}/{secret}" }

[environments.parameters]
account = "123456789012"
store = "ssm"
endpoint = "local"

[environments.manager]
account = "123456789012"
store = "secretsmanager"
endpoint = "local"

[environments.other]
account = "123456789012"
store = "ssm"
endpoint = "local"

[secrets."database/password"]
env = "DB_PASSWORD"
[secrets."stripe/key"]
env = "STRIPE_KEY"
[secrets.session]
env = "SESSION"
[secrets.pair]
keys = { PAIR_A = "a", PAIR_B = "b" }

[services.app]
secrets = ["database/password", "stripe/key", "session", "pair"]
"#,
        );
        for directory in ["tmp", "home", "given"] {
            fs::create_dir(world.path().join(directory)).unwrap();
        }
        Self { world, variables: variables.to_vec() }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.world.command(arguments);
        command.env("TMPDIR", self.world.path().join("tmp")).envs(self.variables.iter().copied());
        command
    }

    /// Runs it as text, as JSON and as JSON Lines, and searches what it says. The last answer is returned.
    fn run(&self, arguments: &[&str], variables: &[(&str, &str)], stdin: &[u8]) -> Said {
        let mut last = None;
        for output in ["text", "json", "jsonl"] {
            let arguments = [&["--output", output, "-v"], arguments].concat();
            let mut command = self.command(&arguments);
            command.envs(variables.iter().copied());
            let said = self.world.finish(command, stdin);
            assert_clean(&format!("stdout of {arguments:?}"), said.out.as_bytes());
            assert_clean(&format!("stderr of {arguments:?}"), said.err.as_bytes());
            assert!(!said.err.contains("internal error"), "{said:?}");
            last = Some(said);
        }
        last.unwrap()
    }

    /// Writes what a test gives to the program.
    fn give(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        self.world.write(&format!("given/{name}"), bytes);
        format!("given/{name}")
    }

    /// Searches every file but those that the test has given.
    fn files(&self) {
        let mut files = Vec::new();
        walk(self.world.path(), &mut files);
        files.retain(|file| !file.starts_with(self.world.path().join("given")));
        assert!(files.iter().any(|file| file.ends_with("state.redb")), "{files:?}");
        for file in files {
            assert_clean(&file.display().to_string(), &fs::read(&file).unwrap());
        }
        assert_eq!(fs::read_dir(self.world.path().join("tmp")).unwrap().count(), 0, "nothing is left among temporary files");
    }
}

fn walk(directory: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).unwrap().flatten() {
        if entry.file_type().unwrap().is_dir() {
            walk(&entry.path(), files);
        } else {
            files.push(entry.path());
        }
    }
}

/// The same road under several environments.
fn road(variables: &[(&'static str, &'static str)]) {
    let search = Search::new(variables);
    let given = [("DB_PASSWORD", VARIABLE), ("TF_VAR_pair_a", VARIABLE)];
    let dotenv = format!("STRIPE_KEY={DOTENV}\nPAIR_B=\"{DOTENV}\"\n");
    let json = json!({ "SESSION": JSON, "PAIR_A": JSON, "PAIR_B": JSON, "STRIPE_KEY": JSON, "DB_PASSWORD": JSON }).to_string();
    for environment in ["parameters", "manager"] {
        search.run(&["verify", environment], &given, b"");
        search.run(&["verify", environment, "--create", "--stdin", "--dry-run"], &given, dotenv.as_bytes());
        search.run(&["verify", environment, "--create", "--stdin"], &given, dotenv.as_bytes());
        search.run(&["verify", environment, "--create", "--stdin"], &[], json.as_bytes());
        let file = search.give("value", FILE);
        let set = search.run(&["secret", "set", environment, "stripe/key", "--file", &file], &[], b"");
        assert_eq!(set.code, 0, "{set:?}");
        let set = search.run(&["secret", "set", environment, "session", "--stdin"], &[], STDIN.as_bytes());
        assert_eq!(set.code, 0, "{set:?}");
        let set = search.run(&["secret", "set", environment, "pair", "--key", "a", "--stdin"], &[], STDIN.as_bytes());
        assert_eq!(set.code, 0, "{set:?}");
        for arguments in [
            &["verify", environment][..],
            &["verify", environment, "--check-values"],
            &["secret", "list", environment],
            &["secret", "get", environment, "stripe/key"],
            &["secret", "list", environment, "--missing"],
            &["secret", "list", environment, "--unused"],
            &["secret", "history", environment, "stripe/key"],
            &["secret", "diff", "parameters", "manager"],
            &["secret", "copy", environment, "other", "--dry-run"],
            &["secret", "copy", environment, "other"],
            &["secret", "diff", environment, "other"],
            &["secret", "rollback", environment, "stripe/key", "--dry-run"],
            &["secret", "rollback", environment, "stripe/key"],
            &["secret", "rollback", environment, "pair", "--key", "a"],
            &["secret", "set", environment, "stripe/key", "--generate", "--if-version", "99999999"],
            &["secret", "remove", environment, "session", "--dry-run"],
            &["secret", "remove", environment, "session", "--yes"],
            &["secret", "restore", environment, "session"],
            &[
                "run",
                environment,
                "app",
                "--redact",
                "--",
                "sh",
                "-c",
                "env; env >&2; env | base64 -w 0; printf %s \"$STRIPE_KEY\" | od -An -tx1 | tr -d ' \n'",
            ],
            &["run", environment, "app", "--", "true"],
            &["local", "status"],
        ] {
            search.run(arguments, &[], b"");
        }
        let dotenv = search.give("import.env", format!("STRIPE_KEY='{FILE}'\nSESSION=\"{STDIN}\"\nPAIR_A={STDIN}\n"));
        let json = search.give("import.json", json!({ "STRIPE_KEY": FILE, "session": STDIN, "pair/b": JSON }).to_string());
        let yaml = search.give("import.yaml", format!("STRIPE_KEY: '{FILE}'\nSESSION: \"{STDIN}\"\n"));
        for file in [dotenv, json, yaml] {
            search.run(&["secret", "import", environment, "--file", &file, "--dry-run"], &[], b"");
            let said = search.run(&["secret", "import", environment, "--file", &file], &[], b"");
            assert_eq!(said.code, 0, "{said:?}");
        }
        for hostile in [
            format!("STRIPE_KEY: {FILE}\nSTRIPE_KEY: {OTHER}\n"),
            format!("STRIPE_KEY: [{FILE}, {OTHER}]\n"),
            format!("STRIPE_KEY: &{STORED} x\n"),
            format!("STRIPE_KEY: \"{FILE}\n{OTHER}\n"),
            format!("{FILE}: {OTHER}\n"),
            format!("- {FILE}\n"),
        ] {
            let said = search.run(&["secret", "import", environment, "--stdin", "--format", "yaml"], &[], hostile.as_bytes());
            assert_eq!(said.code, 2, "{said:?}");
        }
        search.run(&["secret", "export", environment, "--file", "given/export.yaml"], &[], b"");
        let whole = search.world.finish(search.command(&["secret", "get", environment, "stripe/key", "--reveal"]), b"");
        assert_eq!(whole.out, FILE, "what is searched for is there: {whole:?}");
        assert_clean("stderr of get", whole.err.as_bytes());
        let child = search.command(&["run", environment, "app", "--", "sh", "-c", "printf %s \"$SESSION\""]).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&child.stdout), STDIN);
        assert_clean("stderr of run", &child.stderr);
    }
    search.files();
}

#[test]
fn no_value_is_in_any_output_or_file() {
    road(&[]);
}

#[test]
fn no_value_is_in_what_logging_variables_bring_out() {
    road(&[
        ("RUST_LOG", "trace"),
        ("RUST_BACKTRACE", "full"),
        ("RUST_LIB_BACKTRACE", "1"),
        ("AWS_LOG", "trace"),
        ("AWS_LOG_LEVEL", "debug"),
        ("AWS_DEBUG", "true"),
        ("AWS_SDK_LOG", "debug"),
        ("SMITHY_LOG", "trace"),
        ("HYPER_LOG", "trace"),
        ("LOG_REQUESTS_WITH_HTTP_BODY", "1"),
        ("SEKISHO_LANG", "ja"),
    ]);
}

#[test]
fn no_error_repeats_a_value() {
    let search = Search::new(&[]);
    let long = format!("{STORED}{}", "x".repeat(70_000));
    let five = format!("{STORED}{}", "x".repeat(5_000));
    for environment in ["parameters", "manager"] {
        let said = search.run(&["secret", "set", environment, "session", "--stdin"], &[], long.as_bytes());
        assert_eq!(said.code, 4, "{said:?}");
        search.run(&["secret", "set", environment, "session", "--file", &search.give("five", &five)], &[], b"");
        search.run(&["secret", "set", environment, "session", "--stdin"], &[], &[STORED.as_bytes(), &[0xff, 0xfe]].concat());
        search.run(&["secret", "set", environment, "session", "--stdin"], &[], &[STORED.as_bytes(), &[0], OTHER.as_bytes()].concat());
        search.run(&["run", environment, "app", "--", "true"], &[], b"");
        search.run(&["verify", environment, "--create"], &[("DB_PASSWORD", VARIABLE), ("TF_VAR_db_password", OTHER)], b"");
        for stdin in [
            format!("DB_PASSWORD={DOTENV}\n{STDIN}\nSTRIPE_KEY='{DOTENV}\n"),
            format!("DB_PASSWORD=\"{DOTENV}\\x{OTHER}\"\n"),
            format!("DB_PASSWORD={DOTENV}\nDB_PASSWORD={OTHER}\n"),
            format!("{{\"DB_PASSWORD\": \"{JSON}\" \"{OTHER}\"}}"),
            format!("{{\"DB_PASSWORD\": [\"{JSON}\"], \"STRIPE_KEY\": {{\"a\": \"{OTHER}\"}}}}"),
            format!("{{\"DB_PASSWORD\": \"{JSON}\", \"DB_PASSWORD\": \"{OTHER}\"}}"),
            format!("{{\"DB_PASSWORD\": {JSON}"),
            format!("DB_PASSWORD={}", "x".repeat(2_000_000)) + STDIN,
        ] {
            let said = search.run(&["verify", environment, "--create", "--stdin"], &[], stdin.as_bytes());
            assert_eq!(said.code, 2, "{said:?}");
        }
    }
    search.files();
}

#[test]
fn no_finding_on_a_value_repeats_it() {
    let search = Search::new(&[]);
    let arn = |name: &str, rest: &str| format!("arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:{name}{rest}");
    let values = [
        ("text", STORED.to_owned()),
        ("list", format!("[\"{STORED}\"]")),
        ("string", format!("\"{STORED}\"")),
        ("broken", format!("{{\"{STORED}\": \"{OTHER}\"")),
        ("spaces", format!("  {STORED}\n")),
        ("placeholder", format!("changeme {STORED}")),
        (
            "object",
            json!({ "n": 12_345_678_901_234_u64, "null": null, "inner": { STORED: STORED }, "list": [OTHER], "empty": "", "nul": format!("{OTHER}\u{0}") })
                .to_string(),
        ),
    ];
    let mut wanted = Vec::new();
    let mut aws = Vec::new();
    for (name, value) in &values {
        aws.push((*name, value.clone()));
        for key in ["n", "null", "inner", "list", "empty", "nul", "none", "N"] {
            wanted.push(json!({ "name": format!("{}_{key}", name.to_uppercase()), "valueFrom": arn(name, &format!(":{key}::")) }));
        }
        wanted.push(json!({ "name": format!("{}_WHOLE", name.to_uppercase()), "valueFrom": arn(name, "") }));
        wanted.push(json!({ "name": format!("{}_PARAMETER", name.to_uppercase()), "valueFrom": format!("/{name}") }));
    }
    let definition = json!({
        "family": "app",
        "executionRoleArn": "arn:aws:iam::123456789012:role/r",
        "containerDefinitions": [{
            "name": "app", "image": "app", "secrets": wanted, "repositoryCredentials": { "credentialsParameter": arn("text", "") },
            "environment": [{ "name": "DB_PASSWORD", "value": OTHER }, { "name": "URL", "value": format!("postgres://user:{OTHER}@host/db") }]
        }],
    });
    // The environment of a task definition is no secret to whoever can read the file; it is searched for in the output all the same.
    search.give("app.json", definition.to_string());
    for (name, value) in aws {
        crate::embedded::secret(&search.world, "123456789012", name, &value);
        crate::embedded::parameter(&search.world, "123456789012", &format!("/{name}"), &value);
    }
    for arguments in [
        &["verify", "manager", "--task-definition", "given/app.json"][..],
        &["verify", "manager", "--task-definition", "given/app.json", "--check-values"],
        &["run", "manager", "app", "--task-definition", "given/app.json", "--", "true"],
    ] {
        search.run(arguments, &[], b"");
    }
    search.files();
}

#[test]
fn what_is_typed_is_not_shown() {
    let search = Search::new(&[]);
    let mut terminal = Terminal::start(search.command(&["secret", "set", "parameters", "session", "-v"]));
    for question in ["Value of", "The same again"] {
        terminal.wait_for(question);
        terminal.type_line(PROMPT);
    }
    let (code, shown) = terminal.end();
    assert_eq!(code, 0, "{shown}");
    assert_clean("the terminal", shown.as_bytes());
    let kept = search.world.finish(search.command(&["secret", "get", "parameters", "session", "--reveal"]), b"");
    assert_eq!(kept.out, PROMPT);

    let mut terminal = Terminal::start(search.command(&["secret", "set", "manager", "session"]));
    terminal.wait_for("Value of");
    terminal.type_line(PROMPT);
    terminal.wait_for("The same again");
    terminal.type_line(OTHER);
    terminal.wait_for("differ");
    terminal.press("\u{3}");
    let (code, shown) = terminal.end();
    assert_eq!(code, 130, "{shown}");
    assert_clean("the terminal", shown.as_bytes());
    search.files();
}

/// A program that holds the values of its stdin and waits for an answer that does not come. It is killed in the end.
struct Waiting {
    child: Child,
    search: Search,
}

impl Waiting {
    fn start(core_limit: &str) -> Self {
        let search = Search::new(&[]);
        let server = StandIn::start(|_| Answer::Hangs);
        let words = ["verify", "parameters", "--create", "--stdin", "--endpoint-url", &server.url];
        let mut command = Command::new("sh");
        command.args(["-c", &format!("ulimit -S -c {core_limit}; exec \"$@\""), "sh"]).arg(crate::world::program()).args(words);
        let like = search.command(&[]);
        command.current_dir(search.world.path()).env_clear();
        command.envs(like.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command.env("AWS_ACCESS_KEY_ID", "x").env("AWS_SECRET_ACCESS_KEY", "y");
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(format!("DB_PASSWORD={DOTENV}\nSESSION={STDIN}\n").as_bytes()).unwrap();
        drop(stdin);
        let deadline = Instant::now() + Duration::from_secs(30);
        while server.asked().is_empty() {
            assert!(Instant::now() < deadline, "it asks nothing");
            std::thread::sleep(Duration::from_millis(10));
        }
        Self { child, search }
    }

    /// A file of the process's directory in `/proc`; nothing where not even we may read it.
    fn proc(&self, name: &str) -> Option<Vec<u8>> {
        match fs::read(format!("/proc/{}/{name}", self.child.id())) {
            Ok(bytes) => Some(bytes),
            Err(error) if error.kind() == ErrorKind::PermissionDenied => None,
            Err(error) => panic!("{name}: {error}"),
        }
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The soft limit of core dumps in the words of `/proc/<pid>/limits`.
fn core_limit(limits: &[u8]) -> String {
    let text = String::from_utf8_lossy(limits);
    let line = text.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    line.split_whitespace().nth(4).unwrap().to_owned()
}

#[cfg(target_os = "linux")]
#[test]
fn a_process_that_holds_values_shows_none_to_other_processes_and_dumps_no_core() {
    let waiting = Waiting::start("$(ulimit -H -c)");
    for name in ["cmdline", "environ", "comm", "status"] {
        if let Some(bytes) = waiting.proc(name) {
            assert!(!bytes.is_empty(), "{name}");
            assert_clean(name, &bytes);
        }
    }
    assert_eq!(core_limit(&waiting.proc("limits").unwrap()), "0");
    // Not dumpable: its files in /proc belong to root, whoever runs it.
    let owner = std::os::unix::fs::MetadataExt::uid(&fs::metadata(format!("/proc/{}/environ", waiting.child.id())).unwrap());
    assert_eq!(owner, 0);
    let mut files = Vec::new();
    walk(waiting.search.world.path(), &mut files);
    for file in files {
        assert_clean(&file.display().to_string(), &fs::read(&file).unwrap());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn the_child_gets_its_own_core_limit_back() {
    let search = Search::new(&[]);
    search.run(&["verify", "parameters", "--create", "--generate"], &[], b"");
    for limit in ["0", "$(ulimit -H -c)"] {
        let limited = |rest: &[&str]| {
            let mut command = Command::new("sh");
            command.args(["-c", &format!("ulimit -S -c {limit}; exec \"$@\""), "sh"]).args(rest);
            let like = search.command(&[]);
            command.current_dir(search.world.path()).env_clear();
            command.envs(like.get_envs().filter_map(|(name, value)| Some((name, value?))));
            let output = command.output().unwrap();
            assert!(output.status.success(), "{output:?}");
            core_limit(&output.stdout)
        };
        let program = crate::world::program();
        let own = limited(&["cat", "/proc/self/limits"]);
        let given = limited(&[program.to_str().unwrap(), "run", "parameters", "app", "--", "cat", "/proc/self/limits"]);
        assert_eq!(own, given);
    }
}

#[test]
fn where_nobody_can_read_stderr_the_verb_ends_as_ever() {
    let search = Search::new(&[]);
    let full = || Stdio::from(fs::OpenOptions::new().write(true).open("/dev/full").unwrap());
    let code = |arguments: &[&str]| search.command(arguments).stdout(full()).stderr(full()).status().unwrap().code();
    assert_eq!(code(&["verify", "parameters", "--create", "--generate", "-v"]), Some(0));
    assert_eq!(code(&["verify", "nothing"]), Some(2));
    assert_eq!(code(&["no-such-verb"]), Some(2));
    assert_eq!(code(&["run", "parameters", "app", "--", "sh", "-c", "exit 7"]), Some(7));
}

#[test]
fn a_report_names_no_value_where_it_says_what_changed() {
    let search = Search::new(&[]);
    let said = search.world.finish(
        {
            let mut command = search.command(&["verify", "parameters", "--create", "--stdin", "--output", "json"]);
            command.env("DB_PASSWORD", VARIABLE);
            command
        },
        json!({ "SESSION": JSON, "PAIR_A": JSON, "PAIR_B": JSON, "STRIPE_KEY": JSON }).to_string(),
    );
    assert_eq!(said.code, 0, "{said:?}");
    let report: Value = serde_json::from_str(&said.out).unwrap();
    let changes = report["changes"].as_array().unwrap();
    assert_eq!(changes.len(), 5);
    let origin = |target: &str| changes.iter().find(|change| change["target"] == target).unwrap()["origin"].clone();
    assert_eq!((origin("/parameters/database/password"), origin("/parameters/session")), (json!("from-variable"), json!("from-stdin")));
    assert_clean("the report", said.out.as_bytes());
}
