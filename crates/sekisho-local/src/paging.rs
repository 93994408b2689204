//! Pages of lists that are sorted by a key. A token is the key of the last item shown, so that it stays good when items come and go.

use crate::api::ApiError;
use crate::bytes64;

/// A page, and the token of the next one.
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
    pub(crate) next: Option<String>,
}

/// Up to `limit` of `items`, which are sorted by their keys, from behind `token` on. A token that was not made here is answered with `invalid`.
pub(crate) fn page<T>(items: Vec<(String, T)>, limit: usize, token: Option<&str>, invalid: fn() -> ApiError) -> Result<Page<T>, ApiError> {
    let after = token.map(|token| read(token).ok_or_else(invalid)).transpose()?;
    let mut rest = items.into_iter().filter(|(key, _)| after.as_ref().is_none_or(|after| key > after)).peekable();
    let (mut shown, mut last) = (Vec::new(), String::new());
    while shown.len() < limit
        && let Some((key, item)) = rest.next()
    {
        shown.push(item);
        last = key;
    }
    let next = rest.peek().map(|_| bytes64::encode(format!("sekisho:{last}").as_bytes()));
    Ok(Page { items: shown, next })
}

fn read(token: &str) -> Option<String> {
    let text = String::from_utf8(bytes64::decode(token)?.to_vec()).ok()?;
    text.strip_prefix("sekisho:").map(str::to_owned)
}

/// A limit that was checked before, or the service's default.
pub(crate) fn limit(asked: Option<i64>, default: usize) -> usize {
    asked.and_then(|asked| usize::try_from(asked).ok()).unwrap_or(default)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_join_to_the_whole() {
        let items = || ('a'..='g').map(|letter| (letter.to_string(), letter)).collect::<Vec<_>>();
        let invalid = || ApiError::new("InvalidNextToken", "");
        let (mut all, mut token) = (String::new(), None);
        loop {
            let page = page(items(), 3, token.as_deref(), invalid).unwrap();
            all.extend(page.items);
            token = page.next;
            if token.is_none() {
                break;
            }
        }
        assert_eq!(all, "abcdefg");
        assert!(page(items(), 7, None, invalid).unwrap().next.is_none());
        assert!(page(items(), 7, Some("x"), invalid).is_err());
    }
}
