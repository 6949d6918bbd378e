//! A server that answers with given bytes, however wrong they are, and keeps what came.

use std::{
    io::{self, Read as _, Write as _},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

/// What is done with a request.
#[derive(Clone, Debug)]
pub(super) enum Act {
    /// These bytes, and the connection stays for the next request.
    Say(Vec<u8>),
    /// These bytes, then the connection is closed.
    SayAndClose(Vec<u8>),
    /// These bytes, then one piece after another until the client goes or the patience ends.
    Drip { head: Vec<u8>, piece: Vec<u8>, pause: Duration },
}

/// A client that does not stop by itself is left after so long, and fails then.
const PATIENCE: Duration = Duration::from_secs(5);
const MOST_REQUEST: usize = 1024 * 1024;

/// A request, as it came.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub(super) line: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Seen {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let found = headers.find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

/// Answers every request in the same way, until it is dropped.
#[derive(Debug)]
pub(super) struct Script {
    address: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Script {
    pub(super) fn start(act: impl Fn(usize, &Seen) -> Act + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .expect("a socket can be bound on 127.0.0.1");
        let address = listener.local_addr().expect("a bound socket has an address");
        let seen = Arc::new(Mutex::new(Vec::new()));
        let stop = Arc::new(AtomicBool::new(false));
        let (act, kept, stopped) = (Arc::new(act), seen.clone(), stop.clone());
        let thread = thread::spawn(move || {
            while let Ok((stream, _)) = listener.accept() {
                if stopped.load(Ordering::SeqCst) {
                    break;
                }
                let (act, kept) = (act.clone(), kept.clone());
                // It ends with its connection, or when the patience is over.
                thread::spawn(move || converse(stream, &kept, &*act));
            }
        });
        Self { address, seen, stop, thread: Some(thread) }
    }

    pub(super) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(super) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Script {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for a connection.
        drop(TcpStream::connect(self.address));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn converse(
    mut stream: TcpStream,
    kept: &Mutex<Vec<Seen>>,
    act: &(dyn Fn(usize, &Seen) -> Act + Send + Sync),
) {
    // Without it a client that never closes would keep the thread.
    let _ = stream.set_read_timeout(Some(PATIENCE));
    let mut rest = Vec::new();
    while let Ok(Some(seen)) = read(&mut stream, &mut rest) {
        let index = {
            let mut all = kept.lock().unwrap_or_else(PoisonError::into_inner);
            all.push(seen.clone());
            all.len() - 1
        };
        match act(index, &seen) {
            Act::Say(bytes) if stream.write_all(&bytes).is_ok() => {}
            Act::Say(_) => return,
            Act::SayAndClose(bytes) => {
                let _ = stream.write_all(&bytes);
                return;
            }
            Act::Drip { head, piece, pause } => return drip(stream, &head, &piece, pause),
        }
    }
}

fn drip(mut stream: TcpStream, head: &[u8], piece: &[u8], pause: Duration) {
    let begun = std::time::Instant::now();
    let _ = stream.set_write_timeout(Some(PATIENCE));
    let mut going = stream.write_all(head).is_ok();
    while going && begun.elapsed() < PATIENCE {
        thread::sleep(pause);
        going = stream.write_all(piece).is_ok();
    }
}

/// One request; None where the client closed before it.
fn read(stream: &mut TcpStream, rest: &mut Vec<u8>) -> io::Result<Option<Seen>> {
    let end = loop {
        if let Some(end) = rest.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        if !more(stream, rest)? {
            return Ok(None);
        }
    };
    let head = String::from_utf8_lossy(&rest[..end]).into_owned();
    rest.drain(..end + 4);
    let mut lines = head.split("\r\n");
    let line = lines.next().unwrap_or_default().to_owned();
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
        .collect();
    let mut seen = Seen { line, headers, body: Vec::new() };
    let length = seen.header("content-length").and_then(|text| text.parse().ok());
    let length: usize = length.unwrap_or(0);
    while rest.len() < length {
        if !more(stream, rest)? {
            return Ok(None);
        }
    }
    seen.body = rest.drain(..length).collect();
    Ok(Some(seen))
}

fn more(stream: &mut TcpStream, rest: &mut Vec<u8>) -> io::Result<bool> {
    let mut buffer = [0; 8 * 1024];
    let count = stream.read(&mut buffer)?;
    rest.extend_from_slice(&buffer[..count]);
    Ok(count > 0 && rest.len() <= MOST_REQUEST)
}
