//! Findings as they come: excused, known, counted, and the worst of them kept.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::fix::{EDITS, Edit};
use sekisho_engine::baseline::{Baseline, Fingerprint};
use sekisho_engine::predict::Said;
use sekisho_engine::suppression::{Scope, Suppression, Suppressions};
use sekisho_engine::{Blocks, Case, Confidence, Finding, Prediction, Severity, judge};
use sekisho_model::declaration::Declaration;
use sekisho_model::value_from::Surroundings;
use sekisho_model::{Place, Source, Span};
use sekisho_report::{Counts, Excerpt, Gone, PREDICTIONS, Told};

/// Most findings that are told; the rest is counted. GitHub's code scanning shows as many of one run.
pub(super) const TOLD: usize = 5_000;

/// Most fingerprints of a baseline.
pub(super) const FINGERPRINTS: usize = 100_000;

/// A file while it is judged.
#[derive(Debug)]
pub(super) struct Content<'a> {
    /// Its name, as places have it.
    pub(super) file: Arc<str>,
    /// Its text.
    pub(super) text: &'a str,
    /// Where values stand in it, in order, none within another.
    pub(super) hidden: Vec<Span>,
    /// See [`super::fix::fingerprint`].
    pub(super) fingerprint: u64,
}

/// Where all findings end.
#[derive(Debug)]
pub(super) struct Collector {
    /// How many.
    pub(super) counts: Counts,
    kept: Vec<Told>,
    /// What a program can mend.
    pub(super) edits: Vec<Edit>,
    /// What ECS would do with the first definitions.
    pub(super) predictions: Vec<Prediction>,
    suppressions: Suppressions,
    baseline: Option<Baseline>,
    /// What a new baseline is made of.
    written: Option<Baseline>,
    /// Where paths of the manifest's suppressions and of the baseline begin.
    manifest_directory: PathBuf,
    baseline_directory: PathBuf,
    names: BTreeMap<Arc<str>, (String, String)>,
}

impl Collector {
    pub(super) fn new(manifest: Option<(&Declaration, &Path)>, baseline: Option<(&Path, Option<Baseline>)>, writes: bool) -> Self {
        let mut suppressions = Suppressions::default();
        for declared in manifest.map(|(declaration, _)| declaration.suppress.as_slice()).unwrap_or_default() {
            if let Ok(rule) = sekisho_engine::suppression::rule_named(&declared.rule.value) {
                let patterns = Scope::Patterns { path: declared.path.clone(), address: declared.address.clone() };
                suppressions.add(Suppression { rule, scope: patterns, reason: declared.reason.clone(), place: declared.place.clone() });
            }
        }
        Self {
            counts: Counts::default(),
            kept: Vec::new(),
            edits: Vec::new(),
            predictions: Vec::new(),
            suppressions,
            manifest_directory: absolute(manifest.map_or(Path::new(""), |(_, directory)| directory)),
            baseline_directory: absolute(baseline.as_ref().and_then(|(path, _)| path.parent()).unwrap_or(Path::new(""))),
            baseline: baseline.and_then(|(_, baseline)| baseline),
            written: writes.then(Baseline::default),
            names: BTreeMap::new(),
        }
    }

    /// A decision that stands in the file itself.
    pub(super) fn suppress(&mut self, suppression: Suppression) {
        self.suppressions.add(suppression);
    }

    /// One more finding; `content` is its file, where it is at hand.
    pub(super) fn add(&mut self, finding: Finding, ecs_says: Vec<Said>, content: Option<&Content<'_>>) {
        let (path, known_as) = self.names_of(&finding);
        if self.suppressions.suppress(&finding, &path).is_some() {
            self.counts.suppressed += 1;
            return;
        }
        let fingerprint = Fingerprint::of(&finding, &known_as);
        if let Some(written) = &mut self.written
            && written.len() < FINGERPRINTS
        {
            written.add(fingerprint.clone(), 1);
        }
        if self.baseline.as_mut().is_some_and(|baseline| baseline.meets(&fingerprint)) {
            self.counts.known += 1;
            return;
        }
        self.counts.add(&finding);
        if let (Some(content), Some(place), Some(new)) = (content, place_of(&finding), &finding.mended)
            && self.edits.len() < EDITS
            && content.file == place.file
        {
            self.edits.extend(Edit::new(content.text, &content.hidden, place, new, content.fingerprint));
        }
        // Twice as many as are told, so that sorting them out costs little.
        if self.kept.len() == 2 * TOLD {
            self.sort();
        }
        let place = place_of(&finding);
        let excerpt = content.zip(place).filter(|(content, place)| content.file == place.file);
        let excerpt =
            excerpt.filter(|(_, place)| place.span.end > 0).and_then(|(content, place)| Excerpt::of(content.text, place, &content.hidden));
        self.kept.push(Told { finding, excerpt, ecs_says });
    }

    /// Keeps what was predicted of the definitions of one file.
    pub(super) fn predict(&mut self, predictions: Vec<Prediction>) {
        for prediction in predictions {
            if self.predictions.len() < PREDICTIONS {
                self.predictions.push(prediction);
            }
        }
    }

    fn sort(&mut self) {
        self.kept.sort_by(|a, b| rank(&a.finding).cmp(&rank(&b.finding)));
        self.kept.truncate(TOLD);
    }

    /// Adds the suppressions that met nothing. `looked_at`: see [`Suppressions::stale`].
    pub(super) fn stale(&mut self, looked_at: impl Fn(Option<&str>) -> bool) {
        let (facts, surroundings) = (self.suppressions.stale(looked_at), Surroundings::default());
        for finding in judge(&Case { files: &facts, ..Case::of(&surroundings) }).findings {
            self.add(finding, Vec::new(), None);
        }
    }

    /// The findings to tell, what blocks a start first.
    pub(super) fn told(&mut self) -> Vec<Told> {
        self.sort();
        std::mem::take(&mut self.kept)
    }

    /// What the baseline knows and nobody found, in files for which `looked_at` holds.
    pub(super) fn gone(&self, looked_at: impl Fn(&str) -> bool) -> Vec<Gone> {
        let entries = self.baseline.iter().flat_map(Baseline::gone).filter(|(fingerprint, _)| looked_at(&fingerprint.path));
        let gone = entries.map(|(fingerprint, count)| {
            let Fingerprint { path, rule, address } = fingerprint.clone();
            Gone { rule, path, address, count }
        });
        gone.collect()
    }

    /// The new baseline.
    pub(super) fn written(&mut self) -> Option<Baseline> {
        self.written.take()
    }

    /// How `file` is called in the manifest's suppressions and in the baseline.
    pub(super) fn names(&self, file: &str) -> (String, String) {
        (relative(file, &self.manifest_directory), relative(file, &self.baseline_directory))
    }

    fn names_of(&mut self, finding: &Finding) -> (String, String) {
        let Some(place) = place_of(finding) else { return Default::default() };
        if let Some(names) = self.names.get(&place.file) {
            return names.clone();
        }
        let names = self.names(&place.file);
        // One file's findings come together.
        self.names.clear();
        self.names.insert(Arc::clone(&place.file), names.clone());
        names
    }
}

fn place_of(finding: &Finding) -> Option<&Place> {
    match &finding.source {
        Some(Source::Place(place)) => Some(place),
        _ => None,
    }
}

/// What comes first: what keeps tasks from starting, for certain, then by place.
type Rank<'a> = (Reverse<Blocks>, bool, Reverse<Severity>, Reverse<Confidence>, &'a str, u32, u32, &'a str);

fn rank(finding: &Finding) -> Rank<'_> {
    let (file, line, column) = place_of(finding).map(|place| (&*place.file, place.line, place.column)).unwrap_or_default();
    let (severity, confidence) = (Reverse(finding.severity), Reverse(finding.confidence));
    (Reverse(finding.blocks), finding.undecided, severity, confidence, file, line, column, finding.rule.id)
}

/// The canonical path of `directory`; nothing is the working directory.
pub(super) fn absolute(directory: &Path) -> PathBuf {
    let directory = if directory.as_os_str().is_empty() { Path::new(".") } else { directory };
    std::fs::canonicalize(directory).unwrap_or_else(|_| directory.to_owned())
}

/// `file` as seen from `directory`, where it lies below it.
fn relative(file: &str, directory: &Path) -> String {
    let canonical = std::fs::canonicalize(file).ok();
    let below = canonical.as_deref().and_then(|path| path.strip_prefix(directory).ok());
    below.map_or_else(|| file.to_owned(), |path| path.display().to_string())
}
