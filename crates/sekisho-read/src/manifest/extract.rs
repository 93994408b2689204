//! From a parsed manifest to a declaration: what is right is taken, what is wrong is left out (`check` has reported it), so that the checks which
//! follow can still speak about the rest.

use std::collections::{BTreeMap, BTreeSet};

use sekisho_model::declaration::{
    Alphabet, Convention, Declaration, Endpoint, Environment, Generate, PathTemplates, Project, Requirement, Rotate, SecretDeclaration,
    SecretIn, Service, StoreKind, Suppressed,
};
use sekisho_model::{Place, Spanned};
use toml_span::value::Table as TomlTable;
use toml_span::{Span, Value};

use crate::manifest::form::{Form, days};
use crate::manifest::keys::{Kind, MANIFEST, Table};
use crate::text::Text;

/// A declaration, and what is needed to judge it.
#[derive(Debug)]
pub(super) struct Extract {
    /// Whatever could be read.
    pub(super) declaration: Declaration,
    /// Every environment that has a table, even a wrong one.
    pub(super) environments: BTreeSet<String>,
    /// Every secret that has a table, even a wrong one.
    pub(super) secrets: BTreeSet<String>,
    /// Secret and environment where the store is not known, because its word is wrong.
    pub(super) unsure: BTreeSet<(String, String)>,
    /// Where `project.path.ssm` stands.
    pub(super) ssm_template: Option<Place>,
    /// Where `project.path.secretsmanager` stands.
    pub(super) secretsmanager_template: Option<Place>,
    /// Where the `environments.NAME` of secrets stand, by secret and environment.
    pub(super) differences: BTreeMap<(String, String), Place>,
    /// Where the variables of each secret stand.
    pub(super) variables: BTreeMap<String, Vec<Spanned<String>>>,
}

/// One table together with the keys that it may have.
#[derive(Clone, Copy)]
struct Section<'s> {
    text: &'s Text<'s>,
    keys: &'static Table,
    found: Option<&'s TomlTable<'s>>,
}

impl<'s> Section<'s> {
    /// What may stand under `name`.
    fn kind(&self, name: &str) -> &'static Kind {
        let known = self.keys.keys.iter().find(|key| key.name == name);
        debug_assert!(known.is_some(), "the table of keys lacks {name}");
        known.map_or(&Kind::Flag, |key| &key.kind)
    }

    /// What stands there.
    fn value(&self, name: &str) -> Option<&'s Value<'s>> {
        self.found?.get(name)
    }

    fn place(&self, span: Span) -> Place {
        self.text.place(span.start, span.end)
    }

    fn text(&self, name: &str) -> Option<Spanned<String>> {
        let value = self.value(name)?;
        let text = value.as_str()?;
        let right = match self.kind(name) {
            Kind::Text(form) => form.accepts(text),
            Kind::Word(words) => words.contains(&text),
            _ => false,
        };
        right.then(|| Spanned::new(text.to_owned(), self.place(value.span)))
    }

    fn parsed<T: std::str::FromStr>(&self, name: &str) -> Option<Spanned<T>> {
        let text = self.text(name)?;
        Some(Spanned::new(text.value.parse().ok()?, text.place))
    }

    fn flag(&self, name: &str) -> bool {
        self.value(name).and_then(Value::as_bool).unwrap_or_default()
    }

    fn texts(&self, name: &str) -> Vec<Spanned<String>> {
        let kind = self.kind(name);
        let right = |text: &str| match kind {
            Kind::Texts { form, .. } => form.accepts(text),
            Kind::Words(words) => words.contains(&text),
            _ => false,
        };
        let entries = self.value(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let texts = entries.iter().filter_map(|entry| entry.as_str().filter(|text| right(text)).map(|text| (text, entry.span)));
        texts.map(|(text, span)| Spanned::new(text.to_owned(), self.place(span))).collect()
    }

    fn section(&self, name: &str) -> Section<'s> {
        let keys = match self.kind(name) {
            Kind::Table(keys) => keys,
            _ => self.keys,
        };
        Section { text: self.text, keys, found: self.value(name).and_then(Value::as_table) }
    }

    /// The tables of a list, each with its place.
    fn list(&self, name: &str) -> Vec<(Place, Section<'s>)> {
        let Kind::TableList(table) = self.kind(name) else { return Vec::new() };
        let entries = self.value(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let section = |entry: &'s Value<'s>| (self.place(entry.span), Section { text: self.text, keys: table, found: entry.as_table() });
        entries.iter().map(section).collect()
    }

    /// The tables under names of the user's choice: name, whether it has the right form, its place, the table.
    fn sections(&self, name: &str) -> Vec<(String, bool, Place, Section<'s>)> {
        let Kind::Tables { names, table } = self.kind(name) else { return Vec::new() };
        let tables = self.value(name).and_then(Value::as_table).into_iter().flatten();
        tables
            .map(|(key, value)| {
                let section = Section { text: self.text, keys: table, found: value.as_table() };
                (key.name.to_string(), names.accepts(&key.name), self.place(key.span), section)
            })
            .collect()
    }
}

/// What can be read of `root`.
pub(super) fn extract<'s>(text: &'s Text<'s>, root: &'s TomlTable<'s>) -> Extract {
    let whole = Section { text, keys: &MANIFEST, found: Some(root) };
    let project = whole.section("project");
    let path = project.section("path");
    let (ssm, secretsmanager) = (path.text("ssm"), path.text("secretsmanager"));
    let mut extract = Extract {
        ssm_template: ssm.as_ref().map(|ssm| ssm.place.clone()),
        secretsmanager_template: secretsmanager.as_ref().map(|template| template.place.clone()),
        declaration: Declaration {
            required_version: whole.text("required_version"),
            project: read_project(&project, ssm, secretsmanager),
            environments: BTreeMap::new(),
            secrets: BTreeMap::new(),
            services: BTreeMap::new(),
            suppress: whole.list("suppress").into_iter().filter_map(|(place, section)| read_suppression(place, &section)).collect(),
        },
        environments: BTreeSet::new(),
        secrets: BTreeSet::new(),
        unsure: BTreeSet::new(),
        differences: BTreeMap::new(),
        variables: BTreeMap::new(),
    };
    for (name, right, place, section) in whole.sections("environments") {
        extract.environments.insert(name.clone());
        if let (true, Some(store)) = (right, section.text("store").and_then(|store| store_kind(&store.value))) {
            let environment = read_environment(&name, place, store, &section);
            extract.declaration.environments.insert(name, environment);
        }
    }
    for (name, right, place, section) in whole.sections("secrets") {
        extract.secrets.insert(name.clone());
        let secret = read_secret(&name, place, &section, &mut extract);
        if right {
            extract.declaration.secrets.insert(name, secret);
        }
    }
    for (name, right, place, section) in whole.sections("services") {
        if right {
            extract.declaration.services.insert(name.clone(), read_service(name, place, &section));
        }
    }
    extract
}

fn read_project(section: &Section<'_>, ssm: Option<Spanned<String>>, secretsmanager: Option<Spanned<String>>) -> Project {
    let default = PathTemplates::default();
    Project {
        // A missing name is an error already; the rest is judged as if there were one.
        name: section.text("name").unwrap_or_else(|| Spanned::new("project".to_owned(), section.text.place(0, 0))),
        region: section.parsed("region"),
        path: PathTemplates {
            ssm: ssm.map_or(default.ssm, |template| template.value),
            secretsmanager: secretsmanager.map_or(default.secretsmanager, |template| template.value),
        },
        convention: read_convention(section),
    }
}

fn read_environment(name: &str, place: Place, store: StoreKind, section: &Section<'_>) -> Environment {
    let endpoint = section.text("endpoint").map(|endpoint| {
        let value = if endpoint.value == "local" { Endpoint::Local } else { Endpoint::Url(endpoint.value) };
        Spanned::new(value, endpoint.place)
    });
    let require = section.texts("require").into_iter().filter_map(|word| {
        let requirement = Requirement::ALL.into_iter().find(|requirement| requirement.as_str() == word.value)?;
        Some(Spanned::new(requirement, word.place))
    });
    Environment {
        name: name.to_owned(),
        place,
        account: section.parsed("account"),
        region: section.parsed("region"),
        profile: section.text("profile"),
        endpoint,
        store,
        kms_key: section.text("kms_key"),
        allow_plaintext: section.flag("allow_plaintext"),
        protected: section.flag("protected"),
        require: require.collect(),
        convention: read_convention(section),
    }
}

fn read_secret(name: &str, place: Place, section: &Section<'_>, extract: &mut Extract) -> SecretDeclaration {
    let env = section.text("env");
    let mut variables: Vec<Spanned<String>> = env.iter().cloned().collect();
    let mut keys = BTreeMap::new();
    if let Kind::TextMap { names, values } = section.kind("keys") {
        for (variable, key) in section.value("keys").and_then(Value::as_table).into_iter().flatten() {
            if let Some(text) = key.as_str().filter(|text| names.accepts(&variable.name) && values.accepts(text)) {
                variables.push(Spanned::new(variable.name.to_string(), section.place(variable.span)));
                keys.insert(variable.name.to_string(), Spanned::new(text.to_owned(), section.place(key.span)));
            }
        }
    }
    extract.variables.insert(name.to_owned(), variables);
    let mut environments = BTreeMap::new();
    for (environment, _, place, there) in section.sections("environments") {
        extract.differences.insert((name.to_owned(), environment.clone()), place);
        let store = there.text("store").and_then(|store| store_kind(&store.value));
        let arn = there.parsed("arn");
        let lost = |key: &str, read: bool| !read && there.value(key).is_some();
        if lost("store", store.is_some()) || lost("arn", arn.is_some()) || there.found.is_none() {
            extract.unsure.insert((name.to_owned(), environment.clone()));
        }
        environments.insert(environment, SecretIn { store, name: there.text("name"), arn });
    }
    let present = |key: &str| section.value(key).is_some();
    let generate = present("generate").then(|| read_generate(&section.section("generate")));
    let rotate = if present("rotate") { read_rotate(&section.section("rotate")) } else { None };
    SecretDeclaration {
        name: name.to_owned(),
        place,
        env,
        keys,
        description: section.text("description").map(|description| description.value),
        tags: read_tags(section),
        generate,
        rotate,
        environments,
    }
}

fn read_convention(section: &Section<'_>) -> Convention {
    Convention {
        tags: read_tags(section),
        required_tags: section.texts("required_tags").into_iter().map(|key| key.value).collect(),
        naming: section.text("naming"),
    }
}

fn read_tags(section: &Section<'_>) -> BTreeMap<String, String> {
    let Kind::TextMap { names, values } = section.kind("tags") else { return BTreeMap::new() };
    let tags = section.value("tags").and_then(Value::as_table).into_iter().flatten();
    let right = tags.filter_map(|(key, value)| Some((&key.name, value.as_str()?)));
    right
        .filter(|(key, value)| names.accepts(key) && values.accepts(value))
        .map(|(key, value)| (key.to_string(), value.to_owned()))
        .collect()
}

fn read_generate(section: &Section<'_>) -> Generate {
    let mut generate = Generate { length: 32, alphabet: Alphabet::default() };
    if let Kind::Count { least, most } = section.kind("length")
        && let Some(length) = section.value("length").and_then(Value::as_integer).filter(|length| (least..=most).contains(&length))
    {
        generate.length = usize::try_from(length).unwrap_or(generate.length);
    }
    match section.text("alphabet").map(|word| word.value).as_deref() {
        Some("hex") => generate.alphabet = Alphabet::Hex,
        Some("symbols") => generate.alphabet = Alphabet::Symbols,
        _ => {}
    }
    generate
}

fn read_rotate(section: &Section<'_>) -> Option<Rotate> {
    let every_days = days(&section.text("every")?.value)?;
    Some(Rotate { every_days, with: section.text("with").map(|with| with.value) })
}

fn read_service(name: String, place: Place, section: &Section<'_>) -> Service {
    let containers = section.sections("containers").into_iter().filter(|(_, right, _, _)| *right);
    let deploy = section.value("deploy").is_some_and(|value| value.as_array().is_some());
    Service {
        name,
        place,
        cluster: section.text("cluster"),
        task_definition: section.text("task_definition"),
        secrets: section.texts("secrets"),
        containers: containers.map(|(name, _, _, section)| (name, section.texts("secrets"))).collect(),
        deploy: deploy.then(|| section.texts("deploy")),
    }
}

fn read_suppression(place: Place, section: &Section<'_>) -> Option<Suppressed> {
    let line = |name: &str| section.text(name).map(|text| text.value);
    Some(Suppressed { rule: section.text("rule")?, path: line("path"), address: line("address"), reason: line("reason")?, place })
}

fn store_kind(word: &str) -> Option<StoreKind> {
    [StoreKind::Ssm, StoreKind::SecretsManager, StoreKind::Environment].into_iter().find(|store| store.as_str() == word)
}

/// `required_version` of a manifest that may otherwise be wrong.
pub(super) fn required_version<'s>(text: &'s Text<'s>, root: &'s TomlTable<'s>) -> Option<Spanned<String>> {
    Section { text, keys: &MANIFEST, found: Some(root) }.text("required_version").filter(|required| Form::Version.accepts(&required.value))
}
