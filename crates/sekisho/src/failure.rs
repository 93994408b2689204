//! Why a verb could not do its work: message ids with arguments, and the exit code (design §5).

use sekisho_aws::{CallError, ConnectError, ErrorClass};
use sekisho_local::admin::AdminError;
use sekisho_local::{OpenError, SnapshotError};
use sekisho_model::Place;
use sekisho_read::Problems;

/// Usage or configuration.
pub(crate) const USAGE: u8 = 2;
/// It could not be proved.
pub(crate) const UNPROVED: u8 = 3;
/// AWS refused a write.
pub(crate) const WRITE: u8 = 4;
/// `run`: our own failure before the command was started.
pub(crate) const BEFORE_RUN: u8 = 125;

/// What ended a verb.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    /// The exit code.
    pub(crate) exit: u8,
    /// What to say, at least one.
    pub(crate) lines: Vec<Line>,
}

/// One message.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Where, in a file.
    pub(crate) place: Option<Place>,
    /// The message's id in Fluent.
    pub(crate) id: String,
    /// Its arguments.
    pub(crate) args: Vec<(&'static str, String)>,
}

pub(crate) type Outcome = Result<u8, Failure>;

impl Failure {
    /// A usage or configuration failure of one message.
    pub(crate) fn new(id: &str) -> Self {
        Self { exit: USAGE, lines: vec![Line { place: None, id: id.to_owned(), args: Vec::new() }] }
    }

    /// With an argument of the last message.
    pub(crate) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        if let Some(line) = self.lines.last_mut() {
            line.args.push((name, value.to_string()));
        }
        self
    }

    /// With a place of the last message.
    pub(crate) fn at(mut self, place: Option<&Place>) -> Self {
        if let Some(line) = self.lines.last_mut() {
            line.place = place.cloned();
        }
        self
    }

    /// With another exit code.
    pub(crate) fn exiting(mut self, exit: u8) -> Self {
        self.exit = exit;
        self
    }

    /// Everything that `failures` say, under the exit code that goes before the others; `None` where there is none.
    pub(crate) fn all(failures: impl IntoIterator<Item = Self>) -> Option<Self> {
        let before = |exit: u8| [USAGE, WRITE, 1, UNPROVED].iter().position(|code| *code == exit).unwrap_or(usize::MAX);
        failures.into_iter().reduce(|mut all, next| {
            if before(next.exit) < before(all.exit) {
                all.exit = next.exit;
            }
            all.lines.extend(next.lines);
            all
        })
    }

    /// Somebody else has written `target` since it was read; `now` is the version that is there.
    pub(crate) fn moved(target: &str, now: Option<String>) -> Self {
        Self::new("write-moved").with("target", target).with("now", now.unwrap_or_else(|| "none".to_owned())).exiting(WRITE)
    }

    /// A failed call while something is written.
    pub(crate) fn write(error: CallError, target: &str) -> Self {
        let mut failure = Self::from(error);
        failure.exit = WRITE;
        failure.lines.insert(0, Line { place: None, id: "write-failed".to_owned(), args: vec![("target", target.to_owned())] });
        failure
    }

    /// A file that cannot be read or written.
    pub(crate) fn file(id: &str, path: &std::path::Path, error: &std::io::Error) -> Self {
        Self::new(id).with("file", path.display()).with("cause", cause(error))
    }
}

/// What the system said, as a word that the messages have a sentence for, or in its own.
pub(crate) fn cause(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "not-found".to_owned(),
        ErrorKind::PermissionDenied => "denied".to_owned(),
        ErrorKind::AlreadyExists => "exists".to_owned(),
        ErrorKind::NotADirectory => "not-a-directory".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "read-only".to_owned(),
        ErrorKind::StorageFull => "full".to_owned(),
        other => other.to_string(),
    }
}

/// The closest of `known` to `text`, or `none`.
pub(crate) fn suggestion<'a>(text: &str, known: impl Iterator<Item = &'a str>) -> String {
    let scored = known.map(|word| (strsim::jaro_winkler(text, word), word)).filter(|(score, _)| *score > 0.7);
    scored.max_by(|(a, _), (b, _)| a.total_cmp(b)).map_or_else(|| "none".to_owned(), |(_, word)| word.to_owned())
}

impl From<Problems> for Failure {
    fn from(problems: Problems) -> Self {
        let lines = problems.problems.into_iter();
        Self {
            exit: USAGE,
            lines: lines.map(|problem| Line { place: problem.place, id: problem.code.to_owned(), args: problem.args }).collect(),
        }
    }
}

impl From<CallError> for Failure {
    fn from(error: CallError) -> Self {
        let exit = match error.class {
            ErrorClass::Denied
            | ErrorClass::Unauthenticated
            | ErrorClass::Throttled
            | ErrorClass::Unreachable
            | ErrorClass::KeyUnusable => UNPROVED,
            ErrorClass::Absent | ErrorClass::Exists | ErrorClass::PendingDeletion | ErrorClass::Invalid => WRITE,
        };
        Self::new(&format!("aws-{}", error.class.as_str()))
            .with("call", &error.call)
            .with("code", error.code.as_deref().unwrap_or("none"))
            .with("detail", &error.message)
            .exiting(exit)
    }
}

impl From<ConnectError> for Failure {
    fn from(error: ConnectError) -> Self {
        match error {
            ConnectError::NoRegion => Self::new("no-region"),
            ConnectError::Endpoint { url, why } => Self::new("bad-endpoint").with("url", url).with("why", why.as_str()),
            ConnectError::Call(error) => error.into(),
        }
    }
}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Owned { path, endpoint: Some(endpoint), .. } => {
                Self::new("state-served").with("path", path.display()).with("url", &endpoint.url).with("pid", endpoint.pid)
            }
            OpenError::Owned { path, endpoint: None, .. } => Self::new("state-owned").with("path", path.display()),
            OpenError::OtherUser { path, owner, .. } => Self::new("state-foreign").with("path", path.display()).with("owner", owner),
            OpenError::Exposed { path, mode } => {
                Self::new("state-exposed").with("path", path.display()).with("mode", format!("{mode:03o}"))
            }
            OpenError::Newer { path, .. } => Self::new("state-newer").with("path", path.display()),
            OpenError::KeyMissing { path } | OpenError::KeyMalformed { path } | OpenError::OtherKey { path } => {
                Self::new("state-key").with("path", path.display())
            }
            OpenError::PassphraseMissing { path } => Self::new("state-passphrase").with("path", path.display()),
            OpenError::PassphraseWrong { path } => Self::new("state-passphrase-wrong").with("path", path.display()),
            OpenError::Damaged { path, .. } | OpenError::NotOurs { path } => Self::new("state-damaged").with("path", path.display()),
            // The room's own sentence: it names the path and the cause, and never a value.
            other => Self::new("state-unusable").with("cause", other),
        }
    }
}

impl From<SnapshotError> for Failure {
    fn from(error: SnapshotError) -> Self {
        match error {
            SnapshotError::Name { name } => Self::new("snapshot-name").with("name", name),
            SnapshotError::Exists { name } => Self::new("snapshot-exists").with("name", name),
            SnapshotError::Missing { name, known } => {
                let near = suggestion(&name, known.iter().map(String::as_str));
                let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
                Self::new("snapshot-missing").with("name", name).with("suggestion", near).with("known", known)
            }
            SnapshotError::File(error) => error.into(),
            other => Self::new("state-unusable").with("cause", other),
        }
    }
}

impl From<AdminError> for Failure {
    fn from(error: AdminError) -> Self {
        match error {
            AdminError::Snapshot(error) => error.into(),
            AdminError::Unreachable { url } => Self::new("server-unreachable").with("url", url).exiting(UNPROVED),
            other => Self::new("state-unusable").with("cause", other),
        }
    }
}
