//! A check, for a terminal.

use sekisho_engine::predict::Fate;

use crate::check::who_says;
use crate::text::{Painted, paint, style};
use crate::{Check, Excerpt, Told, Wording, escape, told_text};

/// Most earlier findings that are named as gone; the rest is counted.
const GONE: usize = 20;

/// A whole check.
pub fn check_text(check: &Check, wording: &Wording) -> String {
    let mut out = String::new();
    for told in &check.findings {
        out += &told_text(told, wording);
        out.push('\n');
    }
    out += &fates(check, wording);
    if check.untold() > 0 {
        out += &format!("{}\n\n", paint(style::WARNING, &wording.text("check-untold", &[("count", check.untold().to_string())])));
    }
    for gone in check.gone.iter().take(GONE) {
        let args = [("rule", gone.rule.clone()), ("path", gone.path.clone()), ("address", gone.address.clone())];
        out += &format!("{}\n", paint(style::GOOD, &wording.text("check-gone", &args)));
    }
    if !check.gone.is_empty() {
        let count: usize = check.gone.iter().map(|gone| gone.count).sum();
        out += &format!("{}\n\n", wording.text("check-gone-count", &[("count", count.to_string())]));
    }
    out += &looked(check, wording);
    out += &format!("{}\n", paint(colour(check), &check_summary(check, wording)));
    let mended = &check.mended;
    if mended.done > 0 {
        out += &format!("{}\n", wording.text("check-mended", &[("count", mended.done.to_string())]));
    } else if mended.possible > 0 {
        out += &format!("{}\n", paint(style::DIM, &wording.text("check-mendable", &[("count", mended.possible.to_string())])));
    }
    out
}

fn colour(check: &Check) -> Painted {
    if check.counts.errors > 0 {
        style::ERROR
    } else if check.counts.warnings + check.counts.undecided > 0 {
        style::WARNING
    } else {
        style::GOOD
    }
}

/// Of each definition that does not start: what ECS would show first, and how much stays behind it.
fn fates(check: &Check, wording: &Wording) -> String {
    let mut out = String::new();
    for prediction in check.predictions.iter().filter(|prediction| matches!(prediction.fate, Fate::Refused | Fate::FailsToStart)) {
        let args = [("definition", prediction.service.clone()), ("fate", prediction.fate.as_str().to_owned())];
        out += &format!("{}\n", paint(style::STRONG, &wording.text("check-fate", &args)));
        for shown in &prediction.first {
            let Some(text) = &shown.text else { continue };
            let behind = wording.text("check-behind", &[("count", prediction.behind(shown).count().to_string())]);
            out += &format!("  {}: {} {}\n", who_says(shown.by, shown.confidence, wording), escape(text), paint(style::DIM, &behind));
        }
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// What was looked at.
fn looked(check: &Check, wording: &Wording) -> String {
    let looked = &check.looked;
    let number = |count: usize| count.to_string();
    let roots: Vec<_> = check.roots.iter().map(|root| escape(root).into_owned()).collect();
    let mut out = wording.text("check-looked", &[("files", number(looked.files)), ("roots", roots.join(", "))]) + "\n";
    for (dialect, count) in &looked.read {
        let what = wording.find(&format!("dialect-{dialect}"), None, &[]).unwrap_or_else(|| (*dialect).to_owned());
        out += &format!("  {}\n", wording.text("check-looked-read", &[("count", number(*count)), ("what", what)]));
    }
    for (id, count) in [
        ("check-looked-refused", looked.refused),
        ("check-looked-terraform", looked.terraform),
        ("check-looked-not-ours", looked.not_ours),
        ("check-looked-left-out", looked.left_out),
    ] {
        if count > 0 {
            out += &format!("  {}\n", wording.text(id, &[("count", number(count))]));
        }
    }
    if looked.ignored + looked.skipped + looked.links > 0 {
        let args = [("ignored", number(looked.ignored)), ("skipped", number(looked.skipped)), ("links", number(looked.links))];
        out += &format!("  {}\n", wording.text("check-looked-skipped", &args));
    }
    out
}

/// The last line: references, definitions, findings.
pub fn check_summary(check: &Check, wording: &Wording) -> String {
    let counts = &check.counts;
    let number = |count: usize| count.to_string();
    if check.definitions + check.policies == 0 && counts.total() == 0 {
        return wording.text("check-nothing", &[]);
    }
    let args = [
        ("references", number(check.references)),
        ("definitions", number(check.definitions)),
        ("policies", number(check.policies)),
        ("failing", number(check.failing)),
        ("errors", number(counts.errors)),
        ("warnings", number(counts.warnings)),
        ("notes", number(counts.notes)),
        ("undecided", number(counts.undecided)),
    ];
    let mut line = wording.text("check-counts", &args);
    for (id, count) in [("check-counts-suppressed", counts.suppressed), ("check-counts-known", counts.known)] {
        if count > 0 {
            line += &wording.text(id, &[("count", number(count))]);
        }
    }
    line
}

/// What would be changed in `file`, as a diff: each line as it is and as it will be, values masked.
pub fn diff_text(file: &str, changes: &[(&Excerpt, &Excerpt)]) -> String {
    let file = escape(file);
    let mut out = format!("{}\n{}\n", paint(style::STRONG, &format!("--- {file}")), paint(style::STRONG, &format!("+++ {file}")));
    for (before, after) in changes {
        out += &format!("{}\n", paint(style::DIM, &format!("@@ -{0} +{0} @@", before.line)));
        out += &format!("{}\n", paint(style::ERROR, &format!("-{}", before.text)));
        out += &format!("{}\n", paint(style::GOOD, &format!("+{}", after.text)));
    }
    out + "\n"
}

/// The lines of an excerpt, with what is meant underlined.
pub(crate) fn excerpt_lines(told: &Told, paint_as: Painted) -> String {
    let Some(excerpt) = &told.excerpt else { return String::new() };
    let number = excerpt.line.to_string();
    let margin = " ".repeat(number.len());
    let bar = paint(style::DIM, "|");
    format!(
        "  {margin} {bar}\n  {} {bar} {}\n  {margin} {bar} {}{}\n",
        paint(style::DIM, &number),
        excerpt.text,
        " ".repeat(excerpt.indent),
        paint(paint_as, &"^".repeat(excerpt.width)),
    )
}
