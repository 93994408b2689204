//! JUnit's XML, which most CI systems show: one suite for each file, one case for each finding.

use std::collections::BTreeMap;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};
use sekisho_engine::Severity;
use sekisho_model::Source;

use crate::{Told, Wording, escape};

/// Errors and warnings of `told` are failures, what cannot be told is skipped, notes pass; each of `inputs` in which nothing was found is a case that
/// passed. `None` where the XML cannot be written.
pub fn junit(title: &str, told: &[Told], inputs: &[&str], wording: &Wording) -> Option<String> {
    let mut files: BTreeMap<String, Vec<&Told>> = inputs.iter().map(|file| (escape(file).into_owned(), Vec::new())).collect();
    for one in told {
        let file = match &one.finding.source {
            Some(Source::Place(place)) => escape(&place.file).into_owned(),
            _ => "-".to_owned(),
        };
        files.entry(file).or_default().push(one);
    }
    let mut report = Report::new(title);
    for (file, findings) in files {
        let mut suite = TestSuite::new(file.clone());
        if findings.is_empty() {
            suite.add_test_case(named(&file, &wording.text("junit-nothing", &[]), TestCaseStatus::success()));
        }
        for one in findings {
            suite.add_test_case(case(&file, one, wording));
        }
        report.add_test_suite(suite);
    }
    report.to_string().ok().map(|text| text + "\n")
}

fn named(file: &str, name: &str, status: TestCaseStatus) -> TestCase {
    let mut case = TestCase::new(name.to_owned(), status);
    case.set_classname(file.to_owned());
    case
}

fn case(file: &str, told: &Told, wording: &Wording) -> TestCase {
    let finding = &told.finding;
    let message = wording.text(finding.message, &finding.args);
    let mut text = String::new();
    if let Some(Source::Place(place)) = &finding.source {
        text += &format!("{}\n", escape(&place.to_string()));
    }
    for said in told.says(wording) {
        text += &format!("{said}\n");
    }
    if let Some(remedy) = wording.remedy(finding.message, &finding.args) {
        text += &format!("{}: {remedy}\n", wording.text("remedy", &[]));
    }
    let mut status = match finding.severity {
        _ if finding.undecided => TestCaseStatus::skipped(),
        Severity::Error | Severity::Warning => TestCaseStatus::non_success(NonSuccessKind::Failure),
        Severity::Note => TestCaseStatus::success(),
    };
    status.set_message(message);
    if let TestCaseStatus::NonSuccess { .. } = &status {
        status.set_type(finding.severity.as_str());
    }
    status.set_description(text);
    named(file, &format!("{} {} {}", finding.rule.id, finding.rule.name, escape(&finding.address)), status)
}
