//! A small HTTP server for tests: what it is asked is kept, and what it answers is set beforehand.

use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What it was asked: head and body of each request.
pub type Seen = Arc<Mutex<Vec<String>>>;

/// Answers with these statuses and bodies in turn, after what the connection begins with; a connection that ends there is
/// seen by nobody. Status 0 hangs up without an answer.
pub fn server<S: Read + Write>(
    answers: &[(u16, String)],
    begin: impl Fn(TcpStream) -> std::io::Result<S> + Send + 'static,
) -> (SocketAddr, Seen) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let seen = Seen::default();
    let (mut answers, kept) = (VecDeque::from(answers.to_vec()), Arc::clone(&seen));
    std::thread::spawn(move || {
        while let Some((status, body)) = answers.pop_front() {
            if let Ok(stream) = begin(listener.accept().unwrap().0) {
                answer(stream, status, &body, &kept);
            }
        }
    });
    (address, seen)
}

fn answer(stream: impl Read + Write, status: u16, said: &str, kept: &Seen) {
    let mut reader = BufReader::new(stream);
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if let Some(text) = line.to_lowercase().strip_prefix("content-length:") {
            length = text.trim().parse().unwrap();
        }
        if line.trim().is_empty() {
            break;
        }
        head.push_str(&line);
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    kept.lock().unwrap().push(format!("{head}\n{}", String::from_utf8(body).unwrap()));
    if status != 0 {
        let stream = reader.get_mut();
        write!(stream, "HTTP/1.1 {status} x\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{said}", said.len())
            .unwrap();
        stream.flush().unwrap();
    }
}
