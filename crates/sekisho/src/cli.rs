//! The words of the command line. Their help stands in Fluent, under `help-VERB` and `help-VERB--ARGUMENT`.

use std::ffi::OsString;
use std::net::IpAddr;
use std::path::PathBuf;

use clap::builder::FalseyValueParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use sekisho_model::declaration::StoreKind;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "sekisho", version, disable_help_flag = true, disable_help_subcommand = true, disable_version_flag = true)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

/// What every verb understands.
#[derive(Clone, Debug, Args)]
pub(crate) struct Global {
    #[arg(long, global = true, env = "SEKISHO_CONFIG", hide_env_values = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    #[arg(long, global = true, env = "SEKISHO_PROFILE", hide_env_values = true)]
    pub(crate) profile: Option<String>,
    #[arg(long, global = true, env = "SEKISHO_REGION", hide_env_values = true)]
    pub(crate) region: Option<String>,
    #[arg(long, global = true, env = "SEKISHO_ENDPOINT_URL", hide_env_values = true, value_name = "URL")]
    pub(crate) endpoint_url: Option<String>,
    #[arg(long, global = true, env = "SEKISHO_ASSUME_ROLE", hide_env_values = true, value_name = "ARN")]
    pub(crate) assume_role: Option<String>,
    #[arg(long, global = true, env = "SEKISHO_ALLOW_ENV", value_parser = FalseyValueParser::new())]
    pub(crate) allow_env: bool,
    #[arg(long, global = true, env = "SEKISHO_STATE", hide_env_values = true, value_name = "DIR")]
    pub(crate) state: Option<PathBuf>,
    #[arg(long, global = true, env = "SEKISHO_OUTPUT", hide_env_values = true, value_enum, default_value = "text")]
    pub(crate) output: Output,
    #[arg(long, global = true, env = "SEKISHO_LANG", hide_env_values = true, value_enum)]
    pub(crate) lang: Option<Lang>,
    #[arg(long, global = true, env = "SEKISHO_COLOR", hide_env_values = true, value_enum, default_value = "auto")]
    pub(crate) color: Color,
    #[arg(short, long, global = true, env = "SEKISHO_QUIET", value_parser = FalseyValueParser::new())]
    pub(crate) quiet: bool,
    #[arg(short, long, global = true, env = "SEKISHO_VERBOSE", value_parser = FalseyValueParser::new(), conflicts_with = "quiet")]
    pub(crate) verbose: bool,
}

/// `--output`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Output {
    Text,
    Json,
    Jsonl,
    Sarif,
    Junit,
    Github,
    Markdown,
}

impl Output {
    /// Whether it is a format of findings, which only verbs that judge have.
    pub(crate) fn is_of_findings(self) -> bool {
        matches!(self, Self::Sarif | Self::Junit | Self::Github | Self::Markdown)
    }
}

/// `--lang`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lang {
    En,
    Ja,
}

/// `--color`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

impl Color {
    /// Tells every stream of this process.
    pub(crate) fn apply(self) {
        let choice = match self {
            Self::Auto => return,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    Init(Init),
    Check(Check),
    Verify(Verify),
    Explain(Explain),
    Run(Run),
    #[command(subcommand)]
    Secret(Secret),
    Can(Box<Can>),
    WhoCan(WhoCan),
    #[command(subcommand)]
    Generate(Generate),
    #[command(subcommand)]
    Local(Local),
    Schema(Schema),
    Completions(Completions),
    Man(Man),
}

#[derive(Debug, Args)]
pub(crate) struct Explain {
    #[arg(value_name = "TEXT")]
    pub(crate) text: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Init {
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[arg(long, value_enum, default_value = "warning", value_name = "SEVERITY")]
    pub(crate) fail_on: FailOn,
    #[arg(long)]
    pub(crate) strict: bool,
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    #[arg(long, requires = "baseline")]
    pub(crate) write_baseline: bool,
    #[arg(long, conflicts_with = "write_baseline")]
    pub(crate) fix: bool,
    #[arg(long, requires = "fix")]
    pub(crate) dry_run: bool,
    #[arg(long, requires = "fix")]
    pub(crate) yes: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Verify {
    #[arg(value_name = "ENV", required_unless_present_any = ["task_definition", "live"])]
    pub(crate) environment: Option<String>,
    #[arg(value_name = "SERVICE")]
    pub(crate) services: Vec<String>,
    #[arg(long, value_name = "FILE")]
    pub(crate) task_definition: Vec<PathBuf>,
    #[arg(long, value_name = "CLUSTER/SERVICE", conflicts_with = "task_definition")]
    pub(crate) live: Option<String>,
    #[arg(long)]
    pub(crate) create: bool,
    #[arg(long, requires = "create")]
    pub(crate) stdin: bool,
    #[arg(long, requires = "create")]
    pub(crate) generate: bool,
    #[arg(long, requires = "create")]
    pub(crate) dry_run: bool,
    #[arg(long)]
    pub(crate) check_values: bool,
    #[arg(long)]
    pub(crate) no_roles: bool,
    #[arg(long, value_name = "ASSUMPTION")]
    pub(crate) accept: Vec<String>,
    #[command(flatten)]
    pub(crate) at_hand: AtHand,
    #[arg(long, value_name = "VERSION")]
    pub(crate) agent_version: Option<String>,
    #[arg(long, value_enum, default_value = "warning", value_name = "SEVERITY")]
    pub(crate) fail_on: FailOn,
}

/// What ECS reads and Sekisho does not fetch.
#[derive(Debug, Args)]
pub(crate) struct AtHand {
    #[arg(long, value_name = "ARN=FILE")]
    pub(crate) environment_file: Vec<String>,
}

/// `--fail-on`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    Note,
    Warning,
    Error,
}

#[derive(Debug, Args)]
pub(crate) struct Run {
    #[arg(value_name = "ENV")]
    pub(crate) environment: String,
    #[arg(value_name = "SERVICE")]
    pub(crate) service: String,
    #[arg(long, value_name = "NAME")]
    pub(crate) container: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub(crate) task_definition: Option<PathBuf>,
    #[arg(long)]
    pub(crate) clean: bool,
    #[arg(long, value_name = "VARIABLE")]
    pub(crate) allow_name: Vec<String>,
    #[command(flatten)]
    pub(crate) at_hand: AtHand,
    #[arg(long)]
    pub(crate) redact: bool,
    #[arg(last = true, required = true, value_name = "CMD")]
    pub(crate) command: Vec<OsString>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Secret {
    List(SecretList),
    Get(SecretGet),
    Set(SecretSet),
    History(SecretHistory),
    Rollback(SecretRollback),
    Remove(SecretRemove),
    Restore(SecretRestore),
    Copy(SecretCopy),
    Import(SecretImport),
    Export(SecretExport),
    Diff(SecretDiff),
}

#[derive(Debug, Args)]
pub(crate) struct SecretList {
    #[arg(value_name = "ENV")]
    pub(crate) environment: String,
    #[arg(long)]
    pub(crate) missing: bool,
    #[arg(long, conflicts_with = "missing")]
    pub(crate) unused: bool,
}

#[derive(Debug, Args)]
pub(crate) struct SecretGet {
    #[arg(value_name = "ENV")]
    pub(crate) environment: String,
    #[arg(value_name = "SECRET")]
    pub(crate) secret: String,
    #[arg(long, value_name = "KEY")]
    pub(crate) key: Option<String>,
    #[arg(long)]
    pub(crate) reveal: bool,
}

#[derive(Debug, Args)]
pub(crate) struct SecretSet {
    #[arg(value_name = "ENV")]
    pub(crate) environment: String,
    #[arg(value_name = "SECRET")]
    pub(crate) secret: String,
    #[arg(long, value_name = "KEY")]
    pub(crate) key: Option<String>,
    #[arg(long, conflicts_with_all = ["file", "generate"])]
    pub(crate) stdin: bool,
    #[arg(long, value_name = "FILE", conflicts_with = "generate")]
    pub(crate) file: Option<PathBuf>,
    #[arg(long)]
    pub(crate) generate: bool,
    #[arg(long, value_name = "VERSION")]
    pub(crate) if_version: Option<String>,
    #[arg(long)]
    pub(crate) force: bool,
    #[arg(long)]
    pub(crate) yes: bool,
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Args)]
pub(crate) struct SecretHistory {
    #[arg(value_name = "ENV")]
    pub(crate) environment: String,
    #[arg(value_name = "SECRET")]
    pub(crate) secret: String,
    #[arg(long, value_name = "KEY")]
    pub(crate) key: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct SecretRollback {
    #[arg(value_name = "ENV")]
    pub(crate) environment: String,
    #[arg(value_name = "SECRET")]
    pub(crate) secret: String,
    #[arg(long, value_name = "KEY")]
    pub(crate) key: Option<String>,
    #[arg(long, value_name = "VERSION")]
    pub(crate) to: Option<String>,
    #[arg(long, value_name = "VERSION")]
    pub(crate) if_version: Option<String>,
    #[arg(long)]
    pub(crate) force: bool,
    #[arg(long)]
    pub(crate) yes: bool,
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Args)]
pub(crate) struct SecretRemove {
    #[arg(value_name = "ENV")]
    pub(crate) environment: String,
    #[arg(value_name = "SECRET")]
    pub(crate) secret: String,
    #[arg(long, value_name = "KEY")]
    pub(crate) key: Option<String>,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(7..=30), conflicts_with = "force_delete")]
    pub(crate) recovery_days: Option<u8>,
    #[arg(long)]
    pub(crate) force_delete: bool,
    #[arg(long, value_name = "VERSION")]
    pub(crate) if_version: Option<String>,
    #[arg(long)]
    pub(crate) force: bool,
    #[arg(long)]
    pub(crate) yes: bool,
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Args)]
pub(crate) struct SecretRestore {
    #[arg(value_name = "ENV")]
    pub(crate) environment: String,
    #[arg(value_name = "SECRET")]
    pub(crate) secret: String,
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Args)]
pub(crate) struct SecretCopy {
    #[arg(value_name = "FROM")]
    pub(crate) from: String,
    #[arg(value_name = "TO")]
    pub(crate) to: String,
    #[arg(value_name = "SECRET")]
    pub(crate) secrets: Vec<String>,
    #[arg(long, value_enum, value_name = "STORE")]
    pub(crate) from_store: Option<StoreName>,
    #[arg(long)]
    pub(crate) force: bool,
    #[arg(long)]
    pub(crate) yes: bool,
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// `--from-store`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum StoreName {
    Ssm,
    Secretsmanager,
}

impl StoreName {
    /// The model's word for it.
    pub(crate) fn kind(self) -> StoreKind {
        match self {
            Self::Ssm => StoreKind::Ssm,
            Self::Secretsmanager => StoreKind::SecretsManager,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct SecretImport {
    #[arg(value_name = "ENV")]
    pub(crate) environment: String,
    #[arg(long, value_name = "FILE", required_unless_present = "stdin")]
    pub(crate) file: Option<PathBuf>,
    #[arg(long, conflicts_with = "file")]
    pub(crate) stdin: bool,
    #[arg(long, value_enum)]
    pub(crate) format: Option<ValuesFormat>,
    #[arg(long)]
    pub(crate) force: bool,
    #[arg(long)]
    pub(crate) yes: bool,
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// `--format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ValuesFormat {
    Dotenv,
    Json,
    Yaml,
}

#[derive(Debug, Args)]
pub(crate) struct SecretExport {
    #[arg(value_name = "ENV")]
    pub(crate) environment: String,
    #[arg(value_name = "SECRET")]
    pub(crate) secrets: Vec<String>,
    #[arg(long, value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    #[arg(long, value_enum)]
    pub(crate) format: Option<ValuesFormat>,
    #[arg(long, value_enum, default_value = "variable")]
    pub(crate) names: ExportNames,
    #[arg(long, conflicts_with = "file")]
    pub(crate) reveal: bool,
    #[arg(long, requires = "file")]
    pub(crate) dry_run: bool,
}

/// `--names`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportNames {
    Variable,
    Logical,
}

#[derive(Debug, Args)]
pub(crate) struct SecretDiff {
    #[arg(value_name = "ENV1")]
    pub(crate) first: String,
    #[arg(value_name = "ENV2")]
    pub(crate) second: String,
    #[arg(value_name = "SECRET")]
    pub(crate) secrets: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Can {
    #[arg(long, value_name = "ARN", required_unless_present_any = ["batch", "diff"])]
    pub(crate) principal: Option<String>,
    #[arg(long, required_unless_present_any = ["batch", "diff"])]
    pub(crate) action: Option<String>,
    #[arg(long, value_name = "ARN", default_value = "*")]
    pub(crate) resource: String,
    #[arg(long, value_name = "ID")]
    pub(crate) resource_account: Option<String>,
    #[arg(long, value_name = "KEY=VALUE")]
    pub(crate) context: Vec<String>,
    #[arg(long, value_name = "KEY")]
    pub(crate) absent: Vec<String>,
    #[arg(long)]
    pub(crate) complete: bool,
    #[arg(long, value_name = "FILE")]
    pub(crate) identity_policy: Vec<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(crate) resource_policy: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(crate) boundary: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(crate) session_policy: Vec<PathBuf>,
    #[arg(long, value_name = "[LEVEL=]FILE")]
    pub(crate) scp: Vec<String>,
    #[arg(long, value_name = "[LEVEL=]FILE")]
    pub(crate) rcp: Vec<String>,
    #[arg(long, value_name = "FILE")]
    pub(crate) endpoint_policy: Vec<PathBuf>,
    #[arg(long, value_enum, value_name = "LAYER")]
    pub(crate) unknown: Vec<PolicyLayer>,
    #[arg(long, value_name = "FILE", conflicts_with_all = ["principal", "action", "diff"])]
    pub(crate) batch: Option<PathBuf>,
    #[arg(long, value_names = ["OLD", "NEW"], num_args = 2, conflicts_with_all = ["principal", "action"])]
    pub(crate) diff: Option<Vec<PathBuf>>,
}

#[derive(Debug, Args)]
pub(crate) struct WhoCan {
    #[arg(value_name = "ENV", required_unless_present = "arn", requires = "secret")]
    pub(crate) environment: Option<String>,
    #[arg(value_name = "SECRET")]
    pub(crate) secret: Option<String>,
    #[arg(long, value_name = "ARN", conflicts_with = "environment")]
    pub(crate) arn: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub(crate) account_details: Option<PathBuf>,
    #[arg(long, value_name = "FILE", requires = "account_details")]
    pub(crate) secret_policy: Option<PathBuf>,
    #[arg(long, requires = "account_details", conflicts_with = "secret_policy")]
    pub(crate) no_secret_policy: bool,
    #[arg(long, value_name = "FILE", requires = "account_details")]
    pub(crate) key_policy: Option<PathBuf>,
    #[arg(long, value_name = "ARN", requires = "account_details")]
    pub(crate) key: Option<String>,
    #[arg(long, requires = "account_details", conflicts_with_all = ["key", "key_policy"])]
    pub(crate) aws_managed_key: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Generate {
    Policy(GeneratePolicy),
}

#[derive(Debug, Args)]
pub(crate) struct GeneratePolicy {
    #[arg(long, value_name = "SERVICE", conflicts_with = "verb")]
    pub(crate) service: Vec<String>,
    #[arg(long, value_name = "ENV", conflicts_with = "verb")]
    pub(crate) environment: Option<String>,
    #[arg(long = "for", id = "verb", value_name = "VERB")]
    pub(crate) verb: Option<String>,
    #[arg(long, requires = "verb")]
    pub(crate) write: bool,
    #[arg(long, value_name = "FILE", conflicts_with_all = ["verb", "service"])]
    pub(crate) task_definition: Vec<PathBuf>,
    #[arg(long, value_name = "ID", conflicts_with = "verb")]
    pub(crate) account: Option<String>,
    #[arg(long, value_enum, default_value = "json")]
    pub(crate) format: PolicyFormat,
}

/// `--format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PolicyFormat {
    Json,
    Hcl,
}

/// `--unknown`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PolicyLayer {
    Identity,
    Resource,
    Boundary,
    Session,
    Scp,
    Rcp,
    Endpoint,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Local {
    Start(LocalStart),
    Status,
    Env(LocalEnv),
    Save(LocalSave),
    Load(LocalLoad),
    Seal(LocalSeal),
    Reset(LocalReset),
}

#[derive(Debug, Args)]
pub(crate) struct LocalStart {
    #[arg(long, value_name = "N")]
    pub(crate) port: Option<u16>,
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub(crate) listen: IpAddr,
    #[arg(long, value_name = "NAME")]
    pub(crate) allow_host: Vec<String>,
    #[arg(long)]
    pub(crate) test_mode: bool,
}

#[derive(Debug, Args)]
pub(crate) struct LocalEnv {
    #[arg(long, value_name = "ID")]
    pub(crate) account: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct LocalSave {
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    #[arg(long)]
    pub(crate) replace: bool,
}

#[derive(Debug, Args)]
pub(crate) struct LocalLoad {
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
}

#[derive(Debug, Args)]
pub(crate) struct LocalSeal {
    #[arg(long)]
    pub(crate) remove: bool,
}

#[derive(Debug, Args)]
pub(crate) struct LocalReset {
    #[arg(long)]
    pub(crate) yes: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Schema {
    #[arg(value_enum, default_value = "manifest")]
    pub(crate) of: SchemaOf,
}

/// What `schema` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaOf {
    Manifest,
    Report,
}

#[derive(Debug, Args)]
pub(crate) struct Completions {
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(crate) struct Man {
    #[arg(value_name = "DIR")]
    pub(crate) directory: Option<PathBuf>,
}
