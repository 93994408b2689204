//! The rules. One file each; its name is the rule's name, and so is its message's id.

use std::sync::Arc;

use sekisho_model::{Place, Source, Span};

use crate::{Case, Finding, Severity};

/// What a rule is.
#[derive(Debug, PartialEq, Eq)]
pub struct Meta {
    /// `SEK0215`. By subject: 01 IAM and KMS, 02 form and existence of references, 03 plain text, 04 wiring of tasks and services, 05 stores and
    /// naming, 06 drift and staleness, 09 what could not be read. Never given twice.
    pub id: &'static str,
    /// `missing-parameter`.
    pub name: &'static str,
    /// How bad a finding of it usually is.
    pub severity: Severity,
    /// The rule's own words: what it does, why it matters, an example, the remedy.
    pub docs: &'static str,
}

/// A rule judges facts. It reads nothing and formats nothing.
pub trait Rule: Sync {
    /// What it is.
    fn meta(&self) -> &'static Meta;
    /// Adds what it finds in `case`.
    fn judge(&self, case: &Case<'_>, findings: &mut Vec<Finding>);
}

/// Declares a rule: its id, name, severity and words, and the function that judges.
macro_rules! rule {
    ($(#[doc = $docs:literal])* $id:literal $name:literal $severity:ident $rule:ident $judge:expr) => {
        $(#[doc = $docs])*
        pub(crate) struct $rule;

        /// This rule's entry in the registry.
        pub(crate) static META: $crate::rules::Meta =
            $crate::rules::Meta { id: $id, name: $name, severity: $crate::Severity::$severity, docs: concat!($($docs, "\n"),*) };

        impl $crate::rules::Rule for $rule {
            fn meta(&self) -> &'static $crate::rules::Meta {
                &META
            }

            fn judge(&self, case: &$crate::Case<'_>, findings: &mut Vec<$crate::Finding>) {
                let judge: fn(&$crate::Case<'_>, &mut Vec<$crate::Finding>) = $judge;
                judge(case, findings);
            }
        }
    };
}

macro_rules! registry {
    ($($module:ident $rule:ident,)*) => {
        $(mod $module;)*
        /// Every rule, in the order of their ids. Append only: an id once given stays.
        pub static RULES: &[&dyn Rule] = &[$(&$module::$rule),*];
    };
}

registry! {
    missing_action MissingAction,
    key_policy KeyPolicy,
    missing_kms_decrypt MissingKmsDecrypt,
    trust_policy TrustPolicy,
    right_on_wrong_role RightOnWrongRole,
    explicit_deny ExplicitDeny,
    secret_policy SecretPolicy,
    execution_role_absent ExecutionRoleAbsent,
    boundary_blocks BoundaryBlocks,
    excess_grant ExcessGrant,
    access_undecided AccessUndecided,
    unaccepted_assumption UnacceptedAssumption,
    alias_as_resource AliasAsResource,
    resource_on_wildcard_only_action ResourceOnWildcardOnlyAction,
    secret_without_suffix_in_policy SecretWithoutSuffixInPolicy,
    leading_slash_in_policy LeadingSlashInPolicy,
    json_key_in_policy JsonKeyInPolicy,
    condition_never_present ConditionNeverPresent,
    grant_of_all_secrets GrantOfAllSecrets,
    cross_environment_grant CrossEnvironmentGrant,
    wildcard_that_aws_ignores WildcardThatAwsIgnores,
    dangling_principal DanglingPrincipal,
    for_all_values_with_allow ForAllValuesWithAllow,
    statement_never_applies StatementNeverApplies,
    unknown_action UnknownAction,
    allow_of_everything_else AllowOfEverythingElse,
    trust_of_tasks TrustOfTasks,
    trust_without_source TrustWithoutSource,
    reading_beyond_the_task ReadingBeyondTheTask,
    reading_without_decrypt ReadingWithoutDecrypt,
    grant_in_any_account GrantInAnyAccount,
    grant_by_prefix GrantByPrefix,
    malformed_secret_reference MalformedSecretReference,
    invalid_parameter_name InvalidParameterName,
    parameter_version_selector ParameterVersionSelector,
    secret_name_without_arn SecretNameWithoutArn,
    unrendered_template UnrenderedTemplate,
    broken_arn BrokenArn,
    parameter_arn_slash ParameterArnSlash,
    foreign_parameter ForeignParameter,
    foreign_region ForeignRegion,
    foreign_partition ForeignPartition,
    partial_secret_arn PartialSecretArn,
    version_id_form VersionIdForm,
    json_key_form JsonKeyForm,
    registry_credentials_form RegistryCredentialsForm,
    missing_parameter MissingParameter,
    missing_secret MissingSecret,
    secret_pending_deletion SecretPendingDeletion,
    missing_secret_version MissingSecretVersion,
    missing_json_key MissingJsonKey,
    secret_not_json SecretNotJson,
    binary_secret BinarySecret,
    json_value_rendering JsonValueRendering,
    empty_value EmptyValue,
    placeholder_value PlaceholderValue,
    empty_value_from EmptyValueFrom,
    foreign_secret ForeignSecret,
    white_space_around_value WhiteSpaceAroundValue,
    registry_credentials_content RegistryCredentialsContent,
    volume_credentials_secure_string VolumeCredentialsSecureString,
    nul_in_value NulInValue,
    mixed_accounts MixedAccounts,
    mixed_regions MixedRegions,
    mixed_partitions MixedPartitions,
    resolve_in_value_from ResolveInValueFrom,
    volume_credentials_form VolumeCredentialsForm,
    plaintext_secret PlaintextSecret,
    plaintext_in_command PlaintextInCommand,
    plaintext_in_label PlaintextInLabel,
    plaintext_in_health_check PlaintextInHealthCheck,
    plaintext_in_log_option PlaintextInLogOption,
    credential_in_url CredentialInUrl,
    plaintext_in_environment_file PlaintextInEnvironmentFile,
    placeholder_in_definition PlaceholderInDefinition,
    secret_and_environment_clash SecretAndEnvironmentClash,
    duplicate_secret_name DuplicateSecretName,
    missing_execution_role MissingExecutionRole,
    declared_secret_not_wired DeclaredSecretNotWired,
    reference_differs_from_declaration ReferenceDiffersFromDeclaration,
    s3_object_not_looked_up S3ObjectNotLookedUp,
    variable_name VariableName,
    execution_role_is_task_role ExecutionRoleIsTaskRole,
    shadowed_environment_file ShadowedEnvironmentFile,
    platform_version_too_old PlatformVersionTooOld,
    agent_too_old AgentTooOld,
    environment_file_on_windows EnvironmentFileOnWindows,
    log_driver_not_on_fargate LogDriverNotOnFargate,
    firelens_router_missing FirelensRouterMissing,
    firelens_file_form FirelensFileForm,
    environment_file_form EnvironmentFileForm,
    fargate_execution_role FargateExecutionRole,
    empty_tags EmptyTags,
    secret_option_without_driver SecretOptionWithoutDriver,
    credential_spec_form CredentialSpecForm,
    undeclared_reference UndeclaredReference,
    unused_declaration UnusedDeclaration,
    names_differ_in_case NamesDifferInCase,
    overridden_execution_role OverriddenExecutionRole,
    overridden_secret OverriddenSecret,
    plain_string_parameter PlainStringParameter,
    unusable_key UnusableKey,
    customer_key_required CustomerKeyRequired,
    rotation_required RotationRequired,
    foreign_environment ForeignEnvironment,
    path_convention PathConvention,
    pinned_version PinnedVersion,
    not_observed NotObserved,
    unreadable_leaf UnreadableLeaf,
    unreadable_file UnreadableFile,
    stale_suppression StaleSuppression,
    malformed_suppression MalformedSuppression,
    not_looked_at NotLookedAt,
    tolerated_syntax ToleratedSyntax,
}

/// The rule of that id or name, letter case aside.
pub fn find(text: &str) -> Option<&'static Meta> {
    RULES.iter().map(|rule| rule.meta()).find(|meta| meta.id.eq_ignore_ascii_case(text) || meta.name.eq_ignore_ascii_case(text))
}

/// The ids of a rule's messages: its name, and its name with more behind a hyphen, unless that is another rule's name.
pub fn messages(meta: &Meta) -> Vec<&'static str> {
    let belongs = |id: &str, name: &str| id.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    let owner = |id: &str| RULES.iter().map(|rule| rule.meta().name).filter(|name| belongs(id, name)).max_by_key(|name| name.len());
    let ids = crate::FTL_EN.lines().filter_map(|line| line.split_once(" =")).map(|(id, _)| id);
    ids.filter(|id| belongs(id, meta.name) && owner(id) == Some(meta.name)).collect()
}

/// What a rule's own words say in Japanese, where they have been translated.
pub fn docs_ja(meta: &Meta) -> Option<&'static str> {
    let sections = DOCS_JA.split("\n## ").skip(1);
    sections.filter_map(|section| section.split_once('\n')).find(|(id, _)| id.trim() == meta.id).map(|(_, text)| text.trim())
}

/// A section for each rule that has been translated.
const DOCS_JA: &str = include_str!("../i18n/rules.ja.md");

/// A finding of `meta` on what was said of a file.
pub(crate) fn on_file(meta: &'static Meta, fact: &crate::file::FileFact) -> Finding {
    let mut finding = Finding::new(meta, &fact.file).saying(fact.message);
    let whole = || Place { file: Arc::clone(&fact.file), line: 1, column: 1, span: Span::default() };
    finding.source = Some(Source::Place(fact.place.clone().unwrap_or_else(whole)));
    finding.args.clone_from(&fact.args);
    finding
}

/// A finding of `meta` on a flaw of `reference`'s text: where it stands, what it should read, how bad and how sure, as the flaw says.
pub(crate) fn on_flaw(meta: &'static Meta, reference: &crate::Reference, flaw: &sekisho_model::value_from::Flaw) -> Finding {
    use sekisho_model::value_from::{Certainty, Effect};
    let text = reference.text().unwrap_or_default();
    let severity = match flaw.effect {
        Effect::Refused | Effect::FailsAtStart => Severity::Error,
        Effect::Hazard => meta.severity.min(Severity::Warning),
    };
    let confidence = match flaw.certainty {
        Certainty::Certain => crate::Confidence::Certain,
        Certainty::Likely => crate::Confidence::Likely,
    };
    let at = text.get(flaw.span.start..flaw.span.end).unwrap_or_default();
    let mut finding = Finding::new(meta, &reference.address()).as_bad_as(severity).as_sure_as(confidence).at(&reference.source);
    finding = finding.with("text", text).with("part", at).with("column", flaw.span.start + 1);
    // `{ $when }` in the wording: refused at registration, or fails at the start of a task.
    finding = finding.with("when", if flaw.effect == Effect::Refused { "registration" } else { "start" });
    finding.mended = flaw.instead.clone().filter(|instead| is_safe(flaw, instead));
    finding.with("instead", flaw.instead.clone().unwrap_or_else(|| "none".to_owned()))
}

/// A finding of `meta` on a suspicion of the detector: an error where it is certain, a warning where it is likely, a note where the environment allows plain
/// text. What it names is the place, never the value.
pub(crate) fn on_suspicion(meta: &'static Meta, case: &Case<'_>, suspicion: &crate::detect::Suspicion) -> Finding {
    let severity = match suspicion.found.confidence {
        _ if case.allow_plaintext => Severity::Note,
        crate::Confidence::Certain => Severity::Error,
        crate::Confidence::Likely => Severity::Warning,
    };
    let kind = suspicion.found.kind;
    let finding = Finding::new(meta, &suspicion.address).as_bad_as(severity).as_sure_as(suspicion.found.confidence).at(&suspicion.source);
    let finding =
        finding.with("name", if suspicion.name.is_empty() { "none" } else { &suspicion.name }).with("place", suspicion.place.as_str());
    let allowed = if case.allow_plaintext && !case.environment.is_empty() { case.environment } else { "none" };
    finding.with("kind", kind.as_str()).with("issuer", kind.issuer()).with("allowed", allowed)
}

/// Whether a program may write `instead`: colons that are missing, or slashes too many or too few, and no other flaw left. Everything else is a guess that
/// somebody has to make.
fn is_safe(flaw: &sekisho_model::value_from::Flaw, instead: &str) -> bool {
    use sekisho_model::value_from::{Effect, FlawKind};
    use sekisho_model::{ParameterNameError, ValueFrom};
    let kind = match &flaw.kind {
        FlawKind::SecretParts { .. } | FlawKind::ParameterArnSlash => true,
        FlawKind::ParameterCannotExist { error } => {
            matches!(error, ParameterNameError::EmptyLevel { .. } | ParameterNameError::NoLeadingSlash { .. })
        }
        _ => false,
    };
    kind && ValueFrom::parse(instead).flaws.iter().all(|flaw| flaw.effect == Effect::Hazard)
}
