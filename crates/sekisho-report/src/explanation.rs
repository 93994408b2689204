//! What a message of ECS means, and what a rule says: the pages of `explain`.

use sekisho_engine::explain::{Match, Topic};
use sekisho_engine::rules::{self, Meta};
use sekisho_engine::{Confidence, Severity};
use serde_json::{Value, json};

use crate::text::paint;
use crate::{Language, SCHEMA_VERSION, Wording, escape, style};

/// The matches of a text, for people: what was found in full, what it may be besides in short.
pub fn explanation_text(matches: &[Match], wording: &Wording) -> String {
    let mut out = String::new();
    let mut besides = false;
    for (index, one) in matches.iter().enumerate() {
        let found = one.count > 0 || index == 0;
        if !found && !besides {
            besides = true;
            out += &format!("\n{}\n", paint(style::STRONG, &wording.text("explanation-besides", &[])));
        } else if index > 0 {
            out.push('\n');
        }
        out += &head(one, wording);
        out += &format!("  {}\n", words(one, None, wording));
        if let Some(layer) = layer(one, wording) {
            out += &line(wording, "explanation-policy", &layer);
        }
        out += &line(wording, "explanation-proof", &words(one, Some("proof"), wording));
        out += &line(wording, "remedy", &words(one, Some("remedy"), wording));
        if found {
            out += &named(one, wording);
        }
        for command in &one.commands {
            out += &format!("    {} {}\n", paint(style::DIM, "$"), escape(command));
        }
    }
    out
}

fn head(one: &Match, wording: &Wording) -> String {
    let (paint_as, id) = match (one.class.topic, one.confidence) {
        (Topic::Other, _) => (style::NOTE, "explanation-not-about-secrets"),
        (Topic::Wrapper, _) => (style::WARNING, "explanation-unclear"),
        (_, Confidence::Certain) => (style::ERROR, "explanation-certain"),
        (_, Confidence::Likely) => (style::WARNING, "explanation-likely"),
    };
    let times = if one.count > 1 { format!(" {}", paint(style::DIM, &format!("×{}", one.count))) } else { String::new() };
    format!("{} {}{times}\n", paint(paint_as, &wording.text(id, &[])), paint(style::STRONG, one.class.id))
}

fn line(wording: &Wording, id: &str, text: &str) -> String {
    format!("  {} {text}\n", paint(style::GOOD, &format!("{}:", wording.text(id, &[]))))
}

/// What the message names; the layer has been told in words.
fn named(one: &Match, wording: &Wording) -> String {
    let names = one.extracted.iter().filter(|(name, _)| !matches!(*name, "layer" | "effect"));
    let names: Vec<String> = names.map(|(name, value)| format!("{name} {}", escape(value))).collect();
    if names.is_empty() { String::new() } else { line(wording, "explanation-named", &names.join(" · ")) }
}

fn words(one: &Match, attribute: Option<&str>, wording: &Wording) -> String {
    wording.find(&format!("explain-{}", one.class.id), attribute, &args(one)).unwrap_or_default()
}

fn layer(one: &Match, wording: &Wording) -> Option<String> {
    one.get("layer").and_then(|_| wording.find("explain-layer", None, &args(one)))
}

fn args(one: &Match) -> Vec<(&str, String)> {
    one.extracted.iter().map(|(name, value)| (*name, value.clone())).collect()
}

/// One match, for machines. `cause`, `proof` and `remedy` are in the user's language, everything else is not.
pub fn match_json(one: &Match, wording: &Wording) -> Value {
    let extracted: serde_json::Map<String, Value> =
        one.extracted.iter().map(|(name, value)| ((*name).to_owned(), Value::from(value.as_str()))).collect();
    json!({
        "class": one.class.id,
        "topic": one.class.topic.as_str(),
        "confidence": one.confidence.as_str(),
        "count": one.count,
        "cause": words(one, None, wording),
        "policy": layer(one, wording),
        "proof": words(one, Some("proof"), wording),
        "remedy": words(one, Some("remedy"), wording),
        "commands": one.commands,
        "extracted": extracted,
    })
}

/// The matches of a text, best first, for machines.
pub fn explanation_json(matches: &[Match], wording: &Wording) -> Value {
    json!({
        "schema": SCHEMA_VERSION,
        "tool": { "name": "sekisho", "version": env!("CARGO_PKG_VERSION") },
        "matches": matches.iter().map(|one| match_json(one, wording)).collect::<Vec<_>>(),
    })
}

/// The page of a rule, for people.
pub fn rule_text(meta: &Meta, wording: &Wording) -> String {
    let (paint_as, severity) = match meta.severity {
        Severity::Error => (style::ERROR, "severity-error"),
        Severity::Warning => (style::WARNING, "severity-warning"),
        Severity::Note => (style::NOTE, "severity-note"),
    };
    let mut out = format!("{} {} ({})\n\n", paint(paint_as, meta.id), paint(style::STRONG, meta.name), wording.text(severity, &[]));
    let (prose, translated) = prose(meta, wording.language());
    if !translated {
        out += &format!("{}\n\n", paint(style::DIM, &wording.text("explanation-untranslated", &[])));
    }
    out += &format!("{prose}\n");
    for (_, message, remedy) in messages(meta, wording) {
        out += &format!("\n  {message}\n");
        if let Some(remedy) = remedy {
            out += &line(wording, "remedy", &remedy);
        }
    }
    out
}

/// The page of a rule, for machines.
pub fn rule_json(meta: &Meta, wording: &Wording) -> Value {
    let messages = messages(meta, wording);
    let messages: Vec<Value> =
        messages.into_iter().map(|(id, message, remedy)| json!({ "id": id, "message": message, "remedy": remedy })).collect();
    json!({
        "schema": SCHEMA_VERSION,
        "tool": { "name": "sekisho", "version": env!("CARGO_PKG_VERSION") },
        "rule": {
            "id": meta.id,
            "name": meta.name,
            "severity": meta.severity.as_str(),
            "explanation": prose(meta, wording.language()).0,
            "messages": messages,
        },
    })
}

/// The rule's own words in that language, and whether they are.
fn prose(meta: &Meta, language: Language) -> (String, bool) {
    let lines: Vec<&str> = meta.docs.lines().map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end()).collect();
    let english = lines.join("\n").trim().to_owned();
    match language {
        Language::English => (english, true),
        Language::Japanese => rules::docs_ja(meta).map_or((english, false), |japanese| (japanese.to_owned(), true)),
    }
}

/// The messages of a rule, with the names of their arguments where these stand.
fn messages<'a>(meta: &Meta, wording: &Wording) -> Vec<(&'a str, String, Option<String>)> {
    // What has no value is printed by Fluent as `{$name}`.
    let named = |text: String| text.replace("{$", "‹").replace('}', "›");
    let messages = rules::messages(meta).into_iter();
    messages.filter_map(|id| Some((id, named(wording.find(id, None, &[])?), wording.remedy(id, &[]).map(named)))).collect()
}

#[cfg(test)]
mod tests {
    use sekisho_engine::explain::explain;

    use super::*;

    fn wording(language: Language) -> Wording {
        let files = match language {
            Language::English => [sekisho_engine::FTL_EN, sekisho_engine::EXPLAIN_FTL_EN, crate::FTL_EN],
            Language::Japanese => [sekisho_engine::FTL_JA, sekisho_engine::EXPLAIN_FTL_JA, crate::FTL_JA],
        };
        Wording::new(language, &files)
    }

    /// Without the escape sequences of colours.
    fn plain(text: &str) -> String {
        let mut parts = text.split('\u{1b}');
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |out, part| out + part.split_once('m').map_or("", |(_, rest)| rest))
    }

    const DENIED: &str = "AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/exec/0a is not authorized to perform: ssm:GetParameters on resource: arn:aws:ssm:eu-west-1:123456789012:parameter/a/b with an explicit deny in a service control policy";

    #[test]
    fn a_message_is_told_with_its_policy_its_proof_its_remedy_and_its_commands() {
        let told = plain(&explanation_text(&explain(DENIED), &wording(Language::English)));
        let starts: Vec<String> = told.lines().map(|line| line.chars().take(44).collect()).collect();
        insta::assert_snapshot!(starts.join("\n"), @r"
        recognised: parameter-denied
          The execution role may not call `ssm:GetPa
          which policy: a service control policy of 
          proof: The end of the message says which p
          remedy: Allow `ssm:GetParameters` on exact
          it names: parameters /a/b · action ssm:Get
            $ aws iam simulate-principal-policy --po
            $ aws iam list-attached-role-policies --
        ");
        let japanese = plain(&explanation_text(&explain(DENIED), &wording(Language::Japanese)));
        assert!(japanese.contains("拒否したポリシー: 組織のサービスコントロールポリシー") && japanese.contains("確かめ方: "), "{japanese}");
    }

    #[test]
    fn machines_get_ids_that_are_the_same_in_both_languages() {
        let json = |language| explanation_json(&explain(DENIED), &wording(language));
        let (english, japanese) = (json(Language::English), json(Language::Japanese));
        for member in ["class", "confidence", "topic", "extracted", "commands"] {
            assert_eq!(english.pointer(&format!("/matches/0/{member}")), japanese.pointer(&format!("/matches/0/{member}")));
        }
        assert_ne!(english.pointer("/matches/0/cause"), japanese.pointer("/matches/0/cause"));
        assert_eq!(english.pointer("/matches/0/extracted/layer"), Some(&Value::from("scp")));
    }

    #[test]
    fn a_rule_has_its_page_in_both_languages() {
        let Some(meta) = rules::find("sek0306") else { panic!("no rule") };
        let english = plain(&rule_text(meta, &wording(Language::English)));
        assert!(english.starts_with("SEK0306 credential-in-url (error)\n\nA URL, or a connection string"), "{english}");
        assert!(english.contains("remedy: keep the whole URL in a store"), "{english}");
        let japanese = plain(&rule_text(meta, &wording(Language::Japanese)));
        assert!(japanese.contains("URL または接続文字列の中にパスワードがあります") && !japanese.contains("英語のみ"), "{japanese}");
        assert!(!english.contains("{$") && !japanese.contains("{$"));
    }

    #[test]
    fn what_the_text_does_not_show_stands_below_as_possible() {
        let told = plain(&explanation_text(&explain("unable to pull secrets or registry auth"), &wording(Language::English)));
        let (found, besides) = told.split_once("It may also be:").unwrap_or_default();
        assert!(found.starts_with("not enough of it: secrets-envelope"), "{told}");
        assert!(besides.contains("secrets-manager-unreachable") && besides.contains("ecr-auth-unreachable"), "{told}");
    }
}
