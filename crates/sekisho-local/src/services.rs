//! The services and their operations: the one registry that dispatch and [`supported_operations`] read.

use serde_json::{Map, Value};

use crate::api::{ApiError, Call, Operation};
use crate::{kms, secretsmanager, ssm, sts};

/// How a service speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Protocol {
    /// AWS JSON: the operation stands in `X-Amz-Target` behind this prefix.
    Json {
        /// Before the dot.
        target: &'static str,
        /// `1.0` or `1.1`.
        version: &'static str,
        /// How the service writes the member with an error's message. SDKs read both.
        message: &'static str,
    },
    /// AWS Query: the operation stands in the form's `Action`, the answer is XML.
    Query {
        /// The form's `Version`.
        version: &'static str,
        /// Of the answer.
        namespace: &'static str,
    },
}

/// One service.
pub(crate) struct Service {
    /// As the credential scope of a signature names it.
    pub(crate) signing_name: &'static str,
    pub(crate) protocol: Protocol,
    /// Its code for a failure of its own.
    pub(crate) internal_error: &'static str,
    pub(crate) operations: &'static [Operation],
}

pub(crate) const SERVICES: &[Service] = &[
    Service {
        signing_name: "ssm",
        protocol: Protocol::Json { target: "AmazonSSM", version: "1.1", message: "message" },
        internal_error: "InternalServerError",
        operations: ssm::OPERATIONS,
    },
    Service {
        signing_name: "secretsmanager",
        protocol: Protocol::Json { target: "secretsmanager", version: "1.1", message: "Message" },
        internal_error: "InternalServiceError",
        operations: secretsmanager::OPERATIONS,
    },
    Service {
        signing_name: "kms",
        protocol: Protocol::Json { target: "TrentService", version: "1.1", message: "message" },
        internal_error: "KMSInternalException",
        operations: kms::OPERATIONS,
    },
    Service {
        signing_name: "sts",
        protocol: Protocol::Query { version: "2011-06-15", namespace: "https://sts.amazonaws.com/doc/2011-06-15/" },
        internal_error: "InternalFailure",
        operations: sts::OPERATIONS,
    },
];

/// Every operation that the embedded AWS answers, as service and name (`ssm`, `GetParameters`), in order.
pub fn supported_operations() -> Vec<(&'static str, &'static str)> {
    let mut all: Vec<_> =
        SERVICES.iter().flat_map(|service| service.operations.iter().map(|operation| (service.signing_name, operation.name))).collect();
    all.sort_unstable();
    all
}

impl Service {
    pub(crate) fn operation(&self, name: &str) -> Option<&'static Operation> {
        self.operations.iter().find(|operation| operation.name == name)
    }

    /// The service and operation that an `X-Amz-Target` names.
    pub(crate) fn of_target(target: &str) -> Option<(&'static Self, &str)> {
        let (prefix, operation) = target.split_once('.')?;
        let speaks = |service: &&Self| matches!(service.protocol, Protocol::Json { target, .. } if target == prefix);
        SERVICES.iter().find(speaks).map(|service| (service, operation))
    }

    /// The service that a Query request with this `Version` is for. Versions are unique among the services here.
    pub(crate) fn of_version(version: &str) -> Option<&'static Self> {
        SERVICES.iter().find(|service| matches!(service.protocol, Protocol::Query { version: known, .. } if known == version))
    }
}

/// Runs another service's operation within a call, as AWS's services call each other on a caller's behalf.
pub(crate) fn run(call: &mut Call<'_>, service: &str, operation: &str, input: Map<String, Value>) -> Result<Value, ApiError> {
    let service = SERVICES.iter().find(|known| known.signing_name == service);
    let found = service.and_then(|service| service.operation(operation));
    let operation = found.ok_or_else(|| ApiError::internal(format!("{operation} is not supported by Sekisho's embedded AWS")))?;
    let (caller, region) = (call.caller.clone(), call.region.clone());
    let mut inner = Call { caller, region, now: call.now, input, arn_suffix: None, as_moto: call.as_moto, records: &mut *call.records };
    (operation.run)(&mut inner)
}
