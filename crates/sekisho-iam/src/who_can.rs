//! Everybody who may read a secret or a parameter, and through which statements.

use std::collections::HashMap;
use std::sync::Arc;

use sekisho_model::account_details::{AccountDetails, AccountPrincipal, SharedPolicy};
use sekisho_model::policy::{Effect, PolicyDocument, PolicyKind, PrincipalType};
use sekisho_model::{Arn, Fact};

use crate::{
    CompiledPolicy, Context, ContextValue, Decision, Glob, Layer, Layers, Outcome, PolicySet, Principal, Request, Resource, Truth, decide,
    pattern,
};

/// What hands out a parameter's value. GetParametersByPath is authorised on the path, not on what lies below it (facts/iam.md A8).
const PARAMETER: [&str; 3] = ["ssm:GetParameters", "ssm:GetParameter", "ssm:GetParameterHistory"];
const BY_PATH: &str = "ssm:GetParametersByPath";
const SECRET: [&str; 1] = ["secretsmanager:GetSecretValue"];
const DECRYPT: &str = "kms:Decrypt";

/// What is to be read.
#[derive(Clone, Debug)]
pub struct Protected {
    /// The ARN of the secret or parameter; six `?` where a secret's suffix is not known.
    pub arn: String,
    /// The policy of the secret; a parameter has none.
    pub policy: Layer<PolicySet>,
    /// The key.
    pub key: ProtectingKey,
}

/// Under which key something lies.
#[derive(Clone, Debug)]
pub enum ProtectingKey {
    /// None, or a key that AWS manages: whoever may read may decrypt.
    AwsManaged,
    /// A key of the customer.
    Customer {
        /// Its ARN; `key/*` where it is not known.
        arn: String,
        /// Its policy.
        policy: Layer<PolicySet>,
    },
    /// Nobody told.
    Unknown,
}

/// The principals of an account, ready to be asked.
#[derive(Debug)]
pub struct Candidates {
    candidates: Vec<Candidate>,
    /// Entries of the account that could not be read.
    pub unreadable: Vec<String>,
}

#[derive(Debug)]
struct Candidate {
    principal: Principal,
    identity: PolicySet,
    boundary: Layer<PolicySet>,
    tags: Vec<(String, String)>,
    reach: Vec<Arc<Reach>>,
    /// A policy of it could not be read: it may reach anything.
    opaque: bool,
}

/// What a policy may reach at all, by its Allow statements: a quick no, never a yes.
#[derive(Debug, Default)]
struct Reach {
    parameters: Vec<Glob>,
    paths: Vec<Glob>,
    secrets: Vec<Glob>,
}

/// Somebody who may read it, or of whom it cannot be told.
#[derive(Clone, Debug)]
pub struct Reader {
    /// The ARN of the user or role; of somebody outside the account as the secret's policy names them.
    pub principal: String,
    /// [`Outcome::Allowed`] or [`Outcome::CannotTell`].
    pub outcome: Outcome,
    /// Through which actions, with what was decided; the likeliest first.
    pub through: Vec<Through>,
}

/// One way of reading.
#[derive(Clone, Debug)]
pub struct Through {
    /// `secretsmanager:GetSecretValue`.
    pub action: &'static str,
    /// On what: the secret, the parameter, or a path above it.
    pub resource: String,
    /// Reading.
    pub read: Decision,
    /// Decrypting, where a key of the customer has to be used.
    pub decrypt: Option<Decision>,
}

impl Candidates {
    /// Everybody in `details`. Each policy is taken apart once, however many have it.
    pub fn new(details: &AccountDetails) -> Self {
        let mut compiler = Compiler::default();
        let candidates = details.principals.iter().filter_map(|principal| compiler.candidate(principal)).collect();
        Self { candidates, unreadable: details.unreadable.clone() }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.candidates.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.candidates.is_empty()
    }

    /// Everybody who may read `protected`, and of whom it cannot be told, in the order of the account; then those outside the account whom the secret's
    /// policy names.
    pub fn who_can(&self, protected: &Protected) -> Vec<Reader> {
        let asked = Asked::new(protected);
        let mut readers: Vec<Reader> = self.candidates.iter().filter_map(|candidate| candidate.reader(&asked)).collect();
        readers.extend(self.strangers(protected));
        readers
    }

    /// Whom the secret's policy names and the account does not have: their own account has to allow it too, and nobody here knows whether it does.
    fn strangers(&self, protected: &Protected) -> Vec<Reader> {
        let own = protected.arn.parse::<Arn>().map(|arn| arn.account).unwrap_or_default();
        let mut strangers: Vec<Reader> = Vec::new();
        for policy in protected.policy.known().into_iter().flat_map(PolicySet::policies) {
            for statement in policy.document().statements.iter().filter(|statement| statement.effect == Effect::Allow) {
                let entries =
                    statement.principal.iter().filter(|principals| !principals.negated).flat_map(|principals| &principals.entries);
                for entry in entries.filter(|entry| entry.kind == PrincipalType::Aws && entry.text.text != own) {
                    let name = entry.text.text.as_str();
                    let elsewhere = name == "*" || name.parse::<Arn>().map_or(name.len() == 12, |arn| arn.account != own);
                    if elsewhere && !strangers.iter().any(|known| known.principal == name) {
                        strangers.push(Reader { principal: name.to_owned(), outcome: Outcome::CannotTell, through: Vec::new() });
                    }
                }
            }
        }
        strangers
    }
}

/// A document's address, what it is a policy of, and in which account.
type Known = (usize, PolicyKind, String);

/// Policies that were compiled, by their documents.
#[derive(Default)]
struct Compiler {
    known: HashMap<Known, (Arc<CompiledPolicy>, Arc<Reach>)>,
}

impl Compiler {
    /// `None` where the ARN is of nobody who can ask for anything.
    fn candidate(&mut self, of: &AccountPrincipal) -> Option<Candidate> {
        let principal = Principal::parse(&of.arn).ok()?;
        let mut reach = Vec::new();
        let identity = self.set(&of.policies, PolicyKind::Identity, Some(&mut reach));
        let opaque = !identity.unreadable().is_empty();
        let boundary = match &of.boundary {
            Some(boundary) => Layer::Known(self.set(std::slice::from_ref(boundary), PolicyKind::Boundary, None)),
            None => Layer::DoesNotExist,
        };
        let tags = of.tags.iter().map(|(key, value)| (format!("aws:principaltag/{key}"), value.clone())).collect();
        Some(Candidate { principal, identity, boundary, tags, reach, opaque })
    }

    fn set(&mut self, policies: &[SharedPolicy], kind: PolicyKind, mut reach: Option<&mut Vec<Arc<Reach>>>) -> PolicySet {
        let mut known = Vec::with_capacity(policies.len());
        let mut unreadable: Vec<Arc<str>> = Vec::new();
        for policy in policies {
            match &policy.document {
                Fact::Known { value, .. } => {
                    let (compiled, reaches) = self.compiled(&policy.name, kind, value);
                    known.push(compiled);
                    if let Some(reach) = reach.as_deref_mut() {
                        reach.push(reaches);
                    }
                }
                Fact::Unknown { .. } | Fact::Unreadable { .. } => unreadable.push(policy.name.as_str().into()),
            }
        }
        PolicySet::with_unreadable(known, unreadable)
    }

    fn compiled(&mut self, name: &str, kind: PolicyKind, document: &Arc<PolicyDocument>) -> (Arc<CompiledPolicy>, Arc<Reach>) {
        let key = (Arc::as_ptr(document).addr(), kind, name.to_owned());
        let compile = || (Arc::new(CompiledPolicy::new(name, kind, Arc::clone(document))), Arc::new(Reach::of(document)));
        self.known.entry(key).or_insert_with(compile).clone()
    }
}

impl Reach {
    fn of(document: &PolicyDocument) -> Self {
        let mut reach = Self::default();
        for statement in document.statements.iter().filter(|statement| statement.effect == Effect::Allow) {
            let names = |action: &str| {
                let action = action.to_ascii_lowercase();
                let matched = statement.action.patterns.iter().any(|text| pattern::matches(&text.text.to_ascii_lowercase(), &action));
                matched != statement.action.negated
            };
            let resources: Vec<Glob> = match &statement.resource {
                Some(resource) if !resource.negated => resource.patterns.iter().map(|text| rough(&text.text)).collect(),
                _ => vec![Glob::new("*")],
            };
            if PARAMETER.iter().any(|action| names(action)) {
                reach.parameters.extend(resources.iter().cloned());
            }
            if names(BY_PATH) {
                reach.paths.extend(resources.iter().cloned());
            }
            if SECRET.iter().any(|action| names(action)) {
                reach.secrets.extend(resources);
            }
        }
        reach
    }
}

/// A pattern that matches at least what `text` does: letters of any case in front, variables and short ARNs as anything.
fn rough(text: &str) -> Glob {
    if text.contains("${") || pattern::parts(text).is_none() {
        return Glob::new("*");
    }
    Glob::new(&text.to_ascii_lowercase())
}

/// A question that is put to every candidate.
struct Asked<'p> {
    protected: &'p Protected,
    is_secret: bool,
    /// What is read with the actions of [`PARAMETER`] and [`SECRET`].
    resource: Resource,
    lower: String,
    /// The paths above a parameter.
    paths: Vec<(Resource, String)>,
    context: Context,
    key: Option<(Resource, Context, &'p Layer<PolicySet>)>,
}

impl<'p> Asked<'p> {
    fn new(protected: &'p Protected) -> Self {
        let arn = protected.arn.parse::<Arn>().ok();
        let region = arn.as_ref().map(|arn| arn.region.clone()).unwrap_or_default();
        let is_secret = arn.as_ref().is_some_and(|arn| arn.service == "secretsmanager");
        let like =
            |text: &str| if text.contains(['?', '*']) { ContextValue::Like(text.to_owned()) } else { ContextValue::One(text.to_owned()) };
        // Requests to AWS are encrypted: many policies deny the others.
        let base = || Context::partial().with_one("aws:SecureTransport", "true").with_one("aws:RequestedRegion", region.as_str());
        let mut context = base().with_one("aws:ViaAWSService", "false");
        if is_secret {
            context.set("secretsmanager:SecretId", like(&protected.arn));
        }
        let key = match &protected.key {
            ProtectingKey::AwsManaged | ProtectingKey::Unknown => None,
            ProtectingKey::Customer { arn, policy } => {
                let (service, of) = if is_secret { ("secretsmanager", "SecretARN") } else { ("ssm", "PARAMETER_ARN") };
                let context = base()
                    .with_one("aws:ViaAWSService", "true")
                    .with_one("kms:ViaService", format!("{service}.{region}.amazonaws.com"))
                    .with(&format!("kms:EncryptionContext:{of}"), like(&protected.arn));
                Some((Resource::like(arn), context, policy))
            }
        };
        let mut paths = Vec::new();
        if !is_secret {
            let mut above = protected.arn.as_str();
            while let Some((path, _)) = above.rsplit_once('/') {
                // The root's own ARN ends in the slash.
                let is_root = path.ends_with(":parameter");
                let path = if is_root { format!("{path}/") } else { path.to_owned() };
                paths.push((Resource::like(&path), path.to_ascii_lowercase()));
                if is_root {
                    break;
                }
                above = above.get(..path.len()).unwrap_or_default();
            }
        }
        Self {
            protected,
            is_secret,
            resource: Resource::like(&protected.arn),
            lower: protected.arn.to_ascii_lowercase(),
            paths,
            context,
            key,
        }
    }
}

impl Candidate {
    fn reader(&self, asked: &Asked<'_>) -> Option<Reader> {
        // A secret's policy may let in whom nothing else does.
        let by_resource = matches!(asked.protected.policy, Layer::Known(_));
        let reaches = |globs: fn(&Reach) -> &Vec<Glob>, text: &str, exact: bool| {
            !exact || self.opaque || self.reach.iter().any(|reach| globs(reach).iter().any(|glob| glob.matches(text)))
        };
        let exact = asked.resource.is_exact();
        let mut through = Vec::new();
        if asked.is_secret {
            if by_resource || reaches(|reach| &reach.secrets, &asked.lower, exact) {
                through.extend(SECRET.iter().filter_map(|action| self.through(asked, action, &asked.resource)));
            }
        } else {
            if reaches(|reach| &reach.parameters, &asked.lower, exact) {
                through.extend(PARAMETER.iter().filter_map(|action| self.through(asked, action, &asked.resource)));
            }
            for (path, lower) in &asked.paths {
                if reaches(|reach| &reach.paths, lower, exact) {
                    through.extend(self.through(asked, BY_PATH, path));
                }
            }
        }
        let outcome = through
            .iter()
            .map(Through::outcome)
            .find(|outcome| *outcome == Outcome::Allowed)
            .or_else(|| through.first().map(Through::outcome))?;
        through.sort_by_key(|way| way.outcome() != Outcome::Allowed);
        // Whoever may name the parameter needs no path: one way by path is enough to tell.
        let mut by_path = false;
        through.retain(|way| way.action != BY_PATH || !std::mem::replace(&mut by_path, true));
        Some(Reader { principal: self.principal.text().to_owned(), outcome, through })
    }

    fn through(&self, asked: &Asked<'_>, action: &'static str, resource: &Resource) -> Option<Through> {
        let policy = if asked.is_secret { asked.protected.policy.clone() } else { Layer::DoesNotExist };
        let mut context = asked.context.clone();
        if action == BY_PATH {
            context.set("ssm:Recursive", ContextValue::One("true".to_owned()));
        }
        // A policy that is not known may let in anybody: told are those whom their own policies let in, unless it keeps them out.
        if matches!(policy, Layer::Unknown(_)) && self.decide(action, resource, context.clone(), Layer::DoesNotExist).outcome.is_denied() {
            return None;
        }
        let read = self.decide(action, resource, context, policy);
        if read.outcome.is_denied() {
            return None;
        }
        let decrypt = match &asked.key {
            None => None,
            Some((key, context, policy)) => {
                let decrypt = self.decide(DECRYPT, key, context.clone(), (*policy).clone());
                if decrypt.outcome.is_denied() {
                    return None;
                }
                Some(decrypt)
            }
        };
        let way = Through { action, resource: resource.text().to_owned(), read, decrypt };
        // Nobody told the key: whether it can be decrypted is open.
        let unknown_key = matches!(asked.protected.key, ProtectingKey::Unknown);
        Some(if unknown_key { way.in_doubt() } else { way })
    }

    fn decide(&self, action: &str, resource: &Resource, mut context: Context, policy: Layer<PolicySet>) -> Decision {
        for (key, value) in &self.tags {
            context.set(key, ContextValue::One(value.clone()));
        }
        let request = Request::new(self.principal.clone(), action, resource.clone(), context).with_usual_keys();
        let layers = Layers {
            identity: Layer::Known(self.identity.clone()),
            boundary: self.boundary.clone(),
            resource: policy,
            ..Layers::default()
        };
        decide(&request, &layers)
    }
}

impl Through {
    /// What comes of both decisions.
    pub fn outcome(&self) -> Outcome {
        let truth = |decision: &Decision| if decision.outcome == Outcome::Allowed { Truth::Yes } else { Truth::Maybe };
        match truth(&self.read).and(self.decrypt.as_ref().map_or(Truth::Yes, truth)) {
            Truth::Yes => Outcome::Allowed,
            Truth::Maybe | Truth::No => Outcome::CannotTell,
        }
    }

    /// The same, with decrypting left open.
    fn in_doubt(self) -> Self {
        let open = Decision { outcome: Outcome::CannotTell, because: Vec::new(), doubts: Vec::new() };
        Self { decrypt: Some(open), ..self }
    }
}
