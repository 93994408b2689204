//! A service as it stands in ECS: DescribeServices, and DescribeTaskDefinition of the revision that it names.
//!
//! The answers are handed on as ECS wrote them: the reader of files reads them too, so that what runs is read exactly as what is kept in a file.

use std::sync::{Arc, Mutex, PoisonError};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::AfterDeserializationInterceptorContextRef;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use sekisho_model::Call;

use crate::connection::Connection;
use crate::error::{CallError, ErrorClass, classify};
use crate::patience::patiently;

/// A service, as ECS has it.
#[derive(Clone, Debug)]
pub struct LiveService {
    /// Its ARN.
    pub arn: String,
    /// `describe-services` of it alone, as ECS answered.
    pub service: Vec<u8>,
    /// The ARN of the revision that its primary deployment runs.
    pub task_definition_arn: String,
    /// `describe-task-definition` of that, as ECS answered.
    pub task_definition: Vec<u8>,
    /// The call that told the definition.
    pub call: Call,
}

/// Looks up `service` of `cluster`. Rights: ecs:DescribeServices, ecs:DescribeTaskDefinition.
///
/// # Errors
/// A call's; [`ErrorClass::Absent`] where ECS says that the cluster or the service is missing.
pub async fn live_service(connection: &Connection, cluster: &str, service: &str) -> Result<LiveService, CallError> {
    let region = connection.region().to_string();
    let client = connection.clients(&region).ecs;
    let call = Call { service: "ecs", operation: "DescribeServices", region: region.clone() };
    let kept = Kept::default();
    let answer = patiently(&connection.watch, async || {
        let request = client.describe_services().cluster(cluster).services(service).customize().interceptor(kept.clone());
        request.send().await.map_err(|error| classify(&call, &error))
    })
    .await
    .map_err(absent_where_not_found)?;
    let absent = |code: &str, message: &str| CallError {
        call: call.clone(),
        class: ErrorClass::Absent,
        code: Some(code.to_owned()),
        message: message.to_owned(),
    };
    let found = answer.services().iter().find(|found| found.status() != Some("INACTIVE"));
    let found = found.ok_or_else(|| {
        let reason = answer.failures().first().and_then(|failure| failure.reason()).unwrap_or("INACTIVE");
        absent(reason, "the cluster has no active service of that name")
    })?;
    let arn = found.service_arn().unwrap_or_default().to_owned();
    let described = kept.take();
    let definition = found.task_definition().filter(|definition| !definition.is_empty());
    let definition = definition.ok_or_else(|| absent("NoTaskDefinition", "the service names no task definition"))?.to_owned();
    let call = Call { service: "ecs", operation: "DescribeTaskDefinition", region };
    patiently(&connection.watch, async || {
        let request = client.describe_task_definition().task_definition(&definition).customize().interceptor(kept.clone());
        request.send().await.map_err(|error| classify(&call, &error))
    })
    .await?;
    Ok(LiveService { arn, service: described, task_definition_arn: definition, task_definition: kept.take(), call })
}

/// ECS has codes of its own for what does not exist.
fn absent_where_not_found(error: CallError) -> CallError {
    match error.code.as_deref() {
        Some("ClusterNotFoundException" | "ServiceNotFoundException") => CallError { class: ErrorClass::Absent, ..error },
        _ => error,
    }
}

/// Keeps the body of the last answer.
#[derive(Clone, Debug, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Kept {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[aws_smithy_runtime_api::client::interceptors::dyn_dispatch_hint]
impl Intercept for Kept {
    fn name(&self) -> &'static str {
        "Kept"
    }

    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        // By now the body has been read into memory.
        if let Some(body) = context.response().body().bytes() {
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = body.to_vec();
        }
        Ok(())
    }
}
