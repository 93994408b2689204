//! Points in time: W3C's profile of ISO 8601, or seconds since 1970.

/// Nanoseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Moment(i128);

impl Moment {
    /// None for what is neither, and for four digits, which would be both.
    pub(super) fn parse(text: &str) -> Option<Self> {
        if text.len() > 64 {
            return None;
        }
        let digits = text.strip_prefix('-').unwrap_or(text);
        if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            // Four digits are a year as well; more than eleven seem to be milliseconds, of which the guide does not speak.
            let unclear = digits.len() == 4 || digits.len() > 11;
            return if unclear { None } else { text.parse::<i128>().ok().map(|seconds| Self(seconds * 1_000_000_000)) };
        }
        iso(text)
    }
}

fn iso(text: &str) -> Option<Moment> {
    let (date, time) = match text.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let mut parts = date.split('-');
    let year = field(parts.next()?, 4)?;
    let month = parts.next().map_or(Some(1), |part| field(part, 2))?;
    let day = parts.next().map_or(Some(1), |part| field(part, 2))?;
    if parts.next().is_some() || !(1..=12).contains(&month) || !(1..=days_in(year, month)).contains(&day) {
        return None;
    }
    let mut nanoseconds = i128::from(days_since_1970(year, month, day)) * 86_400 * 1_000_000_000;
    if let Some(time) = time {
        nanoseconds += of_day(time)?;
    }
    Some(Moment(nanoseconds))
}

/// A time of day with its zone, which W3C's profile demands.
fn of_day(text: &str) -> Option<i128> {
    let (time, offset) = match text.strip_suffix('Z') {
        Some(time) => (time, 0),
        None => {
            let at = text.rfind(['+', '-'])?;
            let (time, zone) = text.split_at_checked(at)?;
            let sign = if zone.starts_with('-') { -1 } else { 1 };
            let (hours, minutes) = zone.get(1..)?.split_once(':')?;
            let (hours, minutes) = (field(hours, 2)?, field(minutes, 2)?);
            if hours > 23 || minutes > 59 {
                return None;
            }
            (time, sign * (hours * 60 + minutes))
        }
    };
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let mut parts = time.split(':');
    let (hours, minutes) = (field(parts.next()?, 2)?, field(parts.next()?, 2)?);
    let seconds = parts.next().map_or(Some(0), |part| field(part, 2))?;
    if parts.next().is_some() || hours > 23 || minutes > 59 || seconds > 60 {
        return None;
    }
    if fraction.is_empty() || fraction.len() > 9 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let nanoseconds: i128 = format!("{fraction:0<9}").parse().ok()?;
    Some((i128::from((hours * 60 + minutes - offset) * 60 + seconds)) * 1_000_000_000 + nanoseconds)
}

fn field(text: &str, length: usize) -> Option<i64> {
    (text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 => 29,
        2 => 28,
        _ => 31,
    }
}

/// Counts from the first of March, so that the leap day is the last of the year.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let era_days = 365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    era_days + (153 * month + 2) / 5 + day - 1 - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ways_to_write_a_moment_agree() {
        let moment = |text| Moment::parse(text).unwrap();
        assert_eq!(moment("2026-11-24T00:00:00Z"), moment("1795478400"));
        assert_eq!(moment("2026-11-24T09:00:00+09:00"), moment("2026-11-24"));
        assert_eq!(moment("2000-03-01"), moment("951868800"));
        assert_eq!(moment("1970-01"), moment("0"));
        assert_eq!(moment("1969-12-31T23:59Z"), moment("-60"));
        assert!(moment("2026-11-24T00:00:00.5Z") > moment("2026-11-24T00:00:00.25Z"));
    }

    #[test]
    fn what_is_no_moment_is_none() {
        for text in [
            "",
            "2026",
            "2026-13-01",
            "2026-02-29",
            "2026-11-24T00:00:00",
            "24.11.2026",
            "2026-11-24 00:00:00Z",
            "1795478400000",
            "T00:00Z",
        ] {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
    }
}
