//! Policy semantics: who may do what to which resource, and why. Pure and synchronous: policy documents and a request go in, a decision with the
//! statements that decided comes out.
//!
//! A document is compiled once ([`CompiledPolicy`]), put together with the others of its layer ([`PolicySet`]), and asked as often as one likes
//! ([`decide`]). What would have to change for another answer is worked out only on demand ([`explain`]).
//!
//! INVARIANT: what AWS does not document, and what is not known of a request or a layer, is never a guess: it is [`Outcome::CannotTell`] with its
//! [`Doubt`]s. Knowing less never turns a denial into a permission.

mod action;
pub mod authorization;
mod call;
mod condition;
mod context;
mod decide;
mod decision;
mod difference;
mod excess;
mod explain;
mod glob;
mod layers;
mod minimal;
pub mod pattern;
mod policy;
mod principal;
mod principals;
mod request;
mod resource;
mod statement;
mod template;
mod truth;
mod who_can;

pub use call::Call;
pub use context::{Context, ContextValue};
pub use decide::decide;
pub use decision::{Change, DecidingStatement, Decision, Doubt, Failed, LayerName, Outcome};
pub use difference::{Changed, Direction, difference};
pub use excess::{Excess, excess};
pub use explain::explain;
pub use glob::Glob;
pub use layers::{Layer, Layers, OrgLevel, PolicySet};
pub use minimal::{Grant, GrantPolicy, MANAGED_POLICY_LIMIT, Narrowing, minimal};
pub use policy::CompiledPolicy;
pub use principal::{Principal, PrincipalError, PrincipalKind};
pub use request::{Request, Resource};
pub use truth::Truth;
pub use who_can::{Candidates, Protected, ProtectingKey, Reader, Through};
