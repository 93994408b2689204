//! Rotation schedules: which are valid, and when the next rotation is due.

use time::{Duration, OffsetDateTime, Time};

use super::error::invalid_parameter;
use super::record::{Rotation, SecretRecord};
use super::stage::{CURRENT, holder};
use crate::api::ApiError;

/// Secrets Manager rotates every four hours at most (botocore, `RotationRulesType`).
const SHORTEST_HOURS: i64 = 4;
const LONGEST_DAYS: i64 = 1000;

/// What a schedule expression says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Schedule {
    Hours(i64),
    Days(i64),
    Cron,
}

/// Refuses rules that Secrets Manager would refuse.
pub(super) fn check_rules(after_days: Option<i64>, schedule: Option<&str>, duration: Option<&str>) -> Result<(), ApiError> {
    if after_days.is_some() && schedule.is_some() {
        return Err(invalid_parameter("You can't specify both AutomaticallyAfterDays and ScheduleExpression in RotationRules."));
    }
    let parsed =
        schedule.map(|text| parse(text).ok_or_else(|| invalid_parameter("RotationRules.ScheduleExpression is invalid."))).transpose()?;
    let Some(duration) = duration else { return Ok(()) };
    let hours: i64 = duration.strip_suffix('h').and_then(|hours| hours.parse().ok()).unwrap_or_default();
    // The window must not reach into the next one or into the next day.
    let longest = match parsed {
        Some(Schedule::Hours(every)) => every.min(24),
        _ => 24,
    };
    if (1..=longest).contains(&hours) { Ok(()) } else { Err(invalid_parameter("RotationRules.Duration is invalid.")) }
}

fn parse(text: &str) -> Option<Schedule> {
    if let Some(cron) = inside(text, "cron") {
        return is_cron(cron).then_some(Schedule::Cron);
    }
    let mut words = inside(text, "rate")?.split(' ');
    let (number, unit) = (words.next()?.parse::<i64>().ok()?, words.next()?);
    match unit {
        _ if words.next().is_some() => None,
        "hour" | "hours" => (SHORTEST_HOURS..=LONGEST_DAYS * 24).contains(&number).then_some(Schedule::Hours(number)),
        "day" | "days" => (1..=LONGEST_DAYS).contains(&number).then_some(Schedule::Days(number)),
        _ => None,
    }
}

fn inside<'a>(text: &'a str, function: &str) -> Option<&'a str> {
    text.strip_prefix(function)?.strip_prefix('(')?.strip_suffix(')')
}

/// Minutes, hours, day of the month, month, day of the week, year: minutes must be 0, the year `*`, and one of the days `?` (Secrets Manager
/// guide, "Cron expressions").
fn is_cron(text: &str) -> bool {
    let fields: Vec<&str> = text.split(' ').collect();
    let [minutes, hours, day, month, weekday, year] = fields.as_slice() else { return false };
    let step = hours.split_once('/').and_then(|(_, step)| step.parse::<i64>().ok());
    let often = *hours == "*" || step.is_some_and(|step| step < SHORTEST_HOURS);
    let filled = !hours.is_empty() && !day.is_empty() && !month.is_empty() && !weekday.is_empty();
    *minutes == "0" && !often && filled && *year == "*" && ((*day == "?") != (*weekday == "?"))
}

/// By when the next rotation is due: for schedules in days the end of the day. A new value counts as a rotation. `None` for cron expressions, which
/// nothing here evaluates, and while rotation is off.
pub(super) fn next(secret: &SecretRecord, rotation: &Rotation) -> Option<OffsetDateTime> {
    if !rotation.enabled {
        return None;
    }
    let schedule = match rotation.after_days {
        Some(days) => Schedule::Days(days),
        None => parse(rotation.schedule.as_deref()?)?,
    };
    let written = holder(&secret.versions, CURRENT).map(|version| version.created);
    let last = secret.rotated.max(written).unwrap_or(secret.created);
    match schedule {
        Schedule::Hours(hours) => last.checked_add(Duration::hours(hours)),
        Schedule::Days(days) => {
            let end = Time::from_hms(23, 59, 59).unwrap_or(Time::MIDNIGHT);
            Some(last.checked_add(Duration::days(days))?.replace_time(end))
        }
        Schedule::Cron => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schedules_are_held_to_four_hours() {
        for valid in ["rate(4 hours)", "rate(1 day)", "rate(10 days)", "cron(0 8 1 * ? *)", "cron(0 /4 * * ? *)", "cron(0 16 ? * SUN#2 *)"]
        {
            assert!(check_rules(None, Some(valid), None).is_ok(), "{valid}");
        }
        for invalid in [
            "",
            "rate(3 hours)",
            "rate(0 days)",
            "rate(10 weeks)",
            "rate(10)",
            "cron(5 8 1 * ? *)",
            "cron(0 * * * ? *)",
            "cron(0 8 1 * 1 *)",
            "daily",
        ] {
            assert!(check_rules(None, Some(invalid), None).is_err(), "{invalid}");
        }
    }

    #[test]
    fn windows_end_with_the_day_or_the_next_window() {
        assert!(check_rules(None, Some("rate(4 hours)"), Some("4h")).is_ok());
        assert!(check_rules(None, Some("rate(4 hours)"), Some("5h")).is_err());
        assert!(check_rules(Some(30), None, Some("24h")).is_ok());
        assert!(check_rules(Some(30), None, Some("25h")).is_err());
        assert!(check_rules(Some(30), Some("rate(30 days)"), None).is_err());
    }
}
