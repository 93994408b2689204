//! `run`: the command with the environment that ECS would build.

use std::os::unix::process::CommandExt as _;

use sekisho_aws::observe;
use sekisho_engine::Slot;
use sekisho_engine::environment::{Assembled, assemble};
use sekisho_engine::questions::questions;
use sekisho_model::task_definition::Container;
use sekisho_model::value_from::Surroundings;
use sekisho_report::escape;

use crate::cli::Run;
use crate::endpoint::{self, Wanted};
use crate::failure::{BEFORE_RUN, Failure, Outcome, cause};
use crate::harden;
use crate::passphrase;
use crate::progress::Progress;
use crate::redact::{Mask, SHORTEST, supervise};
use crate::session::{self, Session};
use crate::stderr;
use crate::survey::{References, Survey};

pub(crate) fn run(session: &Session, arguments: &Run) -> Outcome {
    let assembled = super::on_runtime(assembled(session, arguments)).map_err(|failure| {
        let exit = if failure.exit == 130 { 130 } else { BEFORE_RUN };
        failure.exiting(exit)
    })?;
    for (id, subject) in &assembled.assumptions {
        session.tell("assumed-line", &[("what", session.say(id, &[("subject", subject.clone())]))]);
    }
    if !assembled.missing.is_empty() {
        let names = assembled.missing.join(", ");
        return Err(Failure::new("run-missing")
            .with("names", names)
            .with("service", &arguments.service)
            .with("environment", &arguments.environment)
            .exiting(BEFORE_RUN));
    }
    refuse_dangerous(&assembled, &arguments.allow_name)?;
    let Some((program, rest)) = arguments.command.split_first() else { return Err(Failure::new("run-nothing").exiting(BEFORE_RUN)) };
    let mut command = std::process::Command::new(program);
    command.args(rest);
    if arguments.clean {
        command.env_clear();
    }
    for name in passphrase::VARIABLES {
        command.env_remove(name);
    }
    for (name, value) in &assembled.variables {
        command.env(name, value.expose());
    }
    if arguments.redact {
        return redacted(session, arguments, command, &assembled);
    }
    harden::restore(session.core_limit);
    // Only a failure returns: signals, terminal and exit code are the command's own from here on.
    Err(not_started(arguments, &command.exec()))
}

fn not_started(arguments: &Run, error: &std::io::Error) -> Failure {
    let exit = if error.kind() == std::io::ErrorKind::NotFound { 127 } else { 126 };
    let program = arguments.command.first().map(|program| program.to_string_lossy().into_owned()).unwrap_or_default();
    Failure::new("run-failed").with("command", program).with("cause", cause(error)).exiting(exit)
}

/// Runs `command` with the values of the stores masked in what it writes. What is too short to be masked is said before.
fn redacted(session: &Session, arguments: &Run, command: std::process::Command, assembled: &Assembled) -> Outcome {
    let values = || assembled.from_stores.iter().filter_map(|name| Some((name, assembled.variables.get(name)?)));
    let short: Vec<&str> = values().filter(|(_, value)| value.expose().len() < SHORTEST).map(|(name, _)| name.as_str()).collect();
    if !short.is_empty() {
        session.tell("redact-short", &[("names", short.join(", ")), ("least", SHORTEST.to_string())]);
    }
    let maskable = values().any(|(_, value)| value.expose().len() >= SHORTEST);
    let mask = Mask::new(values().map(|(_, value)| value.expose().as_str()));
    if mask.is_none() && maskable {
        return Err(Failure::new("redact-impossible").exiting(BEFORE_RUN));
    }
    supervise(command, mask, session.core_limit).map_err(|error| not_started(arguments, &error))
}

async fn assembled(session: &Session, arguments: &Run) -> Result<Assembled, Failure> {
    let manifest = session.needed_manifest()?;
    let environment = session::environment(&manifest.declaration, &arguments.environment)?;
    let services = session::services(&manifest.declaration, std::slice::from_ref(&arguments.service))?;
    let survey = match &arguments.task_definition {
        Some(path) => Survey::of_files(Some((&manifest, environment)), std::slice::from_ref(path))?,
        None => Survey::of_services(&manifest, environment, &services)?,
    };
    let survey = survey.with_environment_files(&arguments.at_hand.environment_file)?;
    let container = survey.container(arguments.container.as_deref())?;
    let (hint_region, hint_account) = survey.hints();
    let (_progress, watch) = Progress::start(&session.wording, session.global.quiet, session.global.verbose);
    let wanted = Wanted { environment: Some((&manifest, environment)), hint_region, hint_account };
    let reached = endpoint::reach(session, wanted, watch).await?;
    let surroundings = Surroundings { region: Some(reached.connection.region().clone()), account: Some(reached.identity.account.clone()) };
    let mut references = survey.references(&surroundings)?;
    let unwired = keep_what_concerns(&mut references, container);
    let observations = observe(&reached.connection, reached.identity.account.as_str(), &questions(&references.references, true)).await;
    let requires = survey.requirements();
    let case = survey.case(&references, &surroundings, &observations, &requires);
    let service = references.definitions.first().map_or(arguments.service.as_str(), |definition| definition.service.as_str());
    let mut assembled = assemble(&case, service, container);
    if container.is_none() {
        assembled.assumptions.push(("assume-declared-only", arguments.service.clone()));
    }
    if !unwired.is_empty() {
        assembled.assumptions.push(("assume-not-wired", unwired.join(", ")));
    }
    // Why something is missing is worth more than that it is.
    let judgement = sekisho_engine::judge(&case);
    for name in &assembled.missing {
        for finding in judgement.findings.iter().filter(|finding| finding.address.ends_with(&format!("/{name}"))) {
            stderr::print(sekisho_report::finding_text(finding, &session.wording));
        }
    }
    Ok(assembled)
}

/// Leaves of `references` what `container` gets, so that nothing else is read; returns the declared variables that its task definition lacks, which ECS would
/// not set.
fn keep_what_concerns(references: &mut References, container: Option<&Container>) -> Vec<String> {
    let Some(container) = container else { return Vec::new() };
    let mut unwired = Vec::new();
    references.references.retain(|reference| {
        let is_here = Some(&reference.container) == container.name.value() || reference.container == "*";
        match reference.slot {
            Slot::Declared if is_here => {
                unwired.push(reference.name.clone());
                false
            }
            Slot::Secrets => is_here,
            // A FireLens router gets the log options of the containers that it serves.
            Slot::SecretOptions => container.firelens.is_some(),
            _ => false,
        }
    });
    unwired
}

/// Variables by which a value in a store could take over the process or what it starts: loaders, shells, interpreters.
const DANGEROUS: [&str; 24] = [
    "PATH",
    "IFS",
    "ENV",
    "BASH_ENV",
    "SHELLOPTS",
    "BASHOPTS",
    "PS4",
    "PROMPT_COMMAND",
    "CDPATH",
    "GLOBIGNORE",
    "NODE_OPTIONS",
    "NODE_PATH",
    "PYTHONPATH",
    "PYTHONSTARTUP",
    "PYTHONHOME",
    "RUBYOPT",
    "RUBYLIB",
    "PERL5OPT",
    "PERL5LIB",
    "JAVA_TOOL_OPTIONS",
    "_JAVA_OPTIONS",
    "JDK_JAVA_OPTIONS",
    "GIT_SSH_COMMAND",
    "GCONV_PATH",
];
const DANGEROUS_PREFIXES: [&str; 3] = ["LD_", "DYLD_", "BASH_FUNC_"];

fn refuse_dangerous(assembled: &Assembled, allowed: &[String]) -> Result<(), Failure> {
    let is_dangerous = |name: &str| DANGEROUS.contains(&name) || DANGEROUS_PREFIXES.iter().any(|prefix| name.starts_with(prefix));
    let refused: Vec<&str> = assembled
        .from_stores
        .iter()
        .map(String::as_str)
        .filter(|name| is_dangerous(name) && !allowed.iter().any(|allow| allow == name))
        .collect();
    if !refused.is_empty() {
        return Err(Failure::new("run-dangerous").with("names", refused.join(", ")).exiting(BEFORE_RUN));
    }
    let impossible =
        assembled.variables.iter().find(|(name, value)| name.is_empty() || name.contains(['=', '\0']) || value.expose().contains('\0'));
    match impossible {
        Some((name, _)) => Err(Failure::new("run-impossible").with("name", escape(name)).exiting(BEFORE_RUN)),
        None => Ok(()),
    }
}
