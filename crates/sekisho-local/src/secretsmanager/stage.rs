//! Staging labels: each is attached to one version at most, and AWSPREVIOUS follows AWSCURRENT.

use super::error::{invalid_parameter, limit_exceeded, version_not_found};
use super::record::Version;
use crate::api::ApiError;

pub(super) const CURRENT: &str = "AWSCURRENT";
pub(super) const PREVIOUS: &str = "AWSPREVIOUS";
pub(super) const PENDING: &str = "AWSPENDING";

/// Labels of one version (botocore, `SecretVersionStagesType`).
const MAX_LABELS: usize = 20;

/// The version that has `label`.
pub(super) fn holder<'a>(versions: &'a [Version], label: &str) -> Option<&'a Version> {
    versions.iter().find(|version| has(version, label))
}

fn has(version: &Version, label: &str) -> bool {
    version.stages.iter().any(|stage| stage == label)
}

/// Takes `label` from every version but `id`, and gives it to `id`. The version that loses AWSCURRENT gets AWSPREVIOUS.
pub(super) fn attach(versions: &mut [Version], label: &str, id: &str) -> Result<(), ApiError> {
    let loser = holder(versions, label).map(|version| version.id.clone()).filter(|loser| loser != id);
    give(versions, label, id)?;
    match loser {
        Some(loser) if label == CURRENT => give(versions, PREVIOUS, &loser),
        _ => Ok(()),
    }
}

fn give(versions: &mut [Version], label: &str, id: &str) -> Result<(), ApiError> {
    for version in versions {
        if version.id != id {
            version.stages.retain(|stage| stage != label);
        } else if !has(version, label) {
            if version.stages.len() >= MAX_LABELS {
                return Err(limit_exceeded(format!("A secret version can have at most {MAX_LABELS} staging labels.")));
            }
            version.stages.push(label.to_owned());
        }
    }
    Ok(())
}

/// The labels of a new version: those asked for, else AWSCURRENT; and AWSCURRENT in any case where no other version has a value yet.
pub(super) fn attach_to_new(versions: &mut [Version], asked: &[&str], id: &str) -> Result<(), ApiError> {
    let first = !versions.iter().any(|version| version.id != id && version.has_value());
    for label in asked {
        attach(versions, label, id)?;
    }
    if asked.is_empty() || first { attach(versions, CURRENT, id) } else { Ok(()) }
}

/// UpdateSecretVersionStage.
pub(super) fn update(versions: &mut [Version], label: &str, from: Option<&str>, to: Option<&str>) -> Result<(), ApiError> {
    let holder = holder(versions, label).map(|version| version.id.clone());
    for id in [from, to].into_iter().flatten() {
        if !versions.iter().any(|version| version.id == id) {
            return Err(version_not_found(id));
        }
    }
    if to.is_some() && to == holder.as_deref() && from.is_none_or(|from| to == Some(from)) {
        return Ok(());
    }
    match (holder.as_deref(), from) {
        (Some(holder), None) if to.is_some() => {
            return Err(invalid_parameter(format!(
                "The parameter RemoveFromVersionId can't be empty. Staging label {label} is currently attached to version {holder}, so you must explicitly reference that version in RemoveFromVersionId."
            )));
        }
        (holder, Some(from)) if holder != Some(from) => {
            return Err(invalid_parameter(format!("Staging label {label} is not attached to version {from} of RemoveFromVersionId.")));
        }
        _ => {}
    }
    match (to, from) {
        (Some(to), _) => attach(versions, label, to),
        (None, None) => Err(invalid_parameter("You must specify MoveToVersionId, RemoveFromVersionId or both.")),
        (None, Some(_)) if label == CURRENT => Err(invalid_parameter(
            "You can only move staging label AWSCURRENT to a different secret version. It can't be completely removed.",
        )),
        (None, Some(_)) => {
            versions.iter_mut().for_each(|version| version.stages.retain(|stage| stage != label));
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use time::OffsetDateTime;

    use super::*;

    fn versions(labels: &[&[&str]]) -> Vec<Version> {
        let version = |(index, stages): (usize, &&[&str])| Version {
            id: format!("v{}", index + 1),
            created: OffsetDateTime::UNIX_EPOCH,
            accessed: None,
            stages: stages.iter().map(|stage| (*stage).to_owned()).collect(),
            key_ids: vec!["DefaultEncryptionKey".to_owned()],
        };
        labels.iter().enumerate().map(version).collect()
    }

    fn labels(versions: &[Version]) -> Vec<String> {
        versions.iter().map(|version| version.stages.join(",")).collect()
    }

    #[test]
    fn the_current_version_becomes_the_previous_one_and_the_previous_loses_its_label() {
        let mut versions = versions(&[&[PREVIOUS], &[CURRENT, "BLUE"], &[]]);
        attach_to_new(&mut versions, &[], "v3").unwrap();
        assert_eq!(labels(&versions), ["", "BLUE,AWSPREVIOUS", "AWSCURRENT"]);
    }

    #[test]
    fn going_back_swaps_the_two_labels() {
        let mut versions = versions(&[&[PREVIOUS], &[CURRENT]]);
        update(&mut versions, CURRENT, Some("v2"), Some("v1")).unwrap();
        assert_eq!(labels(&versions), ["AWSCURRENT", "AWSPREVIOUS"]);
    }

    #[test]
    fn a_new_version_with_other_labels_leaves_the_current_one_alone() {
        let mut versions = versions(&[&[CURRENT], &[]]);
        attach_to_new(&mut versions, &[PENDING], "v2").unwrap();
        assert_eq!(labels(&versions), ["AWSCURRENT", "AWSPENDING"]);
    }

    #[test]
    fn the_first_version_is_always_current() {
        let mut versions = versions(&[&[]]);
        attach_to_new(&mut versions, &[PENDING], "v1").unwrap();
        assert_eq!(labels(&versions), ["AWSPENDING,AWSCURRENT"]);
    }

    #[test]
    fn the_current_label_cannot_be_taken_away_or_moved_blindly() {
        let mut all = versions(&[&[CURRENT], &[PENDING]]);
        let message = |result: Result<(), ApiError>| result.unwrap_err().message;
        assert!(message(update(&mut all, CURRENT, Some("v1"), None)).starts_with("You can only move staging label AWSCURRENT"));
        assert!(message(update(&mut all, CURRENT, None, Some("v2"))).contains("currently attached to version v1"));
        assert!(message(update(&mut all, CURRENT, Some("v2"), Some("v2"))).contains("not attached to version v2"));
        assert!(message(update(&mut all, CURRENT, Some("v1"), Some("v9"))).ends_with("VersionId: v9"));
        assert_eq!(labels(&all), ["AWSCURRENT", "AWSPENDING"]);
        update(&mut all, PENDING, Some("v2"), None).unwrap();
        update(&mut all, CURRENT, None, Some("v1")).unwrap();
        assert_eq!(labels(&all), ["AWSCURRENT", ""]);
    }

    #[test]
    fn a_version_has_at_most_twenty_labels() {
        let mut versions = versions(&[&[CURRENT]]);
        for number in 1..20 {
            attach(&mut versions, &format!("L{number}"), "v1").unwrap();
        }
        assert_eq!(attach(&mut versions, "L20", "v1").unwrap_err().code, "LimitExceededException");
    }
}
