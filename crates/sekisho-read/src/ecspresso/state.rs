//! A Terraform state, for `tfstate`: which value stands under an address.
//!
//! Addresses are those of ecspresso's `tfstate` plugin (tfstate-lookup): `aws_lb.main.arn`, `data.aws_x.y.id`, `module.m.aws_x.y[0].id`,
//! `aws_x.y['key'].id`, `output.name`.

use std::fmt;

use serde_json::Value;

use crate::problem::{Problem, Problems, STATE_FORMAT};
use crate::text::{MEBIBYTE, Text};

/// A state of format 4. It holds secrets in plain text: nothing of it is shown.
#[derive(Clone)]
pub struct TerraformState(Value);

impl fmt::Debug for TerraformState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TerraformState(…)")
    }
}

impl TerraformState {
    /// Reads a state, at most 16 MiB.
    ///
    /// # Errors
    /// Too large, no JSON, or no state of format 4. Nothing of the content is repeated.
    pub fn read(file: &str, bytes: &[u8]) -> Result<Self, Problems> {
        let text = Text::new(file, bytes, 16 * MEBIBYTE)?;
        let state: Option<Value> = serde_json::from_str(text.content).ok();
        match state {
            Some(state) if state.get("version").and_then(Value::as_u64) == Some(4) => Ok(Self(state)),
            _ => Err(Problem::at(STATE_FORMAT, text.place(0, 0)).into()),
        }
    }

    /// The text that stands under `address`; none where there is nothing, or a list or object.
    pub(crate) fn look_up(&self, address: &str) -> Option<String> {
        let mut steps = steps(address)?.into_iter();
        let mut modules = Vec::new();
        let mut first = steps.next()?;
        while first == Step::Name("module".to_owned()) {
            let Step::Name(mut module) = steps.next()? else { return None };
            first = steps.next()?;
            if let Step::Index(key) = &first {
                module.push_str(&format!("[{key}]"));
                first = steps.next()?;
            }
            modules.push(format!("module.{module}"));
        }
        let Step::Name(mut kind) = first else { return None };
        if kind == "output" && modules.is_empty() {
            let Step::Name(name) = steps.next()? else { return None };
            return scalar(descend(self.0.get("outputs")?.get(&name)?.get("value")?, steps)?);
        }
        let mode = if kind == "data" {
            let Step::Name(named) = steps.next()? else { return None };
            kind = named;
            "data"
        } else {
            "managed"
        };
        let Step::Name(name) = steps.next()? else { return None };
        let module = (!modules.is_empty()).then(|| modules.join("."));
        let is = |resource: &Value, member: &str, text: Option<&str>| resource.get(member).and_then(Value::as_str) == text;
        let resource = self.0.get("resources")?.as_array()?.iter().find(|resource| {
            is(resource, "mode", Some(mode))
                && is(resource, "type", Some(&kind))
                && is(resource, "name", Some(&name))
                && is(resource, "module", module.as_deref())
        })?;
        let instances = resource.get("instances")?.as_array()?;
        let mut steps = steps.peekable();
        let instance = match steps.next_if(|step| matches!(step, Step::Index(_))) {
            Some(Step::Index(key)) => {
                instances.iter().find(|instance| instance.get("index_key").map(Value::to_string) == Some(key.clone()))?
            }
            _ => instances.first()?,
        };
        scalar(descend(instance.get("attributes")?, steps)?)
    }
}

fn descend(value: &Value, steps: impl Iterator<Item = Step>) -> Option<&Value> {
    let mut value = value;
    for step in steps {
        value = match (step, value) {
            (Step::Name(name), Value::Object(members)) => members.get(&name)?,
            (Step::Name(index), Value::Array(items)) => items.get(index.parse::<usize>().ok()?)?,
            (Step::Index(key), Value::Array(items)) => items.get(key.parse::<usize>().ok()?)?,
            (Step::Index(key), Value::Object(members)) => members.get(&serde_json::from_str::<String>(&key).ok()?)?,
            _ => return None,
        };
    }
    Some(value)
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A step of an address: `.name`, or `[0]` and `['key']`, the key as JSON.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    Name(String),
    Index(String),
}

fn steps(address: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    let mut rest = address;
    while !rest.is_empty() {
        if let Some(inside) = rest.strip_prefix('[') {
            let quoted = inside.chars().next().filter(|character| matches!(character, '\'' | '"'));
            let (key, behind) = match quoted {
                Some(quote) => {
                    let (key, behind) = inside.get(1..)?.split_once(quote)?;
                    (Value::from(key).to_string(), behind.strip_prefix(']')?)
                }
                None => {
                    let (index, behind) = inside.split_once(']')?;
                    (index.parse::<u64>().ok()?.to_string(), behind)
                }
            };
            steps.push(Step::Index(key));
            rest = behind;
        } else {
            rest = rest.strip_prefix('.').unwrap_or(rest);
            let length = rest.find(['.', '[']).unwrap_or(rest.len());
            let (name, behind) = rest.split_at_checked(length)?;
            steps.push(Step::Name(name.to_owned()).non_empty()?);
            rest = behind;
        }
    }
    Some(steps)
}

impl Step {
    fn non_empty(self) -> Option<Self> {
        if self == Self::Name(String::new()) { None } else { Some(self) }
    }
}
