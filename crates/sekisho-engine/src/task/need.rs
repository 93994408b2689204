//! Which calls ECS makes for a task (facts/ecs.md §0, §3, §6.1).

use sekisho_iam::Call;
use sekisho_model::observed::{Lookup, ObservedSecret, ParameterId, VersionOf};
use sekisho_model::task_definition::{Container, TaskDefinition};
use sekisho_model::{AccountId, Arn, Fact, Region};

use super::execution_role;
use crate::reference::{launch_of, name_of};
use crate::{Case, Definition, Launch, Reference, Target};

/// One call that ECS makes with the execution role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// The call; [`Call::because`] has the addresses that need it.
    pub call: Call,
    /// The Region that is called.
    pub region: String,
    /// What for.
    pub purpose: Purpose,
}

/// What a call is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// ssm:GetParameters, for one of the up to ten names of a call. One that is refused fails all ten (facts/ecs.md §3.1).
    Parameter,
    /// secretsmanager:GetSecretValue.
    Secret,
    /// kms:Decrypt for a parameter.
    ParameterKey,
    /// kms:Decrypt for a secret.
    SecretKey {
        /// The secret's complete ARN.
        secret: String,
        /// The version that is read, where it is known.
        version: Option<String>,
    },
    /// kms:Decrypt under an AWS managed key: its policy lets every principal of the account in that comes through the service, so only an explicit Deny
    /// keeps the role from it (facts/iam.md A5).
    ManagedKey,
    /// kms:Decrypt under a key that nobody told.
    UnknownKey,
    /// s3:GetObject of an environment file or a router's configuration.
    File,
    /// s3:GetBucketLocation of its bucket.
    Bucket,
    /// ecr:GetAuthorizationToken.
    RegistryToken,
    /// One of the three calls that pull an image.
    Image,
    /// logs:CreateLogStream, logs:PutLogEvents, logs:CreateLogGroup.
    Log,
}

impl Purpose {
    /// Whether a reference is lost without it, rather than the container as a whole.
    pub fn is_of_reference(&self) -> bool {
        matches!(self, Self::Parameter | Self::Secret | Self::ParameterKey | Self::SecretKey { .. } | Self::ManagedKey | Self::UnknownKey)
    }

    /// Whether it is kms:Decrypt under a key of the customer's.
    pub fn is_customer_key(&self) -> bool {
        matches!(self, Self::ParameterKey | Self::SecretKey { .. })
    }
}

/// The calls of `service`, for a minimal policy. What is not known to be called, or on what, is not among them.
pub fn calls(case: &Case<'_>, service: &str) -> Vec<Call> {
    let certain = |need: &Need| !matches!(need.purpose, Purpose::ManagedKey | Purpose::UnknownKey);
    needs(case, service).into_iter().filter(certain).map(|need| need.call).collect()
}

/// Every call that ECS makes with the execution role for a task of `service`, each once, with the addresses that need it.
pub fn needs(case: &Case<'_>, service: &str) -> Vec<Need> {
    let mut list = List { needs: Vec::new() };
    let definition = case.definitions.iter().find(|definition| definition.service == service);
    let role = definition.and_then(execution_role);
    let account = role.and_then(|role| role.parse::<Arn>().ok()?.account_id()).or_else(|| case.surroundings.account.clone());
    // What the manifest declares and the definition does not refer to is asked for by nobody.
    let asked = |reference: &&Reference| reference.service == service && (definition.is_none() || reference.value_from.is_some());
    for reference in case.references.iter().filter(asked) {
        match &reference.target {
            Target::Parameter(id) => parameter(case, reference, id, account.as_ref(), &mut list),
            Target::Secret { version, .. } => secret(case, reference, version, account.as_ref(), &mut list),
            Target::Plaintext | Target::Nothing => {}
        }
    }
    if let Some(definition) = definition {
        containers(case, definition, account.as_ref(), &mut list);
    }
    list.needs
}

struct List {
    needs: Vec<Need>,
}

impl List {
    fn add(&mut self, call: Call, region: &str, purpose: Purpose) {
        let same = |need: &&mut Need| {
            need.call.action == call.action
                && need.call.resource == call.resource
                && need.call.context == call.context
                && need.purpose == purpose
        };
        match self.needs.iter_mut().find(same) {
            Some(need) => {
                for because in call.because {
                    if !need.call.because.contains(&because) {
                        need.call.because.push(because);
                    }
                }
            }
            None => self.needs.push(Need { call, region: region.to_owned(), purpose }),
        }
    }
}

fn partition_of(region: &str) -> String {
    region.parse::<Region>().map_or_else(|_| "aws".to_owned(), |region| region.partition().to_string())
}

fn parameter(case: &Case<'_>, reference: &Reference, id: &ParameterId, account: Option<&AccountId>, list: &mut List) {
    // One that does not exist yet is asked for all the same: the role is not right once it is created.
    let found = case.parameter(reference).and_then(Fact::value).and_then(Lookup::found);
    let partition = partition_of(&id.region);
    // AWS's public parameters have an ARN of no account; under which one ECS's call is authorised is not confirmed (facts/iam.md C).
    let public = id.name.starts_with("/aws/service/");
    let owner = id.account.clone().or_else(|| account.map(ToString::to_string)).unwrap_or_else(|| "*".to_owned());
    let owner = if public { "*" } else { owner.as_str() };
    let arn = Arn::new(&partition, "ssm", &id.region, owner, format!("parameter/{}", id.name.trim_start_matches('/'))).to_string();
    let address = reference.address();
    list.add(Call::new("ssm:GetParameters", arn.as_str(), address.as_str()), &id.region, Purpose::Parameter);
    if let Some(secret) = id.name.strip_prefix("/aws/reference/secretsmanager/") {
        let arn = Arn::new(&partition, "secretsmanager", &id.region, owner, format!("secret:{secret}-??????")).to_string();
        list.add(Call::new("secretsmanager:GetSecretValue", arn, address.as_str()), &id.region, Purpose::Secret);
        return;
    }
    let decrypt = |key: &str| {
        let call = Call::new("kms:Decrypt", key, address.as_str()).with("kms:ViaService", format!("ssm.{}.amazonaws.com", id.region));
        call.with("kms:EncryptionContext:PARAMETER_ARN", arn.as_str())
    };
    let Some(found) = found.filter(|found| found.kind == "SecureString") else { return };
    match found.key.value() {
        Some(Some(key)) if key.ends_with("alias/aws/ssm") => {
            list.add(decrypt(&managed_key(&partition, &id.region, owner)), &id.region, Purpose::ManagedKey);
        }
        Some(_) => key(case, reference, &decrypt, &id.region, owner, Purpose::ParameterKey, list),
        None => list.add(decrypt(&managed_key(&partition, &id.region, owner)), &id.region, Purpose::UnknownKey),
    }
}

/// A key of which nothing is known but where it is.
fn managed_key(partition: &str, region: &str, account: &str) -> String {
    Arn::new(partition, "kms", region, account, "key/*").to_string()
}

/// Decrypting under the key that was found for `reference`.
fn key(
    case: &Case<'_>,
    reference: &Reference,
    decrypt: &dyn Fn(&str) -> Call,
    region: &str,
    owner: &str,
    purpose: Purpose,
    list: &mut List,
) {
    match case.key(reference).and_then(|(_, fact)| fact.value()) {
        Some(Lookup::Found(key)) if key.aws_managed => list.add(decrypt(&key.arn), region, Purpose::ManagedKey),
        Some(Lookup::Found(key)) => list.add(decrypt(&key.arn), region, purpose),
        // A key that is gone is told by a rule of its own.
        Some(Lookup::Absent) => {}
        None => list.add(decrypt(&managed_key(&partition_of(region), region, owner)), region, Purpose::UnknownKey),
    }
}

fn secret(case: &Case<'_>, reference: &Reference, version: &VersionOf, account: Option<&AccountId>, list: &mut List) {
    let found = match case.secret(reference).and_then(Fact::value) {
        Some(Lookup::Absent) => return,
        Some(Lookup::Found(found)) => Some(found),
        None => None,
    };
    let region = version.secret.region.as_str();
    let partition = partition_of(region);
    let arn = match found {
        Some(found) => found.arn.clone(),
        None => as_far_as_known(&version.secret.id, &partition, region, account),
    };
    let mut call = Call::new("secretsmanager:GetSecretValue", arn.as_str(), reference.address());
    call = call.with("secretsmanager:SecretId", arn.as_str());
    if let Some(stage) = &version.stage {
        call = call.with("secretsmanager:VersionStage", stage.as_str());
    }
    if let Some(id) = &version.version_id {
        call = call.with("secretsmanager:VersionId", id.as_str());
    }
    list.add(call, region, Purpose::Secret);
    let Some(found) = found else { return };
    let owner = arn.parse::<Arn>().map(|arn| arn.account).unwrap_or_default();
    let read = version_of(found, version);
    let decrypt = |key: &str| {
        let call =
            Call::new("kms:Decrypt", key, reference.address()).with("kms:ViaService", format!("secretsmanager.{region}.amazonaws.com"));
        let call = call.with("kms:EncryptionContext:SecretARN", arn.as_str());
        match &read {
            Some(read) => call.with("kms:EncryptionContext:SecretVersionId", read.as_str()),
            None => call,
        }
    };
    match found.key.as_deref() {
        None => list.add(decrypt(&managed_key(&partition, region, &owner)), region, Purpose::ManagedKey),
        Some(id) if id.ends_with("alias/aws/secretsmanager") => {
            list.add(decrypt(&managed_key(&partition, region, &owner)), region, Purpose::ManagedKey);
        }
        Some(_) => {
            let purpose = Purpose::SecretKey { secret: found.arn.clone(), version: read.clone() };
            key(case, reference, &decrypt, region, &owner, purpose, list);
        }
    }
}

/// The ARNs of the secrets that `service` refers to and that do not exist, as far as they are known.
pub(super) fn absent_secrets(case: &Case<'_>, service: &str) -> Vec<String> {
    let account = case.surroundings.account.as_ref();
    let absent = |reference: &&Reference| matches!(case.secret(reference).and_then(Fact::value), Some(Lookup::Absent));
    let of_service = case.references.iter().filter(|reference| reference.service == service).filter(absent);
    of_service
        .filter_map(|reference| match &reference.target {
            Target::Secret { version, .. } => {
                let region = version.secret.region.as_str();
                Some(as_far_as_known(&version.secret.id, &partition_of(region), region, account))
            }
            _ => None,
        })
        .collect()
}

/// The version that is read: the one that is named, or the one with the stage, where exactly one has it.
fn version_of(found: &ObservedSecret, version: &VersionOf) -> Option<String> {
    if let Some(id) = &version.version_id {
        return Some(id.clone());
    }
    let stage = version.stage.as_deref().unwrap_or("AWSCURRENT");
    let mut with = found.versions.iter().filter(|(_, stages)| stages.iter().any(|has| has == stage));
    match (with.next(), with.next()) {
        (Some((id, _)), None) => Some(id.clone()),
        _ => None,
    }
}

/// The ARN of a secret that was not looked at: complete where it looks so, else with six unknown characters.
fn as_far_as_known(id: &str, partition: &str, region: &str, account: Option<&AccountId>) -> String {
    match id.parse::<Arn>() {
        Ok(arn) if sekisho_model::ends_like_a_complete_arn(&arn.resource) => id.to_owned(),
        Ok(_) => format!("{id}-??????"),
        Err(_) => {
            let account = account.map_or("*", AccountId::as_str);
            Arn::new(partition, "secretsmanager", region, account, format!("secret:{id}-??????")).to_string()
        }
    }
}

/// What a container needs beside its references: environment files, the configuration of a FireLens router, its image, its log.
fn containers(case: &Case<'_>, definition: &Definition, account: Option<&AccountId>, list: &mut List) {
    let Some(region) = case.surroundings.region.as_ref() else { return };
    let launch = launch_of(&definition.definition, &definition.run_by);
    for container in &definition.definition.containers {
        let address = format!("{}/{}", definition.service, name_of(container));
        let files = container.environment_files.iter().filter_map(|file| file.value.value());
        for file in files.chain(container.firelens_file.as_ref().and_then(Fact::value)) {
            object(file, &address, region, list);
        }
        image(container, &address, list);
        log(&definition.definition, container, &address, launch, region, account, list);
    }
}

fn object(file: &str, address: &str, region: &Region, list: &mut List) {
    let Ok(arn) = file.parse::<Arn>() else { return };
    let Some((bucket, _)) =
        arn.resource.split_once('/').filter(|(bucket, key)| arn.service == "s3" && !bucket.is_empty() && !key.is_empty())
    else {
        return;
    };
    list.add(Call::new("s3:GetObject", file, address), region.as_str(), Purpose::File);
    let bucket = Arn::new(&arn.partition, "s3", "", "", bucket).to_string();
    list.add(Call::new("s3:GetBucketLocation", bucket, address), region.as_str(), Purpose::Bucket);
}

/// An image of ECR: `ACCOUNT.dkr.ecr.REGION.amazonaws.com/REPOSITORY[:TAG][@DIGEST]`.
fn image(container: &Container, address: &str, list: &mut List) {
    let Some(image) = container.image.as_ref().and_then(Fact::value) else { return };
    let Some((host, rest)) = image.split_once('/') else { return };
    let parts: Vec<&str> = host.split('.').collect();
    let [account, "dkr", "ecr", region, "amazonaws", "com", ..] = parts.as_slice() else { return };
    if account.parse::<AccountId>().is_err() || region.parse::<Region>().is_err() {
        return;
    }
    let repository = rest.split('@').next().unwrap_or(rest);
    let repository = repository.rsplit_once(':').map_or(repository, |(name, _)| name);
    list.add(Call::new("ecr:GetAuthorizationToken", "*", address), region, Purpose::RegistryToken);
    let arn = Arn::new(&partition_of(region), "ecr", region, account, format!("repository/{repository}")).to_string();
    for action in ["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"] {
        list.add(Call::new(action, arn.as_str(), address), region, Purpose::Image);
    }
}

/// The log group of the awslogs driver. On EC2 the instance's own role may write it instead, so that nothing can be said (facts/ecs.md §5).
fn log(
    definition: &TaskDefinition,
    container: &Container,
    address: &str,
    launch: Launch,
    region: &Region,
    account: Option<&AccountId>,
    list: &mut List,
) {
    let is_awslogs = container.log_driver.as_ref().and_then(Fact::value).is_some_and(|driver| driver == "awslogs");
    if !is_awslogs || launch != Launch::Fargate || definition.execution_role.is_none() {
        return;
    }
    // The options are kept as values that somebody may have hidden something in; a log group's name is the name of a resource, and only that is taken.
    let option = |wanted: &str| {
        let option = container.log_options.iter().find(|option| option.name.value == wanted)?;
        Some(option.value.value()?.expose().as_str())
    };
    let is_name = |text: &&str| {
        !text.is_empty()
            && text.len() <= 512
            && text.chars().all(|character| character.is_ascii_alphanumeric() || "_-/.#".contains(character))
    };
    let (Some(group), Some(account)) = (option("awslogs-group").filter(is_name), account) else { return };
    let region = option("awslogs-region").filter(|text| text.parse::<Region>().is_ok()).unwrap_or(region.as_str());
    let arn =
        |rest: &str| Arn::new(&partition_of(region), "logs", region, account.as_str(), format!("log-group:{group}:{rest}")).to_string();
    list.add(Call::new("logs:CreateLogStream", arn("log-stream:*"), address), region, Purpose::Log);
    list.add(Call::new("logs:PutLogEvents", arn("log-stream:*"), address), region, Purpose::Log);
    if option("awslogs-create-group").is_some_and(|text| text.eq_ignore_ascii_case("true")) {
        list.add(Call::new("logs:CreateLogGroup", arn("*"), address), region, Purpose::Log);
    }
}
