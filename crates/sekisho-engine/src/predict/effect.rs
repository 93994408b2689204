//! What ECS makes of one finding.

use sekisho_model::Fact;
use sekisho_model::value_from::{Form, Provider};

use super::message::{self, UNKNOWN, ec2, fargate, inner, registration};
use super::{Blocks, Outcome, Said, Speaker, Trouble};
use crate::{Case, Confidence, Definition, Finding, Launch, Reference, Severity, Slot, Target};

/// A message and how sure its words are.
type Text = (String, Confidence);

/// What ECS makes of a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Effect {
    /// The name of the rule.
    pub(super) rule: &'static str,
    /// The findings' addresses.
    pub(super) addresses: Vec<String>,
    /// What becomes of the references there.
    pub(super) outcome: Outcome,
    /// How sure that is.
    pub(super) confidence: Confidence,
    /// Where it shows.
    pub(super) way: Way,
}

/// Where a trouble shows. The ways decide what is told together and what hides what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// At registration.
    Registration(Option<Text>),
    /// One call of GetParameters, for up to ten parameters of a Region (facts/ecs.md §3.1).
    Parameters {
        /// The Region that is asked.
        region: String,
        /// What happens there.
        failure: Failure,
    },
    /// One call of GetSecretValue; the errors of all of them are joined (§3.2).
    Secrets {
        /// The open agent's words.
        ec2: Option<Text>,
        /// Fargate's.
        fargate: Option<String>,
    },
    /// Anything else that fails when a task starts, by itself.
    Start {
        /// The open agent's words.
        ec2: Option<Text>,
        /// Fargate's.
        fargate: Option<String>,
    },
    /// Nowhere: the task starts.
    Nowhere,
}

/// What happens to a call of GetParameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// The name comes back among the invalid ones.
    Invalid {
        /// The name, as ECS asks for it.
        name: String,
        /// How sure it is that it is asked for in this form.
        confidence: Confidence,
    },
    /// The whole call fails.
    Call {
        /// The error.
        error: String,
    },
}

impl Effect {
    /// What it keeps from happening.
    pub(super) fn blocks(&self) -> Blocks {
        match self.way {
            Way::Registration(_) => Blocks::Registration,
            Way::Nowhere => Blocks::Nothing,
            _ => Blocks::Start,
        }
    }

    /// Whether both are one thing that is told of several references.
    pub(super) fn is_the_same_as(&self, other: &Self) -> bool {
        let told = !matches!(self.way, Way::Nowhere | Way::Registration(None) | Way::Start { ec2: None, fargate: None });
        told && (self.rule, self.outcome, self.confidence, &self.way) == (other.rule, other.outcome, other.confidence, &other.way)
    }

    /// What is printed because of it alone.
    pub(super) fn says(&self, launch: Launch) -> Vec<Said> {
        let mut says = Vec::new();
        let mut add = |by, text: Option<Text>| says.extend(text.map(|(text, confidence)| Said { by, text, confidence }));
        match &self.way {
            Way::Registration(text) => add(Speaker::Registration, text.clone()),
            Way::Nowhere => {}
            way => {
                for by in speakers(launch) {
                    add(*by, way.text(*by));
                }
            }
        }
        says
    }

    /// The same, for everybody.
    pub(super) fn into_trouble(self, launch: Launch) -> Trouble {
        Trouble { blocks: self.blocks(), rule: self.rule, says: self.says(launch), addresses: self.addresses, confidence: self.confidence }
    }
}

impl Way {
    /// What `by` prints of it alone.
    pub(super) fn text(&self, by: Speaker) -> Option<Text> {
        match (self, by) {
            (Self::Registration(text), Speaker::Registration) => text.clone(),
            (Self::Parameters { region, failure }, _) => Some(match (failure, by) {
                (Failure::Invalid { name, confidence }, Speaker::Ec2) => {
                    (message::as_reason(&ec2::invalid_parameters(region, &[name])), *confidence)
                }
                (Failure::Invalid { name, .. }, _) => (fargate::invalid_parameters(&[name]), Confidence::Likely),
                (Failure::Call { error }, Speaker::Ec2) => (message::as_reason(&ec2::parameters(region, error)), Confidence::Likely),
                (Failure::Call { error }, _) => (fargate::parameters(error), Confidence::Likely),
            }),
            (Self::Secrets { ec2, .. } | Self::Start { ec2, .. }, Speaker::Ec2) => {
                ec2.as_ref().map(|(text, confidence)| (message::as_reason(text), *confidence))
            }
            (Self::Secrets { fargate, .. } | Self::Start { fargate, .. }, Speaker::Fargate) => {
                fargate.clone().map(|text| (text, Confidence::Likely))
            }
            _ => None,
        }
    }
}

/// Who may run the task.
pub(super) fn speakers(launch: Launch) -> &'static [Speaker] {
    match launch {
        Launch::Ec2 => &[Speaker::Ec2],
        Launch::Fargate => &[Speaker::Fargate],
        Launch::Unknown => &[Speaker::Ec2, Speaker::Fargate],
    }
}

/// What ECS makes of `finding`; nothing where it is no matter of ECS, or where what would happen is itself what could not be told.
pub(super) fn of(case: &Case<'_>, definition: &Definition, finding: &Finding, reference: Option<&Reference>) -> Option<Effect> {
    if finding.undecided {
        return None;
    }
    let seen = Seen { case, definition, finding, reference };
    let (outcome, way) = seen.way()?;
    Some(Effect { rule: finding.rule.name, addresses: vec![finding.address.clone()], outcome, confidence: finding.confidence, way })
}

/// A finding with what its message may name.
struct Seen<'a> {
    case: &'a Case<'a>,
    definition: &'a Definition,
    finding: &'a Finding,
    reference: Option<&'a Reference>,
}

impl Seen<'_> {
    fn arg(&self, name: &str) -> &str {
        self.finding.args.iter().find(|(known, _)| *known == name).map_or(UNKNOWN, |(_, value)| value)
    }

    fn text(&self) -> &str {
        self.reference.and_then(Reference::text).unwrap_or(UNKNOWN)
    }

    fn form(&self) -> Option<&Form> {
        self.reference?.value_from.as_ref()?.value().map(|value_from| &value_from.form)
    }

    fn slot(&self) -> Option<Slot> {
        self.reference.map(|reference| reference.slot)
    }

    /// The Region that is asked for a parameter.
    fn region(&self) -> String {
        if let Some(Target::Parameter(id)) = self.reference.map(|reference| &reference.target) {
            return id.region.clone();
        }
        let here = || self.case.surroundings.region.as_ref().map_or_else(|| UNKNOWN.to_owned(), ToString::to_string);
        self.text().parse::<sekisho_model::Arn>().map_or_else(|_| here(), |arn| arn.region)
    }

    /// What is sent as SecretId: the reference without its suffix.
    fn secret_id(&self) -> String {
        match self.form() {
            Some(Form::Secret(secret)) => secret.arn.to_string(),
            Some(Form::SecretName(name)) => name.to_string(),
            _ => self.text().to_owned(),
        }
    }

    fn is_parameter(&self) -> bool {
        let value_from = self.reference.and_then(|reference| reference.value_from.as_ref()).and_then(Fact::value);
        value_from.and_then(sekisho_model::ValueFrom::provider) == Some(Provider::Ssm)
    }

    /// A trouble with a parameter's name at registration. Registry and volume credentials are not known to be looked at there.
    fn parameter_name(&self, confidence: Confidence) -> (Outcome, Way) {
        match self.slot() {
            Some(Slot::Secrets) => self.refused(Some((registration::parameter_name(&self.name()), confidence))),
            Some(Slot::RegistryCredentials | Slot::VolumeCredentials) => self.start(None, None),
            // That the option's name stands there is inferred.
            _ => self.refused(Some((registration::parameter_name(&self.name()), Confidence::Likely))),
        }
    }

    fn name(&self) -> String {
        self.reference.map_or_else(|| self.arg("name").to_owned(), |reference| reference.name.clone())
    }

    fn refused(&self, text: Option<Text>) -> (Outcome, Way) {
        (Outcome::RefusedAtRegistration, Way::Registration(text))
    }

    fn parameter(&self, failure: Failure) -> (Outcome, Way) {
        match self.slot() {
            Some(Slot::VolumeCredentials | Slot::RegistryCredentials) => self.start(None, None),
            _ => (Outcome::FailsAtStart, Way::Parameters { region: self.region(), failure }),
        }
    }

    fn start(&self, ec2: Option<Text>, fargate: Option<String>) -> (Outcome, Way) {
        (Outcome::FailsAtStart, Way::Start { ec2, fargate })
    }

    /// An error of Secrets Manager, in the words of the place that asks. `ec2` is the agent's own message for `secrets`, where it has one.
    fn secret(&self, cause: &str, ec2: Option<Text>) -> (Outcome, Way) {
        let id = self.secret_id();
        match self.slot() {
            Some(Slot::RegistryCredentials) => {
                self.start(Some((ec2::registry(&id, cause), Confidence::Likely)), Some(fargate::registry(&id, cause)))
            }
            Some(Slot::VolumeCredentials) => self.start(None, None),
            _ => {
                let ec2 = ec2.unwrap_or_else(|| (ec2::secret(&id, cause), Confidence::Likely));
                (Outcome::FailsAtStart, Way::Secrets { ec2: Some(ec2), fargate: Some(fargate::secret(&id, cause)) })
            }
        }
    }

    /// A secret that the agent asks for and does not find. Where the role may not read what is written, AccessDenied comes instead (F5d), so the words are
    /// only likely.
    fn not_found(&self, cause: &str) -> (Outcome, Way) {
        let inner = format!("{UNKNOWN} {cause}");
        self.secret(cause, Some((ec2::secret_not_found(&self.secret_id(), &inner), Confidence::Likely)))
    }

    /// An error of the value, which both agents print without the secret's name.
    fn of_value(&self, error: &str, confidence: Confidence) -> (Outcome, Way) {
        let way = Way::Secrets { ec2: Some((error.to_owned(), confidence)), fargate: Some(fargate::secrets(error)) };
        (Outcome::FailsAtStart, way)
    }

    fn way(&self) -> Option<(Outcome, Way)> {
        use Confidence::{Certain, Likely};
        Some(match self.finding.message {
            // The text of a reference.
            "malformed-secret-reference" | "malformed-secret-reference-resource" => match self.slot() {
                Some(Slot::RegistryCredentials | Slot::VolumeCredentials) => self.start(None, None),
                // Two or five parts pass the agent's parser, and Secrets Manager refuses what is sent.
                _ if matches!(self.text().matches(':').count().saturating_sub(4), 2 | 5) => self.secret(UNKNOWN, None),
                _ => {
                    let way = Way::Secrets { ec2: Some((ec2::secret_form(self.text()), Certain)), fargate: Some(fargate::secret_form()) };
                    (Outcome::FailsAtStart, way)
                }
            },
            "malformed-secret-reference-empty" | "malformed-secret-reference-character" => self.secret(UNKNOWN, None),
            "invalid-parameter-name" | "parameter-version-selector" | "secret-name-without-arn" => self.parameter_name(Certain),
            "invalid-parameter-name-long" if !self.is_parameter() => self.secret(UNKNOWN, None),
            "invalid-parameter-name-long" => self.parameter_name(Certain),
            "invalid-parameter-name-space" => self.parameter_name(Likely),
            "invalid-parameter-name-slash"
            | "invalid-parameter-name-level"
            | "invalid-parameter-name-reserved"
            | "invalid-parameter-name-deep"
            | "invalid-parameter-name-limit" => {
                self.parameter(Failure::Call { error: format!("{UNKNOWN} ValidationException: Parameter name: {UNKNOWN}") })
            }
            "parameter-version-selector-arn" => self.refused(None),
            // What becomes of it once it is filled in is not known; this is what it says where nobody does.
            "unrendered-template" => (Outcome::CannotTell, self.parameter_name(Likely).1),
            "broken-arn" | "broken-arn-service" => self.parameter_name(Likely),
            "broken-arn-region" | "broken-arn-account" | "broken-arn-partition" | "foreign-partition" => self.start(None, None),
            "parameter-arn-slash" => self.parameter(Failure::Invalid { name: self.text().to_owned(), confidence: Likely }),
            "foreign-parameter" => self.refused(Some((registration::foreign_parameter(self.arg("here"), self.arg("there")), Likely))),
            "version-id-form" => self.version_id(),
            "registry-credentials-form" | "registry-credentials-form-parameter" => self.secret(UNKNOWN, None),
            "empty-value-from" => match self.slot() {
                Some(Slot::Secrets | Slot::SecretOptions) => self.refused(Some((registration::empty_value_from(), Likely))),
                _ => self.refused(None),
            },
            // What the account told.
            "missing-parameter" => {
                // A name that the role's policy does not cover shows as AccessDenied instead (inference, §3.1); an ARN may be asked for as it stands.
                let Some(Target::Parameter(id)) = self.reference.map(|reference| &reference.target) else { return None };
                self.parameter(Failure::Invalid { name: id.name.clone(), confidence: Likely })
            }
            "missing-parameter-root" => self.parameter(Failure::Invalid { name: self.text().to_owned(), confidence: Likely }),
            "missing-secret" => self.not_found(inner::SECRET_NOT_FOUND),
            "partial-secret-arn-read-as-complete" => {
                let denied = self.denied(
                    "secretsmanager:GetSecretValue",
                    &self.secret_id(),
                    "no identity-based policy allows the secretsmanager:GetSecretValue action",
                );
                self.secret(&denied, None)
            }
            "secret-pending-deletion" => self.secret(inner::MARKED_FOR_DELETION, None),
            "missing-secret-version" => self.not_found(&inner::no_stage(self.arg("stage"))),
            "missing-secret-version-id" | "missing-secret-version-both" => self.not_found(&format!("ResourceNotFoundException: {UNKNOWN}")),
            "missing-json-key" | "missing-json-key-case" => self.of_value(&ec2::no_json_key(self.arg("key")), Certain),
            // The message quotes a character of the secret: here it stands as `…`.
            "secret-not-json" => self.of_value(self.arg("error"), Certain),
            "nul-in-value" | "binary-secret-key" => self.start(None, None),
            "binary-secret" if self.slot() == Some(Slot::RegistryCredentials) => {
                self.start(Some(("asm fetching authorization data: empty secrets value".to_owned(), Likely)), None)
            }
            "binary-secret" | "empty-value" => (Outcome::SilentlyEmpty, Way::Nowhere),
            "json-value-rendering" | "json-value-rendering-null" | "json-value-rendering-structure" | "json-value-rendering-number" => {
                (Outcome::WronglyRendered, Way::Nowhere)
            }
            "foreign-secret-aws-key" => self.secret(inner::KMS_DENIED, None),
            "unusable-key" | "unusable-key-absent" if self.is_parameter() => {
                self.parameter(Failure::Call { error: format!("{UNKNOWN} InvalidKeyId: {UNKNOWN}") })
            }
            "unusable-key" | "unusable-key-absent" => self.secret(UNKNOWN, None),
            "registry-credentials-content" => self.start(Some((ec2::registry_schema(), Likely)), None),
            "registry-credentials-content-key" => self.start(Some((ec2::registry_field(self.arg("key")), Likely)), None),
            "volume-credentials-secure-string" => self.start(None, None),
            // How things are wired.
            "secret-and-environment-clash" => self.refused(Some((registration::name_in_environment(&self.name()), Certain))),
            "duplicate-secret-name" => self.refused(Some((registration::duplicate_name(&self.name()), Likely))),
            "missing-execution-role" => match self.slot() {
                Some(Slot::Secrets) => self.refused(Some((registration::execution_role(), Certain))),
                // The message speaks of secrets; for the other lists it is inferred.
                _ => self.refused(Some((registration::execution_role(), Likely))),
            },
            "fargate-execution-role" => self.refused(Some((registration::fargate_images(), Certain))),
            "fargate-execution-role-log-driver" => self.refused(Some((registration::fargate_log_driver(), Certain))),
            "firelens-router-missing" => self.refused(Some((registration::no_router(), Likely))),
            "firelens-file-form" => self.refused(Some((registration::s3_arn(), Certain))),
            "empty-tags" => self.refused(Some((registration::empty_tags(), Likely))),
            "environment-file-form" => self.start(Some((ec2::environment_file(self.arg("text")), Certain)), None),
            "credential-spec-form" => self.start(Some((ec2::credential_spec(), Likely)), None),
            "volume-credentials-form" => self.start(Some((ec2::volume_credentials(), Likely)), None),
            "log-driver-not-on-fargate" => self.refused(None),
            "platform-version-too-old" | "agent-too-old" | "agent-too-old-placed" | "mixed-partitions" => self.start(None, None),
            "mixed-accounts-parameter" => {
                self.refused(Some((registration::foreign_parameter(self.arg("here"), self.arg("there")), Likely)))
            }
            "variable-name-none"
            | "environment-file-form-type"
            | "environment-file-form-suffix"
            | "environment-file-form-many"
            | "credential-spec-form-many" => self.refused(None),
            "secret-option-without-driver" => (Outcome::SilentlyEmpty, Way::Nowhere),
            "resolve-in-value-from" | "resolve-in-value-from-template" => self.parameter_name(Likely),
            "unreadable-leaf" => self.refused(None),
            _ => return self.denied_by_policy(),
        })
    }

    fn version_id(&self) -> (Outcome, Way) {
        let id = self.secret_id();
        let short = self.arg("found").chars().count() < 32;
        let fargate = if short { fargate::secret(&id, inner::VERSION_ID_SHORT) } else { fargate::secret(&id, UNKNOWN) };
        let ec2 = ec2::secret(&id, &format!("{UNKNOWN} ValidationException: {UNKNOWN}"));
        (Outcome::FailsAtStart, Way::Secrets { ec2: Some((ec2, Confidence::Likely)), fargate: Some(fargate) })
    }

    fn denied(&self, action: &str, resource: &str, because: &str) -> String {
        let role = self.definition.definition.execution_role.as_ref().and_then(Fact::value).map_or(UNKNOWN, String::as_str);
        inner::access_denied(role, action, resource, because)
    }

    /// The rules on the calls of a task (SEK0101 to SEK0119) say which action on what is refused to the execution role; what they call an error is a call that
    /// ECS makes. Those on policies in files (from SEK0120 on) speak of no task.
    fn denied_by_policy(&self) -> Option<(Outcome, Way)> {
        if !("SEK0101".."SEK0120").contains(&self.finding.rule.id) || self.finding.severity != Severity::Error {
            return None;
        }
        let (action, resource) = (self.arg("action"), self.arg("resource"));
        // Which layer refused stands behind "because", in words that are known for a missing Allow only.
        let because = match self.finding.rule.name {
            "missing-action" => format!("no identity-based policy allows the {action} action"),
            _ => UNKNOWN.to_owned(),
        };
        Some(match action {
            "ssm:GetParameters" => self.parameter(Failure::Call { error: self.denied(action, resource, &because) }),
            "secretsmanager:GetSecretValue" => self.secret(&self.denied(action, resource, &because), None),
            "kms:Decrypt" if !self.is_parameter() => self.secret(inner::KMS_DENIED, None),
            "kms:Decrypt" => self.parameter(Failure::Call { error: format!("AccessDeniedException: {UNKNOWN}") }),
            _ => self.start(None, None),
        })
    }
}
