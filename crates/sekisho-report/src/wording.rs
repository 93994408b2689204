//! Message ids and arguments to words.

use std::fmt;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::LanguageIdentifier;

use crate::escape;

/// A language of ours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Japanese.
    Japanese,
}

impl Language {
    /// The language that a locale such as `ja_JP.UTF-8` asks for; English where it is none of ours.
    pub fn of_locale(locale: &str) -> Self {
        let code = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
        if code.eq_ignore_ascii_case("ja") { Self::Japanese } else { Self::English }
    }

    fn identifier(self) -> LanguageIdentifier {
        let code = match self {
            Self::English => "en",
            Self::Japanese => "ja",
        };
        code.parse().unwrap_or_default()
    }
}

/// The words of one language, from the Fluent files of all rooms.
pub struct Wording {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl fmt::Debug for Wording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Wording({:?})", self.language)
    }
}

impl Wording {
    /// The wording from `files`, of which each is a room's Fluent file in `language`. A file that is no Fluent keeps what can be read of it; tests hold
    /// that all can.
    pub fn new(language: Language, files: &[&str]) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![language.identifier()]);
        // The isolation marks around arguments are bidirectional characters, which terminals show as boxes.
        bundle.set_use_isolating(false);
        for file in files {
            let resource = match FluentResource::try_new((*file).to_owned()) {
                Ok(resource) | Err((resource, _)) => resource,
            };
            bundle.add_resource_overriding(resource);
        }
        Self { language, bundle }
    }

    /// The language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The message `id`. Arguments are escaped; a message that is missing is its id, which a test of each room rules out.
    pub fn text(&self, id: &str, args: &[(&str, String)]) -> String {
        self.find(id, None, args).unwrap_or_else(|| id.to_owned())
    }

    /// The remedy beside the message `id`, where there is one.
    pub fn remedy(&self, id: &str, args: &[(&str, String)]) -> Option<String> {
        self.find(id, Some("remedy"), args)
    }

    /// The message `id`, where there is one.
    pub fn find(&self, id: &str, attribute: Option<&str>, args: &[(&str, String)]) -> Option<String> {
        let message = self.bundle.get_message(id)?;
        let pattern = match attribute {
            Some(attribute) => message.get_attribute(attribute)?.value(),
            None => message.value()?,
        };
        let mut values = FluentArgs::new();
        for (name, value) in args {
            // Numbers choose plurals; everything else is text.
            match value.parse::<u32>() {
                Ok(number) if value.len() < 10 && !value.starts_with('0') || value == "0" => values.set(*name, number_of(value, number)),
                _ => values.set(*name, escape(value).into_owned()),
            }
        }
        let mut errors = Vec::new();
        Some(self.bundle.format_pattern(pattern, Some(&values), &mut errors).into_owned())
    }
}

fn number_of(text: &str, number: u32) -> fluent_bundle::FluentValue<'static> {
    if text == number.to_string() { number.into() } else { text.to_owned().into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_chooses_the_language() {
        for (locale, language) in [
            ("ja_JP.UTF-8", Language::Japanese),
            ("ja", Language::Japanese),
            ("en_GB", Language::English),
            ("C", Language::English),
            ("jam", Language::English),
            ("", Language::English),
        ] {
            assert_eq!(Language::of_locale(locale), language, "{locale}");
        }
    }

    #[test]
    fn arguments_are_escaped_and_numbers_choose_plurals() {
        let wording = Wording::new(Language::English, &["a = { $n ->\n    [one] one thing\n   *[other] { $n } things\n } in { $file }"]);
        let text = |n: &str| wording.text("a", &[("n", n.to_owned()), ("file", "x\x1b[2J".to_owned())]);
        assert_eq!(text("1"), "one thing in x\\u{1b}[2J");
        assert_eq!(text("1000"), "1000 things in x\\u{1b}[2J");
    }
}
