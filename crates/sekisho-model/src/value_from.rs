//! The grammar of `valueFrom`, read as ECS reads it.
//!
//! Source: the open ECS agent (`agent/taskresource/asmsecret`, `ssmsecret`), AWS's guides and the messages of RegisterTaskDefinition, collected in
//! facts/ecs.md §2. Nothing here looks anything up: what needs the account's state is judged by the engine on observed facts.

mod flaw;
mod parameter;
mod secret;
mod template;

use std::fmt;

pub use flaw::{Certainty, Effect, Flaw, FlawKind, Part};
pub use template::Templating;

use crate::span::Span;
use crate::{AccountId, Arn, Partition, Region, SecretName};

/// Longest `valueFrom` that registration takes for a parameter, in characters (facts/ecs.md §2.2).
pub const VALUE_FROM_LIMIT: usize = 2048;

/// The text of a reference and how ECS reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueFrom {
    /// Exactly what was written.
    pub text: String,
    /// How ECS reads it.
    pub form: Form,
    /// Everything that is wrong or risky about the text itself, in the order of the text.
    pub flaws: Vec<Flaw>,
}

/// Which service ECS asks (the backend's `provider`, facts/ecs.md §0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Provider {
    /// Parameter Store: `ssm`.
    Ssm,
    /// Secrets Manager: `asm`.
    SecretsManager,
}

/// How ECS reads a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// A parameter's name: of the task's own Region and account.
    ParameterName(String),
    /// A parameter's ARN.
    ParameterArn {
        /// The ARN.
        arn: Arn,
        /// The parameter's name, with the leading slash where it is a hierarchy.
        name: String,
    },
    /// A secret's ARN with or without the JSON key, stage and version id.
    Secret(SecretReference),
    /// A secret's bare name; only registry credentials take one.
    SecretName(SecretName),
    /// A text that some other program still has to fill in; it is never split on its colons.
    Unrendered(Templating),
    /// Nothing that could be looked up; the flaws say why.
    Unusable(Provider),
}

/// `arn:…:secret:ID[:JSON-KEY:STAGE:VERSION-ID]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretReference {
    /// The secret's ARN as ECS sends it: without the suffix.
    pub arn: Arn,
    /// The part after `secret:`: the name, complete with AWS's six characters or not.
    pub id: String,
    /// A top-level key of the value, which is then JSON.
    pub json_key: Option<String>,
    /// A staging label.
    pub stage: Option<String>,
    /// A version id.
    pub version_id: Option<String>,
}

impl SecretReference {
    /// Whether the id ends as AWS's complete ARNs do, in a hyphen and six letters or digits. A name may end so by itself.
    pub fn looks_complete(&self) -> bool {
        crate::ends_like_a_complete_arn(&self.id)
    }

    /// Whether two references ask for the same secret, whatever of it they take.
    pub fn same_secret(&self, other: &Self) -> bool {
        self.arn == other.arn
    }
}

impl fmt::Display for SecretReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.arn)?;
        if self.json_key.is_none() && self.stage.is_none() && self.version_id.is_none() {
            return Ok(());
        }
        let part = |part: &Option<String>| part.clone().unwrap_or_default();
        write!(f, ":{}:{}:{}", part(&self.json_key), part(&self.stage), part(&self.version_id))
    }
}

/// Where a task runs, as far as it is known: what a reference is held against.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// The task's Region.
    pub region: Option<Region>,
    /// The task's account.
    pub account: Option<AccountId>,
}

impl Surroundings {
    /// The partition of the Region, where that is known.
    pub fn partition(&self) -> Option<Partition> {
        self.region.as_ref().map(Region::partition)
    }
}

impl ValueFrom {
    /// Reads a `valueFrom` of `secrets` or `secretOptions`. Never fails: what is wrong is in [`ValueFrom::flaws`].
    pub fn parse(text: &str) -> Self {
        let mut flaws = Vec::new();
        let form = parse(text, &mut flaws);
        Self { text: text.to_owned(), form, flaws }
    }

    /// Reads a `repositoryCredentials.credentialsParameter`: a secret's ARN, or its bare name in the same Region; no suffix is parsed there
    /// (facts/ecs.md §1, row 5).
    pub fn parse_registry_credentials(text: &str) -> Self {
        let mut flaws = Vec::new();
        let form = match template::find(text) {
            Some(templating) => Form::Unrendered(templating),
            None => secret::registry_credentials(text, &mut flaws),
        };
        if let Form::Unrendered(_) = form {
            flaws.push(template::flaw(text));
        }
        Self { text: text.to_owned(), form, flaws }
    }

    /// Which service ECS asks for this text: Secrets Manager for what parses as an ARN of it, else Parameter Store (facts/ecs.md §2.1). `None` for
    /// a text that is not yet filled in.
    pub fn provider(&self) -> Option<Provider> {
        match &self.form {
            Form::ParameterName(_) | Form::ParameterArn { .. } => Some(Provider::Ssm),
            Form::Secret(_) | Form::SecretName(_) => Some(Provider::SecretsManager),
            Form::Unrendered(_) => None,
            Form::Unusable(provider) => Some(*provider),
        }
    }

    /// The ARN in the text, if it has one that ECS could use.
    pub fn arn(&self) -> Option<&Arn> {
        match &self.form {
            Form::ParameterArn { arn, .. } => Some(arn),
            Form::Secret(reference) => Some(&reference.arn),
            Form::ParameterName(_) | Form::SecretName(_) | Form::Unrendered(_) | Form::Unusable(_) => None,
        }
    }

    /// What is wrong or risky about this reference in a task that runs in `surroundings`. What is not known there is not judged.
    pub fn flaws_in(&self, surroundings: &Surroundings) -> Vec<Flaw> {
        let Some(arn) = self.arn() else { return Vec::new() };
        let mut flaws = Vec::new();
        let mut add = |part, effect, certainty, kind| flaws.push(Flaw { kind, span: arn.span_of(part), instead: None, effect, certainty });
        let is_parameter = matches!(self.form, Form::ParameterArn { .. });
        if let Some(here) = surroundings.partition()
            && here.as_str() != arn.partition
        {
            // Credentials are bound to a partition.
            let kind = FlawKind::OtherPartition { there: arn.partition.clone(), here: here.to_string() };
            add(crate::ArnPart::Partition, Effect::FailsAtStart, Certainty::Certain, kind);
            return flaws;
        }
        if let (Some(here), Some(there)) = (&surroundings.account, arn.account_id())
            && *here != there
        {
            let (here, there) = (here.to_string(), there.to_string());
            if is_parameter {
                // Registration's refusal has one source (R5), and RAM-shared parameters may have changed it: never certain.
                add(crate::ArnPart::Account, Effect::Refused, Certainty::Likely, FlawKind::ParameterOfOtherAccount { there, here });
            } else {
                add(crate::ArnPart::Account, Effect::Hazard, Certainty::Certain, FlawKind::SecretOfOtherAccount { there, here });
            }
        }
        if let (Some(here), Some(there)) = (&surroundings.region, arn.region_id())
            && *here != there
        {
            let kind = FlawKind::OtherRegion { there: there.to_string(), here: here.to_string() };
            add(crate::ArnPart::Region, Effect::Hazard, Certainty::Certain, kind);
        }
        flaws
    }
}

fn parse(text: &str, flaws: &mut Vec<Flaw>) -> Form {
    if text.trim().is_empty() {
        flaws.push(Flaw {
            kind: FlawKind::Empty,
            span: Span::new(0, text.len()),
            instead: None,
            effect: Effect::Refused,
            certainty: Certainty::Certain,
        });
        return Form::Unusable(Provider::Ssm);
    }
    if let Some(templating) = template::find(text) {
        flaws.push(template::flaw(text));
        return Form::Unrendered(templating);
    }
    match text.parse::<Arn>() {
        Ok(arn) if arn.service == "secretsmanager" => secret::reference(text, &arn, flaws),
        Ok(arn) if arn.service == "ssm" => parameter::arn(text, &arn, flaws),
        Ok(arn) => {
            let span = arn.span_of(crate::ArnPart::Service);
            // No reading makes this resolve: a parameter's name has no colons, and no other service is asked.
            flaws.push(Flaw {
                kind: FlawKind::OtherService { service: arn.service },
                span,
                instead: None,
                effect: Effect::Refused,
                certainty: Certainty::Certain,
            });
            Form::Unusable(Provider::Ssm)
        }
        Err(crate::ArnError::Sections { found, missing, .. }) => {
            flaws.push(Flaw {
                kind: FlawKind::BrokenArn { found, missing },
                span: Span::new(0, text.len()),
                instead: None,
                effect: Effect::Refused,
                certainty: Certainty::Certain,
            });
            Form::Unusable(Provider::Ssm)
        }
        Err(crate::ArnError::Prefix { .. }) => parameter::name(text, flaws),
    }
}

impl fmt::Display for ValueFrom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
