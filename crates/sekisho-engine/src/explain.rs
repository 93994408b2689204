//! What a message of ECS means: the catalogue behind `explain`.
//!
//! A pasted text goes in: a message, a whole `describe-tasks` or `describe-services` answer, an event, a log. The classes of messages that stand in it
//! come out, best first, with what could be taken from the text. Nothing else of the text comes out, because it may hold anything.
//!
//! Source of every class: facts/ecs.md §4 and §5, that is the agent's source at commit 8dfceca6 and messages of Fargate and of the control plane that
//! several people quote. What is weakly sourced there is likely here.

mod catalogue;
mod command;
mod extract;
mod matching;
mod segment;

pub use catalogue::{CLASSES, Class, Topic};

use crate::Confidence;

/// More text than this is not looked at.
pub const LIMIT: usize = 4 * 1024 * 1024;

/// More messages than this of one text are not told.
const MATCHES: usize = 12;

/// One class that a text may belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The class.
    pub class: &'static Class,
    /// Certain where the message is there as a whole, likely where it is cut, weakly sourced, or only an alternative.
    pub confidence: Confidence,
    /// How many messages of the text are of this class; 0 for an alternative that the text itself does not show.
    pub count: usize,
    /// What the message names, by what it is: `arn`, `region`, `role`… Each was checked to have the form of its kind.
    pub extracted: Vec<(&'static str, String)>,
    /// Commands that show or mend it, filled in and quoted for a shell.
    pub commands: Vec<String>,
}

impl Match {
    /// What was extracted under `name`.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.extracted.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }
}

/// The class of that id.
pub fn class(id: &str) -> Option<&'static Class> {
    CLASSES.iter().find(|class| class.id == id)
}

/// Finds the messages in `text`, best first; nothing where none is known.
pub fn explain(text: &str) -> Vec<Match> {
    let mut found: Vec<(u32, Match)> = Vec::new();
    let mut segments = segment::of(text);
    // Members that hold messages, and none that is known: then the message may stand beside them.
    if !segments.iter().any(|segment| matching::knows(segment)) {
        segments = vec![segment::whole(text)];
    }
    for hit in segments.iter().flat_map(|segment| matching::hits(segment)) {
        let confidence = if hit.complete && hit.class.sure { Confidence::Certain } else { Confidence::Likely };
        match found.iter_mut().find(|(_, known)| known.class == hit.class) {
            Some((best, known)) => {
                known.count += 1;
                *best = hit.score.max(*best);
                known.confidence = known.confidence.max(confidence);
            }
            None => {
                let extracted = extract::from(hit.around);
                let commands = command::filled(hit.class, &extracted);
                found.push((hit.score, Match { class: hit.class, confidence, count: 1, extracted, commands }));
            }
        }
    }
    let specific = found.iter().any(|(_, one)| one.class.topic != Topic::Wrapper);
    found.retain(|(_, one)| !specific || one.class.topic != Topic::Wrapper);
    found.sort_by_key(|(score, one)| (one.class.topic, std::cmp::Reverse(*score)));
    if !specific {
        // Of envelopes in one another the one that says most.
        found.truncate(1);
    }
    let mut matches: Vec<Match> = found.into_iter().map(|(_, one)| one).take(MATCHES).collect();
    suspect_the_name_first(&mut matches);
    add_alternatives(&mut matches);
    matches
}

/// A denial on an ARN that does not end like a complete one: the string was authorised as it was written, and a misread or missing secret looks the same
/// as a missing right (facts/ecs.md §4.3, F5d).
fn suspect_the_name_first(matches: &mut Vec<Match>) {
    let Some(denied) = matches.first() else { return };
    let incomplete = denied.get("secret").is_some_and(|arn| !sekisho_model::ends_like_a_complete_arn(arn));
    if denied.class.id != "secret-denied" || !incomplete {
        return;
    }
    let Some(class) = class("secret-partial-arn") else { return };
    let extracted = denied.extracted.clone();
    let suspected =
        Match { class, confidence: Confidence::Likely, count: denied.count, commands: command::filled(class, &extracted), extracted };
    if let Some(denied) = matches.first_mut() {
        denied.confidence = Confidence::Likely;
    }
    matches.retain(|one| one.class.id != "secret-partial-arn");
    matches.insert(0, suspected);
}

/// What else the best message may mean.
fn add_alternatives(matches: &mut Vec<Match>) {
    let Some(best) = matches.first() else { return };
    let (alternatives, extracted) = (best.class.alternatives, best.extracted.clone());
    for id in alternatives {
        if let Some(class) = class(id)
            && !matches.iter().any(|one| one.class == class)
        {
            let commands = command::filled(class, &extracted);
            matches.push(Match { class, confidence: Confidence::Likely, count: 0, extracted: extracted.clone(), commands });
        }
    }
}
