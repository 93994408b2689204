//! SEK0227 white-space-around-value.

use crate::Finding;
use crate::environment::value_for;

rule! {
    /// White space or a line break in front of or behind a value. It is handed to the container as it is; a shell's `echo` into a store leaves one.
    "SEK0227" "white-space-around-value" Warning WhiteSpaceAroundValue |case, findings| {
        for reference in case.references {
            let Some(value) = value_for(case, reference) else { continue };
            // Keys in PEM form end with a line break, and are read with it.
            let text = value.expose();
            if text.trim() != text && !text.contains("-----BEGIN") {
                findings.push(Finding::new(&META, &reference.address()).at(&reference.source));
            }
        }
    }
}
