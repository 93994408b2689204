//! An account's authorization details, as `aws iam get-account-authorization-details` prints them: whole, or page behind page.
//!
//! A large account has some tens of megabytes of them, and most of that is the same few policies again: each text is read once. What cannot be read is a
//! fact about the principal that has it, never somebody left out.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use sekisho_model::access::NamedPolicy;
use sekisho_model::account_details::{AccountDetails, AccountPrincipal, SharedPolicy};
use sekisho_model::policy::{PolicyDocument, PolicyKind};
use sekisho_model::{Because, Fact, Source};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::policy::PolicyValue;
use crate::problem::{ACCOUNT_DETAILS_NONE, FILE_LARGE, FILE_NOT_UTF8, JSON_SYNTAX, Problem, Problems};
use crate::text::MEBIBYTE;

/// Largest file that is read.
const LIMIT: usize = 512 * MEBIBYTE;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Page<'f> {
    #[serde(borrow, default)]
    user_detail_list: Option<Vec<&'f RawValue>>,
    #[serde(borrow, default)]
    group_detail_list: Option<Vec<&'f RawValue>>,
    #[serde(borrow, default)]
    role_detail_list: Option<Vec<&'f RawValue>>,
    #[serde(borrow, default)]
    policies: Option<Vec<&'f RawValue>>,
    #[serde(default)]
    is_truncated: Option<bool>,
}

/// A user, role or group; which lists it has tells which.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Entry<'f> {
    #[serde(default)]
    arn: Option<String>,
    #[serde(default)]
    group_name: Option<String>,
    #[serde(borrow, default)]
    assume_role_policy_document: Option<&'f RawValue>,
    #[serde(borrow, default)]
    user_policy_list: Vec<Inline<'f>>,
    #[serde(borrow, default)]
    group_policy_list: Vec<Inline<'f>>,
    #[serde(borrow, default)]
    role_policy_list: Vec<Inline<'f>>,
    #[serde(default)]
    attached_managed_policies: Vec<Attached>,
    #[serde(default)]
    group_list: Vec<String>,
    #[serde(default)]
    permissions_boundary: Option<Boundary>,
    #[serde(default)]
    tags: Vec<Tag>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Inline<'f> {
    policy_name: String,
    #[serde(borrow)]
    policy_document: &'f RawValue,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Attached {
    policy_name: String,
    policy_arn: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Boundary {
    permissions_boundary_arn: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Tag {
    key: String,
    value: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Managed<'f> {
    arn: String,
    #[serde(default)]
    default_version_id: Option<String>,
    #[serde(borrow, default)]
    policy_version_list: Vec<Version<'f>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Version<'f> {
    #[serde(borrow, default)]
    document: Option<&'f RawValue>,
    #[serde(default)]
    version_id: Option<String>,
    #[serde(default)]
    is_default_version: bool,
}

/// Reads the details in `bytes`, the content of `file`, at most 512 MiB.
///
/// # Errors
/// No JSON, or no details in it. Whatever else cannot be read stands in what is returned.
pub fn account_details(file: &str, bytes: &[u8]) -> Result<AccountDetails, Problems> {
    if bytes.len() > LIMIT {
        return Err(Problem::unplaced(FILE_LARGE).with("limit", LIMIT / MEBIBYTE).with_text("file", file).into());
    }
    let text = str::from_utf8(bytes).map_err(|error| Problem::unplaced(FILE_NOT_UTF8).with("byte", error.valid_up_to() + 1))?;
    let mut pages = Vec::new();
    for page in serde_json::Deserializer::from_str(text.trim_start_matches('\u{feff}')).into_iter::<Page<'_>>() {
        match page {
            Ok(page) => pages.push(page),
            // The parser's own words may repeat parts of the file.
            Err(error) if error.is_data() => return Err(Problem::unplaced(ACCOUNT_DETAILS_NONE).into()),
            Err(error) => {
                let reason = if error.is_eof() { "unterminated-object" } else { "unexpected" };
                return Err(Problem::unplaced(JSON_SYNTAX).with("reason", reason).into());
            }
        }
    }
    let has_lists = |page: &Page<'_>| page.user_detail_list.is_some() || page.role_detail_list.is_some() || page.policies.is_some();
    if !pages.iter().any(has_lists) {
        return Err(Problem::unplaced(ACCOUNT_DETAILS_NONE).into());
    }
    Ok(Reader { source: Source::Derived(file.to_owned()), read: HashMap::new(), details: AccountDetails::default() }.details(&pages))
}

struct Reader<'f> {
    source: Source,
    /// Every document that was read, by its text as it is written and its kind.
    read: HashMap<(&'f str, PolicyKind), Fact<Arc<PolicyDocument>>>,
    details: AccountDetails,
}

impl<'f> Reader<'f> {
    fn details(mut self, pages: &[Page<'f>]) -> AccountDetails {
        let mut lists: [Vec<&'f RawValue>; 4] = Default::default();
        for page in pages {
            let of_page = [&page.user_detail_list, &page.group_detail_list, &page.role_detail_list, &page.policies];
            for (list, of_page) in lists.iter_mut().zip(of_page) {
                list.extend(of_page.iter().flatten().copied());
            }
        }
        let [users, groups_listed, roles, policies] = lists;
        // The last page says that there are no more.
        self.details.truncated = pages.last().is_some_and(|page| page.is_truncated == Some(true));
        let mut managed: HashMap<String, &'f RawValue> = HashMap::new();
        for raw in policies {
            match serde_json::from_str::<Managed<'f>>(raw.get()) {
                Ok(policy) => {
                    let is_default = |version: &&Version<'_>| {
                        version.is_default_version || (version.version_id.is_some() && version.version_id == policy.default_version_id)
                    };
                    let document = policy.policy_version_list.iter().find(is_default).and_then(|version| version.document);
                    managed.extend(document.map(|document| (policy.arn.clone(), document)));
                }
                Err(_) => self.unreadable(raw),
            }
        }
        let mut groups: HashMap<String, Vec<SharedPolicy>> = HashMap::new();
        for raw in groups_listed {
            match entry(raw) {
                Some(Entry { group_name: Some(name), group_policy_list, attached_managed_policies, .. }) => {
                    let policies = self.policies(&group_policy_list, &attached_managed_policies, &managed, &format!("{name}/"));
                    groups.insert(name, policies);
                }
                _ => self.unreadable(raw),
            }
        }
        for raw in users.into_iter().chain(roles) {
            match entry(raw).and_then(|entry| Some((entry.arn.clone()?, entry))) {
                Some((arn, entry)) => self.principal(arn, entry, &managed, &groups),
                None => self.unreadable(raw),
            }
        }
        self.details
    }

    fn principal(
        &mut self,
        arn: String,
        entry: Entry<'f>,
        managed: &HashMap<String, &'f RawValue>,
        groups: &HashMap<String, Vec<SharedPolicy>>,
    ) {
        let inline = [entry.user_policy_list, entry.role_policy_list].into_iter().flatten().collect::<Vec<_>>();
        let mut policies = self.policies(&inline, &entry.attached_managed_policies, managed, "");
        for group in &entry.group_list {
            match groups.get(group) {
                Some(of_group) => policies.extend(of_group.iter().cloned()),
                None => policies.push(NamedPolicy {
                    name: format!("{group}/*"),
                    arn: None,
                    document: self.unknown("the group is not in the file"),
                }),
            }
        }
        let boundary = entry.permissions_boundary.map(|boundary| {
            let arn = boundary.permissions_boundary_arn;
            let name = arn.rsplit('/').next().unwrap_or(&arn).to_owned();
            let document = self.managed(&arn, managed, PolicyKind::Boundary);
            NamedPolicy { name, arn: Some(arn), document }
        });
        let trust = match entry.assume_role_policy_document {
            Some(raw) => Some(self.document(raw, PolicyKind::Trust)),
            None => arn.contains(":role/").then(|| self.unknown("the trust policy is not in the file")),
        };
        let tags: BTreeMap<String, String> = entry.tags.into_iter().map(|tag| (tag.key, tag.value)).collect();
        self.details.principals.push(AccountPrincipal { arn, policies, boundary, trust, tags });
    }

    fn policies(
        &mut self,
        inline: &[Inline<'f>],
        attached: &[Attached],
        managed: &HashMap<String, &'f RawValue>,
        prefix: &str,
    ) -> Vec<SharedPolicy> {
        let mut policies = Vec::with_capacity(inline.len() + attached.len());
        for policy in inline {
            let document = self.document(policy.policy_document, PolicyKind::Identity);
            policies.push(NamedPolicy { name: format!("{prefix}{}", policy.policy_name), arn: None, document });
        }
        for policy in attached {
            let document = self.managed(&policy.policy_arn, managed, PolicyKind::Identity);
            policies.push(NamedPolicy { name: format!("{prefix}{}", policy.policy_name), arn: Some(policy.policy_arn.clone()), document });
        }
        policies
    }

    /// A managed policy in its default version. The listing leaves policies out where it was filtered (`--filter`).
    fn managed(&mut self, arn: &str, managed: &HashMap<String, &'f RawValue>, kind: PolicyKind) -> Fact<Arc<PolicyDocument>> {
        match managed.get(arn) {
            Some(raw) => self.document(raw, kind),
            None => self.unknown("the policy is not in the file"),
        }
    }

    fn document(&mut self, raw: &'f RawValue, kind: PolicyKind) -> Fact<Arc<PolicyDocument>> {
        if let Some(known) = self.read.get(&(raw.get(), kind)) {
            return known.clone();
        }
        let read = serde_json::from_str::<PolicyValue>(raw.get()).ok().and_then(|value| match value.as_text() {
            // What the CLI decodes, the API itself leaves percent-encoded.
            Some(text) => crate::policy_text(&decoded(text)?, Some(kind)).ok(),
            None => value.read(Some(kind)).ok(),
        });
        let fact = match read {
            Some(document) => Fact::known(Arc::new(document), self.source.clone()),
            None => Fact::Unreadable {
                because: Because::NotTold("the document is no policy that IAM would save".to_owned()),
                source: self.source.clone(),
            },
        };
        self.read.insert((raw.get(), kind), fact.clone());
        fact
    }

    fn unknown(&self, why: &str) -> Fact<Arc<PolicyDocument>> {
        Fact::Unknown { because: Because::NotTold(why.to_owned()), source: self.source.clone() }
    }

    /// Notes an entry that could not be read, by its ARN where even that can be.
    fn unreadable(&mut self, raw: &RawValue) {
        #[derive(Deserialize)]
        struct Named {
            #[serde(rename = "Arn")]
            arn: String,
        }
        let name = serde_json::from_str::<Named>(raw.get()).map_or_else(|_| "?".to_owned(), |named| named.arn);
        self.details.unreadable.push(name);
    }
}

fn entry(raw: &RawValue) -> Option<Entry<'_>> {
    serde_json::from_str(raw.get()).ok()
}

/// `%7B` as `{`. `None` where it is no percent-encoding of UTF-8. A text that is not encoded is returned as it is: JSON begins with a brace, and a `%`
/// in it has no two digits behind it but by accident.
fn decoded(text: &str) -> Option<String> {
    if text.trim_start().starts_with('{') || !text.contains('%') {
        return Some(text.to_owned());
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
            let (high, low) = (digit(rest.next())?, digit(rest.next())?);
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}
