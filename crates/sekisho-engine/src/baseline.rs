//! Yesterday's findings: a fingerprint is rule, path and address, never anything of a value (design §3).

use std::collections::BTreeMap;

use crate::Finding;

/// What is the same about a finding from run to run, though lines move.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint {
    /// The file, as seen from the baseline.
    pub path: String,
    /// The rule's id.
    pub rule: String,
    /// The logical address.
    pub address: String,
}

impl Fingerprint {
    /// That of `finding`, which stands in the file `path`.
    pub fn of(finding: &Finding, path: &str) -> Self {
        Self { path: path.to_owned(), rule: finding.rule.id.to_owned(), address: finding.address.clone() }
    }
}

/// The findings that were there when the baseline was written; how many times each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    left: BTreeMap<Fingerprint, usize>,
    met: usize,
}

impl Baseline {
    /// `count` findings of one fingerprint.
    pub fn add(&mut self, fingerprint: Fingerprint, count: usize) {
        *self.left.entry(fingerprint).or_default() += count;
    }

    /// Whether a finding of this fingerprint was there already. Each is met as often as it was written: one more of a kind is new.
    pub fn meets(&mut self, fingerprint: &Fingerprint) -> bool {
        let met = match self.left.get_mut(fingerprint) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        };
        self.met += usize::from(met);
        met
    }

    /// How many findings were met.
    pub fn met(&self) -> usize {
        self.met
    }

    /// Those that were not met, with how many of each.
    pub fn gone(&self) -> impl Iterator<Item = (&Fingerprint, usize)> {
        self.left.iter().filter(|(_, count)| **count > 0).map(|(fingerprint, count)| (fingerprint, *count))
    }

    /// Every fingerprint that is left, with how many of each: what is written after findings were added.
    pub fn entries(&self) -> impl Iterator<Item = (&Fingerprint, usize)> {
        self.left.iter().map(|(fingerprint, count)| (fingerprint, *count))
    }

    /// How many fingerprints.
    pub fn len(&self) -> usize {
        self.left.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.left.is_empty()
    }
}
