//! `verify`: would every container receive each of its secrets, now?

use sekisho_aws::{CallError, ErrorClass, live_service, observe};
use sekisho_engine::questions::questions;
use sekisho_engine::{ASSUMPTIONS, Case, Severity, judge};
use sekisho_model::value_from::Surroundings;
use sekisho_report::{Gate, Verification, verification_json, verification_jsonl, verification_summary, verification_text};

use crate::access;
use crate::cli::{FailOn, Output, Verify};
use crate::endpoint::{self, Wanted};
use crate::failure::{Failure, Outcome, suggestion};
use crate::filling::{self, Filled, Sources};
use crate::progress::Progress;
use crate::session::{self, Session};
use crate::survey::Survey;
use crate::telling::{self, Telling};

pub(crate) async fn run(session: &Session, arguments: &Verify) -> Outcome {
    let manifest = if arguments.environment.is_some() { Some(session.needed_manifest()?) } else { None };
    let environment = match (&manifest, &arguments.environment) {
        (Some(manifest), Some(name)) => Some((manifest, session::environment(&manifest.declaration, name)?)),
        _ => None,
    };
    let accepted = accepted(arguments)?;
    let live = arguments.live.as_deref().map(service_of).transpose()?;
    if live.is_some() && arguments.services.len() > 1 {
        return Err(Failure::new("services-and-files"));
    }
    let survey = match environment {
        _ if live.is_some() => Survey::empty(environment),
        Some((manifest, environment)) if arguments.task_definition.is_empty() => {
            let services = session::services(&manifest.declaration, &arguments.services)?;
            Survey::of_services(manifest, environment, &services)?
        }
        _ if !arguments.services.is_empty() => return Err(Failure::new("services-and-files")),
        environment => Survey::of_files(environment, &arguments.task_definition)?,
    };
    let mut survey = survey.with_environment_files(&arguments.at_hand.environment_file)?.with_agent(arguments.agent_version.as_deref())?;
    let sources = sources(arguments)?;
    let (hint_region, hint_account) = survey.hints();
    let (progress, watch) = Progress::start(&session.wording, session.global.quiet, session.global.verbose);
    let reached = endpoint::reach(session, Wanted { environment, hint_region, hint_account }, watch).await?;
    let surroundings = Surroundings { region: Some(reached.connection.region().clone()), account: Some(reached.identity.account.clone()) };
    if let Some((cluster, service)) = live {
        let found = live_service(&reached.connection, cluster, service).await.map_err(|error| not_found(error, cluster, service))?;
        survey.add_live(&found, service, &arguments.services)?;
    }
    let references = survey.references(&surroundings)?;
    let caller = access::caller_role(session, &reached);
    let mut asked = questions(&references.references, arguments.check_values);
    let as_role = references.references.iter().filter(|reference| references.is_read_by(reference, caller.as_deref(), &surroundings));
    asked.add(questions(as_role, true));
    let account = reached.identity.account.as_str();
    progress.looking_up(&asked);
    let mut observations = observe(&reached.connection, account, &asked).await;
    let mut filled = Filled::default();
    if arguments.create {
        progress.clear();
        let declared = environment.map(|(manifest, environment)| (&manifest.declaration, environment));
        filled = filling::fill(session, &reached, declared, &references.references, &observations, &sources).await?;
        if filled.changes.iter().any(|change| !change.action.starts_with("change-would")) {
            observations = observe(&reached.connection, account, &asked).await;
        }
    }
    let requires = survey.requirements();
    let case =
        Case { caller_role: caller.as_deref(), accepted: &accepted, ..survey.case(&references, &surroundings, &observations, &requires) };
    let tasks = access::examine(session, &reached, &case, arguments.no_roles).await;
    let mut judgement = judge(&Case { access: &tasks, ..case });
    survey.unplace(&mut judgement);
    drop(progress);
    for (id, args) in &filled.unfilled {
        session.tell(id, args);
    }
    let report = Verification {
        environment: environment.map(|(_, environment)| environment.name.as_str()),
        account: account.to_owned(),
        region: reached.connection.region().to_string(),
        endpoint: reached.endpoint.clone(),
        inputs: survey.inputs.clone(),
        services: survey.count(),
        references: &references.references,
        observations: &observations,
        judgement: &judgement,
        access: &tasks,
        told: telling::told(&judgement, &survey.inputs),
        changes: filled.changes,
        creating: arguments.create && !arguments.dry_run,
    };
    match session.global.output {
        Output::Text => session.print(&verification_text(&report, &session.wording)),
        Output::Json => session.print_json(&format!("{:#}\n", verification_json(&report, &session.wording))),
        Output::Jsonl => session.print_json(&verification_jsonl(&report, &session.wording)),
        Output::Sarif | Output::Junit | Output::Github | Output::Markdown => {
            let inputs = survey.inputs.iter().map(String::as_str).collect();
            let summary = verification_summary(&report, &session.wording);
            Telling { title: "sekisho verify", told: &report.told, untold: 0, inputs, summary }.print(session)?;
        }
    }
    match filled.failure {
        Some(failure) => Err(failure),
        None => Ok(gate(arguments.fail_on).exit_code(&judgement)),
    }
}

/// The assumptions of `--accept`, each of which has to be one.
fn accepted(arguments: &Verify) -> Result<Vec<String>, Failure> {
    for id in &arguments.accept {
        if !ASSUMPTIONS.contains(&id.as_str()) {
            let near = suggestion(id, ASSUMPTIONS.into_iter());
            return Err(Failure::new("unknown-assumption").with("name", id).with("suggestion", near).with("known", ASSUMPTIONS.join(", ")));
        }
    }
    Ok(arguments.accept.clone())
}

/// `CLUSTER/SERVICE`.
fn service_of(text: &str) -> Result<(&str, &str), Failure> {
    let parts = text.split_once('/').filter(|(cluster, service)| !cluster.is_empty() && !service.is_empty() && !service.contains('/'));
    parts.ok_or_else(|| Failure::new("bad-live").with("text", text))
}

fn not_found(error: CallError, cluster: &str, service: &str) -> Failure {
    if error.class == ErrorClass::Absent {
        return Failure::new("live-absent").with("cluster", cluster).with("service", service).with("code", error.code.unwrap_or_default());
    }
    error.into()
}

fn gate(fail_on: FailOn) -> Gate {
    Gate(match fail_on {
        FailOn::Note => Severity::Note,
        FailOn::Warning => Severity::Warning,
        FailOn::Error => Severity::Error,
    })
}

fn sources(arguments: &Verify) -> Result<Sources, Failure> {
    let mut sources = Sources { generate: arguments.generate, dry_run: arguments.dry_run, ..Sources::default() };
    if arguments.stdin {
        let bytes = super::secret::read_stdin()?;
        for (name, value) in sekisho_read::values("<stdin>", &bytes)? {
            sources.given.insert(name.value, value);
        }
    }
    Ok(sources)
}
