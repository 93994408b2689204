//! What readers complain about: codes and typed arguments, without wording.

use std::fmt;

use sekisho_model::Place;

/// One thing that is wrong with a file.
///
/// INVARIANT: arguments hold names, words of the format and numbers; never the value of a secret. A text that came from the file is held by
/// `Problem::with_text`, which shows nothing of what is longer than 64 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// One of [`CODES`]; the id of its message in the Fluent files.
    pub code: &'static str,
    /// The message's arguments.
    pub args: Vec<(&'static str, String)>,
    /// Where it is. None only where the whole file is meant, or where what was read has no places.
    pub place: Option<Place>,
}

/// Longest text of a file that a message repeats, in characters.
const SHOWN: usize = 64;

impl Problem {
    /// A problem at `place`.
    pub(crate) fn at(code: &'static str, place: Place) -> Self {
        Self { code, args: Vec::new(), place: Some(place) }
    }

    /// A problem of something that has no place in a file.
    pub(crate) fn unplaced(code: &'static str) -> Self {
        Self { code, args: Vec::new(), place: None }
    }

    /// With an argument of our own making: a word of the format, a number, a code.
    pub(crate) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    /// With a text from the file. A long one may be a pasted value, and a URL may have a password in front of its `@`: then nothing is shown.
    pub(crate) fn with_text(self, name: &'static str, text: &str) -> Self {
        let password = text.contains("://") && text.contains('@');
        let shown = if password || text.chars().nth(SHOWN).is_some() { "…" } else { text };
        self.with(name, shown)
    }

    /// With `near` and `suggestion` that say: none.
    pub(crate) fn without_suggestion(self) -> Self {
        self.with("near", "no").with("suggestion", "")
    }

    /// With `near` (`yes` or `no`) and `suggestion`, the word of `known` that is most like `text`.
    pub(crate) fn with_suggestion<'k>(self, text: &str, known: impl IntoIterator<Item = &'k str>) -> Self {
        match suggest(text, known) {
            Some(suggestion) => self.with("near", "yes").with_text("suggestion", suggestion),
            None => self.without_suggestion(),
        }
    }
}

/// The word of `known` that `text` was probably meant to be.
pub(crate) fn suggest<'k>(text: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    // A hostile name must not cost time: the measure is quadratic in the lengths.
    if text.len() > 256 {
        return None;
    }
    let folded = text.to_lowercase();
    let likeness = |word: &str| {
        let word = word.to_lowercase();
        // Two letters that changed places weigh too much for the first measure where the word is short: `sms` for `ssm`.
        let slip = folded.len() >= 3 && strsim::osa_distance(&folded, &word) == 1;
        strsim::jaro_winkler(&folded, &word).max(if slip { 0.8 } else { 0.0 })
    };
    known
        .into_iter()
        .filter(|word| word.len() <= 256)
        .map(|word| (likeness(word), word))
        .filter(|(likeness, _)| *likeness >= 0.8)
        .max_by(|(left, _), (right, _)| left.total_cmp(right))
        .map(|(_, word)| word)
}

/// Everything that is wrong with one file, in the order of the file. Never empty where it is returned as an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problems {
    /// The problems.
    pub problems: Vec<Problem>,
}

impl Problems {
    /// `problems`, put in the order of the file.
    pub(crate) fn new(mut problems: Vec<Problem>) -> Self {
        let position = |problem: &Problem| problem.place.as_ref().map(|place| (place.line, place.column));
        problems.sort_by(|left, right| position(left).cmp(&position(right)).then_with(|| left.code.cmp(right.code)));
        problems.dedup();
        Self { problems }
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Self { problems: vec![problem] }
    }
}

/// For logs and tests: places and codes. What people read is made from the Fluent files.
impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            match &problem.place {
                Some(place) => write!(f, "{place}: {}", problem.code)?,
                None => f.write_str(problem.code)?,
            }
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

/// Declares the codes once, as constants for the readers and as a list for the tests and documents.
macro_rules! codes {
    ($($name:ident = $code:literal,)*) => {
        $(pub(crate) const $name: &str = $code;)*

        /// Every code that a reader of this crate can give, in alphabetical order within each file format. Codes are never renamed or reused.
        pub const CODES: &[&str] = &[$($code,)*];
    };
}

codes! {
    FILE_LARGE = "file-large",
    FILE_MANY = "file-many",
    FILE_NOT_UTF8 = "file-not-utf8",
    MANIFEST_ACCOUNT = "manifest-account",
    MANIFEST_ACCOUNT_NEEDED = "manifest-account-needed",
    MANIFEST_ARN = "manifest-arn",
    MANIFEST_CONTAINER_NAME = "manifest-container-name",
    MANIFEST_DUPLICATE_KEY = "manifest-duplicate-key",
    MANIFEST_EMPTY = "manifest-empty",
    MANIFEST_ENDPOINT = "manifest-endpoint",
    MANIFEST_EVERY = "manifest-every",
    MANIFEST_EXCLUSIVE = "manifest-exclusive",
    MANIFEST_JSON_KEY = "manifest-json-key",
    MANIFEST_KMS_KEY = "manifest-kms-key",
    MANIFEST_MANY_ENVIRONMENTS = "manifest-many-environments",
    MANIFEST_MANY_KEYS = "manifest-many-keys",
    MANIFEST_MISSING_KEY = "manifest-missing-key",
    MANIFEST_NAME = "manifest-name",
    MANIFEST_NAMING = "manifest-naming",
    MANIFEST_ONE_NEEDED = "manifest-one-needed",
    MANIFEST_PLACEHOLDER = "manifest-placeholder",
    MANIFEST_PLAINTEXT = "manifest-plaintext",
    MANIFEST_RANGE = "manifest-range",
    MANIFEST_REGION = "manifest-region",
    MANIFEST_REQUIRED_VERSION = "manifest-required-version",
    MANIFEST_RULE = "manifest-rule",
    MANIFEST_SAME_NAME = "manifest-same-name",
    MANIFEST_SAME_VARIABLE = "manifest-same-variable",
    MANIFEST_SECRET_NAME = "manifest-secret-name",
    MANIFEST_SECRET_TWICE = "manifest-secret-twice",
    MANIFEST_STORED_NAME = "manifest-stored-name",
    MANIFEST_SYNTAX = "manifest-syntax",
    MANIFEST_TAG_KEY = "manifest-tag-key",
    MANIFEST_TAG_VALUE = "manifest-tag-value",
    MANIFEST_TEMPLATE_NAME = "manifest-template-name",
    MANIFEST_TEMPLATE_SECRET = "manifest-template-secret",
    MANIFEST_TYPE = "manifest-type",
    MANIFEST_UNKNOWN_ENVIRONMENT = "manifest-unknown-environment",
    MANIFEST_UNKNOWN_KEY = "manifest-unknown-key",
    MANIFEST_UNKNOWN_SECRET = "manifest-unknown-secret",
    MANIFEST_UNKNOWN_WORD = "manifest-unknown-word",
    MANIFEST_VARIABLE = "manifest-variable",
    JSON_DEPTH = "json-depth",
    JSON_NOTE_COMMENT = "json-note-comment",
    JSON_NOTE_MISSING_COMMA = "json-note-missing-comma",
    JSON_NOTE_TRAILING_COMMA = "json-note-trailing-comma",
    JSON_SYNTAX = "json-syntax",
    JSONNET = "jsonnet",
    STATE_FORMAT = "state-format",
    TASK_DEFINITION_NONE = "task-definition-none",
    POLICY_ACTION = "policy-action",
    POLICY_CHARACTER = "policy-character",
    POLICY_DUPLICATE_KEY = "policy-duplicate-key",
    POLICY_EFFECT = "policy-effect",
    POLICY_EXCLUSIVE = "policy-exclusive",
    POLICY_MISSING = "policy-missing",
    POLICY_NONE = "policy-none",
    POLICY_NOT_HERE = "policy-not-here",
    POLICY_NOT_PRINCIPAL_ALLOW = "policy-not-principal-allow",
    POLICY_OPERATOR = "policy-operator",
    POLICY_PRINCIPAL = "policy-principal",
    POLICY_RCP_ALLOW = "policy-rcp-allow",
    POLICY_RCP_PRINCIPAL = "policy-rcp-principal",
    POLICY_RESOURCE = "policy-resource",
    POLICY_SID = "policy-sid",
    POLICY_SID_TWICE = "policy-sid-twice",
    POLICY_TYPE = "policy-type",
    POLICY_UNKNOWN_KEY = "policy-unknown-key",
    POLICY_VERSION = "policy-version",
    TASK_DEFINITION_SEVERAL = "task-definition-several",
    YAML_SYNTAX = "yaml-syntax",
    ACCOUNT_DETAILS_NONE = "account-details-none",
    QUESTION_DUPLICATE = "question-duplicate",
    QUESTION_MISSING = "question-missing",
    QUESTION_POLICY = "question-policy",
    QUESTION_TYPE = "question-type",
    QUESTION_UNKNOWN = "question-unknown",
    ENVIRONMENT_FILE_LONG_LINE = "environment-file-long-line",
    BASELINE_FORM = "baseline-form",
    BASELINE_NEWER = "baseline-newer",
    VALUES_DUPLICATE = "values-duplicate",
    VALUES_ESCAPE = "values-escape",
    VALUES_NAME = "values-name",
    VALUES_NO_ASSIGNMENT = "values-no-assignment",
    VALUES_NOT_FLAT = "values-not-flat",
    VALUES_NUL = "values-nul",
    VALUES_TRAILING = "values-trailing",
    VALUES_TYPE = "values-type",
    VALUES_UNTERMINATED = "values-unterminated",
    VALUES_YAML_ALIAS = "values-yaml-alias",
    VALUES_YAML_MANY = "values-yaml-many",
    VALUES_YAML_PLAIN = "values-yaml-plain",
    VALUES_YAML_SYNTAX = "values-yaml-syntax",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_not_repeated() {
        let place = Place { file: "f".into(), line: 1, column: 1, span: sekisho_model::Span::new(0, 0) };
        let long = "s".repeat(65);
        let problem = Problem::at(MANIFEST_NAME, place).with_text("text", &long).with_text("short", &"s".repeat(64));
        assert_eq!(problem.args.first().unwrap().1, "…");
        assert_eq!(problem.args.last().unwrap().1.len(), 64);
    }

    #[test]
    fn words_with_a_slip_of_the_hand_are_recognised() {
        let known = ["environments", "secrets", "services", "project"];
        assert_eq!(suggest("enviroments", known), Some("environments"));
        assert_eq!(suggest("Service", known), Some("services"));
        assert_eq!(suggest("colour", known), None);
        assert_eq!(suggest("sms", ["ssm", "secretsmanager", "environment"]), Some("ssm"));
    }
}
