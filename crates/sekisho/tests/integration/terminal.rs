//! The program at a terminal, where somebody types.

use std::io::Read as _;
use std::process::{Command, Stdio};
use std::time::Duration;

use expectrl::process::unix::WaitStatus;
use expectrl::session::OsSession;
use expectrl::{Expect as _, Session};

/// A program that runs at a terminal of its own.
pub struct Terminal {
    session: OsSession,
    seen: String,
}

impl Terminal {
    pub fn start(mut command: Command) -> Self {
        command.stdin(Stdio::inherit()).env("TERM", "xterm");
        let mut session = Session::spawn(command).unwrap();
        session.get_process_mut().set_window_size(100, 30).unwrap();
        session.set_expect_timeout(Some(Duration::from_secs(30)));
        Self { session, seen: String::new() }
    }

    /// Waits until the program has written `text`.
    pub fn wait_for(&mut self, text: &str) {
        let found = match self.session.expect(text) {
            Ok(found) => found,
            Err(error) => {
                let mut rest = Vec::new();
                let _ = self.session.read_to_end(&mut rest);
                panic!("{text} did not come: {error}: {}{}", self.seen, String::from_utf8_lossy(&rest));
            }
        };
        self.seen += &String::from_utf8_lossy(found.before());
        self.seen += text;
    }

    pub fn type_line(&mut self, text: &str) {
        self.session.send(text).unwrap();
        self.session.send("\r").unwrap();
    }

    pub fn press(&mut self, keys: &str) {
        self.session.send(keys).unwrap();
    }

    /// The exit code, and everything that the terminal showed.
    pub fn end(mut self) -> (i32, String) {
        let mut rest = Vec::new();
        // A terminal whose program has ended answers with an error instead of an end.
        let _ = self.session.read_to_end(&mut rest);
        self.seen += &String::from_utf8_lossy(&rest);
        let code = match self.session.get_process().wait().unwrap() {
            WaitStatus::Exited(_, code) => code,
            other => panic!("{other:?}"),
        };
        (code, self.seen)
    }
}
