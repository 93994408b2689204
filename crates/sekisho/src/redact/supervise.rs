//! A child whose output passes through the mask: signals are handed on, and its exit code becomes ours.

use std::io::{IsTerminal as _, Read, Write};
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::thread;

use rustix::process::{Pid, Rlimit, Signal, WaitId, WaitIdOptions, kill_process, waitid};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc;

use super::Mask;
use super::mask::Masker;
use crate::harden;

/// Signals that a supervisor of ours may send, or that somebody sends by hand.
const FORWARDED: [Signal; 7] = [Signal::INT, Signal::TERM, Signal::HUP, Signal::QUIT, Signal::USR1, Signal::USR2, Signal::WINCH];

/// Runs `command` to its end, stdout and stderr through `mask`, and returns the code to exit with: its own, or 128 and the number of the signal that ended it,
/// as a shell tells it.
///
/// The child stays in our process group, so a key on the terminal (Ctrl-C) reaches it from there; it is not sent on a second time. Its stdout and stderr are
/// pipes: a program that looks sees no terminal there. Stdin is our own.
///
/// # Errors
/// The command cannot be started.
pub(crate) fn supervise(mut command: Command, mask: Option<Mask>, core_limit: Rlimit) -> std::io::Result<u8> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    // The child inherits the limit of this moment; ours, which holds values, makes no core dump before nor after.
    harden::restore(core_limit);
    let spawned = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    harden::harden();
    let mut child = spawned?;
    let mask = mask.map(Arc::new);
    let out = child.stdout.take().map(|pipe| pass(pipe, std::io::stdout(), mask.clone()));
    let err = child.stderr.take().map(|pipe| pass(pipe, std::io::stderr(), mask));
    let status = runtime.block_on(wait(&mut child))?;
    // As in a pipeline: what the child has started may still write, and ends the output when it ends.
    for stream in [out, err].into_iter().flatten() {
        let _ = stream.join();
    }
    Ok(code(status))
}

fn code(status: ExitStatus) -> u8 {
    let code = status.code().or_else(|| status.signal().map(|signal| 128 + signal)).unwrap_or(1);
    u8::try_from(code).unwrap_or(1)
}

/// Copies `from` to `to` through the mask, as it comes.
fn pass(mut from: impl Read + Send + 'static, mut to: impl Write + Send + 'static, mask: Option<Arc<Mask>>) -> thread::JoinHandle<()> {
    thread::spawn(move || {
        let mut masker = mask.map(Masker::new);
        let mut buffer = zeroize::Zeroizing::new(vec![0_u8; 64 * 1024]);
        let mut masked = Vec::new();
        loop {
            let count = match from.read(&mut buffer) {
                Ok(0) => break,
                Ok(count) => count,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(_) => break,
            };
            let read = buffer.get(..count).unwrap_or_default();
            masked.clear();
            match &mut masker {
                Some(masker) => masker.push(read, &mut masked),
                None => masked.extend_from_slice(read),
            }
            // Nobody reads any more: the pipe is closed, and the child learns of it as it would without us.
            if to.write_all(&masked).and_then(|()| to.flush()).is_err() {
                return;
            }
        }
        if let Some(masker) = &mut masker {
            masked.clear();
            masker.finish(&mut masked);
            let _ = to.write_all(&masked).and_then(|()| to.flush());
        }
    })
}

/// Waits for the child and hands signals on until it has ended. It is reaped only afterwards, so that its number belongs to nobody else meanwhile.
async fn wait(child: &mut Child) -> std::io::Result<ExitStatus> {
    let Some(pid) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) else { return child.wait() };
    let (ended, mut end) = mpsc::channel::<()>(1);
    thread::spawn(move || {
        while matches!(waitid(WaitId::Pid(pid), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT), Err(error) if error == rustix::io::Errno::INTR)
        {
        }
        let _ = ended.blocking_send(());
    });
    let (forward, mut forwarded) = mpsc::channel::<Signal>(16);
    for one in FORWARDED {
        if let Ok(mut stream) = signal(SignalKind::from_raw(one.as_raw())) {
            let forward = forward.clone();
            tokio::spawn(async move {
                while stream.recv().await.is_some() {
                    let _ = forward.send(one).await;
                }
            });
        }
    }
    let on_terminal = std::io::stdin().is_terminal();
    loop {
        tokio::select! {
            _ = end.recv() => return child.wait(),
            Some(signal) = forwarded.recv() => {
                // From a terminal they go to the whole process group.
                let from_terminal = on_terminal && [Signal::INT, Signal::QUIT, Signal::WINCH].contains(&signal);
                if !from_terminal {
                    let _ = kill_process(pid, signal);
                }
            }
        }
    }
}
