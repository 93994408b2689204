//! `cargo xtask bench NAME`: measurements that print their numbers. One file each.

mod detect;

use anyhow::bail;

pub(crate) fn run(arguments: &[String]) -> anyhow::Result<bool> {
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["detect"] => detect::run(None),
        ["detect", set] => detect::run(Some(set)),
        _ => bail!("`cargo xtask bench` takes the name of a measurement: detect [SET]"),
    }
}
