//! Annotations of GitHub Actions: one workflow command a line (GitHub, "Workflow commands", "Setting an error message").

use sekisho_engine::Severity;
use sekisho_model::Source;

use crate::{Told, Wording, escape};

/// One annotation for each of `told`, and `summary` as a last one.
pub fn github(told: &[Told], summary: &str, wording: &Wording) -> String {
    let mut out = String::new();
    for one in told {
        let finding = &one.finding;
        let command = match finding.severity {
            _ if finding.undecided => "notice",
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let mut properties = Vec::new();
        if let Some(Source::Place(place)) = &finding.source {
            properties.push(format!("file={}", property(&place.file)));
            properties.push(format!("line={}", place.line));
            properties.push(format!("col={}", place.column));
        }
        properties.push(format!("title={}", property(&format!("{} {}", finding.rule.id, finding.rule.name))));
        let mut message = format!("{}: {}", escape(&finding.address), wording.text(finding.message, &finding.args));
        for said in one.says(wording) {
            message += &format!("\n{said}");
        }
        if let Some(remedy) = wording.remedy(finding.message, &finding.args) {
            message += &format!("\n{}: {remedy}", wording.text("remedy", &[]));
        }
        out += &format!("::{command} {}::{}\n", properties.join(","), data(&message));
    }
    out += &format!("::notice title=sekisho::{}\n", data(summary));
    out
}

/// Text behind the second `::`. The runner decodes `%25`, `%0D` and `%0A`, and ends the command at a line break.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Text of a property, in which `:` and `,` mean something besides.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_ends_no_command_and_begins_none() {
        assert_eq!(data("50% of\r\n::error::x"), "50%25 of%0D%0A::error::x");
        assert_eq!(property("a,b:c%"), "a%2Cb%3Ac%25");
    }
}
