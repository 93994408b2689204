//! `run --redact`: the command under supervision, with every known value masked in what it writes.

mod mask;
mod spelling;
mod supervise;

pub(crate) use mask::Mask;
pub(crate) use spelling::SHORTEST;
pub(crate) use supervise::supervise;
