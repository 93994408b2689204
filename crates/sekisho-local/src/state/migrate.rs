//! From older formats of the state to this version's, one step after the other.

use serde::Deserialize;

use crate::api::{ApiError, Records, key};

/// Brings records that were written in format `from` to the newest. It runs within one transaction.
pub(super) fn run(records: &mut dyn Records, from: u64) -> Result<(), ApiError> {
    if from < 2 {
        names_without_slash(records)?;
    }
    Ok(())
}

const PARAMETER: &str = "ssm-parameter";
const VERSION: &str = "ssm-version";
/// Where a parameter goes whose name another one had already. Nothing reads it; nothing is lost.
const SET_ASIDE: &str = "set-aside-format-1";

/// What decides between two parameters of one name.
#[derive(Deserialize)]
struct Latest {
    latest: u64,
}

/// 1 to 2. Format 1 could hold `/x` beside `x`, which AWS cannot: the one with more versions stays, the other one is set aside.
fn names_without_slash(records: &mut dyn Records) -> Result<(), ApiError> {
    let prefix = key(&[PARAMETER, ""]);
    for (old, record) in records.scan(&prefix, None, usize::MAX)? {
        let parts: Vec<&str> = old.split('\u{1}').collect();
        let [_, account, region, name] = parts.as_slice() else { continue };
        let Some(bare) = name.strip_prefix('/').filter(|bare| !bare.is_empty() && !bare.contains('/')) else { continue };
        let latest = |record: &[u8]| serde_json::from_slice::<Latest>(record).map_or(0, |found| found.latest);
        let there = records.get(&key(&[PARAMETER, account, region, bare]))?;
        let stays = there.is_some_and(|there| latest(&there) >= latest(&record));
        if stays {
            put_under(records, [account, region], name, |kind| key(&[SET_ASIDE, kind, account, region, name]))?;
        } else {
            put_under(records, [account, region], bare, |kind| key(&[SET_ASIDE, kind, account, region, bare]))?;
            put_under(records, [account, region], name, |kind| key(&[kind, account, region, bare]))?;
        }
    }
    Ok(())
}

/// Moves a parameter and its versions to keys that begin otherwise.
fn put_under(records: &mut dyn Records, [account, region]: [&str; 2], name: &str, new: impl Fn(&str) -> String) -> Result<(), ApiError> {
    let parameter = key(&[PARAMETER, account, region, name]);
    if let Some(record) = records.get(&parameter)? {
        records.put(&new(PARAMETER), &record)?;
        records.delete(&parameter)?;
    }
    let versions = key(&[VERSION, account, region, name, ""]);
    for (old, record) in records.scan(&versions, None, usize::MAX)? {
        let number = old.strip_prefix(&versions).unwrap_or_default();
        records.put(&key(&[&new(VERSION), number]), &record)?;
        records.delete(&old)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::memory::Memory;

    fn record(records: &mut Memory, name: &str, latest: u64) {
        let parts = ["000000000000", "us-east-1", name];
        let parameter = serde_json::json!({"name": name, "latest": latest});
        records.put(&key(&[&[PARAMETER], &parts[..]].concat()), parameter.to_string().as_bytes()).unwrap();
        for version in 1..=latest {
            let key = key(&[&[VERSION], &parts[..], &[format!("{version:020}").as_str()]].concat());
            records.put(&key, name.as_bytes()).unwrap();
        }
    }

    fn keys(records: &Memory) -> Vec<String> {
        records.scan("", None, usize::MAX).unwrap().into_iter().map(|(key, _)| key.replace('\u{1}', " ")).collect()
    }

    #[test]
    fn names_below_the_root_lose_their_slash_and_nothing_is_lost() {
        let mut records = Memory::default();
        record(&mut records, "/alone", 2);
        record(&mut records, "/shop/db", 1);
        record(&mut records, "/twice", 1);
        record(&mut records, "twice", 2);
        record(&mut records, "/newer", 2);
        record(&mut records, "newer", 1);
        let before = keys(&records).len();
        run(&mut records, 1).unwrap();
        let after = keys(&records);
        assert_eq!(after.len(), before);
        let kept: Vec<&String> = after.iter().filter(|key| key.starts_with("ssm-")).collect();
        let expected = [
            "ssm-parameter 000000000000 us-east-1 /shop/db",
            "ssm-parameter 000000000000 us-east-1 alone",
            "ssm-parameter 000000000000 us-east-1 newer",
            "ssm-parameter 000000000000 us-east-1 twice",
            "ssm-version 000000000000 us-east-1 /shop/db 00000000000000000001",
            "ssm-version 000000000000 us-east-1 alone 00000000000000000001",
            "ssm-version 000000000000 us-east-1 alone 00000000000000000002",
            "ssm-version 000000000000 us-east-1 newer 00000000000000000001",
            "ssm-version 000000000000 us-east-1 newer 00000000000000000002",
            "ssm-version 000000000000 us-east-1 twice 00000000000000000001",
            "ssm-version 000000000000 us-east-1 twice 00000000000000000002",
        ];
        assert_eq!(kept, expected);
        // Of two of one name the one with more versions: its record says how it was called.
        let newer = records.get(&key(&[PARAMETER, "000000000000", "us-east-1", "newer"])).unwrap().unwrap();
        assert!(String::from_utf8_lossy(&newer).contains("/newer"));
        run(&mut records, 2).unwrap();
        assert_eq!(keys(&records), after);
    }
}
