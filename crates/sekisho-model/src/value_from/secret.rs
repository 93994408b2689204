//! References to secrets.

use super::{Certainty, Effect, Flaw, FlawKind, Form, Part, Provider, SecretReference};
use crate::span::Span;
use crate::{Arn, ArnPart, SecretName, SecretNameError};

/// Notes a Region, account or partition field that no ARN of these services can have.
pub(super) fn fields(arn: &Arn, flaws: &mut Vec<Flaw>) {
    let mut add = |part, kind, certainty| {
        let span = arn.span_of(part);
        flaws.push(Flaw { kind, span, instead: None, effect: Effect::FailsAtStart, certainty });
    };
    match arn.region_id() {
        None => add(ArnPart::Region, FlawKind::RegionForm { found: arn.region.clone() }, Certainty::Certain),
        Some(region) if region.partition().as_str() != arn.partition => {
            let kind = FlawKind::PartitionOfRegion { found: arn.partition.clone(), expected: region.partition().to_string() };
            // Our table of partitions may be older than AWS's.
            add(ArnPart::Partition, kind, Certainty::Likely);
        }
        Some(_) => {}
    }
    if arn.account_id().is_none() {
        // AWS's public parameters have an ARN without account; whether ECS takes it is not confirmed.
        let public = arn.account.is_empty() && arn.resource.starts_with("parameter/aws/service/");
        let certainty = if public { Certainty::Likely } else { Certainty::Certain };
        add(ArnPart::Account, FlawKind::AccountForm { found: arn.account.clone() }, certainty);
    }
}

/// An ARN of Secrets Manager in `secrets` or `secretOptions`: exactly 2 or 5 parts behind the account (agent,
/// `getASMParametersFromInput`; facts/ecs.md §2.3).
pub(super) fn reference(text: &str, arn: &Arn, flaws: &mut Vec<Flaw>) -> Form {
    fields(arn, flaws);
    let resource = arn.span_of(ArnPart::Resource);
    let parts: Vec<&str> = arn.resource.split(':').collect();
    let fails = |kind, span, instead| Flaw { kind, span, instead, effect: Effect::FailsAtStart, certainty: Certainty::Certain };
    let (id, key, stage, version) = match parts.as_slice() {
        [word, ..] if *word != "secret" => {
            flaws.push(fails(FlawKind::SecretResource, resource, None));
            return Form::Unusable(Provider::SecretsManager);
        }
        [_, id] => (*id, "", "", ""),
        [_, id, key, stage, version] => (*id, *key, *stage, *version),
        _ => {
            let instead = match parts.len() {
                3 => Some(format!("{text}::")),
                4 => Some(format!("{text}:")),
                _ => None,
            };
            flaws.push(fails(FlawKind::SecretParts { found: parts.len() }, resource, instead));
            return Form::Unusable(Provider::SecretsManager);
        }
    };
    let id_start = resource.start + "secret:".len();
    let key_start = id_start + id.len() + 1;
    let stage_start = key_start + key.len() + 1;
    let version_start = stage_start + stage.len() + 1;
    if !identifier(id, id_start, flaws) {
        return Form::Unusable(Provider::SecretsManager);
    }
    for (part, text, start) in
        [(Part::JsonKey, key, key_start), (Part::Stage, stage, stage_start), (Part::VersionId, version, version_start)]
    {
        if text.trim() != text {
            let span = Span::new(start, start + text.len());
            flaws.push(Flaw {
                kind: FlawKind::SpaceInSuffix { part },
                span,
                instead: None,
                effect: Effect::Hazard,
                certainty: Certainty::Certain,
            });
        }
    }
    let hazard = |kind, start: usize, length: usize| Flaw {
        kind,
        span: Span::new(start, start + length),
        instead: None,
        effect: Effect::Hazard,
        certainty: Certainty::Likely,
    };
    if key.contains(['.', '/', '[', '$']) {
        flaws.push(hazard(FlawKind::JsonKeyPath { key: key.to_owned() }, key_start, key.len()));
    }
    if is_version_id(stage) {
        flaws.push(hazard(FlawKind::StageLooksLikeVersionId, stage_start, stage.len()));
    }
    let length = version.chars().count();
    let bare = Arn { resource: format!("secret:{id}"), ..arn.clone() };
    if !version.is_empty() && !(32..=64).contains(&length) {
        // Typical: a label in the fourth place.
        let instead = stage.is_empty().then(|| format!("{bare}:{key}:{version}:"));
        let span = Span::new(version_start, version_start + version.len());
        flaws.push(fails(FlawKind::VersionIdLength { found: version.to_owned() }, span, instead));
    } else if !version.is_empty() && !stage.is_empty() {
        flaws.push(hazard(FlawKind::StageAndVersionId, stage_start, stage.len() + 1 + version.len()));
    }
    let part = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Form::Secret(SecretReference { arn: bare, id: id.to_owned(), json_key: part(key), stage: part(stage), version_id: part(version) })
}

/// Notes an id that no secret can have, or that lacks AWS's six characters; whether it can be looked up at all.
fn identifier(id: &str, start: usize, flaws: &mut Vec<Flaw>) -> bool {
    let span = Span::new(start, start + id.len());
    let fails = |kind, span| Flaw { kind, span, instead: None, effect: Effect::FailsAtStart, certainty: Certainty::Certain };
    // 512 characters of name, and AWS's seven.
    let name = if id.len() > 512 && crate::ends_like_a_complete_arn(id) { id.get(..id.len() - 7).unwrap_or(id) } else { id };
    // Secrets Manager's own message lists `!` too, and managed secrets have it (`rds!cluster-…`); nobody can put one there.
    match name.replace('!', "_").parse::<SecretName>() {
        Ok(_) => {
            if !crate::ends_like_a_complete_arn(id) {
                flaws.push(Flaw { effect: Effect::Hazard, ..fails(FlawKind::PartialArn, span) });
            }
            true
        }
        Err(SecretNameError::Empty) => {
            flaws.push(fails(FlawKind::SecretIdEmpty, span));
            false
        }
        Err(SecretNameError::Character { character, at, .. }) => {
            let at: usize = id.chars().take(at - 1).map(char::len_utf8).sum();
            let span = Span::new(start + at, start + at + character.len_utf8());
            flaws.push(fails(FlawKind::SecretCharacter { character }, span));
            false
        }
        Err(SecretNameError::Long { length }) => {
            flaws.push(fails(FlawKind::Long { length }, span));
            false
        }
    }
}

/// Registry credentials: a secret's ARN without suffix, or a name.
pub(super) fn registry_credentials(text: &str, flaws: &mut Vec<Flaw>) -> Form {
    let whole = Span::new(0, text.len());
    let fails = |kind, span, instead| Flaw { kind, span, instead, effect: Effect::FailsAtStart, certainty: Certainty::Certain };
    match text.parse::<Arn>() {
        Ok(arn) if arn.service == "secretsmanager" => {
            fields(&arn, flaws);
            let resource = arn.span_of(ArnPart::Resource);
            match arn.resource.split(':').collect::<Vec<_>>().as_slice() {
                ["secret", id] => {
                    if !identifier(id, resource.start + "secret:".len(), flaws) {
                        return Form::Unusable(Provider::SecretsManager);
                    }
                    let id = (*id).to_owned();
                    Form::Secret(SecretReference { arn, id, json_key: None, stage: None, version_id: None })
                }
                ["secret", id, ..] => {
                    let instead = Arn { resource: format!("secret:{id}"), ..arn.clone() }.to_string();
                    flaws.push(fails(FlawKind::SuffixOnRegistryCredentials, resource, Some(instead)));
                    Form::Unusable(Provider::SecretsManager)
                }
                _ => {
                    flaws.push(fails(FlawKind::SecretResource, resource, None));
                    Form::Unusable(Provider::SecretsManager)
                }
            }
        }
        Ok(arn) if arn.service == "ssm" => {
            flaws.push(fails(FlawKind::ParameterAsRegistryCredentials, whole, None));
            Form::Unusable(Provider::SecretsManager)
        }
        Ok(arn) => {
            flaws.push(fails(FlawKind::OtherService { service: arn.service }, whole, None));
            Form::Unusable(Provider::SecretsManager)
        }
        Err(crate::ArnError::Sections { found, missing, .. }) => {
            flaws.push(fails(FlawKind::BrokenArn { found, missing }, whole, None));
            Form::Unusable(Provider::SecretsManager)
        }
        Err(crate::ArnError::Prefix { .. }) => match text.parse::<SecretName>() {
            Ok(name) => Form::SecretName(name),
            Err(SecretNameError::Empty) => {
                flaws.push(fails(FlawKind::Empty, whole, None));
                Form::Unusable(Provider::SecretsManager)
            }
            Err(SecretNameError::Long { length }) => {
                flaws.push(fails(FlawKind::Long { length }, whole, None));
                Form::Unusable(Provider::SecretsManager)
            }
            Err(SecretNameError::Character { character, at, .. }) => {
                let at: usize = text.chars().take(at - 1).map(char::len_utf8).sum();
                flaws.push(fails(FlawKind::SecretCharacter { character }, Span::new(at, at + character.len_utf8()), None));
                Form::Unusable(Provider::SecretsManager)
            }
        },
    }
}

/// Whether a text has the form of the version ids that AWS makes: a UUID.
fn is_version_id(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12]) && text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}
