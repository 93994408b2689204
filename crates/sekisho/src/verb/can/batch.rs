//! `can --batch`: a question a line, an answer a line, in order. One bad line is told and the rest goes on.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write, stdin};
use std::path::Path;
use std::sync::Arc;

use sekisho_iam::{CompiledPolicy, Context, ContextValue, Layer, Layers, OrgLevel, PolicySet, Principal, Request, Resource, decide};
use sekisho_model::Because;
use sekisho_model::policy::{PolicyDocument, PolicyKind};
use sekisho_read::question::{AskedLevel, AskedPolicy, AskedPrincipal, AskedValue, Given, LINE_LIMIT, Line, Question};
use sekisho_report::{because_json, escape_json};

use crate::failure::{Failure, Outcome, USAGE};
use crate::session::Session;

pub(super) fn run(session: &Session, file: &Path) -> Outcome {
    let input: Box<dyn Read> = if file == Path::new("-") {
        Box::new(stdin())
    } else {
        Box::new(File::open(file).map_err(|error| Failure::file("file-unreadable", file, &error))?)
    };
    let mut lines = BufReader::with_capacity(1 << 16, input);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let (mut asked, mut bad) = (0_u64, 0_u64);
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = (&mut lines).take(LINE_LIMIT as u64 + 2).read_until(b'\n', &mut line);
        if read.map_err(|error| Failure::file("file-unreadable", file, &error))? == 0 {
            break;
        }
        let long = line.len() > LINE_LIMIT + 1 && line.last() != Some(&b'\n');
        if long {
            skip(&mut lines).map_err(|error| Failure::file("file-unreadable", file, &error))?;
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim().trim_start_matches('\u{feff}');
        if text.is_empty() {
            continue;
        }
        asked += 1;
        let answer = answer(session, text);
        bad += u64::from(answer.is_err());
        let (Ok(said) | Err(said)) = answer;
        // Nobody reads on: nothing more to answer.
        if writeln!(out, "{}", escape_json(&said)).is_err() {
            return Ok(0);
        }
        // Whoever asks line by line gets the answer before the next question.
        if lines.buffer().is_empty() && out.flush().is_err() {
            return Ok(0);
        }
    }
    drop(out);
    if bad > 0 {
        session.tell("can-bad-lines", &[("bad", bad.to_string()), ("lines", asked.to_string())]);
        return Ok(USAGE);
    }
    Ok(0)
}

/// Reads on to the end of a line that is too long.
fn skip(lines: &mut impl BufRead) -> std::io::Result<()> {
    loop {
        let buffer = lines.fill_buf()?;
        let (used, end) = match buffer.iter().position(|byte| *byte == b'\n') {
            Some(at) => (at + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        lines.consume(used);
        if end {
            return Ok(());
        }
    }
}

/// The answer to one line; as an error the line that says what is wrong with it.
fn answer(session: &Session, text: &str) -> Result<String, String> {
    let Line { name, question } = sekisho_read::question(text);
    let failed = |failure: Failure| {
        let said: Vec<String> = failure.lines.iter().map(|line| session.say(&line.id, &line.args)).collect();
        format!(r#"{{"name":{name},"error":{}}}"#, serde_json::Value::from(said.join("; ")))
    };
    let question = question.map_err(|problems| failed(problems.into()))?;
    let (request, layers) = ready(question).map_err(&failed)?;
    let decision = decide(&request, &layers);
    let because: Vec<serde_json::Value> = decision.because.iter().map(because_json).collect();
    Ok(format!(r#"{{"name":{name},"decision":"{}","because":{}}}"#, decision.outcome, serde_json::Value::from(because)))
}

fn ready(question: Question) -> Result<(Request, Layers), Failure> {
    let principal = match &question.principal {
        AskedPrincipal::Anonymous => Principal::anonymous(),
        AskedPrincipal::Named(text) => super::principal(text)?,
    };
    let mut resource = Resource::new(&question.resource);
    if let Given::Known(account) = &question.account {
        resource = resource.in_account(&super::account_id(account)?);
    }
    let mut context = Context::complete();
    for (key, value) in question.context {
        let value = match value {
            AskedValue::Unknown => ContextValue::Unknown,
            AskedValue::One(value) => ContextValue::One(value),
            AskedValue::Many(values) => ContextValue::Many(values),
        };
        context.set(&key, value);
    }
    let request = Request::new(principal, &question.action, resource, context);
    let of_resource = if super::is_assuming(&request) { PolicyKind::Trust } else { PolicyKind::Resource };
    let layers = Layers {
        identity: layer(question.identity, |policies| set(policies, PolicyKind::Identity)),
        resource: layer(question.resource_policy, |document| single("resourcePolicy", document, of_resource)),
        boundary: layer(question.boundary, |policies| set(policies, PolicyKind::Boundary)),
        session: layer(question.session, |document| single("sessionPolicy", document, PolicyKind::Session)),
        scps: layer(question.scps, |levels| organisation(levels, PolicyKind::ServiceControl)),
        rcps: layer(question.rcps, |levels| organisation(levels, PolicyKind::ResourceControl)),
        endpoint: layer(question.endpoint, |policies| set(policies, PolicyKind::Endpoint)),
    };
    Ok((request, layers))
}

fn layer<G, T>(given: Given<G>, known: impl FnOnce(G) -> T) -> Layer<T> {
    match given {
        Given::Absent => Layer::DoesNotExist,
        Given::Unknown => Layer::unknown(Because::NotAsked),
        Given::Known(given) => Layer::Known(known(given)),
    }
}

fn single(name: &str, document: PolicyDocument, kind: PolicyKind) -> PolicySet {
    PolicySet::new([Arc::new(CompiledPolicy::new(name, kind, document))])
}

fn set(policies: Vec<AskedPolicy>, kind: PolicyKind) -> PolicySet {
    let mut unknown: Vec<Arc<str>> = Vec::new();
    let mut known = Vec::with_capacity(policies.len());
    for AskedPolicy { name, document } in policies {
        match document {
            Some(document) => known.push(Arc::new(CompiledPolicy::new(&name, kind, document))),
            None => unknown.push(name.into()),
        }
    }
    PolicySet::with_unreadable(known, unknown)
}

fn organisation(levels: Vec<AskedLevel>, kind: PolicyKind) -> Vec<OrgLevel> {
    levels.into_iter().map(|level| OrgLevel { name: level.name.into(), policies: set(level.policies, kind) }).collect()
}
