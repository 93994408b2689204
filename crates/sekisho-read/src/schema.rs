//! The JSON Schema of the manifest, printed from the same table of keys that the reader uses.

use serde_json::{Map, Value, json};

use crate::manifest::Form;
use crate::manifest::keys::{Kind, MANIFEST, Table};

/// The JSON Schema (2020-12) of `sekisho.toml`, for editors. It knows the reader's keys, types, words and forms; what lies between keys (names that
/// must exist, names that clash) only the reader can judge. It admits no more than the reader in what it states, and may be narrower in Regions.
pub fn manifest_schema() -> Value {
    let mut schema = object(&MANIFEST);
    schema.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    schema.insert("title".to_owned(), json!("sekisho.toml"));
    schema.insert("description".to_owned(), json!("What Sekisho is told about a project. It declares; it never holds a value."));
    Value::Object(schema)
}

fn object(table: &Table) -> Map<String, Value> {
    let properties = table.keys.iter().map(|key| {
        let mut property = kind(&key.kind);
        property.insert("description".to_owned(), json!(key.about));
        (key.name.to_owned(), Value::Object(property))
    });
    let mut schema = Map::new();
    schema.insert("type".to_owned(), json!("object"));
    schema.insert("properties".to_owned(), Value::Object(properties.collect()));
    schema.insert("additionalProperties".to_owned(), json!(false));
    let needed: Vec<&str> = table.keys.iter().filter(|key| key.needed).map(|key| key.name).collect();
    if !needed.is_empty() {
        schema.insert("required".to_owned(), json!(needed));
    }
    let excluded = table.exclusive.iter().map(|(first, second)| json!({ "not": { "required": [first, second] } }));
    let one = table.one_needed.iter().map(|(first, second)| json!({ "anyOf": [{ "required": [first] }, { "required": [second] }] }));
    let conditions: Vec<Value> = excluded.chain(one).collect();
    if !conditions.is_empty() {
        schema.insert("allOf".to_owned(), json!(conditions));
    }
    schema
}

fn kind(kind: &Kind) -> Map<String, Value> {
    let value = match kind {
        Kind::Text(form) => text(*form),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Count { least, most } => json!({ "type": "integer", "minimum": least, "maximum": most }),
        Kind::Word(words) => json!({ "type": "string", "enum": words }),
        Kind::Words(words) => json!({ "type": "array", "items": { "type": "string", "enum": words } }),
        Kind::Texts { form, some } => json!({ "type": "array", "items": text(*form), "minItems": u8::from(*some) }),
        Kind::TextMap { names, values } => {
            json!({ "type": "object", "propertyNames": text(*names), "additionalProperties": text(*values), "minProperties": 1 })
        }
        Kind::Table(table) => Value::Object(object(table)),
        Kind::TableList(table) => json!({ "type": "array", "items": Value::Object(object(table)) }),
        Kind::Tables { names, table } => {
            json!({ "type": "object", "propertyNames": text(*names), "additionalProperties": object(table) })
        }
    };
    match value {
        Value::Object(schema) => schema,
        _ => Map::new(),
    }
}

fn text(form: Form) -> Value {
    json!({ "type": "string", "pattern": format!("^({})$", form.pattern()) })
}

#[cfg(test)]
mod tests {
    use sekisho_model::declaration::{Alphabet, Requirement, StoreKind};

    use super::*;
    use crate::manifest::keys::{ALPHABETS, REQUIREMENTS, STORES};

    #[test]
    fn the_words_are_those_of_the_model() {
        assert_eq!(STORES, [StoreKind::Ssm, StoreKind::SecretsManager, StoreKind::Environment].map(StoreKind::as_str));
        assert_eq!(REQUIREMENTS, Requirement::ALL.map(Requirement::as_str));
        // The model has no words for alphabets; its documentation names these.
        assert_eq!(ALPHABETS.len(), [Alphabet::Alphanumeric, Alphabet::Hex, Alphabet::Symbols].len());
    }

    #[test]
    fn every_key_is_described() {
        fn walk(schema: &Value, keys: &mut usize) {
            for (name, property) in schema["properties"].as_object().unwrap() {
                *keys += 1;
                let about = property["description"].as_str().unwrap();
                assert!(about.ends_with('.') && about.len() > 10, "{name}");
                for inner in [property, &property["additionalProperties"], &property["items"]] {
                    if inner["properties"].is_object() {
                        walk(inner, keys);
                    }
                }
            }
        }
        let mut keys = 0;
        walk(&manifest_schema(), &mut keys);
        assert_eq!(keys, 50);
    }
}
