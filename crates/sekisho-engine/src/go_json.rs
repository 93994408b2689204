//! JSON as the ECS agent reads and prints it: Go's `encoding/json` into `map[string]interface{}`, then `fmt.Sprintf("%v", …)`.
//!
//! Source: agent `asmsecret.go` and Go's documentation of `encoding/json` and `fmt`; facts/ecs.md §3.2 for the results on real input. The numbers
//! `1000000`, `null` and objects come out as nobody expects, which is why this must be exact.

mod scan;
mod value;

pub use scan::GoJsonError;
pub use value::{Kind, Value};

/// Reads the value of a secret that is referenced by JSON key.
///
/// # Errors
/// What Go would say; see [`GoJsonError`].
pub fn object(text: &str) -> Result<Object, GoJsonError> {
    scan::check(text)?;
    let mut root = value::parse(text)?;
    match &mut root {
        Value::Object(members) => Ok(Object(std::mem::take(members))),
        // Go's decoder leaves a nil map for `null`: no key is there.
        Value::Null => Ok(Object(Vec::new())),
        other => Err(GoJsonError::Root(other.kind())),
    }
}

/// The top level of a JSON secret.
#[derive(Clone, PartialEq)]
pub struct Object(Vec<(String, Value)>);

impl std::fmt::Debug for Object {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Object(…)")
    }
}

impl Object {
    /// The member of that name, letter case included; the last one where a name stands twice.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// The names of the members, each once, sorted.
    pub fn keys(&self) -> Vec<&str> {
        let mut keys: Vec<&str> = self.0.iter().map(|(name, _)| name.as_str()).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}
