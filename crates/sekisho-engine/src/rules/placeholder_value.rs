//! SEK0224 placeholder-value.

use crate::Finding;
use crate::environment::value_for;

rule! {
    /// A value that somebody meant to replace: `changeme`, `TODO`, `<password>`, `${VALUE}` and their kind.
    "SEK0224" "placeholder-value" Warning PlaceholderValue |case, findings| {
        for reference in case.references {
            let Some(value) = value_for(case, reference) else { continue };
            // `<nil>` is how ECS writes null, which SEK0222 tells.
            if is_placeholder(value.expose()) && value.expose() != "<nil>" {
                findings.push(Finding::new(&META, &reference.address()).at(&reference.source));
            }
        }
    }
}

/// Whole values that are never a secret, letter case, hyphens and underscores aside.
const PLACEHOLDERS: [&str; 17] = [
    "changeme", "changeit", "changethis", "replaceme", "replacethis", "placeholder", "todo", "tbd", "fixme", "dummy", "xxx", "xxxx", "xxxxxxxx",
    "password", "secret", "example", "none",
];

fn is_placeholder(value: &str) -> bool {
    let value = value.trim();
    let plain: zeroize::Zeroizing<String> =
        zeroize::Zeroizing::new(value.chars().filter(|character| !"-_ ".contains(*character)).flat_map(char::to_lowercase).collect());
    let wrapped = |open: &str, close: &str| value.starts_with(open) && value.ends_with(close) && value.len() > open.len() + close.len();
    PLACEHOLDERS.contains(&plain.as_str()) || wrapped("<", ">") || wrapped("${", "}") || wrapped("{{", "}}") || (plain.starts_with("your") && plain.ends_with("here"))
}
