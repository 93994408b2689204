//! `application/x-www-form-urlencoded`, and the encoding of URIs in signatures.

/// The members of a form or a query string, decoded, in order. What is no UTF-8 is replaced.
pub(super) fn parse(form: &[u8]) -> impl Iterator<Item = (String, String)> {
    form.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()).map(|pair| {
        let mut halves = pair.splitn(2, |byte| *byte == b'=');
        let mut next = || decode(halves.next().unwrap_or_default());
        (next(), next())
    })
}

fn decode(text: &[u8]) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.iter().copied();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut digits = rest.clone();
                let pair = digits.next().and_then(hex_digit).zip(digits.next().and_then(hex_digit));
                match pair {
                    Some((high, low)) => {
                        rest = digits;
                        high * 16 + low
                    }
                    None => b'%',
                }
            }
            other => other,
        });
    }
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

fn hex_digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// As SigV4 encodes: every byte but the unreserved ones of RFC 3986, and `/` in paths.
pub(super) fn encode(text: &str, keep_slash: bool) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || (keep_slash && byte == b'/') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_decoded() {
        let form: Vec<_> = parse(b"Action=Get+It&x=%E9%96%A2%25&empty=&bare&broken=%zz").collect();
        let expected = [("Action", "Get It"), ("x", "関%"), ("empty", ""), ("bare", ""), ("broken", "%zz")];
        assert_eq!(form, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert_eq!(encode("a b/~関", true), "a%20b/~%E9%96%A2");
    }
}
