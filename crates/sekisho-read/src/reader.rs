//! Leaves: from nodes of a tree to facts, in the keys of the API or of CloudFormation.

use sekisho_model::task_definition::NamedValue;
use sekisho_model::template::Symbol;
use sekisho_model::{Because, Fact, Place, Secret, Source, Spanned};

use crate::cloudformation::{self, Settled};
use crate::document::Reading;
use crate::ecspresso;
use crate::text::Text;
use crate::tree::{Kind, Member, Node};

/// How the keys of the API are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    /// `containerDefinitions`: the API, its JSON, ecspresso.
    Camel,
    /// `ContainerDefinitions`: CloudFormation.
    Capital,
}

impl Case {
    /// Whether `written` is the API's key `camel` in this case.
    pub(crate) fn is(self, written: &str, camel: &str) -> bool {
        match self {
            Self::Camel => written == camel,
            // CloudFormation writes `FSxWindowsFileServerVolumeConfiguration`, with two capitals.
            Self::Capital if camel.starts_with("fsx") => written.strip_prefix("FSx").is_some_and(|rest| camel.get(3..) == Some(rest)),
            Self::Capital => {
                let (mut written, mut camel) = (written.chars(), camel.chars());
                let (first, expected) = (written.next(), camel.next());
                first.is_some() && first == expected.map(|character| character.to_ascii_uppercase()) && written.as_str() == camel.as_str()
            }
        }
    }
}

/// What a leaf was written as, for messages: nothing of it that may be a value.
pub(crate) fn shown(placeholder: &str) -> String {
    let mark: String = placeholder.chars().take_while(|character| !character.is_alphanumeric()).collect();
    // Terraform's expressions have literals inside.
    if placeholder.chars().count() > 64 || placeholder.contains(['"', '\'', '\n']) {
        format!("{}…", mark.trim_end())
    } else {
        placeholder.to_owned()
    }
}

pub(crate) struct Reader<'r> {
    pub(crate) text: &'r Text<'r>,
    pub(crate) reading: &'r Reading,
    pub(crate) case: Case,
    /// `Mappings` of the template.
    pub(crate) mappings: Option<&'r Node<'r>>,
    /// Whether the file is a template of CloudFormation, which fills in `{{resolve:…}}`.
    pub(crate) is_template: bool,
    pub(crate) unreadable: Vec<Fact<()>>,
    pub(crate) symbols: Vec<Symbol>,
}

impl<'r> Reader<'r> {
    pub(crate) fn new(text: &'r Text<'r>, reading: &'r Reading, case: Case) -> Self {
        Self { text, reading, case, mappings: None, is_template: false, unreadable: Vec::new(), symbols: Vec::new() }
    }

    pub(crate) fn place(&self, node: &Node<'_>) -> Place {
        self.text.place(node.start, node.end)
    }

    pub(crate) fn key_place(&self, member: &Member<'_>) -> Place {
        self.text.place(member.key_start, member.key_end)
    }

    pub(crate) fn source(&self, node: &Node<'_>) -> Source {
        Source::Place(self.place(node))
    }

    pub(crate) fn wrong<T>(&self, node: &Node<'_>, expected: &'static str, found: &'static str) -> Fact<T> {
        Fact::Unreadable { because: Because::WrongType { expected, found }, source: self.source(node) }
    }

    fn unrendered<T>(&self, node: &Node<'_>, placeholder: &str) -> Fact<T> {
        Fact::Unknown { because: Because::Unrendered(shown(placeholder)), source: self.source(node) }
    }

    /// Reports what stands at `node` instead of `expected`.
    pub(crate) fn lost(&mut self, node: &Node<'_>, expected: &'static str) {
        let fact = match &node.kind {
            Kind::Hole(hole) => self.unrendered(node, hole),
            _ => match cloudformation::intrinsic(self.case, node) {
                Some((name, argument)) => {
                    self.refer(node);
                    self.unrendered(node, &cloudformation::short(name, argument))
                }
                None => self.wrong(node, expected, node.type_of()),
            },
        };
        self.unreadable.push(fact);
    }

    /// Reports that `found` stands at `node` instead of `expected`.
    pub(crate) fn lost_as(&mut self, node: &Node<'_>, expected: &'static str, found: &'static str) {
        let fact = self.wrong(node, expected, found);
        self.unreadable.push(fact);
    }

    /// Notes what an intrinsic function refers to, although nothing is read through it.
    fn refer(&mut self, node: &Node<'_>) {
        let (_, symbols) = cloudformation::evaluate(self, node).told(&self.place(node));
        self.symbols.extend(symbols);
    }

    fn lost_key(&mut self, member: &Member<'_>, expected: &'static str, found: &'static str) {
        let source = Source::Place(self.key_place(member));
        self.unreadable.push(Fact::Unreadable { because: Because::WrongType { expected, found }, source });
    }

    /// Reports members of `object` that are nearly those that are read here: written in other letters (Terraform takes them, the API does not), or twice
    /// (every reader of JSON takes the last, silently); and those that are yet to be filled in.
    pub(crate) fn look_over(&mut self, object: &Node<'_>, known: &[&'static str]) {
        let members = object.map().unwrap_or_default();
        for (index, member) in members.iter().enumerate() {
            let name = member.key.as_ref();
            if name.is_empty() && matches!(member.value.kind, Kind::Hole(_)) {
                self.lost(&member.value, "nothing");
                continue;
            }
            let Some(key) = known.iter().copied().find(|key| key.eq_ignore_ascii_case(name)) else { continue };
            if !self.case.is(name, key) {
                self.lost_key(member, key, "other-case");
            } else if members.iter().skip(index + 1).any(|later| later.key == name) {
                self.lost_key(member, key, "twice");
            }
        }
    }

    /// What stands under `key`; `null` is nothing, and so is what a condition takes away.
    pub(crate) fn value(&self, object: &'r Node<'r>, key: &str) -> Option<&'r Node<'r>> {
        let member = object.map()?.iter().rfind(|member| self.case.is(&member.key, key))?;
        match cloudformation::settle(self, &member.value) {
            Settled::Nothing => None,
            Settled::Node(node) => (!matches!(node.kind, Kind::Null)).then_some(node),
        }
    }

    pub(crate) fn object(&mut self, object: &'r Node<'r>, key: &str) -> Option<&'r Node<'r>> {
        let node = self.value(object, key)?;
        if self.is_object(node) {
            return Some(node);
        }
        self.lost(node, "object");
        None
    }

    fn is_object(&self, node: &Node<'_>) -> bool {
        node.map().is_some() && cloudformation::intrinsic(self.case, node).is_none()
    }

    pub(crate) fn list(&mut self, object: &'r Node<'r>, key: &str) -> &'r [Node<'r>] {
        match self.value(object, key) {
            None => &[],
            Some(node) => node.list().unwrap_or_else(|| {
                self.lost(node, "array");
                &[]
            }),
        }
    }

    /// The objects among `items`, conditions settled.
    pub(crate) fn objects_of(&mut self, items: &'r [Node<'r>]) -> Vec<&'r Node<'r>> {
        let mut objects = Vec::new();
        for item in items {
            match cloudformation::settle(self, item) {
                Settled::Nothing => {}
                Settled::Node(node) if self.is_object(node) => objects.push(node),
                Settled::Node(node) => self.lost(node, "object"),
            }
        }
        objects
    }

    /// The objects of the list under `key`.
    pub(crate) fn objects(&mut self, object: &'r Node<'r>, key: &str) -> Vec<&'r Node<'r>> {
        let items = self.list(object, key);
        self.objects_of(items)
    }

    /// A text, as far as it can be known.
    pub(crate) fn string(&mut self, node: &Node<'_>) -> Fact<String> {
        match &node.kind {
            Kind::Text(text) => self.written(node, text),
            Kind::Hole(hole) => self.unrendered(node, hole),
            // CloudFormation makes texts of them; everybody else refuses them, but it is plain what was meant.
            Kind::Number(number) => {
                if self.case == Case::Camel {
                    self.lost_as(node, "string", "number");
                }
                Fact::known(number.clone().into_owned(), self.source(node))
            }
            Kind::Bool(flag) if self.case == Case::Capital => Fact::known(flag.to_string(), self.source(node)),
            _ if cloudformation::intrinsic(self.case, node).is_some() => {
                let evaluated = cloudformation::evaluate(self, node);
                if let Some(text) = evaluated.text() {
                    return self.written(node, &text);
                }
                let (placeholder, symbols) = evaluated.told(&self.place(node));
                self.symbols.extend(symbols);
                self.unrendered(node, &placeholder)
            }
            _ => self.wrong(node, "string", node.type_of()),
        }
    }

    /// A text that names a secret: a number, which the API refuses, is no name that could be looked up.
    pub(crate) fn reference(&mut self, node: &Node<'_>) -> Fact<String> {
        if self.case == Case::Camel && matches!(node.kind, Kind::Number(_)) {
            return self.wrong(node, "string", "number");
        }
        self.string(node)
    }

    /// The fact of `text`, with ecspresso's functions rendered.
    fn written(&self, node: &Node<'_>, text: &str) -> Fact<String> {
        if self.is_template
            && let Some(start) = text.find("{{resolve:")
        {
            let reference = text.get(start..).unwrap_or_default();
            let end = reference.find("}}").map_or(reference.len(), |at| at + 2);
            return self.unrendered(node, reference.get(..end).unwrap_or_default());
        }
        match ecspresso::render(text, self.reading) {
            ecspresso::Rendered::Text(text) => Fact::known(text, self.source(node)),
            ecspresso::Rendered::Unknown(action) => self.unrendered(node, &action),
            ecspresso::Rendered::NotOurs => Fact::known(text.to_owned(), self.source(node)),
        }
    }

    /// A text that may be a value. What surrounds a placeholder is kept: a password may stand there.
    pub(crate) fn secret(&mut self, node: &Node<'_>) -> Fact<Secret<String>> {
        if let Kind::Bool(flag) = &node.kind {
            if self.case == Case::Camel {
                self.lost_as(node, "string", "boolean");
            }
            return Fact::known(Secret::new(flag.to_string()), self.source(node));
        }
        if let Kind::Text(text) = &node.kind
            && (self.is_template || matches!(ecspresso::render(text, self.reading), ecspresso::Rendered::Unknown(_)))
            && !is_only_placeholder(text)
        {
            return Fact::known(Secret::new(text.clone().into_owned()), self.source(node));
        }
        if cloudformation::intrinsic(self.case, node).is_some() {
            let evaluated = cloudformation::evaluate(self, node);
            if let Some(text) = evaluated.with_placeholders() {
                let (_, symbols) = evaluated.told(&self.place(node));
                // What surrounds the symbol may be a value.
                let bare = |symbol| Symbol { before: String::new(), behind: String::new(), ..symbol };
                self.symbols.extend(symbols.into_iter().map(bare));
                return Fact::known(Secret::new(text), self.source(node));
            }
        }
        self.string(node).map(Secret::new)
    }

    pub(crate) fn text(&mut self, object: &'r Node<'r>, key: &str) -> Option<Fact<String>> {
        self.value(object, key).map(|value| self.string(value))
    }

    /// The string under a key that must be there.
    pub(crate) fn needed(&mut self, object: &'r Node<'r>, key: &str) -> Fact<String> {
        self.text(object, key).unwrap_or_else(|| self.wrong(object, "string", "nothing"))
    }

    pub(crate) fn needed_secret(&mut self, object: &'r Node<'r>, key: &str) -> Fact<Secret<String>> {
        match self.value(object, key) {
            Some(value) => self.secret(value),
            None => self.wrong(object, "string", "nothing"),
        }
    }

    pub(crate) fn strings(&mut self, object: &'r Node<'r>, key: &str) -> Vec<Fact<String>> {
        let items = self.list(object, key);
        let mut facts = Vec::with_capacity(items.len());
        for item in items {
            if let Settled::Node(node) = cloudformation::settle(self, item) {
                facts.push(self.string(node));
            }
        }
        facts
    }

    pub(crate) fn secret_texts(&mut self, object: &'r Node<'r>, key: &str) -> Vec<Fact<Secret<String>>> {
        let items = self.list(object, key);
        let mut facts = Vec::with_capacity(items.len());
        for item in items {
            if let Settled::Node(node) = cloudformation::settle(self, item) {
                facts.push(self.secret(node));
            }
        }
        facts
    }

    /// The members of the object under `key`, whose keys the user chose.
    pub(crate) fn named_values(&mut self, object: &'r Node<'r>, key: &str) -> Vec<NamedValue> {
        let Some(object) = self.object(object, key) else { return Vec::new() };
        let mut values = Vec::new();
        for member in object.map().unwrap_or_default() {
            if member.key.is_empty() && matches!(member.value.kind, Kind::Hole(_)) {
                self.lost(&member.value, "nothing");
                continue;
            }
            let Settled::Node(node) = cloudformation::settle(self, &member.value) else { continue };
            let name = Spanned::new(member.key.clone().into_owned(), self.key_place(member));
            values.push(NamedValue { name, value: self.secret(node) });
        }
        values
    }

    pub(crate) fn flag(&mut self, node: &Node<'_>) -> Fact<bool> {
        match &node.kind {
            Kind::Bool(flag) => Fact::known(*flag, self.source(node)),
            Kind::Text(text) if self.case == Case::Capital && matches!(text.as_ref(), "true" | "false") => {
                Fact::known(text == "true", self.source(node))
            }
            Kind::Hole(hole) => self.unrendered(node, hole),
            _ => match cloudformation::intrinsic(self.case, node) {
                Some((name, argument)) => self.unrendered(node, &cloudformation::short(name, argument)),
                None => self.wrong(node, "boolean", node.type_of()),
            },
        }
    }
}

/// Whether `text` is one placeholder and nothing else: then there is nothing around it to keep.
fn is_only_placeholder(text: &str) -> bool {
    let text = text.trim();
    text.starts_with("{{") && text.find("}}").is_some_and(|at| at + 2 == text.len())
}
