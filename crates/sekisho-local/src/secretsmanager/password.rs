//! GetRandomPassword.

use aws_lc_rs::rand;
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::error::invalid_parameter;
use crate::api::{ApiError, Call};
use crate::shape::{Member, Shape, check, optional};

const MEMBERS: &[Member] = &[
    optional("PasswordLength", Shape::Number { min: 1, max: 4096 }),
    optional("ExcludeCharacters", Shape::Text { min: 0, max: 4096 }),
    optional("ExcludeNumbers", Shape::Bool),
    optional("ExcludePunctuation", Shape::Bool),
    optional("ExcludeUppercase", Shape::Bool),
    optional("ExcludeLowercase", Shape::Bool),
    optional("IncludeSpace", Shape::Bool),
    optional("RequireEachIncludedType", Shape::Bool),
];

/// The member that leaves the characters out, and the characters.
const TYPES: [(&str, &str); 4] = [
    ("ExcludeLowercase", "abcdefghijklmnopqrstuvwxyz"),
    ("ExcludeUppercase", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    ("ExcludeNumbers", "0123456789"),
    ("ExcludePunctuation", "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"),
];

pub(super) fn get_random_password(call: &mut Call<'_>) -> Result<Value, ApiError> {
    check(call, MEMBERS)?;
    let length = call.number("PasswordLength").and_then(|length| usize::try_from(length).ok()).unwrap_or(32);
    let excluded = call.text("ExcludeCharacters").unwrap_or_default();
    let mut types: Vec<&str> = TYPES.iter().filter(|(exclude, _)| !call.flag(exclude)).map(|(_, characters)| *characters).collect();
    // Last, for it is not among the types that botocore's text requires: it is left to chance where the password has no room for it.
    if call.flag("IncludeSpace") {
        types.insert(if call.as_moto { 0 } else { types.len() }, " ");
    }
    let types: Vec<Vec<char>> =
        types.iter().map(|characters| characters.chars().filter(|character| !excluded.contains(*character)).collect()).collect();
    let each = call.input.get("RequireEachIncludedType").and_then(Value::as_bool).unwrap_or(true);
    let password = password(length, &types, each)?;
    Ok(json!({ "RandomPassword": *password }))
}

fn password(length: usize, types: &[Vec<char>], each: bool) -> Result<Zeroizing<String>, ApiError> {
    let all: Vec<char> = types.concat();
    if all.is_empty() {
        return Err(invalid_parameter("The password can't be generated because every character is excluded."));
    }
    // A type that is excluded character by character cannot be required.
    let required: Vec<&Vec<char>> = types.iter().filter(|characters| each && !characters.is_empty()).collect();
    let room = required.iter().filter(|characters| ***characters != [' ']).count();
    if length < room {
        return Err(invalid_parameter("Password length is too short based on the required types."));
    }
    let mut characters = Zeroizing::new(Vec::with_capacity(length));
    for from in required.into_iter().take(length) {
        characters.push(pick(from)?);
    }
    while characters.len() < length {
        characters.push(pick(&all)?);
    }
    // Fisher and Yates: the required ones stand anywhere.
    for last in (1..characters.len()).rev() {
        characters.swap(last, below(last + 1)?);
    }
    Ok(Zeroizing::new(characters.iter().collect()))
}

fn pick(from: &[char]) -> Result<char, ApiError> {
    from.get(below(from.len())?).copied().ok_or_else(|| ApiError::internal("no character to choose from"))
}

/// A number below `bound`, each as likely: numbers from the uneven end of the range are drawn again.
fn below(bound: usize) -> Result<usize, ApiError> {
    let bound = u32::try_from(bound).map_err(|_| ApiError::internal("the bound of a random number is too great"))?.max(1);
    let even = u32::MAX - u32::MAX % bound;
    loop {
        let mut bytes = [0_u8; 4];
        rand::fill(&mut bytes).map_err(|_| ApiError::internal("no random bytes for a password"))?;
        let number = u32::from_ne_bytes(bytes);
        if number < even {
            return usize::try_from(number % bound).map_err(|_| ApiError::internal("a random number is too great"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn types(texts: &[&str]) -> Vec<Vec<char>> {
        texts.iter().map(|text| text.chars().collect()).collect()
    }

    #[test]
    fn each_type_is_in_the_shortest_password_that_can_hold_them() {
        for _ in 0..100 {
            let made = password(3, &types(&["ab", "AB", "", "12"]), true).unwrap();
            let mut kinds: Vec<bool> = vec![made.contains(['a', 'b']), made.contains(['A', 'B']), made.contains(['1', '2'])];
            kinds.dedup();
            assert_eq!(kinds, [true], "{:?}", made.len());
        }
    }

    #[test]
    fn what_cannot_be_made_is_refused() {
        assert!(password(3, &types(&["a", "b", "c", "d"]), true).is_err());
        assert!(password(3, &types(&["a", "b", "c", "d"]), false).is_ok());
        assert!(password(3, &types(&["", ""]), true).is_err());
    }
}
