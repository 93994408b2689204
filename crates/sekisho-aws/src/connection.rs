//! Who we are to AWS, and where AWS is.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use aws_config::{AppName, BehaviorVersion, SdkConfig};
use aws_credential_types::Credentials;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::service_config::ServiceConfigKey;
use sekisho_model::{AccountId, Call, Region, Secret};

use crate::error::{CallError, ConnectError, EndpointFlaw, ErrorClass, classify};
use crate::in_process::{InProcess, RequestHandler};
use crate::patience::{Watch, patiently};

/// Keys given directly, instead of the SDK's chain: for the embedded AWS.
#[derive(Clone, Debug)]
pub struct Keys {
    /// Access key id.
    pub access_key_id: String,
    /// Secret access key.
    pub secret_access_key: Secret<String>,
}

/// How to reach AWS. What is `None` is left to the SDK's own chain (environment, profile, container, instance).
#[derive(Clone, Default)]
pub struct Settings {
    /// The Region.
    pub region: Option<Region>,
    /// The profile.
    pub profile: Option<String>,
    /// The endpoint for every service.
    pub endpoint_url: Option<String>,
    /// A role to assume with what the chain gives.
    pub assume_role: Option<String>,
    /// Keys instead of the chain.
    pub keys: Option<Keys>,
    /// Answers requests in this process; nothing goes to the network then.
    pub handler: Option<Arc<dyn RequestHandler>>,
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Settings")
            .field("region", &self.region)
            .field("profile", &self.profile)
            .field("endpoint_url", &self.endpoint_url)
            .field("assume_role", &self.assume_role)
            .field("in_process", &self.handler.is_some())
            .finish_non_exhaustive()
    }
}

/// The caller, as GetCallerIdentity says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The account.
    pub account: AccountId,
    /// The caller's ARN.
    pub arn: String,
}

/// A connection to AWS or to what stands in for it. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Connection {
    config: SdkConfig,
    region: Region,
    clients: Arc<Mutex<HashMap<String, Clients>>>,
    pub(crate) watch: Watch,
}

/// The clients of one Region.
#[derive(Clone, Debug)]
pub(crate) struct Clients {
    pub(crate) ssm: aws_sdk_ssm::Client,
    pub(crate) secretsmanager: aws_sdk_secretsmanager::Client,
    pub(crate) kms: aws_sdk_kms::Client,
    pub(crate) iam: aws_sdk_iam::Client,
    pub(crate) ecs: aws_sdk_ecs::Client,
}

impl Connection {
    /// Prepares clients. Nothing is called yet, except what the SDK's chain needs to find a Region.
    ///
    /// # Errors
    /// [`ConnectError::NoRegion`] where nothing names one, [`ConnectError::Endpoint`] for plain http beyond loopback.
    pub async fn open(settings: Settings, watch: Watch) -> Result<Self, ConnectError> {
        if let Some(url) = &settings.endpoint_url {
            check_endpoint(url)?;
        }
        let mut loader = aws_config::defaults(BehaviorVersion::v2026_01_12()).retry_config(RetryConfig::disabled()).timeout_config(
            TimeoutConfig::builder()
                .connect_timeout(Duration::from_secs(3))
                .read_timeout(Duration::from_secs(8))
                .operation_attempt_timeout(Duration::from_secs(10))
                .build(),
        );
        // Our calls are recognised in CloudTrail by this.
        if let Ok(name) = AppName::new(concat!("sekisho-", env!("CARGO_PKG_VERSION"))) {
            loader = loader.app_name(name);
        }
        if let Some(region) = &settings.region {
            loader = loader.region(aws_config::Region::new(region.to_string()));
        }
        if let Some(profile) = &settings.profile {
            loader = loader.profile_name(profile);
        }
        if let Some(keys) = &settings.keys {
            let credentials = Credentials::new(&keys.access_key_id, keys.secret_access_key.expose(), None, None, "sekisho");
            loader = loader.credentials_provider(credentials);
        }
        match (&settings.handler, &settings.endpoint_url) {
            (Some(handler), _) => loader = loader.http_client(InProcess(Arc::clone(handler))).endpoint_url("http://127.0.0.1"),
            (None, Some(url)) => loader = loader.endpoint_url(url),
            (None, None) => {}
        }
        let mut config = loader.load().await;
        if settings.endpoint_url.is_none() && settings.handler.is_none() {
            for url in configured_endpoints(&config) {
                check_configured_endpoint(&url)?;
            }
        }
        let region = config.region().and_then(|region| region.as_ref().parse::<Region>().ok()).ok_or(ConnectError::NoRegion)?;
        if let Some(role) = &settings.assume_role {
            let provider = aws_config::sts::AssumeRoleProvider::builder(role).session_name("sekisho").configure(&config).build().await;
            let shared = aws_credential_types::provider::SharedCredentialsProvider::new(provider);
            config = config.into_builder().credentials_provider(shared).build();
        }
        Ok(Self { config, region, clients: Arc::default(), watch })
    }

    /// The endpoint that stands in for AWS's own, where one is set: by the settings, or by the SDK's chain (`AWS_ENDPOINT_URL`, profile).
    pub fn endpoint_url(&self) -> Option<String> {
        configured_endpoints(&self.config).into_iter().next()
    }

    /// The Region that calls go to unless they name another.
    pub fn region(&self) -> &Region {
        &self.region
    }

    /// Who calls. One call to STS.
    ///
    /// # Errors
    /// The call's.
    pub async fn identity(&self) -> Result<Identity, CallError> {
        let client = aws_sdk_sts::Client::new(&self.config);
        let call = Call { service: "sts", operation: "GetCallerIdentity", region: self.region.to_string() };
        let answer =
            patiently(&self.watch, async || client.get_caller_identity().send().await.map_err(|error| classify(&call, &error))).await?;
        let account = answer.account().and_then(|account| account.parse().ok());
        let account = account.ok_or_else(|| CallError {
            call: call.clone(),
            class: ErrorClass::Unreachable,
            code: None,
            message: "the answer names no account".to_owned(),
        })?;
        Ok(Identity { account, arn: answer.arn().unwrap_or_default().to_owned() })
    }

    /// The clients of `region`, made once.
    pub(crate) fn clients(&self, region: &str) -> Clients {
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        clients
            .entry(region.to_owned())
            .or_insert_with(|| {
                let config = self.config.to_builder().region(aws_config::Region::new(region.to_owned())).build();
                Clients {
                    ssm: aws_sdk_ssm::Client::new(&config),
                    secretsmanager: aws_sdk_secretsmanager::Client::new(&config),
                    kms: aws_sdk_kms::Client::new(&config),
                    iam: aws_sdk_iam::Client::new(&config),
                    ecs: aws_sdk_ecs::Client::new(&config),
                }
            })
            .clone()
    }
}

/// The endpoints that the environment or the profile sets, for all services or for one of ours.
fn configured_endpoints(config: &SdkConfig) -> Vec<String> {
    let of_service = |id: &str| {
        let key = ServiceConfigKey::builder().service_id(id).env("AWS_ENDPOINT_URL").profile("endpoint_url").build().ok()?;
        config.service_config()?.load_config(key)
    };
    let services = ["ssm", "secrets_manager", "kms", "sts", "iam", "ecs"].into_iter().filter_map(of_service);
    config.endpoint_url().map(str::to_owned).into_iter().chain(services).collect()
}

/// Refuses an endpoint that is neither AWS's nor on loopback and that only the environment or the profile names: where values go must have been said on
/// purpose (design §5).
fn check_configured_endpoint(url: &str) -> Result<(), ConnectError> {
    check_endpoint(url)?;
    let host = url.parse::<http::Uri>().ok().and_then(|uri| uri.host().map(str::to_lowercase)).unwrap_or_default();
    let aws = [".amazonaws.com", ".amazonaws.com.cn", ".api.aws", ".amazonwebservices.com.cn", ".amazonaws.eu"];
    if is_loopback(&host) || aws.iter().any(|suffix| host.ends_with(suffix)) {
        Ok(())
    } else {
        Err(ConnectError::Endpoint { url: url.to_owned(), why: EndpointFlaw::NotNamed })
    }
}

/// Refuses plain http beyond loopback: signatures do not hide values.
fn check_endpoint(url: &str) -> Result<(), ConnectError> {
    let refuse = |why| Err(ConnectError::Endpoint { url: url.to_owned(), why });
    let Ok(uri) = url.parse::<http::Uri>() else { return refuse(EndpointFlaw::NoUrl) };
    let Some(host) = uri.host() else { return refuse(EndpointFlaw::NoHost) };
    match uri.scheme_str() {
        Some("https") => Ok(()),
        Some("http") if is_loopback(host) => Ok(()),
        Some("http") => refuse(EndpointFlaw::PlainHttp),
        _ => refuse(EndpointFlaw::Scheme),
    }
}

fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost") || bare.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_of_the_environment_is_aws_or_loopback() {
        for good in ["http://localhost:4566", "https://ssm.eu-west-1.amazonaws.com", "https://vpce-1.ssm.eu-west-1.vpce.amazonaws.com"] {
            assert!(check_configured_endpoint(good).is_ok(), "{good}");
        }
        for bad in ["https://example.com", "https://amazonaws.com.example.com", "https://evilamazonaws.com", "http://example.com"] {
            assert!(check_configured_endpoint(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn plain_http_is_for_loopback_only() {
        for good in ["http://127.0.0.1:4566", "http://localhost:1", "http://[::1]:80", "https://example.com"] {
            assert!(check_endpoint(good).is_ok(), "{good}");
        }
        for bad in
            ["http://example.com", "http://127.0.0.1.example.com", "ftp://localhost", "localhost:4566", "http://", "", "http://10.0.0.1"]
        {
            assert!(check_endpoint(bad).is_err(), "{bad}");
        }
    }
}
