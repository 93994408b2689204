//! Which version of Fargate's platform and of the agent what feature needs.
//!
//! Source: facts/ecs.md §5, "Version requirements" (agent CHANGELOG and code; AWS's developer guide).

use std::fmt;

use sekisho_model::Fact;
use sekisho_model::task_definition::Container;

use crate::{Reference, Slot, Target};

/// A version of three numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(pub u32, pub u32, pub u32);

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.0, self.1, self.2)
    }
}

impl std::str::FromStr for Version {
    type Err = VersionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || VersionError { text: text.to_owned() };
        let numbers: Vec<u32> = text.trim_start_matches('v').split('.').map(str::parse).collect::<Result<_, _>>().map_err(|_| error())?;
        match numbers.as_slice() {
            [major, minor, patch] => Ok(Self(*major, *minor, *patch)),
            _ => Err(error()),
        }
    }
}

/// Why a text is no version.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no version: three numbers with dots between them, as in `1.37.0`")]
pub struct VersionError {
    text: String,
}

/// What a definition uses that not every version has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Feature {
    RegistryCredentials,
    Parameter,
    Secret,
    SecretOption,
    JsonKey,
    EnvironmentFile,
}

impl Feature {
    /// The word in messages.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::RegistryCredentials => "registry-credentials",
            Self::Parameter => "parameter",
            Self::Secret => "secret",
            Self::SecretOption => "secret-option",
            Self::JsonKey => "json-key",
            Self::EnvironmentFile => "environment-file",
        }
    }

    /// The first agent that has it.
    pub(crate) fn agent(self) -> Version {
        match self {
            Self::RegistryCredentials => Version(1, 19, 0),
            Self::Parameter => Version(1, 22, 0),
            Self::Secret => Version(1, 23, 0),
            Self::SecretOption => Version(1, 27, 0),
            Self::JsonKey => Version(1, 37, 0),
            Self::EnvironmentFile => Version(1, 39, 0),
        }
    }

    /// The first platform version of Fargate that has it. For environment files on Windows the documents contradict each other, which SEK0412 tells.
    pub(crate) fn platform(self, windows: bool) -> Option<Version> {
        match self {
            Self::RegistryCredentials => Some(Version(1, 2, 0)),
            Self::Parameter | Self::Secret | Self::SecretOption if windows => Some(Version(1, 0, 0)),
            Self::Parameter | Self::Secret | Self::SecretOption => Some(Version(1, 3, 0)),
            Self::JsonKey if windows => Some(Version(1, 0, 0)),
            Self::JsonKey => Some(Version(1, 4, 0)),
            Self::EnvironmentFile if windows => None,
            Self::EnvironmentFile => Some(Version(1, 4, 0)),
        }
    }

    /// Whether an instance whose agent lacks it is left out when a task is placed: everything but JSON keys has a capability attribute.
    pub(crate) fn is_gated(self) -> bool {
        self != Self::JsonKey
    }
}

/// The features that a reference needs, the most demanding last.
pub(crate) fn of_reference(reference: &Reference) -> Vec<Feature> {
    let mut features = match (reference.slot, &reference.target) {
        (Slot::Secrets, Target::Parameter(_)) => vec![Feature::Parameter],
        (Slot::Secrets, Target::Secret { .. }) => vec![Feature::Secret],
        (Slot::SecretOptions, _) => vec![Feature::SecretOption],
        (Slot::RegistryCredentials, _) => vec![Feature::RegistryCredentials],
        _ => Vec::new(),
    };
    if let Target::Secret { version, json_key } = &reference.target
        && (json_key.is_some() || version.stage.is_some() || version.version_id.is_some())
        && matches!(reference.slot, Slot::Secrets | Slot::SecretOptions)
    {
        features.push(Feature::JsonKey);
    }
    features
}

/// The features that a container needs beside its references.
pub(crate) fn of_container(container: &Container) -> Vec<Feature> {
    if container.environment_files.is_empty() { Vec::new() } else { vec![Feature::EnvironmentFile] }
}

/// Whether a definition is for Windows, where it says so.
pub(crate) fn is_windows(definition: &sekisho_model::task_definition::TaskDefinition) -> bool {
    definition.operating_system.as_ref().and_then(Fact::value).is_some_and(|system| system.starts_with("WINDOWS"))
}
