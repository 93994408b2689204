//! A task definition and an account, for tests.

use std::collections::BTreeMap;

use sekisho_engine::file::FileFact;
use sekisho_engine::task::{TaskAccess, examine};
use sekisho_engine::{
    Case, Definition, EnvironmentFiles, Judgement, ReadPolicy, Reference, Slot, Target, Version, from_task_definition, judge,
};
use sekisho_model::access::{Access, Enforcement, KeyAccess, NamedPolicy, Role};
use sekisho_model::declaration::{Declaration, Requirement};
use sekisho_model::observed::{
    KeyId, Lookup, Observations, ObservedKey, ObservedParameter, ObservedSecret, ObservedValue, ParameterId, SecretId, VersionOf,
};
use sekisho_model::policy::PolicyDocument;
use sekisho_model::value_from::Surroundings;
use sekisho_model::{Because, Call, Fact, Secret, Source};

pub(crate) const REGION: &str = "ap-northeast-1";
pub(crate) const ACCOUNT: &str = "123456789012";

pub(crate) struct World {
    pub(crate) definition: Definition,
    pub(crate) references: Vec<Reference>,
    pub(crate) seen: Observations,
    pub(crate) requires: Vec<Requirement>,
    pub(crate) surroundings: Surroundings,
    pub(crate) allow_plaintext: bool,
    pub(crate) environment_files: EnvironmentFiles,
    pub(crate) policies: Vec<ReadPolicy>,
    pub(crate) files: Vec<FileFact>,
    pub(crate) manifest: Option<Declaration>,
    pub(crate) environment: String,
    pub(crate) agent: Option<Version>,
    pub(crate) access: Access<PolicyDocument>,
    pub(crate) caller: Option<String>,
    pub(crate) accepted: Vec<String>,
}

pub(crate) fn call() -> Call {
    Call { service: "ssm", operation: "DescribeParameters", region: REGION.into() }
}

pub(crate) fn source() -> Source {
    Source::Call(call())
}

/// A key of the task's account.
pub(crate) const KEY: &str = "arn:aws:kms:ap-northeast-1:123456789012:key/11111111-2222-3333-4444-555555555555";

/// A trust policy as ECS's guide has it.
pub(crate) const TRUST: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole",
    "Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:ecs:ap-northeast-1:123456789012:*"},"StringEquals":{"aws:SourceAccount":"123456789012"}}}]}"#;

pub(crate) fn role_arn(name: &str) -> String {
    format!("arn:aws:iam::{ACCOUNT}:role/{name}")
}

/// A policy document; whether it names principals tells its kind.
pub(crate) fn document(text: &str) -> PolicyDocument {
    sekisho_read::policy_text(text, None).unwrap_or_else(|problems| panic!("{problems:?}: {text}"))
}

/// The ARN of a secret of the task's account, by what stands behind `secret:`.
pub(crate) fn secret_arn(id: &str) -> String {
    format!("arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:{id}")
}

pub(crate) fn manifest(text: &str) -> Declaration {
    sekisho_read::manifest("sekisho.toml", text.as_bytes()).expect("a manifest")
}

impl World {
    /// One container `app` with these members, and an execution role.
    pub(crate) fn container(members: &str) -> Self {
        Self::definition(&format!(
            r#"{{"executionRoleArn":"arn:aws:iam::{ACCOUNT}:role/exec","requiresCompatibilities":["EC2"],"containerDefinitions":[{{"name":"app",{members}}}]}}"#
        ))
    }

    /// One container `app` with one secret `S` of this `valueFrom`.
    pub(crate) fn secret(value_from: &str) -> Self {
        Self::container(&format!(r#""secrets":[{{"name":"S","valueFrom":{}}}]"#, serde_json::Value::from(value_from)))
    }

    pub(crate) fn definition(json: &str) -> Self {
        let definition = sekisho_read::task_definitions("td.json", json.as_bytes()).expect("a task definition");
        let surroundings = Surroundings { region: REGION.parse().ok(), account: ACCOUNT.parse().ok() };
        let references = from_task_definition("api", &definition, &surroundings);
        let definition = Definition::of("api", definition);
        Self {
            definition,
            references,
            seen: Observations::default(),
            requires: Vec::new(),
            surroundings,
            allow_plaintext: false,
            environment_files: EnvironmentFiles::new(),
            policies: Vec::new(),
            files: Vec::new(),
            manifest: None,
            environment: "production".to_owned(),
            agent: None,
            access: Access::default(),
            caller: None,
            accepted: Vec::new(),
        }
    }

    /// No container with anything to judge.
    pub(crate) fn nothing() -> Self {
        Self::definition(r#"{"executionRoleArn":"r","containerDefinitions":[{"name":"app"}]}"#)
    }

    pub(crate) fn policy(mut self, policy: ReadPolicy) -> Self {
        self.policies.push(policy);
        self
    }

    pub(crate) fn declaring(mut self, manifest: Declaration) -> Self {
        self.manifest = Some(manifest);
        self
    }

    pub(crate) fn declared(mut self, container: &str, name: &str, target: Target) -> Self {
        self.definition.declared.push(Reference {
            service: "api".into(),
            container: container.into(),
            slot: Slot::Declared,
            name: name.into(),
            value_from: None,
            declared: Some("a/secret".into()),
            source: Source::Flag("test".into()),
            target,
            launch: sekisho_engine::Launch::Unknown,
        });
        self
    }

    pub(crate) fn parameter_id(name: &str) -> ParameterId {
        ParameterId { region: REGION.into(), account: None, name: name.into() }
    }

    pub(crate) fn has_parameter(mut self, name: &str, kind: &str, key: Option<&str>) -> Self {
        let parameter = ObservedParameter {
            name: name.into(),
            kind: kind.into(),
            tier: Fact::known("Standard".into(), source()),
            key: Fact::known(key.map(str::to_owned), source()),
            version: 1,
            modified: None,
        };
        self.seen.parameters.insert(Self::parameter_id(name), Fact::known(Lookup::Found(parameter), source()));
        self
    }

    pub(crate) fn lacks_parameter(mut self, name: &str) -> Self {
        self.seen.parameters.insert(Self::parameter_id(name), Fact::known(Lookup::Absent, source()));
        self
    }

    pub(crate) fn parameter_value(mut self, name: &str, value: &str) -> Self {
        let value = ObservedValue::Text(Secret::new(value.to_owned()));
        self.seen.parameter_values.insert(Self::parameter_id(name), Fact::known(Lookup::Found(value), source()));
        self
    }

    pub(crate) fn denied_parameter(mut self, name: &str) -> Self {
        let because = Because::Denied { call: call(), detail: "no".into() };
        self.seen.parameters.insert(Self::parameter_id(name), Fact::Unknown { because, source: source() });
        self
    }

    pub(crate) fn observed_secret(id: &str) -> ObservedSecret {
        ObservedSecret {
            arn: secret_arn(id),
            name: id.rsplit_once('-').map_or(id, |(name, _)| name).into(),
            key: None,
            deleted: None,
            versions: BTreeMap::from([("v".repeat(32), vec!["AWSCURRENT".to_owned()])]),
            rotation: false,
            rotated: None,
            changed: None,
            owning_service: None,
        }
    }

    pub(crate) fn has_secret(self, id: &str) -> Self {
        self.has_secret_like(id, |_| {})
    }

    pub(crate) fn has_secret_like(mut self, id: &str, change: impl FnOnce(&mut ObservedSecret)) -> Self {
        let mut secret = Self::observed_secret(id);
        change(&mut secret);
        self.seen.secrets.insert(SecretId { region: REGION.into(), id: secret_arn(id) }, Fact::known(Lookup::Found(secret), source()));
        self
    }

    pub(crate) fn lacks_secret(mut self, id: &str) -> Self {
        self.seen.secrets.insert(SecretId { region: REGION.into(), id: secret_arn(id) }, Fact::known(Lookup::Absent, source()));
        self
    }

    pub(crate) fn secret_value(mut self, id: &str, value: ObservedValue) -> Self {
        let version = VersionOf { secret: SecretId { region: REGION.into(), id: secret_arn(id) }, stage: None, version_id: None };
        self.seen.secret_values.insert(version, Fact::known(Lookup::Found(value), source()));
        self
    }

    pub(crate) fn secret_text(self, id: &str, value: &str) -> Self {
        self.secret_value(id, ObservedValue::Text(Secret::new(value.to_owned())))
    }

    pub(crate) fn has_key(mut self, id: &str, state: &str) -> Self {
        let key = ObservedKey { arn: id.into(), aws_managed: false, state: state.into() };
        self.seen.keys.insert(KeyId { region: REGION.into(), id: id.into() }, Fact::known(Lookup::Found(key), source()));
        self
    }

    pub(crate) fn requires(mut self, requirement: Requirement) -> Self {
        self.requires.push(requirement);
        self
    }

    /// The execution role `exec` or another, with these policies, that ECS may assume.
    pub(crate) fn role(self, name: &str, policies: &[&str]) -> Self {
        self.role_like(name, policies, |_| {})
    }

    pub(crate) fn role_like(mut self, name: &str, policies: &[&str], change: impl FnOnce(&mut Role<PolicyDocument>)) -> Self {
        let named = |(index, text): (usize, &&str)| NamedPolicy {
            name: format!("policy-{}", index + 1),
            arn: None,
            document: Fact::known(document(text), source()),
        };
        let mut role = Role {
            arn: role_arn(name),
            trust: Fact::known(document(TRUST), source()),
            inline: Fact::known(policies.iter().enumerate().map(named).collect(), source()),
            attached: Fact::known(Vec::new(), source()),
            boundary: None,
            tags: BTreeMap::new(),
        };
        change(&mut role);
        self.access.enforcement = Enforcement::Examined;
        self.access.roles.insert(role_arn(name), Fact::known(Lookup::Found(role), source()));
        self
    }

    pub(crate) fn lacks_role(mut self, name: &str) -> Self {
        self.access.enforcement = Enforcement::Examined;
        self.access.roles.insert(role_arn(name), Fact::known(Lookup::Absent, source()));
        self
    }

    /// A customer managed key under which something is, with its policy and no grants.
    pub(crate) fn keyed(mut self, policy: &str) -> Self {
        self = self.has_key(KEY, "Enabled");
        let key = KeyAccess { policy: Fact::known(Lookup::Found(document(policy)), source()), grants: Fact::known(Vec::new(), source()) };
        self.access.keys.insert(KEY.into(), key);
        self
    }

    pub(crate) fn secret_policy(mut self, arn: &str, policy: Option<&str>) -> Self {
        let policy = policy.map_or(Lookup::Absent, |text| Lookup::Found(document(text)));
        self.access.secrets.insert(arn.into(), Fact::known(policy, source()));
        self
    }

    pub(crate) fn tasks(&self) -> Vec<TaskAccess> {
        examine(&self.case(), &self.access)
    }

    pub(crate) fn judge(&self) -> Judgement {
        judge(&Case { access: &self.tasks(), ..self.case() })
    }

    pub(crate) fn case(&self) -> Case<'_> {
        Case {
            environment: &self.environment,
            requires: &self.requires,
            allow_plaintext: self.allow_plaintext,
            references: &self.references,
            definitions: std::slice::from_ref(&self.definition),
            observations: &self.seen,
            environment_files: &self.environment_files,
            policies: &self.policies,
            files: &self.files,
            declaration: self.manifest.as_ref(),
            agent: self.agent,
            caller_role: self.caller.as_deref(),
            accepted: &self.accepted,
            ..Case::of(&self.surroundings)
        }
    }
}
