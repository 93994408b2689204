//! What goes on, on stderr: a bar on a terminal, lines elsewhere.

use std::io::IsTerminal as _;
use std::sync::Arc;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use sekisho_aws::{ErrorClass, Event, Watch};
use sekisho_model::observed::Questions;
use sekisho_report::Wording;

use crate::stderr;

/// The progress of one verb. It disappears from a terminal when it is dropped.
pub(crate) struct Progress {
    bar: ProgressBar,
    wording: Arc<Wording>,
    quiet: bool,
}

impl Progress {
    /// Starts to tell; `quiet` tells throttling and missing answers only.
    pub(crate) fn start(wording_of: &Arc<Wording>, quiet: bool, verbose: bool) -> (Self, Watch) {
        let on_terminal = std::io::stderr().is_terminal() && !quiet;
        let bar = if on_terminal { ProgressBar::new_spinner() } else { ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()) };
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
            bar.set_style(style);
        }
        if on_terminal {
            bar.enable_steady_tick(Duration::from_millis(120));
        }
        let (wording, shown) = (Arc::clone(wording_of), bar.clone());
        let answered = std::sync::atomic::AtomicUsize::new(0);
        let watch = Watch::new(move |event| match event {
            Event::Answered { call, .. } => {
                let count = answered.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
                let line = wording.text("progress-answered", &[("call", call.to_string()), ("count", count.to_string())]);
                if on_terminal {
                    shown.set_message(line);
                } else if verbose {
                    stderr::line(&line);
                }
            }
            Event::Retrying { call, retry, of, wait, class } => {
                let id = if class == ErrorClass::Throttled { "progress-throttled" } else { "progress-unreachable" };
                let seconds = format!("{:.1}", wait.as_secs_f64());
                let args = [("call", call.to_string()), ("retry", retry.to_string()), ("of", of.to_string()), ("seconds", seconds)];
                shown.suspend(|| stderr::line(wording.text(id, &args)));
            }
        });
        (Self { bar, wording: Arc::clone(wording_of), quiet }, watch)
    }

    /// Tells what is about to be looked up: in the bar on a terminal, as a line elsewhere.
    pub(crate) fn looking_up(&self, questions: &Questions) {
        let args = [("parameters", questions.parameters.len().to_string()), ("secrets", questions.secrets.len().to_string())];
        let line = self.wording.text("progress-looking-up", &args);
        if !self.bar.is_hidden() {
            self.bar.set_message(line);
        } else if !self.quiet {
            stderr::line(&line);
        }
    }

    /// Leaves the terminal to a question.
    pub(crate) fn clear(&self) {
        self.bar.disable_steady_tick();
        self.bar.finish_and_clear();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
