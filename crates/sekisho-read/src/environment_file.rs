//! Environment files, exactly as the ECS agent reads them.

use sekisho_model::{Secret, Spanned};

use crate::problem::{ENVIRONMENT_FILE_LONG_LINE, Problem, Problems};
use crate::text::{MEBIBYTE, Text};
use crate::values::Values;

/// Longest line in bytes, its `\r` included: Go's `bufio.Scanner` gives up where its 65,536 bytes are full without a line break.
const LONGEST_LINE: usize = 65_535;

/// Reads an environment file of a container (`environmentFiles`), at most 10 MiB, as the ECS agent does; its rules are not those of dotenv.
///
/// Lines that begin with `#` (no blank before it) and lines without `=` are skipped. The name is everything before the first `=`, blanks and `export `
/// included; where it is empty the line is skipped. The value is the rest of the line as it stands: quotation marks and blanks belong to it. One `\r` at
/// the end of a line is taken off. A byte-order mark belongs to the first name. The order of the file and duplicates are kept; the last one counts
/// within a file.
///
/// Source: facts/ecs.md §3.7 (`agent/taskresource/envFiles/envfile.go`).
///
/// # Errors
/// A line of more than 65,535 bytes, on which the agent fails and the task with it; bytes that are no UTF-8; a larger file. No value is repeated.
pub fn environment_file(file: &str, bytes: &[u8]) -> Result<Values, Problems> {
    let text = Text::keeping_mark(file, bytes, 10 * MEBIBYTE)?;
    let mut values = Values::new();
    let mut problems = Vec::new();
    let mut at = 0;
    for whole in text.content.split_inclusive('\n') {
        let start = at;
        at += whole.len();
        let line = whole.strip_suffix('\n').unwrap_or(whole);
        if line.len() > LONGEST_LINE {
            problems.push(Problem::at(ENVIRONMENT_FILE_LONG_LINE, text.place(start, start + line.len())));
            continue;
        }
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.starts_with('#') {
            continue;
        }
        let Some((name, value)) = line.split_once('=').filter(|(name, _)| !name.is_empty()) else { continue };
        let name = Spanned::new(name.to_owned(), text.place(start, start + name.len()));
        values.push((name, Secret::new(value.to_owned())));
    }
    if problems.is_empty() { Ok(values) } else { Err(Problems::new(problems)) }
}
