use std::net::TcpListener;
use std::sync::Arc;

use app::notices::{NotSent, TextMessage};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use uuid::Uuid;

use super::*;
use crate::outgoing::test_server::{Seen, server};

/// A certificate for 127.0.0.1 that vouches for itself, valid for a hundred years; its key lies beside it.
const CERTIFICATE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/text_messages/test-gateway.pem");

/// A gateway that answers with these statuses in turn and keeps what it was sent; status 0 hangs up without an answer.
fn gateway(statuses: &[u16]) -> (String, Seen) {
    let (address, seen) = server(&answers(statuses), Ok);
    (format!("http://{address}/sms"), seen)
}

fn answers(statuses: &[u16]) -> Vec<(u16, String)> {
    statuses.iter().map(|status| (*status, String::new())).collect()
}

/// A gateway that speaks TLS under a certificate for 127.0.0.1 that nobody but itself vouches for.
fn secure_gateway(statuses: &[u16]) -> (String, Seen) {
    let certificate = CertificateDer::from_pem_file(CERTIFICATE).unwrap();
    let key = PrivateKeyDer::from_pem_file(concat!(env!("CARGO_MANIFEST_DIR"), "/src/text_messages/test-gateway.key"))
        .unwrap();
    let config = rustls::ServerConfig::builder().with_no_client_auth();
    let config = Arc::new(config.with_single_cert(vec![certificate], key).unwrap());
    let (address, seen) = server(&answers(statuses), move |mut stream| {
        let mut connection = rustls::ServerConnection::new(Arc::clone(&config)).unwrap();
        connection.complete_io(&mut stream)?;
        Ok(rustls::StreamOwned::new(connection, stream))
    });
    (format!("https://{address}/sms"), seen)
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
async fn over_tls_only_a_gateway_that_is_vouched_for_is_told_anything() {
    let (address, seen) = secure_gateway(&[201, 201]);
    let unknown = sender(&settings(&address)).unwrap().unwrap();
    assert_eq!(unknown.send(&message()).await, Err(NotSent::Later));
    assert!(seen.lock().unwrap().is_empty());
    let known = sender(&Sms { authority: CERTIFICATE.into(), ..settings(&address) }).unwrap().unwrap();
    assert_eq!(known.send(&message()).await, Ok(()));
    assert!(seen.lock().unwrap()[0].contains("Husk din tid hos os."));
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
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("tom.pem");
    std::fs::write(&empty, "Her er intet certifikat.").unwrap();
    let refused = [
        Sms { sender: Sender::Folder, ..Sms::default() },
        Sms { sender: Sender::Http, address: "ftp://gateway.example".into(), ..Sms::default() },
        Sms { authority: empty, ..settings("https://127.0.0.1:1/") },
        Sms { authority: folder.path().join("findes-ikke.pem"), ..settings("https://127.0.0.1:1/") },
        Sms { from: "Et alt for langt navn".into(), ..settings("http://127.0.0.1:1/") },
    ];
    for settings in refused {
        assert!(sender(&settings).is_err(), "{settings:?}");
    }
    assert!(sender(&Sms::default()).unwrap().is_none());
    assert!(!format!("{:?}", settings("http://127.0.0.1:1/")).contains("hemmelig"));
}
