//! SEK0129 dangling-principal.

use sekisho_model::policy::PrincipalType;

rule! {
    /// A unique id (`AROA…`, `AIDA…`) where a principal's ARN should stand: the role or user that was meant no longer exists.
    ///
    /// When a policy is saved, AWS keeps the principal's unique id, and shows the ARN as long as there is somebody of that id. Once the role is deleted
    /// the id is what is left, and a new role of the same name is not meant by it. Name the role's ARN again, or take the statement out.
    "SEK0129" "dangling-principal" Error DanglingPrincipal |case, findings| {
        for stated in case.statements() {
            for entry in stated.statement.principal.iter().flat_map(|principals| &principals.entries) {
                let id = entry.text.text.as_str();
                let is_id = ["AROA", "AIDA"].iter().any(|prefix| id.starts_with(prefix)) && id.len() >= 16 && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
                if entry.kind == PrincipalType::Aws && is_id {
                    let what = if id.starts_with("AROA") { "role" } else { "user" };
                    findings.push(stated.finding(&META, entry.text.place.as_ref()).with("id", id).with("what", what));
                }
            }
        }
    }
}
