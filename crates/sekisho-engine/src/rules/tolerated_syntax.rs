//! SEK0907 tolerated-syntax.

use super::on_file;
use crate::Severity;
use crate::file::FileKind;

rule! {
    /// Something in a file that Sekisho reads over and other programs refuse: comments in JSON, a comma behind the last entry.
    ///
    /// A comma that is missing is a warning: nobody meant it, and no other program guesses that it should be there.
    ///
    /// `aws ecs register-task-definition --cli-input-json` takes JSON without either.
    "SEK0907" "tolerated-syntax" Note ToleratedSyntax |case, findings| {
        findings.extend(case.files.iter().filter(|fact| fact.kind == FileKind::Tolerated).map(|fact| {
            let finding = on_file(&META, fact);
            if fact.message == "json-note-missing-comma" { finding.as_bad_as(Severity::Warning) } else { finding }
        }));
    }
}
