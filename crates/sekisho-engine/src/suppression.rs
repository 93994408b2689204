//! Findings that somebody decided to live with, and why.

use std::collections::BTreeSet;
use std::sync::Arc;

use sekisho_model::{Place, Source, Span};

use crate::file::{FileFact, FileKind};
use crate::rules::{Meta, find};
use crate::{Finding, rules};

/// One decision.
#[derive(Clone, Debug)]
pub struct Suppression {
    /// The rule.
    pub rule: &'static Meta,
    /// Which findings of it.
    pub scope: Scope,
    /// Why. Never empty.
    pub reason: String,
    /// Where it is written.
    pub place: Place,
}

/// Which findings of a rule a suppression means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Those in files and at addresses of these patterns; an absent pattern is every file or address.
    Patterns {
        /// Of the path, as seen from the manifest.
        path: Option<String>,
        /// Of the address.
        address: Option<String>,
    },
    /// Those that begin within these bytes of this file.
    Bytes {
        /// The file.
        file: Arc<str>,
        /// Its bytes.
        span: Span,
    },
}

/// Rules whose findings need an account, or an environment of the manifest: `check` never finds them, so it cannot tell that they are gone.
const LIVE: [&str; 20] = [
    "SEK0215", "SEK0216", "SEK0217", "SEK0218", "SEK0219", "SEK0220", "SEK0221", "SEK0222", "SEK0223", "SEK0224", "SEK0227", "SEK0228",
    "SEK0229", "SEK0501", "SEK0502", "SEK0503", "SEK0504", "SEK0901", "SEK0208", "SEK0226",
];

/// The decisions of a project, and which of them met a finding.
#[derive(Debug, Default)]
pub struct Suppressions {
    all: Vec<Suppression>,
    met: BTreeSet<usize>,
}

impl Suppressions {
    /// One more.
    pub fn add(&mut self, suppression: Suppression) {
        self.all.push(suppression);
    }

    /// The reason why `finding` is suppressed, if it is. `path`: its file, as seen from the manifest.
    pub fn suppress(&mut self, finding: &Finding, path: &str) -> Option<&str> {
        // What is said of suppressions and of unread files is no matter of opinion.
        if ["SEK0904", "SEK0905"].contains(&finding.rule.id) {
            return None;
        }
        let met: Vec<usize> =
            self.all.iter().enumerate().filter(|(_, suppression)| suppression.means(finding, path)).map(|(index, _)| index).collect();
        self.met.extend(&met);
        met.first().and_then(|index| self.all.get(*index)).map(|suppression| suppression.reason.as_str())
    }

    /// What met no finding, to be judged when all else was. `looked_at` says whether every file that a path pattern could mean was looked at; it is not asked for comments, which stand in
    /// the file that they speak of.
    pub fn stale(&self, looked_at: impl Fn(Option<&str>) -> bool) -> Vec<FileFact> {
        let unmet = self.all.iter().enumerate().filter(|(index, _)| !self.met.contains(index)).map(|(_, suppression)| suppression);
        let told = unmet.filter(|suppression| {
            !LIVE.contains(&suppression.rule.id)
                && match &suppression.scope {
                    Scope::Patterns { path, .. } => looked_at(path.as_deref()),
                    Scope::Bytes { .. } => true,
                }
        });
        let fact = |suppression: &Suppression| {
            let place = &suppression.place;
            let fact = FileFact { place: Some(place.clone()), ..FileFact::of(&place.file, FileKind::Stale, "stale-suppression") };
            fact.with("rule", suppression.rule.id).with("name", suppression.rule.name)
        };
        told.map(fact).collect()
    }
}

impl Suppression {
    fn means(&self, finding: &Finding, path: &str) -> bool {
        if !std::ptr::eq(self.rule, finding.rule) && self.rule != finding.rule {
            return false;
        }
        match &self.scope {
            Scope::Patterns { path: of_path, address } => {
                of_path.as_ref().is_none_or(|pattern| matches(pattern, path))
                    && address.as_ref().is_none_or(|pattern| matches(pattern, &finding.address))
            }
            Scope::Bytes { file, span } => match &finding.source {
                Some(Source::Place(place)) => place.file == *file && (span.start..span.end).contains(&place.span.start),
                _ => false,
            },
        }
    }
}

/// The rule of a suppression, and the one that was probably meant where there is none of that name.
///
/// # Errors
/// The id of the rule that is most like `text`, if any is.
pub fn rule_named(text: &str) -> Result<&'static Meta, Option<&'static str>> {
    find(text).ok_or_else(|| {
        let folded = text.to_ascii_lowercase();
        let near = |meta: &&'static Meta| meta.name.starts_with(&folded) || folded.starts_with(meta.name);
        if folded.len() < 4 { None } else { rules::RULES.iter().map(|rule| rule.meta()).find(near).map(|meta| meta.id) }
    })
}

/// Whether `text` is what `pattern` says: `*` stands for any characters, none included; everything else for itself.
pub fn matches(pattern: &str, text: &str) -> bool {
    let mut pieces = pattern.split('*');
    let Some(mut rest) = pieces.next().and_then(|first| text.strip_prefix(first)) else { return false };
    let mut pieces: Vec<&str> = pieces.collect();
    let Some(last) = pieces.pop() else { return rest.is_empty() };
    for piece in pieces {
        match rest.split_once(piece) {
            Some((_, behind)) => rest = behind,
            None => return false,
        }
    }
    rest.ends_with(last)
}
