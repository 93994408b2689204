//! What somebody will ask AWS for.

/// One request that a task, or one of our verbs, will make. The engine makes the list; a minimal policy is made from it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Call {
    /// `ssm:GetParameters`, in AWS's own letter case.
    pub action: String,
    /// The ARN, or `*` for an action without resources. A `?` stands for a character that is not known yet (`…:secret:name-??????`), a `*` for any
    /// number of them; neither occurs in the names of what tasks read.
    pub resource: String,
    /// The account that owns the resource, where it is known.
    pub resource_account: Option<String>,
    /// The condition keys that the request surely carries, with their values: `kms:ViaService`, `kms:EncryptionContext:PARAMETER_ARN`. Keys that the
    /// request may carry, but that nobody knows, are not here.
    pub context: Vec<(String, Vec<String>)>,
    /// Who needs it: the addresses of the references, or the verb.
    pub because: Vec<String>,
}

impl Call {
    /// A call of `action` on `resource`, of the account in the ARN, without context.
    pub fn new(action: impl Into<String>, resource: impl Into<String>, because: impl Into<String>) -> Self {
        let resource = resource.into();
        let account = resource.split(':').nth(4).filter(|account| account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit()));
        Self {
            action: action.into(),
            resource_account: account.map(str::to_owned),
            resource,
            context: Vec::new(),
            because: vec![because.into()],
        }
    }

    /// With a single-valued condition key.
    pub fn with(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.context.push((key.into(), vec![value.into()]));
        self
    }
}
