//! `schema`: JSON Schemas for editors and for whoever reads our output.

use crate::cli::{Schema, SchemaOf};
use crate::failure::Outcome;
use crate::session::Session;

pub(super) fn run(session: &Session, arguments: &Schema) -> Outcome {
    let schema = match arguments.of {
        SchemaOf::Manifest => sekisho_read::manifest_schema(),
        SchemaOf::Report => sekisho_report::report_schema(),
    };
    session.print(&format!("{schema:#}\n"));
    Ok(0)
}
