//! The load generator: signed requests over kept connections, answers counted.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use serde_json::Value;

/// Requests as bytes.
pub(super) struct Signed(Vec<Vec<u8>>);

impl Signed {
    /// From what `client.py` prints: a request or a list of them, each with headers and a body.
    pub(super) fn from(value: &Value) -> anyhow::Result<Self> {
        let list = value.as_array().map_or_else(|| std::slice::from_ref(value), Vec::as_slice);
        let request = |value: &Value| {
            let body = value.get("body")?.as_str()?;
            let mut text = String::from("POST / HTTP/1.1\r\n");
            for (name, value) in value.get("headers")?.as_object()? {
                text += &format!("{name}: {}\r\n", value.as_str()?);
            }
            text += &format!("Content-Length: {}\r\n\r\n{body}", body.len());
            Some(text.into_bytes())
        };
        list.iter().map(request).collect::<Option<_>>().map(Self).context("client.py signed nothing")
    }
}

/// A kept connection.
struct Connection {
    stream: TcpStream,
    reader: BufReader<TcpStream>,
}

impl Connection {
    fn open(port: u16) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        Ok(Self { reader: BufReader::new(stream.try_clone()?), stream })
    }

    /// Sends a request and reads its answer, which must be a 200. `false` where the server closes the connection behind it.
    fn ask(&mut self, request: &[u8]) -> anyhow::Result<bool> {
        self.stream.write_all(request)?;
        let mut line = String::new();
        self.reader.read_line(&mut line)?;
        ensure!(line.contains(" 200 "), "the server answers `{}`", line.trim());
        let (mut length, mut stays) = (0_usize, true);
        loop {
            line.clear();
            self.reader.read_line(&mut line)?;
            let header = line.trim_end().to_ascii_lowercase();
            if header.is_empty() {
                break;
            }
            if let Some(value) = header.strip_prefix("content-length:") {
                length = value.trim().parse()?;
            }
            stays &= header != "connection: close";
        }
        let mut body = vec![0; length];
        self.reader.read_exact(&mut body)?;
        Ok(stays)
    }
}

/// How many answers `connections` get together in `time`, each asking again as soon as it was answered.
pub(super) fn hammer(port: u16, signed: &Signed, connections: usize, time: Duration) -> anyhow::Result<u64> {
    let request = signed.0.first().context("there is no request")?;
    let one = || -> anyhow::Result<u64> {
        let (mut connection, mut answered, began) = (Connection::open(port)?, 0, Instant::now());
        while began.elapsed() < time {
            if !connection.ask(request)? {
                connection = Connection::open(port)?;
            }
            answered += 1;
        }
        Ok(answered)
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..connections).map(|_| scope.spawn(one)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap_or_else(|_| Ok(0))).sum()
    })
}

/// Sends the first `count` requests one after the other.
pub(super) fn fill(port: u16, signed: &Signed, count: usize) -> anyhow::Result<Duration> {
    let mut connection = Connection::open(port)?;
    let began = Instant::now();
    for request in signed.0.iter().take(count) {
        if !connection.ask(request)? {
            connection = Connection::open(port)?;
        }
    }
    Ok(began.elapsed())
}
