//! Filters of DescribeParameters and GetParametersByPath.

use serde_json::Value;

use super::path::{checked, is_below};
use super::record::{Parameter, Version};
use super::validation;
use crate::api::{ApiError, Call};
use crate::kms;
use crate::shape::{Member, Shape, optional, required};

const VALUES: Shape = Shape::List { min: 1, max: 50, of: &Shape::Text { min: 1, max: 1024 } };
const KEY: Shape = Shape::Form { min: 1, max: 132, pattern: "tag:.+|Name|Type|KeyId|Path|Label|Tier|DataType", fits: is_key };
const FILTER: &[Member] = &[required("Key", KEY), optional("Option", Shape::Text { min: 1, max: 10 }), optional("Values", VALUES)];
const OLD_FILTER: &[Member] = &[required("Key", Shape::Enum(&["Name", "Type", "KeyId"])), required("Values", VALUES)];

pub(super) const FILTERS: Shape = Shape::List { min: 0, max: usize::MAX, of: &Shape::Structure(FILTER) };
/// From before `ParameterFilters`.
pub(super) const OLD_FILTERS: Shape = Shape::List { min: 0, max: usize::MAX, of: &Shape::Structure(OLD_FILTER) };

fn is_key(text: &str) -> bool {
    ["Name", "Type", "KeyId", "Path", "Label", "Tier", "DataType"].contains(&text)
        || text.strip_prefix("tag:").is_some_and(|tag| !tag.is_empty())
}

/// Which operation filters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum For {
    Describe,
    Path,
}

/// A filter, checked.
pub(super) struct Filter {
    pub(super) key: String,
    option: String,
    pub(super) values: Vec<String>,
}

/// The filters of the input.
pub(super) fn read(call: &Call<'_>, operation: For) -> Result<Vec<Filter>, ApiError> {
    let (new, old) = (call.list("ParameterFilters"), call.list("Filters"));
    if !new.is_empty() && !old.is_empty() {
        return Err(validation("You can use either Filters or ParameterFilters in a single request."));
    }
    let mut filters: Vec<Filter> = Vec::new();
    for input in new {
        let filter = Filter::new(input, None);
        if filters.iter().any(|other| other.key == filter.key) {
            return Err(ApiError::new(
                "InvalidFilterKey",
                format!(
                    "The following filter is duplicated in the request: {}. A request can contain only one occurrence of a specific filter.",
                    filter.key
                ),
            ));
        }
        filter.check(operation)?;
        filters.push(filter);
    }
    // The old kind compares the beginnings of names, and whole types and keys.
    filters.extend(old.iter().map(|input| Filter::new(input, Some("BeginsWith"))));
    Ok(filters)
}

impl Filter {
    fn new(input: &Value, option_of_names: Option<&str>) -> Self {
        let text = |name: &str| input.get(name).and_then(Value::as_str);
        let key = text("Key").unwrap_or_default().to_owned();
        let default = match key.as_str() {
            "Path" => "OneLevel",
            "Name" => option_of_names.unwrap_or("Equals"),
            _ => "Equals",
        };
        let option = text("Option").unwrap_or(default).to_owned();
        let values = input.get("Values").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        Self { key, option, values: values.map(str::to_owned).collect() }
    }

    fn check(&self, operation: For) -> Result<(), ApiError> {
        let key = &self.key;
        let keys: Option<&str> = match (operation, key.as_str()) {
            (For::Path, "Type" | "KeyId" | "Label") => None,
            // AWS takes Label here, and does not say so.
            (For::Path, _) => Some("[Type, KeyId]"),
            (For::Describe, "Label") => Some("[Path, Name, Type, KeyId, Tier]"),
            (For::Describe, _) => None,
        };
        if let Some(keys) = keys {
            return Err(ApiError::new(
                "InvalidFilterKey",
                format!("The following filter key is not valid: {key}. Valid filter keys include: {keys}."),
            ));
        }
        let options: &[&str] = match (key.as_str(), operation) {
            ("Path", _) => &["Recursive", "OneLevel"],
            ("Name", _) => &["BeginsWith", "Equals", "Contains"],
            ("Label", _) => &["Equals"],
            _ => &["BeginsWith", "Equals"],
        };
        if !options.contains(&self.option.as_str()) {
            // AWS takes Contains, and does not say so here.
            let named: Vec<&str> = options.iter().copied().filter(|option| *option != "Contains").collect();
            let (option, options) = (&self.option, named.join(", "));
            return Err(ApiError::new(
                "InvalidFilterOption",
                format!("The following filter option is not valid: {option}. Valid options include: [{options}]."),
            ));
        }
        if self.values.is_empty() && !key.starts_with("tag:") {
            return Err(ApiError::new(
                "InvalidFilterValue",
                format!("The following filter values are missing : null for filter key {key}"),
            ));
        }
        self.check_values()
    }

    fn check_values(&self) -> Result<(), ApiError> {
        let allowed: &[&str] = match self.key.as_str() {
            "Type" => &["String", "StringList", "SecureString"],
            "Tier" => &["Standard", "Advanced", "Intelligent-Tiering"],
            "Path" => {
                for value in &self.values {
                    let path = checked(value)?.trim_start_matches('/').to_ascii_lowercase();
                    if path.starts_with("aws") || path.starts_with("ssm") {
                        return Err(validation(
                            "Filters for common parameters can't be prefixed with \"aws\" or \"ssm\" (case-insensitive).",
                        ));
                    }
                }
                return Ok(());
            }
            _ => return Ok(()),
        };
        match self.values.iter().find(|value| !allowed.contains(&value.as_str())) {
            None => Ok(()),
            Some(value) => Err(ApiError::new(
                "InvalidFilterValue",
                format!("The following filter value is not valid: {value}. Valid values include: [{}].", allowed.join(", ")),
            )),
        }
    }

    /// Whether the parameter passes, as far as its name and tags tell.
    pub(super) fn admits(&self, parameter: &Parameter) -> bool {
        let name = &parameter.name;
        match self.key.as_str() {
            // Asking for `/x` finds `x` as well, and the other way round.
            "Name" if self.option != "Contains" => {
                let value = |value: &str| value.trim_start_matches('/').to_owned();
                self.any(name.trim_start_matches('/'), value)
            }
            // Every name begins with a slash here, so that `/tan` is in `tangent`.
            "Name" => self.any(&format!("/{}", name.trim_start_matches('/')), str::to_owned),
            "Path" => {
                let recursive = self.option == "Recursive";
                self.values.iter().any(|path| checked(path).is_ok_and(|path| is_below(name, path, recursive)))
            }
            key => match key.strip_prefix("tag:") {
                Some(tag) => parameter.tags.get(tag).is_some_and(|tag| self.values.is_empty() || self.any(tag, str::to_owned)),
                None => true,
            },
        }
    }

    /// Whether it is about a version's properties, so that [`Filter::admits`] does not tell all.
    pub(super) fn asks_for_version(&self) -> bool {
        ["Type", "Tier", "DataType", "KeyId"].contains(&self.key.as_str())
    }

    /// Whether the version passes.
    pub(super) fn admits_version(&self, call: &Call<'_>, version: &Version) -> bool {
        match self.key.as_str() {
            "Type" => self.any(&version.kind, str::to_owned),
            "Tier" => self.any(&version.tier, str::to_owned),
            "DataType" => self.any(&version.data_type, str::to_owned),
            "KeyId" => self.any_key(call, version),
            // Label: the version was chosen by it.
            _ => true,
        }
    }

    fn any(&self, text: &str, prepare: impl Fn(&str) -> String) -> bool {
        self.values.iter().map(|value| prepare(value)).any(|value| match self.option.as_str() {
            "BeginsWith" => text.starts_with(&value),
            "Contains" => text.contains(&value),
            _ => text == value,
        })
    }

    /// A key is found by the name it was given under and by what that name means now.
    fn any_key(&self, call: &Call<'_>, version: &Version) -> bool {
        let Some(key_id) = &version.key_id else { return false };
        let key = kms::resolve(call, key_id).ok();
        let names = [Some(key_id.clone()), key.as_ref().map(|key| key.id.clone()), key.as_ref().map(|key| key.arn.clone())];
        names.into_iter().flatten().any(|name| self.any(&name, str::to_owned))
    }
}
