//! SEK0304 plaintext-in-health-check.

use super::on_suspicion;
use crate::detect::{Kind, Where};

rule! {
    /// A secret in plain text in the command of a health check.
    ///
    /// It stands in the task definition, and in the output of `docker inspect`. A health check of the form `CMD-SHELL` has the variables of the
    /// container: `redis-cli -a "$REDIS_PASSWORD" ping` needs no value.
    "SEK0304" "plaintext-in-health-check" Error PlaintextInHealthCheck |case, findings| {
        let here = case.suspicions().iter().filter(|suspicion| suspicion.place == Where::HealthCheck);
        let here = here.filter(|suspicion| !matches!(suspicion.found.kind, Kind::Url | Kind::Placeholder));
        findings.extend(here.map(|suspicion| on_suspicion(&META, case, suspicion)));
    }
}
