//! A proxy on loopback that counts which operations pass through it.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};

pub(super) struct Proxy {
    port: u16,
    calls: Arc<Mutex<BTreeMap<String, usize>>>,
}

impl Proxy {
    /// Passes everything on to `target`, for as long as this program runs.
    pub(super) fn start(target: u16) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let port = listener.local_addr()?.port();
        let calls = Arc::new(Mutex::new(BTreeMap::new()));
        let counted = Arc::clone(&calls);
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let Ok(server) = TcpStream::connect(("127.0.0.1", target)) else { continue };
                let (Ok(back_from), Ok(back_to)) = (server.try_clone(), client.try_clone()) else { continue };
                let counted = Arc::clone(&counted);
                std::thread::spawn(move || pass(client, server, |bytes| count(bytes, &counted)));
                std::thread::spawn(move || pass(back_from, back_to, |_| {}));
            }
        });
        Ok(Self { port, calls })
    }

    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Each operation and how often it was asked for.
    pub(super) fn calls(&self) -> BTreeMap<String, usize> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The SDK sends a request's head in one piece.
fn count(bytes: &[u8], calls: &Mutex<BTreeMap<String, usize>>) {
    let text = String::from_utf8_lossy(bytes);
    let target = text.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("x-amz-target").then(|| value.trim().to_owned())
    });
    let query = text.contains("Action=").then(|| text.split("Action=").nth(1)?.split('&').next().map(str::to_owned)).flatten();
    if let Some(operation) = target.or(query) {
        *calls.lock().unwrap_or_else(PoisonError::into_inner).entry(operation).or_default() += 1;
    }
}

fn pass(mut from: TcpStream, mut to: TcpStream, mut look: impl FnMut(&[u8])) {
    let mut buffer = vec![0; 1 << 20];
    while let Ok(read) = from.read(&mut buffer) {
        let bytes = buffer.get(..read).unwrap_or_default();
        if read == 0 || to.write_all(bytes).is_err() {
            break;
        }
        look(bytes);
    }
    let _ = to.shutdown(Shutdown::Write);
}
