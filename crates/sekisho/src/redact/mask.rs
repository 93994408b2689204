//! Masking in a stream. What could be the beginning of a value is held back until it is one or cannot be; everything else goes on at once, a prompt without a
//! line break too.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use aho_corasick::automaton::{Automaton as _, StateID};
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{Anchored, MatchKind};

use super::spelling::spellings;

/// What stands in the place of a value, whatever its length, and of several that follow each other directly.
pub(crate) const MASK: &[u8] = b"****";

/// The automaton of all spellings, shared by the streams.
#[derive(Debug)]
pub(crate) struct Mask {
    automaton: NFA,
    start: StateID,
    /// How many bytes of a spelling have been read in a state: its depth in the tree of all spellings.
    depths: HashMap<StateID, usize>,
}

impl Mask {
    /// The mask of `values`; `None` where there is nothing to mask, or more than the automaton can hold.
    pub(crate) fn new<'v>(values: impl Iterator<Item = &'v str>) -> Option<Self> {
        let spellings = spellings(values);
        if spellings.is_empty() {
            return None;
        }
        let automaton = NFA::builder().match_kind(MatchKind::Standard).build(spellings.iter().map(|spelling| spelling.as_slice())).ok()?;
        let start = automaton.start_state(Anchored::No).ok()?;
        let mut depths = HashMap::from([(start, 0)]);
        for spelling in &spellings {
            let mut state = start;
            for (read, byte) in spelling.iter().enumerate() {
                // A path from the root never leaves the tree, so each of its states is the node of what was read.
                state = automaton.next_state(Anchored::No, state, *byte);
                depths.insert(state, read + 1);
            }
        }
        Some(Self { automaton, start, depths })
    }
}

/// One stream on its way through a [`Mask`].
#[derive(Debug)]
pub(crate) struct Masker {
    mask: Arc<Mask>,
    state: StateID,
    /// Bytes that are held back, and whether each belongs to a value.
    held: VecDeque<(u8, bool)>,
    /// Whether the last byte that went on was masked: a mask is written once.
    masking: bool,
}

impl Masker {
    pub(crate) fn new(mask: Arc<Mask>) -> Self {
        let state = mask.start;
        Self { mask, state, held: VecDeque::new(), masking: false }
    }

    /// Takes `bytes` in and puts what is certain behind `out`.
    pub(crate) fn push(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        let mask = Arc::clone(&self.mask);
        let automaton = &mask.automaton;
        for byte in bytes {
            self.held.push_back((*byte, false));
            self.state = automaton.next_state(Anchored::No, self.state, *byte);
            if automaton.is_match(self.state) {
                let patterns = (0..automaton.match_len(self.state)).map(|index| automaton.match_pattern(self.state, index));
                let longest = patterns.map(|pattern| automaton.pattern_len(pattern)).max().unwrap_or_default();
                // All of it is held: as many bytes are as the state is deep, and what went on before was masked already.
                self.held.iter_mut().rev().take(longest).for_each(|(_, masked)| *masked = true);
            }
            let depth = mask.depths.get(&self.state).copied().unwrap_or_default();
            while self.held.front().is_some_and(|(_, masked)| *masked || self.held.len() > depth) {
                self.forward(out);
            }
        }
    }

    /// The stream has ended: nothing is held back any more.
    pub(crate) fn finish(&mut self, out: &mut Vec<u8>) {
        while !self.held.is_empty() {
            self.forward(out);
        }
        self.state = self.mask.start;
        self.masking = false;
    }

    fn forward(&mut self, out: &mut Vec<u8>) {
        match self.held.pop_front() {
            Some((byte, false)) => {
                self.masking = false;
                out.push(byte);
            }
            Some((_, true)) if !self.masking => {
                self.masking = true;
                out.extend_from_slice(MASK);
            }
            _ => {}
        }
    }
}
