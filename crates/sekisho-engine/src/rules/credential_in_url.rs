//! SEK0306 credential-in-url.

use super::on_suspicion;
use crate::detect::Kind;

rule! {
    /// A URL, or a connection string in its place, with a password in it: `postgres://app:…@db/shop`.
    ///
    /// The name of the variable may say nothing of a secret, yet the value opens a database, a broker or a repository. Passwords that a variable
    /// fills in (`postgres://app:${DB_PASSWORD}@db/shop`) are left alone: ECS itself fills in nothing, but the program in the container may.
    ///
    /// Put the whole URL into a store and refer to it in `secrets`, or let the program put it together from its parts.
    "SEK0306" "credential-in-url" Error CredentialInUrl |case, findings| {
        let here = case.suspicions().iter().filter(|suspicion| suspicion.found.kind == Kind::Url);
        findings.extend(here.map(|suspicion| on_suspicion(&META, case, suspicion)));
    }
}
