//! Facts about parameters, secrets, keys and values, with the fewest calls (design §6.3).

mod key;
mod parameter;
mod secret;
mod value;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use sekisho_model::observed::{KeyId, Lookup, Observations, ParameterId, Questions, VersionOf};

use sekisho_model::{Because, Call, Fact, Source};
use tokio::sync::Semaphore;

pub(crate) use value::value_of;

use crate::connection::Connection;
use crate::error::{CallError, ErrorClass};

/// Calls under way at once. Parameter Store's default throughput is shared by the whole account: a gate must not starve the services it guards.
const AT_ONCE: usize = 8;

/// What one observation shares between its calls.
pub(crate) struct Round<'a> {
    pub(crate) connection: &'a Connection,
    /// The caller's account, for telling a foreign reference.
    pub(crate) account: &'a str,
    pub(crate) gate: Semaphore,
    versions: Mutex<Versions>,
}

/// The versions that the values were read from. They are noted beside the facts, as the values come in.
#[derive(Default)]
struct Versions {
    parameters: BTreeMap<ParameterId, String>,
    secrets: BTreeMap<VersionOf, String>,
}

impl<'a> Round<'a> {
    pub(crate) fn new(connection: &'a Connection, account: &'a str) -> Self {
        Self { connection, account, gate: Semaphore::new(AT_ONCE), versions: Mutex::default() }
    }

    fn note(&self, note: impl FnOnce(&mut Versions)) {
        note(&mut self.versions.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

/// Looks up everything in `questions` for a caller of `account`: first parameters and secrets, then the keys that they name, then values. One
/// denied or unreachable look-up never hides another: each answer is a fact of its own.
pub async fn observe(connection: &Connection, account: &str, questions: &Questions) -> Observations {
    let round = Round::new(connection, account);
    let mut seen = Observations::default();
    let (parameters, secrets) =
        tokio::join!(parameter::look_up(&round, &questions.parameters), secret::look_up(&round, &questions.secrets));
    seen.parameters = parameters;
    seen.secrets = secrets;
    seen.secrets_by_name = secret::look_up_by_name(&round, &seen.secrets).await;
    let keys = keys_of(&seen);
    // A value is read only of what exists: the look-up above already tells the rest.
    let parameter_values: BTreeSet<_> = questions
        .parameter_values
        .iter()
        .filter(|id| !matches!(seen.parameters.get(*id).and_then(Fact::value), Some(Lookup::Absent)))
        .cloned()
        .collect();
    let secret_values: BTreeSet<_> = questions
        .secret_values
        .iter()
        .filter(|version| match seen.secrets.get(&version.secret).and_then(Fact::value) {
            Some(Lookup::Absent) => false,
            Some(Lookup::Found(secret)) => secret.deleted.is_none(),
            None => true,
        })
        .cloned()
        .collect();
    let (keys, parameter_values, secret_values) = tokio::join!(
        key::look_up(&round, &keys),
        value::parameters(&round, &parameter_values),
        value::secrets(&round, &secret_values, &seen.secrets)
    );
    seen.keys = keys;
    seen.parameter_values = parameter_values;
    seen.secret_values = secret_values;
    let versions = round.versions.into_inner().unwrap_or_else(PoisonError::into_inner);
    seen.parameter_versions = versions.parameters;
    seen.secret_versions = versions.secrets;
    seen
}

/// The keys that what was found names, each once. The AWS managed keys of the two stores are left out: they cannot be disabled, and their policy is
/// AWS's own.
fn keys_of(seen: &Observations) -> BTreeSet<KeyId> {
    let mut keys = BTreeSet::new();
    let mut add = |region: &str, id: &str| {
        if !(id.ends_with("alias/aws/ssm") || id.ends_with("alias/aws/secretsmanager")) {
            keys.insert(KeyId { region: region.to_owned(), id: id.to_owned() });
        }
    };
    for (id, fact) in &seen.parameters {
        if let Some(Some(key)) = fact.value().and_then(Lookup::found).and_then(|parameter| parameter.key.value()) {
            add(&id.region, key);
        }
    }
    for (id, fact) in &seen.secrets {
        if let Some(key) = fact.value().and_then(Lookup::found).and_then(|secret| secret.key.as_deref()) {
            add(&id.region, key);
        }
    }
    keys
}

/// The fact that a failed call leaves: absent where AWS says so, else unknown with the reason.
fn failed<T>(error: CallError) -> Fact<Lookup<T>> {
    let source = Source::Call(error.call.clone());
    if error.class == ErrorClass::Absent { Fact::known(Lookup::Absent, source) } else { Fact::Unknown { because: error.into(), source } }
}

/// Runs every look-up, at most [`AT_ONCE`] at a time, and collects the facts.
async fn all<K, T, F>(looks: impl IntoIterator<Item = F>) -> BTreeMap<K, T>
where
    K: Ord,
    F: Future<Output = Vec<(K, T)>>,
{
    // The futures share this task: the work is waiting, not computing.
    futures_util::future::join_all(looks).await.into_iter().flatten().collect()
}

pub(crate) fn not_told<T>(call: Call, why: &str) -> Fact<T> {
    Fact::Unknown { because: Because::NotTold(why.to_owned()), source: Source::Call(call) }
}

/// `items` in groups of at most `size`, each with its Region.
fn batches<'a, T: Clone + 'a>(items: impl IntoIterator<Item = (&'a str, T)>, size: usize) -> Vec<(String, Vec<T>)> {
    let mut regions: BTreeMap<String, Vec<T>> = BTreeMap::new();
    for (region, item) in items {
        regions.entry(region.to_owned()).or_default().push(item);
    }
    regions
        .into_iter()
        .flat_map(|(region, items)| items.chunks(size).map(|chunk| (region.clone(), chunk.to_vec())).collect::<Vec<_>>())
        .collect()
}
