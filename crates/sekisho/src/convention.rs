//! What the manifest demands of everything that is written: tags and names.

use std::collections::{BTreeMap, BTreeSet};

use regex_lite::Regex;
use sekisho_model::declaration::{Declaration, Environment, SecretDeclaration};

use crate::failure::Failure;

/// The demands of one environment.
#[derive(Debug)]
pub(crate) struct Convention<'a> {
    declared: Option<(&'a Declaration, &'a Environment)>,
    required: BTreeSet<&'a str>,
    naming: Option<(String, Regex)>,
}

impl<'a> Convention<'a> {
    /// Those of `declared`; without a manifest there are none.
    pub(crate) fn of(declared: Option<(&'a Declaration, &'a Environment)>) -> Result<Self, Failure> {
        let naming = declared.and_then(|(declaration, environment)| declaration.naming_of(environment));
        let naming = match naming {
            // The manifest's reader has seen it with other names in it.
            Some(naming) => match Regex::new(&naming.value) {
                Ok(regex) => Some((naming.value, regex)),
                Err(_) => return Err(Failure::new("naming-unusable").with("naming", &naming.value).at(Some(&naming.place))),
            },
            None => None,
        };
        let required = declared.map(|(declaration, environment)| declaration.required_tags_of(environment)).unwrap_or_default();
        Ok(Self { declared, required, naming })
    }

    /// Refuses a name in a store that does not match.
    pub(crate) fn check_name(&self, name: &str) -> Result<(), Failure> {
        match &self.naming {
            Some((shown, regex)) if !regex.is_match(name) => Err(Failure::new("naming-refused").with("name", name).with("naming", shown)),
            _ => Ok(()),
        }
    }

    /// The tags of something new.
    ///
    /// # Errors
    /// A required tag that neither the project, nor the environment, nor the secret declares.
    pub(crate) fn tags_of_new(&self, secret: Option<&SecretDeclaration>, name: &str) -> Result<Vec<(String, String)>, Failure> {
        let tags = self.declared(secret);
        self.complete(&tags, &BTreeMap::new(), name)?;
        Ok(tags.into_iter().collect())
    }

    /// Whether the tags of something that exists are to be looked at before it is written.
    pub(crate) fn asks_for_tags(&self) -> bool {
        !self.required.is_empty()
    }

    /// The tags that something which has the tags `has` lacks and the manifest declares. What is there is never changed.
    ///
    /// # Errors
    /// A required tag that is neither there nor declared.
    pub(crate) fn tags_to_add(
        &self,
        secret: Option<&SecretDeclaration>,
        has: Vec<(String, String)>,
        name: &str,
    ) -> Result<Vec<(String, String)>, Failure> {
        let has: BTreeMap<String, String> = has.into_iter().collect();
        let declared = self.declared(secret);
        self.complete(&declared, &has, name)?;
        Ok(declared.into_iter().filter(|(key, _)| self.required.contains(key.as_str()) && !is_there(&has, key)).collect())
    }

    fn declared(&self, secret: Option<&SecretDeclaration>) -> BTreeMap<String, String> {
        self.declared.map(|(declaration, environment)| declaration.tags_of(secret, environment)).unwrap_or_default()
    }

    fn complete(&self, declared: &BTreeMap<String, String>, has: &BTreeMap<String, String>, name: &str) -> Result<(), Failure> {
        let lacks: Vec<&str> = self.required.iter().filter(|key| !is_there(declared, key) && !is_there(has, key)).copied().collect();
        if lacks.is_empty() { Ok(()) } else { Err(Failure::new("tags-missing").with("name", name).with("tags", lacks.join(", "))) }
    }
}

/// A tag without a value is none that anybody could use.
fn is_there(tags: &BTreeMap<String, String>, key: &str) -> bool {
    tags.get(key).is_some_and(|value| !value.is_empty())
}
