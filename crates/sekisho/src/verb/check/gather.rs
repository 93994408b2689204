//! From files to findings: each file is read, judged and let go; what belongs to a service of the manifest is judged once for each of its environments.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use sekisho_engine::file::{FileFact, FileKind};
use sekisho_engine::predict::Said;
use sekisho_engine::suppression::{Scope, Suppression, rule_named};
use sekisho_engine::template::judge_symbols;
use sekisho_engine::{Case, Definition, Judgement, Prediction, ReadPolicy, Reference, Verdict, from_definition, judge};
use sekisho_model::declaration::{Environment, Service};
use sekisho_model::observed::Observations;
use sekisho_model::task_definition::TaskDefinition;
use sekisho_model::value_from::Surroundings;
use sekisho_model::{Fact, Source, Span};
use sekisho_read::document::{Dialect, Document, FoundPolicy, Reading};
use sekisho_read::{Problem, Problems};
use sekisho_report::{Check as Report, Input, Looked};

use super::beside::Beside;
use super::collector::{Collector, Content, absolute};
use super::fix::fingerprint;
use super::walk::{Candidate, Walk, shown, unreadable};
use super::{lies_below, open};
use crate::failure::Failure;
use crate::files::{self, Manifest};
use crate::session::Session;
use crate::survey::{Survey, Unit};
use crate::telling::values;

/// Most bytes that are read of one tree.
const BYTES: u64 = 1024 * 1024 * 1024;
/// Longest time that files are read.
const TIME: Duration = Duration::from_secs(300);
/// Most problems of one file that become findings.
const PROBLEMS: usize = 100;

/// One check while it reads.
#[derive(Debug)]
pub(super) struct Gathering<'a> {
    manifest: Option<&'a Manifest>,
    surroundings: Surroundings,
    reading: Reading,
    candidates: Vec<Candidate>,
    directories: Vec<PathBuf>,
    facts: Vec<FileFact>,
    looked: Looked,
    inputs: Vec<Input>,
    definitions: usize,
    policies: usize,
    references: usize,
    failing: HashSet<(Arc<str>, usize)>,
    /// Definitions that a service of the manifest names, by canonical path.
    claimed: BTreeMap<PathBuf, Vec<Claimed>>,
    /// Canonical paths that services name, in any environment.
    claims: BTreeSet<PathBuf>,
    /// Canonical paths that were read.
    read: BTreeSet<PathBuf>,
    /// The policies of `directory`, until its last file was read.
    pending: Vec<Pending>,
    directory: Option<PathBuf>,
    /// What configurations of ecspresso say of other files.
    beside: Beside,
}

/// A policy that was read and is not judged yet.
#[derive(Debug)]
struct Pending {
    policy: ReadPolicy,
    file: Arc<str>,
    text: String,
    fingerprint: u64,
}

/// A definition that is kept until the manifest's services are judged.
#[derive(Debug)]
struct Claimed {
    definition: Definition,
    text: Arc<str>,
    file: Arc<str>,
    hidden: Vec<Span>,
    fingerprint: u64,
    /// Whether a service was judged with it.
    used: Cell<bool>,
}

impl<'a> Gathering<'a> {
    pub(super) fn new(session: &Session, manifest: Option<&'a Manifest>, walk: Walk) -> Self {
        let region = session.global.region.as_deref().and_then(|region| region.parse().ok());
        let surroundings = Surroundings { region, account: None };
        let mut gathering = Self {
            manifest,
            reading: Reading { region: surroundings.region.clone(), allow_env: files::allowed_environment(), ..Reading::default() },
            surroundings,
            candidates: walk.candidates,
            directories: walk.directories,
            facts: walk.facts,
            looked: walk.looked,
            inputs: Vec::new(),
            definitions: 0,
            policies: 0,
            references: 0,
            failing: HashSet::new(),
            claimed: BTreeMap::new(),
            claims: BTreeSet::new(),
            read: BTreeSet::new(),
            pending: Vec::new(),
            directory: None,
            beside: Beside::default(),
        };
        gathering.claim();
        gathering
    }

    /// Notes which files the manifest's services name, and adds those that the walk did not come by: a rendered definition may well be ignored by git.
    fn claim(&mut self) {
        let Some(manifest) = self.manifest else { return };
        let root = absolute(manifest.directory());
        let whole = lies_below(&root, &self.directories);
        let met: BTreeSet<PathBuf> = self.candidates.iter().filter_map(|one| std::fs::canonicalize(&one.path).ok()).collect();
        for path in named_files(manifest) {
            match std::fs::canonicalize(&path) {
                Ok(canonical) if canonical.is_file() => {
                    // What a manifest names outside of its directory is not this tree's: it is left to `verify`.
                    if whole && !met.contains(&canonical) && canonical.starts_with(&root) && !self.claims.contains(&canonical) {
                        self.looked.files += 1;
                        self.candidates.push(Candidate { path, named: true });
                    }
                    self.claims.insert(canonical);
                }
                // A directory of Terraform is counted where its files are.
                Ok(_) => {}
                Err(_) if whole => {
                    if !self.facts.iter().any(|fact| *fact.file == *path.display().to_string()) {
                        self.facts.push(unreadable(&path, "missing"));
                    }
                }
                Err(_) => {}
            }
        }
    }

    /// Reads every candidate.
    pub(super) fn read(&mut self, collector: &mut Collector) {
        let begin = Instant::now();
        let candidates = std::mem::take(&mut self.candidates);
        let mut bytes = 0_u64;
        for (index, candidate) in candidates.iter().enumerate() {
            let limit = if bytes > BYTES {
                Some(("bytes", BYTES / 1024 / 1024))
            } else {
                (begin.elapsed() > TIME).then_some(("time", TIME.as_secs()))
            };
            if let Some((limit, most)) = limit {
                let left = candidates.len() - index;
                self.looked.left_out += left;
                let fact = FileFact::of(&shown(&candidate.path), FileKind::NotLookedAt, "not-looked-at").with("limit", limit);
                self.facts.push(fact.with("count", left).with("most", most));
                break;
            }
            if self.directory != candidate.path.parent().map(Path::to_owned) {
                self.judge_policies(collector);
                self.directory = candidate.path.parent().map(Path::to_owned);
            }
            match open::read(&candidate.path, candidate.named) {
                Ok(content) => {
                    bytes += content.len() as u64;
                    self.file(candidate, &content, collector);
                }
                Err(reason) => {
                    self.looked.refused += 1;
                    self.facts.push(unreadable(&candidate.path, &reason));
                }
            }
        }
        self.judge_policies(collector);
    }

    fn file(&mut self, candidate: &Candidate, bytes: &[u8], collector: &mut Collector) {
        let file = shown(&candidate.path);
        let canonical = std::fs::canonicalize(&candidate.path).unwrap_or_else(|_| candidate.path.clone());
        let outcome = sekisho_read::document(&file, bytes, &self.beside.reading(&canonical, &self.reading));
        let document = match outcome {
            Ok(document) if document.dialect == Dialect::Foreign => {
                self.looked.not_ours += 1;
                if candidate.named {
                    self.facts.push(unreadable(&candidate.path, "unrecognised"));
                }
                return;
            }
            Ok(document) => document,
            Err(problems) => return self.refuse(&file, problems),
        };
        if !self.read.insert(canonical.clone()) {
            return;
        }
        self.document(&file, canonical, bytes, document, collector);
    }

    /// A file that cannot be read.
    fn refuse(&mut self, file: &Arc<str>, problems: Problems) {
        self.looked.refused += 1;
        self.facts.extend(self::problems(file, problems.problems));
    }

    /// Judges the policies of one directory: what one of them lacks may stand in its neighbour.
    fn judge_policies(&mut self, collector: &mut Collector) {
        let pending = std::mem::take(&mut self.pending);
        if pending.is_empty() {
            return;
        }
        let (policies, contents): (Vec<ReadPolicy>, Vec<_>) =
            pending.into_iter().map(|one| (one.policy, (one.file, one.text, one.fingerprint))).unzip();
        let contents: Vec<Content<'_>> = contents
            .iter()
            .map(|(file, text, fingerprint)| Content { file: Arc::clone(file), text, hidden: Vec::new(), fingerprint: *fingerprint })
            .collect();
        let contents: Vec<&Content<'_>> = contents.iter().collect();
        let declaration = self.manifest.map(|manifest| &manifest.declaration);
        let mut judgement = judge(&Case { policies: &policies, declaration, ..Case::of(&self.surroundings) });
        // What is declared is judged with the definitions.
        judgement.findings.retain(|finding| finding.rule.id.starts_with("SEK01"));
        take(judgement, &[], &contents, &mut self.failing, collector);
    }

    fn document(&mut self, file: &Arc<str>, canonical: PathBuf, bytes: &[u8], mut document: Document, collector: &mut Collector) {
        let dialect = word(document.dialect);
        *self.looked.read.entry(dialect).or_default() += 1;
        let definitions = document.definitions.len();
        let policies = document.policies.len();
        self.inputs.push(Input { file: file.to_string(), dialect, definitions, policies });
        self.definitions += definitions;
        self.policies += policies;
        let content = Content {
            file: Arc::clone(file),
            text: str::from_utf8(bytes).unwrap_or_default(),
            hidden: values(&document),
            fingerprint: fingerprint(bytes),
        };
        let notes = document.notes.iter().map(|note| (note.code, note.place.clone(), note.args.clone()));
        let mut facts = FileFact::tolerated(file, notes);
        facts.extend(self.allow(file, bytes, collector));
        facts.extend(problems(file, std::mem::take(&mut document.problems)));
        facts.extend(document.unreadable.iter().filter_map(|leaf| FileFact::of_leaf(file, leaf)));
        self.facts.extend(self.beside.note(file, &document, &self.directories));
        document.services.extend(self.beside.services(&canonical, &self.reading));
        let names = names(file, &document.definitions);
        let mut judged = Vec::new();
        let mut met = vec![self.beside.is_service(&canonical); document.services.len()];
        let definitions = std::mem::take(&mut document.definitions);
        let only = definitions.len() == 1;
        for (name, definition) in names.into_iter().zip(definitions) {
            let meant = |named: Option<&Fact<String>>| only || named.is_some_and(|named| names_definition(named, &definition));
            let mut run_by = Vec::new();
            for (service, met) in document.services.iter().zip(&mut met) {
                if meant(service.task_definition.as_ref()) {
                    run_by.push(service.clone());
                    *met = true;
                }
            }
            let overrides = document.overrides.iter().filter(|run| meant(run.task_definition.as_ref())).cloned().collect();
            let definition = Definition { run_by, overrides, ..Definition::of(&name, definition) };
            let references = from_definition(&definition, &self.surroundings);
            self.references += references.len();
            if self.claims.contains(&canonical) {
                let (text, hidden) = (Arc::from(content.text), content.hidden.clone());
                self.claimed.entry(canonical.clone()).or_default().push(Claimed {
                    definition,
                    text,
                    file: Arc::clone(file),
                    hidden,
                    fingerprint: content.fingerprint,
                    used: Cell::new(false),
                });
            } else {
                judged.push((definition, references));
            }
        }
        let (definitions, references): (Vec<Definition>, Vec<Vec<Reference>>) = judged.into_iter().unzip();
        let mut references: Vec<Reference> = references.into_iter().flatten().collect();
        // A service whose definition is not here has references of its own; nothing is said of the definition.
        for (service, _) in document.services.iter().zip(met).filter(|(_, met)| !met) {
            let name = service.name.as_ref().and_then(Fact::value).cloned().unwrap_or_else(|| stem(file));
            let empty = TaskDefinition::empty(service.place.clone());
            let alone = Definition { run_by: vec![service.clone()], ..Definition::of(&name, empty) };
            let of_service = from_definition(&alone, &self.surroundings);
            self.references += of_service.len();
            references.extend(of_service);
        }
        let surroundings = self.surroundings.clone();
        let policies: Vec<ReadPolicy> = std::mem::take(&mut document.policies).into_iter().map(read_policy).collect();
        if document.dialect == Dialect::Policy {
            let text = content.text.to_owned();
            self.pending.extend(policies.into_iter().map(|policy| Pending {
                policy,
                file: Arc::clone(file),
                text: text.clone(),
                fingerprint: content.fingerprint,
            }));
            let judgement = judge(&Case { files: &facts, ..Case::of(&surroundings) });
            return take(judgement, &[], &[&content], &mut self.failing, collector);
        }
        let case =
            Case { references: &references, definitions: &definitions, policies: &policies, files: &facts, ..Case::of(&surroundings) };
        let judgement = judge(&case);
        take(judgement, &references, &[&content], &mut self.failing, collector);
        let (symbolic, judgement) = judge_symbols(&references, &document.symbols, &document.stored);
        take(judgement, &symbolic, &[&content], &mut self.failing, collector);
    }

    /// Hands the decisions in the comments of `file` to the collector; those that decide nothing are returned.
    fn allow(&self, file: &Arc<str>, bytes: &[u8], collector: &mut Collector) -> Vec<FileFact> {
        let yaml = [".yml", ".yaml"].iter().any(|ending| file.ends_with(ending));
        let mut malformed = Vec::new();
        for allowance in sekisho_read::allowances(file, bytes, yaml) {
            let mut fact = FileFact::of(file, FileKind::Suppression, "malformed-suppression").with("rule", &allowance.rule);
            fact.place = Some(allowance.place.clone());
            match rule_named(&allowance.rule) {
                _ if allowance.rule.is_empty() => malformed.push(fact.with("reason", "nothing").with("near", "none")),
                Err(near) => malformed.push(fact.with("reason", "unknown").with("near", near.unwrap_or("none"))),
                Ok(_) if allowance.reason.is_empty() => malformed.push(fact.with("reason", "reason").with("near", "none")),
                Ok(rule) => {
                    let scope = Scope::Bytes { file: Arc::clone(file), span: allowance.covers };
                    collector.suppress(Suppression { rule, scope, reason: allowance.reason, place: allowance.place });
                }
            }
        }
        malformed
    }

    /// Judges the services of the manifest, the files themselves, and the suppressions that met nothing.
    pub(super) fn conclude(&mut self, collector: &mut Collector) -> Result<(), Failure> {
        if let Some(manifest) = self.manifest {
            let mut told = Vec::new();
            for environment in manifest.declaration.environments.values() {
                self.environment(manifest, environment, &mut told, collector)?;
            }
        }
        self.unused(collector);
        let facts = std::mem::take(&mut self.facts);
        let surroundings = Surroundings::default();
        let judgement = judge(&Case { files: &facts, ..Case::of(&surroundings) });
        take(judgement, &[], &[], &mut self.failing, collector);
        let root = self.manifest.map(|manifest| absolute(manifest.directory()));
        let whole = root.as_ref().is_some_and(|root| lies_below(root, &self.directories)) && self.looked.left_out == 0;
        let below = self.read.iter().filter_map(|path| path.strip_prefix(root.as_ref()?).ok());
        let read: Vec<String> = below.map(|path| path.display().to_string()).collect();
        collector.stale(|pattern| {
            whole || pattern.is_some_and(|pattern| read.iter().any(|path| sekisho_engine::suppression::matches(pattern, path)))
        });
        Ok(())
    }

    /// One environment of the manifest. `told` are the findings that another environment had as well.
    fn environment(
        &mut self,
        manifest: &'a Manifest,
        environment: &'a Environment,
        told: &mut Vec<sekisho_engine::Finding>,
        collector: &mut Collector,
    ) -> Result<(), Failure> {
        let mut units = Vec::new();
        let mut contents: BTreeMap<Arc<str>, Content<'_>> = BTreeMap::new();
        let mut complete = true;
        for service in manifest.declaration.services.values() {
            let Some(path) = task_definition_of(manifest, environment, service) else {
                complete = false;
                continue;
            };
            let found = std::fs::canonicalize(path).ok().and_then(|path| self.claimed.get(&path));
            let chosen = found.and_then(|found| match found.as_slice() {
                [one] => Some(one),
                several => several.iter().find(|one| one.definition.service == service.name),
            });
            let Some(claimed) = chosen else {
                complete = false;
                continue;
            };
            claimed.used.set(true);
            let content = || Content {
                file: Arc::clone(&claimed.file),
                text: &claimed.text,
                hidden: claimed.hidden.clone(),
                fingerprint: claimed.fingerprint,
            };
            contents.entry(Arc::clone(&claimed.file)).or_insert_with(content);
            let definition = Definition { service: service.name.clone(), ..claimed.definition.clone() };
            units.push(Unit::of_definition(Some(service), definition));
        }
        if units.is_empty() {
            return Ok(());
        }
        let survey = Survey::of_read(manifest, environment, units);
        let account = environment.account.as_ref().map(|account| account.value.clone());
        let surroundings = Surroundings { region: manifest.declaration.region_of(environment).cloned(), account };
        let references = survey.references(&surroundings)?;
        let requires = survey.requirements();
        let observations = Observations::default();
        let mut case = survey.case(&references, &surroundings, &observations, &requires);
        if !complete {
            // Whether a secret is used by nobody can only be told where everybody was seen.
            case.declaration = None;
        }
        let mut judgement = judge(&case);
        judgement.findings.retain(|finding| !told.contains(finding));
        told.extend(judgement.findings.iter().cloned());
        let contents: Vec<&Content<'_>> = contents.values().collect();
        take(judgement, &references.references, &contents, &mut self.failing, collector);
        Ok(())
    }

    /// Judges, by themselves, the definitions of files that services name, and that no service was found to run.
    fn unused(&mut self, collector: &mut Collector) {
        for claimed in self.claimed.values().flatten().filter(|claimed| !claimed.used.get()) {
            let content = Content {
                file: Arc::clone(&claimed.file),
                text: &claimed.text,
                hidden: claimed.hidden.clone(),
                fingerprint: claimed.fingerprint,
            };
            let references = from_definition(&claimed.definition, &self.surroundings);
            let definitions = std::slice::from_ref(&claimed.definition);
            let judgement = judge(&Case { references: &references, definitions, ..Case::of(&self.surroundings) });
            take(judgement, &references, &[&content], &mut self.failing, collector);
        }
    }

    /// Whether `path`, as the baseline names it, was looked at, or is not there any more.
    pub(super) fn was_looked_at(&self, baseline: Option<&Path>, path: &str) -> bool {
        let directory = baseline.and_then(Path::parent).filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        match std::fs::canonicalize(directory.join(path)) {
            Ok(canonical) => self.read.contains(&canonical) || lies_below(&canonical, &self.directories),
            Err(_) => true,
        }
    }

    /// What was read, for the report.
    pub(super) fn report(&mut self) -> Report {
        self.inputs.sort_by(|a, b| a.file.cmp(&b.file));
        Report {
            looked: self.looked.clone(),
            inputs: std::mem::take(&mut self.inputs),
            definitions: self.definitions,
            policies: self.policies,
            references: self.references,
            failing: self.failing.len(),
            ..Report::default()
        }
    }
}

/// What ECS would print, by rule and address. [`Judgement::says`] looks for one finding among all, and a hostile file has many.
fn says(predictions: &[Prediction]) -> HashMap<(&str, &str), &[Said]> {
    let troubles = predictions.iter().flat_map(|prediction| &prediction.troubles);
    let by_address = troubles
        .flat_map(|trouble| trouble.addresses.iter().map(move |address| ((trouble.rule, address.as_str()), trouble.says.as_slice())));
    by_address.collect()
}

/// Hands over what was judged, with the files that it stands in.
fn take(
    mut judgement: Judgement,
    references: &[Reference],
    contents: &[&Content<'_>],
    failing: &mut HashSet<(Arc<str>, usize)>,
    collector: &mut Collector,
) {
    for (reference, verdict) in references.iter().zip(&judgement.verdicts) {
        if let (Verdict::Fail, Source::Place(place)) = (verdict.verdict, &reference.source) {
            failing.insert((Arc::clone(&place.file), place.span.start));
        }
    }
    let findings = std::mem::take(&mut judgement.findings);
    let says = says(&judgement.predictions);
    for finding in findings {
        // That nothing was looked up is known: this is what `check` is.
        if finding.rule.id == "SEK0901" {
            continue;
        }
        let file = match &finding.source {
            Some(Source::Place(place)) => Some(Arc::clone(&place.file)),
            _ => None,
        };
        let content = file.and_then(|file| contents.iter().find(|content| content.file == file));
        let said = says.get(&(finding.rule.name, finding.address.as_str())).map(|said| said.to_vec()).unwrap_or_default();
        collector.add(finding, said, content.copied());
    }
    collector.predict(judgement.predictions);
}

/// The word for a dialect in machine output; the messages `dialect-…` have its name.
fn word(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Ecs => "ecs",
        Dialect::Capitals => "capitals",
        Dialect::CloudFormation => "cloudformation",
        Dialect::Ecspresso => "ecspresso",
        Dialect::Policy => "policy",
        Dialect::Foreign => "foreign",
    }
}

/// What could not be read of `file`.
fn problems(file: &Arc<str>, problems: Vec<Problem>) -> impl Iterator<Item = FileFact> {
    let fact = |problem: Problem| {
        let (place, kind) = (problem.place, FileKind::Unreadable);
        FileFact { file: Arc::clone(file), place, kind, message: problem.code, args: problem.args }
    };
    problems.into_iter().take(PROBLEMS).map(fact)
}

fn read_policy(found: FoundPolicy) -> ReadPolicy {
    ReadPolicy { name: found.name, kind: found.kind, document: found.document }
}

/// The name of `file` without its ending.
fn stem(file: &str) -> String {
    Path::new(file).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// What each definition of a file is called in addresses: its family, its logical id, or the file; none twice.
fn names(file: &str, definitions: &[TaskDefinition]) -> Vec<String> {
    let stem = stem(file);
    let mut names: Vec<String> = Vec::new();
    let mut met: BTreeMap<String, usize> = BTreeMap::new();
    for definition in definitions {
        let logical = definition.logical_id.as_ref().map(|id| &id.value);
        let name = definition.family.as_ref().and_then(Fact::value).or(logical).unwrap_or(&stem);
        let count = met.entry(name.clone()).or_default();
        *count += 1;
        names.push(if *count == 1 { name.clone() } else { format!("{name}#{count}") });
    }
    names
}

/// Whether `named`, in a service or a run, is `definition`: by its ARN or family, with a revision or without.
fn names_definition(named: &Fact<String>, definition: &TaskDefinition) -> bool {
    let Some(named) = named.value() else { return false };
    let family = definition.family.as_ref().and_then(Fact::value);
    let own = definition.arn.as_ref().and_then(Fact::value);
    let tail = named.rsplit_once("task-definition/").map_or(named.as_str(), |(_, tail)| tail);
    own == Some(named) || family.is_some_and(|family| tail.split(':').next() == Some(family))
}

/// The file that `service` names in `environment`.
fn task_definition_of(manifest: &Manifest, environment: &Environment, service: &Service) -> Option<PathBuf> {
    let path = service.task_definition.as_ref()?;
    let expanded = manifest.declaration.expand(&path.value, &environment.name, "", &service.name);
    let path = manifest.directory().join(expanded);
    Some(path.strip_prefix("./").map(Path::to_owned).unwrap_or(path))
}

/// The files that services name, in every environment.
fn named_files(manifest: &Manifest) -> Vec<PathBuf> {
    let environments = manifest.declaration.environments.values();
    let pairs = environments.flat_map(|environment| manifest.declaration.services.values().map(move |service| (environment, service)));
    pairs.filter_map(|(environment, service)| task_definition_of(manifest, environment, service)).collect()
}
