//! ecspresso: its configuration, and the template functions that it renders in definitions.
//!
//! Source: ecspresso's own documentation (v2, "Template syntax" and "Plugins"). What a function would fetch from AWS is unknown here; environment
//! variables and Terraform states are read where [`Reading`] has them.

mod action;
pub mod state;

use sekisho_model::{Fact, Place};

use crate::document::Reading;
use crate::reader::Reader;
use crate::tree::Node;

pub use state::TerraformState;

/// The configuration file of ecspresso, as far as it leads to other files.
#[derive(Clone, Debug)]
pub struct EcspressoConfig {
    /// Where it begins.
    pub place: Place,
    /// `region`.
    pub region: Option<Fact<String>>,
    /// `cluster`.
    pub cluster: Option<Fact<String>>,
    /// `service`.
    pub service: Option<Fact<String>>,
    /// `task_definition`: a file, relative to this one.
    pub task_definition: Option<Fact<String>>,
    /// `service_definition`: a file, relative to this one.
    pub service_definition: Option<Fact<String>>,
    /// `plugins`.
    pub plugins: Vec<Plugin>,
}

/// One entry of `plugins`.
#[derive(Clone, Debug)]
pub struct Plugin {
    /// `name`: `tfstate`, `cloudformation`, `ssm`, `secretsmanager`, `external`.
    pub name: Fact<String>,
    /// `func_prefix`, which stands in front of the names of its functions; empty where there is none.
    pub prefix: String,
    /// `config.path` of `tfstate`: a file, relative to the configuration.
    pub path: Option<Fact<String>>,
    /// `config.url` of `tfstate`: a state elsewhere, which is not fetched.
    pub url: Option<Fact<String>>,
}

/// Whether `root` is ecspresso's configuration.
pub(crate) fn is_configuration(root: &Node<'_>) -> bool {
    let has = |key: &str| root.get(key).is_some();
    has("task_definition") && ["service", "cluster", "service_definition", "region", "plugins"].into_iter().any(has)
}

/// Reads the configuration at `root`.
pub(crate) fn configuration<'r>(reader: &mut Reader<'r>, root: &'r Node<'r>) -> EcspressoConfig {
    reader.look_over(root, &["region", "cluster", "service", "service_definition", "task_definition", "plugins"]);
    let mut plugins = Vec::new();
    for plugin in reader.objects(root, "plugins") {
        let config = reader.object(plugin, "config");
        let prefix = reader.text(plugin, "func_prefix").and_then(|fact| fact.value().cloned()).unwrap_or_default();
        plugins.push(Plugin {
            name: reader.needed(plugin, "name"),
            prefix,
            path: config.and_then(|config| reader.text(config, "path")),
            url: config.and_then(|config| reader.text(config, "url")),
        });
    }
    EcspressoConfig {
        place: reader.place(root),
        region: reader.text(root, "region"),
        cluster: reader.text(root, "cluster"),
        service: reader.text(root, "service"),
        task_definition: reader.text(root, "task_definition"),
        service_definition: reader.text(root, "service_definition"),
        plugins,
    }
}

/// What becomes of a text with `{{ … }}` inside.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Rendered {
    /// It is this.
    Text(String),
    /// An action of ecspresso, as written, whose outcome is not at hand.
    Unknown(String),
    /// No action of ecspresso: another program's placeholder, or a text that merely looks like one.
    NotOurs,
}

/// Renders `text` as ecspresso would.
pub(crate) fn render(text: &str, reading: &Reading) -> Rendered {
    if !text.contains("{{") {
        return Rendered::NotOurs;
    }
    let mut rendered = String::new();
    let mut unknown = None;
    let mut rest = text;
    while let Some(start) = rest.find("{{") {
        let (before, opened) = rest.split_at_checked(start).unwrap_or_default();
        let Some(end) = opened.find("}}") else { return Rendered::NotOurs };
        let (action, behind) = opened.split_at_checked(end + 2).unwrap_or_default();
        rendered.push_str(before);
        match action::run(action, reading) {
            action::Outcome::Text(text) => rendered.push_str(&text),
            action::Outcome::Unknown => {
                unknown.get_or_insert_with(|| action.to_owned());
            }
            action::Outcome::NotOurs => return Rendered::NotOurs,
        }
        rest = behind;
    }
    rendered.push_str(rest);
    unknown.map_or(Rendered::Text(rendered), Rendered::Unknown)
}
