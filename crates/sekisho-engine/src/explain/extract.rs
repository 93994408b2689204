//! What a message names.
//!
//! INVARIANT: only what has the form of a name is taken: an ARN, a Region, the name of a parameter. A message can hold anything, a secret's content too
//! (the agent prints the document of a broken credential specification), so nothing is taken that looks like a secret.

use crate::detect;

/// A name longer than this is none.
const LONGEST: usize = 2_048;

/// Everything that `message` names, each kind once, in a fixed order.
pub(super) fn from(message: &str) -> Vec<(&'static str, String)> {
    let mut found: Vec<(&'static str, String)> = Vec::new();
    let mut add = |name: &'static str, value: Option<String>| {
        let value = value.filter(|value| is_name(value));
        if let Some(value) = value
            && !found.iter().any(|(known, _)| *known == name)
        {
            found.push((name, value));
        }
    };
    let arns = arns(message);
    let of_service = |service: &str| arns.iter().find(|arn| arn.split(':').nth(2) == Some(service)).cloned();

    let secret = of_service("secretsmanager").map(|arn| arn.split(':').take(7).collect::<Vec<_>>().join(":"));
    let parameter = of_service("ssm").filter(|arn| arn.contains(":parameter"));
    let (role, role_arn) = role(&arns);
    let about = [secret.as_ref(), parameter.as_ref()]
        .into_iter()
        .flatten()
        .next()
        .cloned()
        .or_else(|| of_service("kms"))
        .or_else(|| of_service("ecr"));
    add("secret", secret);
    add("parameters", parameters(message).or_else(|| parameter.as_deref().and_then(parameter_name)));
    add("json-key", behind(message, "did not contain json key ").map(|key| word(key, " \"';,").to_owned()));
    add("reference", between(message, "secret with value ", " resulted in error"));
    add("variable", variable(message));
    add("action", behind(message, "perform: ").map(|rest| word(rest, " \"',;").to_owned()).filter(|action| action.contains(':')));
    add("resource", behind(message, "on resource: ").map(|rest| word(rest, " \"'),;").to_owned()));
    add("role", role);
    add("role-arn", role_arn);
    add("key", of_service("kms"));
    add("repository", of_service("ecr").and_then(|arn| arn.split_once(":repository/").map(|(_, name)| name.to_owned())));
    add("object", of_service("s3"));
    add("label", behind(message, "staging label: ").map(|rest| word(rest, " \"',;").to_owned()));
    add("here", between(message, "current account ID is ", " and"));
    add("there", between(message, "ARN account ID is ", "."));
    add("service", between(message, "(service ", ")").filter(|name| !name.contains(' ')));
    add("layer", layer(message).map(|(layer, _)| layer.to_owned()));
    add("effect", layer(message).map(|(_, effect)| effect.to_owned()));
    add("region", about.as_deref().and_then(region_of).or_else(|| region(message)).or_else(|| arns.iter().find_map(|arn| region_of(arn))));
    let account = |arn: &String| {
        arn.split(':').nth(4).filter(|account| account.len() == 12 && account.bytes().all(|b| b.is_ascii_digit())).map(str::to_owned)
    };
    add("account", arns.iter().find_map(account));
    found
}

/// Whether `value` can be shown: short, printable, and no secret by its looks.
fn is_name(value: &str) -> bool {
    !value.is_empty() && value.len() <= LONGEST && !value.chars().any(char::is_control) && detect::suspects(value).is_empty()
}

/// The ARNs in a text, without the punctuation around them.
fn arns(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("arn:aws").take(100) {
        let run = word(text.get(at..).unwrap_or_default(), " \t\"'<>(),;`[]{}|\\");
        let arn = run.trim_end_matches(['.', ':', '…', '!', '?']);
        // The reference's own trailing colons are part of it, the sentence's one is not.
        let arn = if run.ends_with("::") { run } else { arn };
        if arn.split(':').count() >= 6 && !found.iter().any(|known| known == arn) {
            found.push(arn.to_owned());
        }
    }
    found
}

/// The role and its ARN: named itself, or by the session that ECS made of it.
fn role(arns: &[String]) -> (Option<String>, Option<String>) {
    for arn in arns {
        let parts: Vec<&str> = arn.splitn(6, ':').collect();
        let [_, partition, service, _, account, resource] = parts.as_slice() else { continue };
        if *service == "sts"
            && let Some(role) = resource.strip_prefix("assumed-role/").and_then(|rest| rest.split('/').next())
        {
            return (Some(role.to_owned()), Some(format!("arn:{partition}:iam::{account}:role/{role}")));
        }
        if *service == "iam"
            && let Some(role) = resource.strip_prefix("role/")
        {
            return (role.rsplit('/').next().map(str::to_owned), Some(arn.clone()));
        }
    }
    (None, None)
}

/// The names behind `invalid parameters:` (EC2) or `invalid ssm parameters:` (Fargate), comma-joined as there.
fn parameters(message: &str) -> Option<String> {
    let small = message.to_ascii_lowercase();
    let at = ["invalid parameters:", "invalid ssm parameters:"].iter().find_map(|front| small.find(front).map(|at| at + front.len()))?;
    let list = message.get(at..)?.trim_start();
    let allowed = |c: char| c.is_ascii_alphanumeric() || "/_.-:,".contains(c);
    let length = list.find(|c: char| !allowed(c)).unwrap_or(list.len());
    Some(list.get(..length)?.trim_end_matches(['.', ',', ':']).to_owned())
}

/// The name of the parameter of an ARN.
fn parameter_name(arn: &str) -> Option<String> {
    let (_, name) = arn.split_once(":parameter/")?;
    // A name with levels begins with a slash, which is the one behind `parameter`.
    Some(if name.contains('/') { format!("/{name}") } else { name.to_owned() })
}

/// The environment variable that a message of the registration names.
fn variable(message: &str) -> Option<String> {
    let name = between(message, "specified for secret ", " is invalid")
        .or_else(|| between(message, "such as '", "'"))
        .or_else(|| behind(message, "Duplicate secret names found: ").map(|rest| word(rest, " ").trim_end_matches('.').to_owned()))?;
    name.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c)).then_some(name)
}

fn region_of(arn: &str) -> Option<String> {
    arn.split(':').nth(3).filter(|region| is_region(region)).map(str::to_owned)
}

/// A Region named in words, or by an endpoint.
fn region(message: &str) -> Option<String> {
    let words = message.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    words.take(2_000).find(|word| is_region(word)).map(str::to_owned)
}

/// `ap-northeast-1`, `us-gov-west-1`.
fn is_region(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let letters = |part: &str| part.len() >= 2 && part.bytes().all(|byte| byte.is_ascii_lowercase());
    match parts.as_slice() {
        [area @ .., direction, number] if !area.is_empty() && area.len() <= 2 => {
            area.iter().all(|part| letters(part))
                && ["north", "south", "east", "west", "central"].iter().any(|point| direction.contains(point))
                && letters(direction)
                && number.len() == 1
                && number.bytes().all(|byte| byte.is_ascii_digit())
        }
        _ => false,
    }
}

/// Which policy denied, and whether by silence or by a statement, from the tail of IAM's message.
fn layer(message: &str) -> Option<(&'static str, &'static str)> {
    const LAYERS: [(&str, &str); 8] = [
        ("identity-based policy", "identity"),
        ("permissions boundary", "boundary"),
        ("service control policy", "scp"),
        ("resource control policy", "rcp"),
        ("vpc endpoint policy", "endpoint"),
        ("resource-based policy", "resource"),
        ("session policy", "session"),
        ("explicit deny", "unnamed"),
    ];
    let small = message.to_ascii_lowercase();
    let tail =
        small.find("because no ").map(|at| (at, "implicit")).or_else(|| small.find("with an explicit deny").map(|at| (at, "explicit")))?;
    let text = small.get(tail.0..)?;
    let (_, layer) = LAYERS
        .iter()
        .filter_map(|(words, layer)| text.find(words).map(|at| (at, *layer)))
        .filter(|(at, layer)| *at < 60 || *layer == "unnamed")
        .min_by_key(|(at, layer)| (*layer == "unnamed", *at))?;
    Some((layer, tail.1))
}

/// What stands behind `front`, letter case aside.
fn behind<'a>(text: &'a str, front: &str) -> Option<&'a str> {
    let at = text.to_ascii_lowercase().find(&front.to_ascii_lowercase())?;
    text.get(at + front.len()..)
}

fn between(text: &str, front: &str, end: &str) -> Option<String> {
    let rest = behind(text, front)?;
    rest.find(end).filter(|at| *at <= LONGEST).and_then(|at| rest.get(..at)).map(|found| found.trim().to_owned())
}

/// `text` up to the first of `ends`.
fn word<'a>(text: &'a str, ends: &str) -> &'a str {
    text.find(|c: char| ends.contains(c)).map_or(text, |end| text.get(..end).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extracted(message: &str) -> Vec<(&'static str, String)> {
        from(message)
    }

    fn get(message: &str, name: &str) -> Option<String> {
        extracted(message).into_iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    #[test]
    fn a_denial_names_its_role_action_resource_and_layer() {
        let message = "AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/exec/0a1b is not authorized to perform: ssm:GetParameters on resource: arn:aws:ssm:eu-west-1:123456789012:parameter/a/b because no identity-based policy allows the ssm:GetParameters action";
        for (name, value) in [
            ("role", "exec"),
            ("role-arn", "arn:aws:iam::123456789012:role/exec"),
            ("action", "ssm:GetParameters"),
            ("resource", "arn:aws:ssm:eu-west-1:123456789012:parameter/a/b"),
            ("parameters", "/a/b"),
            ("region", "eu-west-1"),
            ("account", "123456789012"),
            ("layer", "identity"),
            ("effect", "implicit"),
        ] {
            assert_eq!(get(message, name).as_deref(), Some(value), "{name}");
        }
        assert_eq!(get("x with an explicit deny in a service control policy", "layer").as_deref(), Some("scp"));
        assert_eq!(get("x with an explicit deny", "layer").as_deref(), Some("unnamed"));
    }

    #[test]
    fn what_looks_like_a_secret_is_not_taken() {
        let token = format!("gh{}{}", "p_", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8");
        assert_eq!(get(&format!("did not contain json key {token}"), "json-key"), None);
    }
}
