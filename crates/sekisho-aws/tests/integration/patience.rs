//! How long is waited for AWS. The clock is tokio's, paused: it runs ahead where everybody waits.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use sekisho_aws::{ErrorClass, Event, Watch};
use tokio::time::Instant;

use crate::fake::{ACCOUNT, Answer, Fake};

/// Told retries: which, of how many, why, after how long.
type Told = Arc<Mutex<Vec<(u32, u32, ErrorClass, Duration)>>>;

fn watch() -> (Watch, Told) {
    let told = Told::default();
    let kept = Arc::clone(&told);
    let watch = Watch::new(move |event| {
        if let Event::Retrying { retry, of, wait, class, .. } = event {
            kept.lock().unwrap().push((retry, of, class, wait));
        }
    });
    (watch, told)
}

/// Answers with `answer` the first `times` times, then as STS does.
fn at_first(times: usize, answer: Answer) -> Arc<Fake> {
    let count = AtomicUsize::new(0);
    Fake::new(move |_| if count.fetch_add(1, Ordering::SeqCst) < times { answer.clone() } else { Answer::identity() })
}

#[tokio::test(start_paused = true)]
async fn a_throttled_call_is_made_again_and_each_retry_is_told() {
    let fake = at_first(3, Answer::xml_error(400, "Throttling", "Rate exceeded"));
    let (watch, told) = watch();
    let identity = fake.connect_watched(watch).await.identity().await.unwrap();
    assert_eq!(identity.account.as_str(), ACCOUNT);
    let told = told.lock().unwrap();
    let retries: Vec<_> = told.iter().map(|(retry, of, class, _)| (*retry, *of, *class)).collect();
    assert_eq!(retries, [(1, 8, ErrorClass::Throttled), (2, 8, ErrorClass::Throttled), (3, 8, ErrorClass::Throttled)]);
    assert!(told.windows(2).all(|pair| pair[0].3 < pair[1].3), "each wait is longer: {told:?}");
    assert_eq!(fake.asked().len(), 4);
}

#[tokio::test(start_paused = true)]
async fn a_throttle_of_a_minute_is_outlasted() {
    let begin = Instant::now();
    let fake = Fake::new(move |_| {
        if begin.elapsed() < Duration::from_mins(1) { Answer::xml_error(400, "Throttling", "Rate exceeded") } else { Answer::identity() }
    });
    fake.connect().await.identity().await.unwrap();
    assert!(begin.elapsed() >= Duration::from_mins(1));
}

#[tokio::test(start_paused = true)]
async fn a_throttle_without_end_is_given_up_within_two_minutes_and_called_throttled() {
    let begin = Instant::now();
    let fake = at_first(usize::MAX, Answer::xml_error(400, "Throttling", "Rate exceeded"));
    let (watch, told) = watch();
    let error = fake.connect_watched(watch).await.identity().await.unwrap_err();
    assert_eq!((error.class, error.code.as_deref()), (ErrorClass::Throttled, Some("Throttling")));
    assert_eq!((fake.asked().len(), told.lock().unwrap().len()), (9, 8));
    assert!((Duration::from_mins(1)..Duration::from_mins(2)).contains(&begin.elapsed()), "{:?}", begin.elapsed());
}

#[tokio::test(start_paused = true)]
async fn an_endpoint_without_usable_answers_is_given_up_after_two_retries() {
    for answer in [Answer::html(200), Answer::html(503), Answer::html(302), Answer::html(403), Answer::html(404)] {
        let begin = Instant::now();
        let status = answer.status;
        let fake = at_first(usize::MAX, answer);
        let (watch, told) = watch();
        let error = fake.connect_watched(watch).await.identity().await.unwrap_err();
        assert_eq!(error.class, ErrorClass::Unreachable, "{status}: {error}");
        assert!(error.message.contains(&status.to_string()), "{error}");
        assert_eq!((fake.asked().len(), told.lock().unwrap().len()), (3, 2), "{status}");
        assert!(begin.elapsed() < Duration::from_secs(3), "{status}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_that_stumbles_once_is_asked_once_more() {
    let fake = at_first(1, Answer::xml_error(500, "InternalFailure", "an internal error"));
    fake.connect().await.identity().await.unwrap();
    assert_eq!(fake.asked().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn what_more_patience_cannot_mend_is_asked_once() {
    for (status, code) in [(403, "AccessDenied"), (403, "ExpiredToken"), (403, "InvalidClientTokenId"), (400, "ValidationError")] {
        let fake = at_first(usize::MAX, Answer::xml_error(status, code, "no"));
        fake.connect().await.identity().await.unwrap_err();
        assert_eq!(fake.asked().len(), 1, "{code}");
    }
}
