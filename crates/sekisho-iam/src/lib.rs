//! Policy semantics: who may do what to which resource, and why. Pure and synchronous: policy documents and a request go in, a decision with the
//! statements that decided comes out.

pub mod authorization;
mod call;

pub use call::Call;
