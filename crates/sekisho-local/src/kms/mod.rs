//! KMS: symmetric keys, their aliases, and what they encrypt. Other services use [`encrypt`], [`decrypt`] and [`resolve`] as AWS's own do.

mod crypt;
mod key;

pub(crate) use crypt::{Ciphertext, decrypt, encrypt};
pub(crate) use key::{Key, resolve};
