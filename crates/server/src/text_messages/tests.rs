use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use app::notices::{NotSent, TextMessage};
use uuid::Uuid;

use super::*;

/// A gateway that answers with these statuses in turn and keeps what it was sent; status 0 hangs up without an answer.
fn gateway(statuses: &[u16]) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/sms", listener.local_addr().unwrap());
    let seen = Arc::new(Mutex::new(Vec::new()));
    let (mut statuses, kept) = (statuses.iter().copied().collect::<VecDeque<_>>(), Arc::clone(&seen));
    std::thread::spawn(move || {
        while let Some(status) = statuses.pop_front() {
            let (stream, _) = listener.accept().unwrap();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
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
                let mut stream = &stream;
                write!(stream, "HTTP/1.1 {status} x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").unwrap();
            }
        }
    });
    (address, seen)
}

fn settings(address: &str) -> Sms {
    Sms { sender: Sender::Http, address: address.to_owned(), token: "hemmelig".into(), ..Sms::default() }
}

fn message() -> TextMessage {
    TextMessage { reference: Uuid::from_u128(7), to: "70000001".into(), text: "Husk din tid hos os.".into() }
}

#[tokio::test]
async fn a_message_is_posted_with_its_reference_and_the_answer_is_understood() {
    let (address, seen) = gateway(&[201, 409, 503, 401, 422, 500, 0]);
    let sender = sender(&settings(&address)).unwrap().unwrap();
    let mut outcomes = Vec::new();
    for _ in 0..7 {
        outcomes.push(sender.send(&message()).await);
    }
    let expected = [
        Ok(()),
        Ok(()),
        Err(NotSent::Later),
        Err(NotSent::Later),
        Err(NotSent::Refused),
        Err(NotSent::Unknown),
        Err(NotSent::Unknown),
    ];
    assert_eq!(outcomes, expected);
    let first = seen.lock().unwrap()[0].clone();
    let head = first.to_lowercase();
    assert!(head.contains("idempotency-key: 00000000-0000-0000-0000-000000000007"), "{head}");
    assert!(head.contains("authorization: bearer hemmelig"));
    for part in ["\"to\":\"70000001\"", "\"text\":\"Husk din tid hos os.\"", "\"from\":\"Kommunen\""] {
        assert!(first.contains(part), "{part}");
    }
}

#[tokio::test]
async fn a_gateway_that_is_not_there_is_tried_again() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    drop(listener);
    assert_eq!(sender(&settings(&address)).unwrap().unwrap().send(&message()).await, Err(NotSent::Later));
}

#[tokio::test]
async fn a_folder_gets_each_message_once_and_whole() {
    let folder = tempfile::tempdir().unwrap();
    let settings = Sms { sender: Sender::Folder, folder: folder.path().join("ud"), ..Sms::default() };
    let sender = sender(&settings).unwrap().unwrap();
    for _ in 0..2 {
        sender.send(&message()).await.unwrap();
    }
    let files: Vec<_> = std::fs::read_dir(&settings.folder).unwrap().map(|file| file.unwrap().path()).collect();
    assert_eq!(files.len(), 1);
    let said: serde_json::Value = serde_json::from_slice(&std::fs::read(&files[0]).unwrap()).unwrap();
    assert_eq!((&said["to"], &said["text"]), (&"70000001".into(), &"Husk din tid hos os.".into()));
}

#[test]
fn what_cannot_work_is_refused_at_start_and_no_secret_is_printed() {
    let refused = [
        Sms { sender: Sender::Folder, ..Sms::default() },
        Sms { sender: Sender::Http, address: "https://gateway.example".into(), ..Sms::default() },
        Sms { from: "Et alt for langt navn".into(), ..settings("http://127.0.0.1:1/") },
    ];
    for settings in refused {
        assert!(sender(&settings).is_err(), "{settings:?}");
    }
    assert!(sender(&Sms::default()).unwrap().is_none());
    assert!(!format!("{:?}", settings("http://127.0.0.1:1/")).contains("hemmelig"));
}
