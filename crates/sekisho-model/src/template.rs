//! What a CloudFormation template holds beside task definitions and services: roles, and the secrets and parameters that references point to.

use crate::{Fact, Place, Spanned};

/// A leaf that refers to something by a symbol instead of a text: `!Ref Database`, `!GetAtt Role.Arn`, `!Sub "${Database}:password::"`.
///
/// The leaf itself is an unknown fact with the same place; where it may hold a value it is a known one, with `${NAME}` in its text. A leaf that refers to several things has several symbols.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// The place of the leaf.
    pub place: Place,
    /// The logical id of a resource or parameter of the template, or a pseudo parameter such as `AWS::Region`.
    pub logical_id: String,
    /// The attribute of GetAtt; `None` for what Ref gives.
    pub attribute: Option<String>,
    /// What is written in front of the symbol, as far as it is text up to the symbol before. Empty where it may be a value.
    pub before: String,
    /// What is written behind the symbol, as far as it is text up to the next symbol: `:password::`. Empty where it may be a value.
    pub behind: String,
    /// Whether the leaf is this symbol and text, and nothing else: no second symbol, and no function whose outcome is not in the template.
    pub whole: bool,
}

/// A secret or parameter that the template itself creates.
#[derive(Clone, Debug)]
pub struct StoredResource {
    /// Where it begins.
    pub place: Place,
    /// Its logical id.
    pub logical_id: Spanned<String>,
    /// Which store.
    pub store: StoredKind,
    /// `Name`. AWS makes one up where it is absent.
    pub name: Option<Fact<String>>,
    /// `Type` of a parameter, which CloudFormation cannot make a SecureString.
    pub parameter_type: Option<Fact<String>>,
    /// `KmsKeyId` of a secret.
    pub key: Option<Fact<String>>,
    /// The JSON key under which a generated value stands: `GenerateSecretString.GenerateStringKey`.
    pub generated_key: Option<Fact<String>>,
}

/// The store of a [`StoredResource`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StoredKind {
    /// `AWS::SecretsManager::Secret`.
    Secret,
    /// `AWS::SSM::Parameter`.
    Parameter,
}

/// An `AWS::IAM::Role` of the template. Its inline policies and its trust policy are policies of the document, by this logical id.
#[derive(Clone, Debug)]
pub struct RoleResource {
    /// Where it begins.
    pub place: Place,
    /// Its logical id.
    pub logical_id: Spanned<String>,
    /// `RoleName`. CloudFormation makes one up where it is absent.
    pub name: Option<Fact<String>>,
    /// `ManagedPolicyArns`.
    pub managed_policies: Vec<Fact<String>>,
    /// `PermissionsBoundary`.
    pub boundary: Option<Fact<String>>,
}

/// One entry of a template's `Parameters`.
#[derive(Clone, Debug)]
pub struct DeclaredParameter {
    /// Its name.
    pub name: Spanned<String>,
    /// `Type`, such as `String` or `AWS::SSM::Parameter::Value<String>`.
    pub kind: Option<Fact<String>>,
    /// `Default`, which may be a secret that somebody put there.
    pub default: Option<Fact<crate::Secret<String>>>,
    /// `NoEcho`: whether CloudFormation hides the value.
    pub hidden: bool,
}
