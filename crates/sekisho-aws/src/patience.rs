//! Asking again, and saying so.
//!
//! The SDK's own retries are off: they neither tell a throttle (worth a minute of patience) from a dead endpoint (worth seconds), nor let us say
//! which attempt is under way.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use sekisho_model::Call;

use crate::error::{CallError, ErrorClass};

/// Something worth telling while calls are made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A call was answered, `done` of `total` so far.
    Answered {
        /// The call.
        call: Call,
        /// Calls of this kind that are answered.
        done: usize,
        /// Calls of this kind in all.
        total: usize,
    },
    /// AWS asked to slow down, or did not answer; the call is made again after `wait`.
    Retrying {
        /// The call.
        call: Call,
        /// Which retry this will be, from 1.
        retry: u32,
        /// How many there may be.
        of: u32,
        /// How long until then.
        wait: Duration,
        /// Why.
        class: ErrorClass,
    },
}

/// Who is told.
#[derive(Clone)]
pub struct Watch(Arc<dyn Fn(Event) + Send + Sync>);

impl Watch {
    /// Tells `f`.
    pub fn new(f: impl Fn(Event) + Send + Sync + 'static) -> Self {
        Self(Arc::new(f))
    }

    /// Tells nobody.
    pub fn silent() -> Self {
        Self::new(|_| {})
    }

    pub(crate) fn tell(&self, event: Event) {
        (self.0)(event);
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Watch")
    }
}

/// Retries for throttling: half a second doubled up to 20 s, in all a little over a minute and a quarter.
const THROTTLED: u32 = 8;
/// Retries for no answer. Each attempt has its own time-outs (see `Connection`), so a dead endpoint is given up within half a minute.
const UNREACHABLE: u32 = 2;
const FIRST_WAIT: Duration = Duration::from_millis(500);
const LONGEST_WAIT: Duration = Duration::from_secs(20);

/// Makes `attempt` until it answers or patience ends. Only throttled and unreachable calls are made again; every call that is passed here is safe to
/// repeat: reads are, and writes carry a token or refuse to overwrite.
pub(crate) async fn patiently<T, F>(watch: &Watch, mut attempt: F) -> Result<T, CallError>
where
    F: AsyncFnMut() -> Result<T, CallError>,
{
    let mut retry = 0;
    loop {
        let error = match attempt().await {
            Ok(answer) => return Ok(answer),
            Err(error) => error,
        };
        let of = match error.class {
            ErrorClass::Throttled => THROTTLED,
            ErrorClass::Unreachable => UNREACHABLE,
            _ => return Err(error),
        };
        if retry >= of {
            return Err(error);
        }
        let wait = jittered(FIRST_WAIT.saturating_mul(1 << retry.min(10)).min(LONGEST_WAIT));
        retry += 1;
        watch.tell(Event::Retrying { call: error.call, retry, of, wait, class: error.class });
        tokio::time::sleep(wait).await;
    }
}

/// Between seventeen twentieths of `wait` and all of it, so that many callers do not come back at once, and the sum stays over a minute.
fn jittered(wait: Duration) -> Duration {
    wait.mul_f64(0.85 + 0.15 * fastrand::f64())
}
