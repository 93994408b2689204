//! Every key of the manifest, once: the reader checks against this table and the JSON Schema is printed from it, so neither can know a key that the
//! other does not.

use crate::manifest::form::Form;

/// The keys of one kind of table.
#[derive(Debug)]
pub(crate) struct Table {
    /// Its keys, in the order in which messages and the schema name them.
    pub(crate) keys: &'static [Key],
    /// Pairs of keys that exclude each other.
    pub(crate) exclusive: &'static [(&'static str, &'static str)],
    /// A pair of keys of which one is needed.
    pub(crate) one_needed: Option<(&'static str, &'static str)>,
}

/// One key.
#[derive(Debug)]
pub(crate) struct Key {
    /// The key itself.
    pub(crate) name: &'static str,
    /// Whether its absence is an error.
    pub(crate) needed: bool,
    /// What it may hold.
    pub(crate) kind: Kind,
    /// The schema's description.
    pub(crate) about: &'static str,
}

/// What a key may hold.
#[derive(Debug)]
pub(crate) enum Kind {
    /// A string.
    Text(Form),
    /// `true` or `false`.
    Flag,
    /// An integer within bounds, both inclusive.
    Count {
        /// The least.
        least: i64,
        /// The most.
        most: i64,
    },
    /// One of these words.
    Word(&'static [&'static str]),
    /// A list of these words.
    Words(&'static [&'static str]),
    /// A list of strings; where `some` is set, not an empty one.
    Texts {
        /// What each string must be.
        form: Form,
        /// Whether the list must have an entry.
        some: bool,
    },
    /// A table of strings under names of the user's choice.
    TextMap {
        /// What the names must be.
        names: Form,
        /// What the strings must be.
        values: Form,
    },
    /// A table of these keys.
    Table(&'static Table),
    /// Tables under names of the user's choice.
    Tables {
        /// What the names must be.
        names: Form,
        /// The keys of each.
        table: &'static Table,
    },
    /// A list of tables: `[[NAME]]`.
    TableList(&'static Table),
}

const fn key(name: &'static str, kind: Kind, about: &'static str) -> Key {
    Key { name, needed: false, kind, about }
}

const fn needed(name: &'static str, kind: Kind, about: &'static str) -> Key {
    Key { name, needed: true, kind, about }
}

const fn table(keys: &'static [Key]) -> Table {
    Table { keys, exclusive: &[], one_needed: None }
}

/// The words of `store`.
pub(crate) const STORES: &[&str] = &["ssm", "secretsmanager", "environment"];

/// The words of `require`.
pub(crate) const REQUIREMENTS: &[&str] = &["customer-key", "rotation", "audit", "no-assumptions"];

/// The words of `generate.alphabet`.
pub(crate) const ALPHABETS: &[&str] = &["alphanumeric", "hex", "symbols"];

/// The whole manifest.
pub(crate) static MANIFEST: Table = table(&[
    key("required_version", Kind::Text(Form::Version), "The versions of Sekisho that may read this manifest, such as `>=0.1`."),
    needed("project", Kind::Table(&PROJECT), "What holds for every environment."),
    key(
        "environments",
        Kind::Tables { names: Form::Identifier, table: &ENVIRONMENT },
        "The environments by name: development, production and so on.",
    ),
    key("secrets", Kind::Tables { names: Form::SecretName, table: &SECRET }, "The secrets by logical name. A value never stands here."),
    key("services", Kind::Tables { names: Form::Identifier, table: &SERVICE }, "The ECS services by name."),
    key("suppress", Kind::TableList(&SUPPRESS), "Findings that somebody decided to live with, and why."),
]);

static PROJECT: Table = table(&[
    needed("name", Kind::Text(Form::Identifier), "The project's name; replaces `{project}` in path templates."),
    key("region", Kind::Text(Form::Region), "The Region of environments that name none."),
    key("path", Kind::Table(&PATH), "How a logical name becomes a name in a store."),
    key(
        "tags",
        Kind::TextMap { names: Form::TagKey, values: Form::TagValue },
        "Tags of what is created; `{environment}`, `{project}` and `{secret}` are replaced.",
    ),
    key("required_tags", Kind::Texts { form: Form::TagKey, some: true }, "Tags without which nothing is written."),
    key(
        "naming",
        Kind::Text(Form::Naming),
        "A regular expression that whole names in the store must match; `{environment}` and `{project}` are replaced.",
    ),
]);

static PATH: Table = table(&[
    key(
        "ssm",
        Kind::Text(Form::Line),
        "Template of parameter names; `{environment}`, `{secret}` and `{project}` are replaced. Default `/{environment}/{secret}`.",
    ),
    key(
        "secretsmanager",
        Kind::Text(Form::Line),
        "Template of secret names; `{environment}`, `{secret}` and `{project}` are replaced. Default `{environment}/{secret}`.",
    ),
]);

static ENVIRONMENT: Table = table(&[
    needed(
        "store",
        Kind::Word(STORES),
        "Where values are kept, for secrets that name no store. `environment` is plain text, for development only.",
    ),
    key("account", Kind::Text(Form::Account), "The AWS account. Needed where the environment is protected and no endpoint is given."),
    key("region", Kind::Text(Form::Region), "The Region; the project's where absent."),
    key("profile", Kind::Text(Form::Line), "The profile of the shared AWS configuration to use."),
    key(
        "endpoint",
        Kind::Text(Form::Endpoint),
        "`local` for the embedded AWS, or a URL on the loopback interface. AWS itself where absent.",
    ),
    key("kms_key", Kind::Text(Form::KmsKey), "Key id, alias or ARN of the KMS key that encrypts what is created here."),
    key("allow_plaintext", Kind::Flag, "Whether the store `environment` may be used. Default false."),
    key("protected", Kind::Flag, "Whether the environment is guarded against accidents. Default false."),
    key("require", Kind::Words(REQUIREMENTS), "What the gate demands here beyond the rules."),
    key(
        "tags",
        Kind::TextMap { names: Form::TagKey, values: Form::TagValue },
        "Tags of what is created here; `{environment}`, `{project}` and `{secret}` are replaced.",
    ),
    key("required_tags", Kind::Texts { form: Form::TagKey, some: true }, "Tags without which nothing is written here."),
    key(
        "naming",
        Kind::Text(Form::Naming),
        "A regular expression that whole names in the store must match here; `{environment}` and `{project}` are replaced.",
    ),
]);

static SECRET: Table = Table {
    keys: &[
        key("env", Kind::Text(Form::Variable), "The environment variable that receives the whole value."),
        key(
            "keys",
            Kind::TextMap { names: Form::Variable, values: Form::JsonKey },
            "For a secret that is a JSON object: environment variable to JSON key.",
        ),
        key("description", Kind::Text(Form::Line), "Written into the store with the secret."),
        key(
            "tags",
            Kind::TextMap { names: Form::TagKey, values: Form::TagValue },
            "Tags of this secret, over those of the environment and the project.",
        ),
        key("generate", Kind::Table(&GENERATE), "How a value is made when there is none. An existing value is never overwritten."),
        key("rotate", Kind::Table(&ROTATE), "How often the value changes, and by what."),
        key("environments", Kind::Tables { names: Form::Identifier, table: &SECRET_IN }, "What differs in an environment."),
    ],
    exclusive: &[("env", "keys")],
    one_needed: Some(("env", "keys")),
};

static GENERATE: Table = table(&[
    key("length", Kind::Count { least: 8, most: 1024 }, "How many characters. Default 32."),
    key("alphabet", Kind::Word(ALPHABETS), "Which characters. Default `alphanumeric`."),
]);

static ROTATE: Table = table(&[
    needed("every", Kind::Text(Form::Every), "Days or weeks, such as `30d` or `4w`."),
    key("with", Kind::Text(Form::Line), "The rotation that changes the value, such as `postgres`."),
]);

static SECRET_IN: Table = Table {
    keys: &[
        key("store", Kind::Word(STORES), "The store here, instead of the environment's."),
        key("name", Kind::Text(Form::Line), "The name in the store, instead of the path template."),
        key("arn", Kind::Text(Form::Arn), "ARN of a parameter or secret that exists already and is managed elsewhere."),
    ],
    exclusive: &[("arn", "name"), ("arn", "store")],
    one_needed: None,
};

static SERVICE: Table = table(&[
    key("cluster", Kind::Text(Form::Line), "The ECS cluster; `{environment}` is replaced."),
    key(
        "task_definition",
        Kind::Text(Form::Line),
        "The task definition's file, relative to the manifest; `{environment}` and `{service}` are replaced.",
    ),
    key("secrets", Kind::Texts { form: Form::SecretName, some: false }, "The secrets of every container, by logical name."),
    key("containers", Kind::Tables { names: Form::Container, table: &CONTAINER }, "What single containers receive besides."),
    key("deploy", Kind::Texts { form: Form::Line, some: true }, "The deploy command as a list of arguments; no shell runs it."),
]);

static SUPPRESS: Table = table(&[
    needed("rule", Kind::Text(Form::Rule), "The rule's id or name, such as `SEK0301`."),
    key("path", Kind::Text(Form::Line), "The file, relative to the manifest; `*` stands for any characters. Every file where absent."),
    key(
        "address",
        Kind::Text(Form::Line),
        "The address, such as `api/app/DB_PASSWORD`; `*` stands for any characters. Every one where absent.",
    ),
    needed("reason", Kind::Text(Form::Reason), "Why this is all right. Without a reason nothing is suppressed."),
]);

static CONTAINER: Table =
    table(&[needed("secrets", Kind::Texts { form: Form::SecretName, some: false }, "The secrets of this container, by logical name.")]);
