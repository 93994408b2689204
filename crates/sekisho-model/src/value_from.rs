//! The grammar of `valueFrom`.
/// placeholder
#[derive(Debug, Clone)]
pub struct ValueFrom;
