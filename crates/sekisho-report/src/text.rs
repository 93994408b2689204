//! For a terminal. Colours are always written; the stream takes them out where they are not wanted.

use std::collections::BTreeSet;

use anstyle::{AnsiColor, Style};
use comfy_table::{Cell, ContentArrangement, Table, presets};
use sekisho_engine::{Confidence, Finding, Severity, Verdict};
use sekisho_model::Source;

use crate::check::who_says;
use crate::{AccessCounts, Stored, Told, Verification, Wording, check_text, escape};

/// The styles of the house.
pub mod style {
    use super::{AnsiColor, Style};

    /// Errors and failures.
    pub const ERROR: Style = AnsiColor::Red.on_default().bold();
    /// Warnings and what cannot be told.
    pub const WARNING: Style = AnsiColor::Yellow.on_default().bold();
    /// Notes.
    pub const NOTE: Style = AnsiColor::Cyan.on_default();
    /// What is proved or done.
    pub const GOOD: Style = AnsiColor::Green.on_default().bold();
    /// Places and asides.
    pub const DIM: Style = Style::new().dimmed();
    /// Names.
    pub const STRONG: Style = Style::new().bold();
}

pub(crate) use anstyle::Style as Painted;

/// `text` in `style`.
pub(crate) fn paint(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// Rows under headings, aligned by the width that a terminal gives to each character. Cells are escaped unless they come painted from here.
pub fn table(headings: &[String], rows: Vec<Vec<String>>) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(headings.iter().map(|heading| Cell::new(paint(style::DIM, heading))));
    for row in rows {
        table.add_row(row.into_iter().map(Cell::new));
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    let lines: Vec<String> = table.lines().map(|line| format!("  {}", line.trim_end())).collect();
    lines.join("\n") + "\n"
}

/// A whole verification.
pub fn verification_text(report: &Verification<'_>, wording: &Wording) -> String {
    let mut out = String::new();
    let say = |id: &str, args: &[(&str, String)]| wording.text(id, args);
    let head = [
        ("environment", report.environment.unwrap_or("-").to_owned()),
        ("account", report.account.clone()),
        ("region", report.region.clone()),
        ("endpoint", report.endpoint.clone()),
    ];
    let title = if report.environment.is_some() { "verify-title" } else { "verify-title-plain" };
    out += &format!("{}\n", paint(style::STRONG, &say(title, &head)));
    for change in &report.changes {
        let args = [
            ("target", change.target.clone()),
            ("version", change.version.clone()),
            ("origin", say(change.origin, &[("name", change.origin_name.clone())])),
        ];
        out += &format!("  {} {}\n", paint(style::GOOD, "+"), say(change.action, &args));
    }
    let headings: Vec<String> =
        ["heading-service", "heading-container", "heading-variable", "heading-store", "heading-name", "heading-version", "heading-verdict"]
            .iter()
            .map(|id| say(id, &[]))
            .collect();
    let rows = report.references.iter().zip(&report.judgement.verdicts).map(|(reference, verdict)| {
        let stored = Stored::of(reference, report.observations);
        let name = match &stored.json_key {
            Some(key) => format!("{} [{key}]", stored.name),
            None => stored.name.clone(),
        };
        let version = stored.version.map(|version| version.chars().take(8).collect::<String>()).unwrap_or_else(|| "-".to_owned());
        let (paint_as, word) = match verdict.verdict {
            Verdict::Pass => (style::GOOD, "verdict-pass"),
            Verdict::Fail => (style::ERROR, "verdict-fail"),
            Verdict::CannotTell => (style::WARNING, "verdict-cannot-tell"),
        };
        let plain = |text: &str| escape(text).into_owned();
        vec![
            plain(&reference.service),
            plain(&reference.container),
            plain(&reference.name),
            if stored.store.is_empty() { "-".to_owned() } else { stored.store.to_owned() },
            plain(&name),
            plain(&version),
            paint(paint_as, &say(word, &[])),
        ]
    });
    let rows: Vec<_> = rows.collect();
    if !rows.is_empty() {
        out.push('\n');
        out += &table(&headings, rows);
    }
    for told in &report.told {
        out.push('\n');
        out += &told_text(told, wording);
    }
    let assumptions: BTreeSet<&str> = report.judgement.verdicts.iter().flat_map(|verdict| verdict.assumptions.iter().copied()).collect();
    if !assumptions.is_empty() {
        out.push('\n');
        for assumption in assumptions {
            out += &paint(style::DIM, &format!("{}: {}", say("assumed", &[]), say(assumption, &[])));
            out.push('\n');
        }
    }
    out.push('\n');
    let access = AccessCounts::of(report.access);
    if access.roles > 0 {
        let count = |name, count: usize| (name, count.to_string());
        let counts = [
            count("roles", access.roles),
            count("calls", access.calls),
            count("allowed", access.allowed),
            count("denied", access.denied),
            count("unknown", access.cannot_tell),
        ];
        out += &say("verify-access-counts", &counts);
        out.push('\n');
    }
    let judgement = report.judgement;
    let worst = if judgement.count(Verdict::Fail) > 0 {
        style::ERROR
    } else if judgement.count(Verdict::CannotTell) > 0 {
        style::WARNING
    } else {
        style::GOOD
    };
    out += &paint(worst, &verification_summary(report, wording));
    out.push('\n');
    out
}

/// How many references in how many services, and what became of them.
pub fn verification_summary(report: &Verification<'_>, wording: &Wording) -> String {
    let judgement = report.judgement;
    let created = report.changes.iter().filter(|change| !change.version.is_empty()).count();
    let counts = [
        ("references", report.references.len().to_string()),
        ("services", report.services.to_string()),
        ("pass", judgement.count(Verdict::Pass).to_string()),
        ("fail", judgement.count(Verdict::Fail).to_string()),
        ("unknown", judgement.count(Verdict::CannotTell).to_string()),
        ("created", if report.creating { created.to_string() } else { "none".to_owned() }),
    ];
    wording.text("verify-counts", &counts)
}

/// One finding: severity, rule, address, place, message, remedy.
pub fn finding_text(finding: &Finding, wording: &Wording) -> String {
    told_text(&Told::from(finding), wording)
}

/// One finding with its line and with what ECS would say.
pub fn told_text(told: &Told, wording: &Wording) -> String {
    let finding = &told.finding;
    let (paint_as, word) = severity_of(finding);
    let likely = if finding.confidence == Confidence::Likely && !finding.undecided {
        format!(" {}", paint(style::DIM, &format!("({})", wording.text("likely", &[]))))
    } else {
        String::new()
    };
    let mut out = format!(
        "{} {} {}{likely}\n",
        paint(paint_as, &format!("{}[{}]", wording.text(word, &[]), finding.rule.id)),
        paint(style::STRONG, &escape(&finding.address)),
        paint(style::DIM, finding.rule.name),
    );
    out += &format!("  {}\n", wording.text(finding.message, &finding.args));
    let arrow = paint(style::DIM, "-->");
    if let Some(place) = finding.source.as_ref().and_then(place_of) {
        out += &format!("  {arrow} {}\n", escape(&place));
    }
    out += &check_text::excerpt_lines(told, paint_as);
    for place in &finding.related {
        out += &format!("  {arrow} {}\n", escape(&place.to_string()));
    }
    for said in &told.ecs_says {
        let who = format!("{}:", who_says(said.by, said.confidence, wording));
        out += &format!("  {} {}\n", paint(style::DIM, &who), escape(&said.text));
    }
    if let Some(remedy) = wording.remedy(finding.message, &finding.args) {
        out += &format!("  {} {remedy}\n", paint(style::GOOD, &format!("{}:", wording.text("remedy", &[]))));
    }
    out
}

/// The colour and the word for how bad a finding is.
fn severity_of(finding: &Finding) -> (Style, &'static str) {
    match finding.severity {
        _ if finding.undecided => (style::WARNING, "severity-undecided"),
        Severity::Error => (style::ERROR, "severity-error"),
        Severity::Warning => (style::WARNING, "severity-warning"),
        Severity::Note => (style::NOTE, "severity-note"),
    }
}

fn place_of(source: &Source) -> Option<String> {
    match source {
        Source::Place(place) => Some(place.to_string()),
        Source::Call(_) | Source::Flag(_) | Source::Derived(_) => None,
    }
}
