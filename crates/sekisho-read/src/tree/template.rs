//! How far a placeholder goes that another program was to fill in.

/// Opening and closing marks of placeholders that may have anything inside, longest first: GitHub Actions; shells, CloudFormation and Terraform; Go
/// templates, Jinja and ecspresso; Jinja's and Terraform's statements; ERB and Genshi; `@@NAME@@`.
const MARKS: [(&str, &str); 8] =
    [("${{", "}}"), ("${", "}"), ("$(", ")"), ("{{", "}}"), ("{%", "%}"), ("%{", "}"), ("<%", "%>"), ("@@", "@@")];

/// The bytes of the placeholder with which `text` begins.
pub(super) fn length(text: &str) -> Option<usize> {
    for (open, close) in MARKS {
        let Some(inside) = text.strip_prefix(open) else { continue };
        let length = if close == "}" || close == ")" { balanced(inside, close) } else { inside.find(close) };
        return length.map(|length| open.len() + length + close.len());
    }
    let (first, rest) = (text.chars().next()?, text.get(1..).unwrap_or_default());
    let name = |rest: &str| rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(byte)).count();
    match first {
        '$' => Some(1 + name(rest)).filter(|length| *length > 1),
        '%' | '<' => {
            let close = if first == '%' { '%' } else { '>' };
            let length = if first == '%' { name(rest) } else { rest.find(['>', '\n', '"', '<'])? };
            (length > 0 && rest.get(length..)?.starts_with(close)).then_some(length + 2)
        }
        _ => None,
    }
}

/// Where the closing mark stands that belongs to an opening one, over braces and quoted texts inside: `lookup(map, "}")`.
fn balanced(inside: &str, close: &str) -> Option<usize> {
    let (opening, closing) = if close == "}" { (b'{', b'}') } else { (b'(', b')') };
    let mut depth = 0_usize;
    let mut quoted = false;
    let mut escaped = false;
    for (at, byte) in inside.bytes().enumerate() {
        if quoted {
            quoted = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
        } else if byte == b'"' {
            quoted = true;
        } else if byte == opening {
            depth += 1;
        } else if byte == closing {
            if depth == 0 {
                return Some(at);
            }
            depth -= 1;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_placeholder_ends_where_its_program_ends_it() {
        for (text, placeholder) in [
            ("${cpu},", "${cpu}"),
            ("${{ secrets.X }} }", "${{ secrets.X }}"),
            ("${jsonencode({a = \"}\"})}\n", "${jsonencode({a = \"}\"})}"),
            ("{{ must_env `CPU` }}}", "{{ must_env `CPU` }}"),
            ("%{ for x in xs ~}{", "%{ for x in xs ~}"),
            ("{% if x %}", "{% if x %}"),
            ("<%= x %>", "<%= x %>"),
            ("<REGION>,", "<REGION>"),
            ("%NAME%", "%NAME%"),
            ("@@X@@", "@@X@@"),
            ("$VAR,", "$VAR"),
            ("$(pass show x)]", "$(pass show x)"),
        ] {
            assert_eq!(length(text).and_then(|length| text.get(..length)), Some(placeholder), "{text}");
        }
        for text in ["$", "%", "% a %", "<", "<\n>", "{a}", "${", "a", "関", ""] {
            assert_eq!(length(text), None, "{text}");
        }
    }
}
