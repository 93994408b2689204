//! SEK0907 tolerated-syntax.

use super::on_file;
use crate::file::FileKind;

rule! {
    /// Something in a file that Sekisho reads over and other programs refuse: comments in JSON, a comma behind the last entry.
    ///
    /// `aws ecs register-task-definition --cli-input-json` takes JSON without either.
    "SEK0907" "tolerated-syntax" Note ToleratedSyntax |case, findings| {
        findings.extend(case.files.iter().filter(|fact| fact.kind == FileKind::Tolerated).map(|fact| on_file(&META, fact)));
    }
}
