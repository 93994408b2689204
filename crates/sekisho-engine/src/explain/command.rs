//! Commands with what a message named filled in.

use super::catalogue::Class;

/// The commands of `class`: `{slot}` is what was extracted under that name, quoted for a shell, since a pasted message is somebody else's text; where
/// nothing was, the slot's name in capitals stands for the user to replace.
pub(super) fn filled(class: &Class, extracted: &[(&'static str, String)]) -> Vec<String> {
    class.commands.iter().map(|template| fill(template, extracted)).collect()
}

fn fill(template: &str, extracted: &[(&'static str, String)]) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, behind)) = rest.split_once('{') {
        out.push_str(before);
        let Some((slot, behind)) = behind.split_once('}') else { break };
        match extracted.iter().find(|(name, _)| *name == slot) {
            // Several names are several words.
            Some((_, value)) if slot == "parameters" => {
                let words: Vec<String> = value.split(',').map(|word| quote(word.trim())).collect();
                out.push_str(&words.join(" "));
            }
            Some((_, value)) => out.push_str(&quote(value)),
            None => out.push_str(&slot.to_uppercase().replace('-', "_")),
        }
        rest = behind;
    }
    out + rest
}

/// `word` as one word of a POSIX shell.
fn quote(word: &str) -> String {
    let harmless = |c: char| c.is_ascii_alphanumeric() || "_@%+=:,./-".contains(c);
    if !word.is_empty() && !word.starts_with('-') && word.chars().all(harmless) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_is_one_word_whatever_it_holds() {
        let filled = |value: &str| fill("aws x --id {secret} --region {region}", &[("secret", value.to_owned())]);
        assert_eq!(filled("arn:aws:a"), "aws x --id arn:aws:a --region REGION");
        assert_eq!(filled("a'; rm -rf ~; '"), r"aws x --id 'a'\''; rm -rf ~; '\''' --region REGION");
        assert_eq!(filled("$(id)"), "aws x --id '$(id)' --region REGION");
        assert_eq!(fill("get {parameters}", &[("parameters", "/a, $b".to_owned())]), "get /a '$b'");
    }
}
