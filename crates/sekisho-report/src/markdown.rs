//! Markdown, for pull requests and job summaries.

use sekisho_model::Source;

use crate::{Told, Wording, escape};

/// Findings under `title` and `summary`, as a table.
pub fn markdown(title: &str, summary: &str, told: &[Told], untold: usize, wording: &Wording) -> String {
    let mut out = format!("## {title}\n\n{}\n", markdown_text(summary));
    if !told.is_empty() {
        let heading = |id: &str| markdown_text(&wording.text(id, &[]));
        let headings = ["markdown-severity", "markdown-rule", "markdown-where", "markdown-what"].map(heading);
        out += &format!("\n| {} |\n|---|---|---|---|\n", headings.join(" | "));
    }
    for one in told {
        let finding = &one.finding;
        let severity = if finding.undecided { "undecided" } else { finding.severity.as_str() };
        let mut place = markdown_text(&finding.address);
        if let Some(Source::Place(at)) = &finding.source {
            place += &format!("<br>{}", markdown_text(&at.to_string()));
        }
        let mut what = markdown_text(&wording.text(finding.message, &finding.args));
        for said in one.says(wording) {
            what += &format!("<br>{}", markdown_text(&said));
        }
        if let Some(remedy) = wording.remedy(finding.message, &finding.args) {
            what += &format!("<br>{}: {}", markdown_text(&wording.text("remedy", &[])), markdown_text(&remedy));
        }
        let severity = markdown_text(&wording.text(&format!("severity-{severity}"), &[]));
        out += &format!("| {severity} | {} {} | {place} | {what} |\n", finding.rule.id, markdown_text(finding.rule.name));
    }
    if untold > 0 {
        out += &format!("\n{}\n", markdown_text(&wording.text("check-untold", &[("count", untold.to_string())])));
    }
    out
}

/// `text` as Markdown that says nothing but this text: no markup, no HTML, no link, and nobody is mentioned. Whatever means something to Markdown becomes a
/// character reference (CommonMark §2.5); an empty comment keeps GitHub from finding `@name`, `#1` and `www.` in what is left.
pub fn markdown_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let escaped = escape(text);
    let mut previous = ' ';
    let mut characters = escaped.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '@' | '#' => out += &format!("&#{};<!-- -->", u32::from(character)),
            '.' if previous == 'w' => out += "&#46;<!-- -->",
            // GitHub makes a link of whatever begins like a URL.
            ':' if characters.peek() == Some(&'/') => out += "&#58;",
            '&' | '<' | '>' | '|' | '*' | '_' | '[' | ']' | '(' | ')' | '!' | '\\' | '`' | '~' | '"' | '\'' | '$' | '{' | '}' | '+'
            | '=' => {
                out += &format!("&#{};", u32::from(character));
            }
            other => out.push(other),
        }
        previous = character;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        assert_eq!(markdown_text("a|b"), "a&#124;b");
        assert_eq!(markdown_text("<img src=x>"), "&#60;img src&#61;x&#62;");
        assert_eq!(markdown_text("[x](https://e.example)"), "&#91;x&#93;&#40;https&#58;//e.example&#41;");
        assert_eq!(markdown_text("@user #1"), "&#64;<!-- -->user &#35;<!-- -->1");
        assert_eq!(markdown_text("www.e.example"), "www&#46;<!-- -->e.example");
        assert_eq!(markdown_text("a\nb"), "a&#92;u&#123;a&#125;b");
    }
}
