use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::pki_types::pem::PemObject as _;
use uuid::Uuid;

use super::*;
use crate::outgoing::test_server::{Seen, server};

/// An RSA key made for these tests.
const KEY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/report_gateway/test-client.key");

fn answering(answers: &[(u16, &str)]) -> (String, Seen) {
    let answers: Vec<_> = answers.iter().map(|(status, body)| (*status, (*body).to_owned())).collect();
    let (address, seen) = server(&answers, Ok);
    (format!("http://{address}/fhir/"), seen)
}

fn report() -> Delivery {
    Delivery { id: Uuid::from_u128(7), payload: b"{\"resourceType\":\"Bundle\"}".to_vec() }
}

fn municipality() -> MunicipalityCode {
    MunicipalityCode::parse("999").unwrap()
}

const REFUSED: &str = r#"{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"invariant"}]}"#;
const TAKEN: &str = r#"{"issue":[{"severity":"error","code":"duplicate"}]}"#;

#[tokio::test]
async fn a_report_is_put_under_its_own_id_and_the_answer_is_understood() {
    let answers = [(201, ""), (422, REFUSED), (422, TAKEN), (503, ""), (500, "<html>"), (0, "")];
    let (address, seen) = answering(&answers);
    let gateway = gateway(&Report { gateway: address, ..Report::default() }).unwrap().unwrap();
    let mut told = Vec::new();
    for _ in answers {
        told.push(gateway.deliver(&municipality(), &report()).await);
    }
    use Answer::{Accepted, Duplicate, Later, Refused, Unknown};
    let read: Vec<_> = told.iter().map(|told| (told.answer, told.status)).collect();
    let expected = [
        (Accepted, Some(201)),
        (Refused, Some(422)),
        (Duplicate, Some(422)),
        (Later, Some(503)),
        (Unknown, Some(500)),
        (Unknown, None),
    ];
    assert_eq!(read, expected);
    assert_eq!(told[1].outcome.as_deref(), Some(REFUSED), "the words of the gateway are kept");
    let first = seen.lock().unwrap()[0].clone();
    assert!(first.starts_with("PUT /fhir/Bundle/00000000-0000-0000-0000-000000000007 "), "{first}");
    let head = first.to_lowercase();
    assert!(head.contains("content-type: application/fhir+json") && !head.contains("authorization"));
    assert!(first.ends_with("{\"resourceType\":\"Bundle\"}"), "exactly what was built");
}

#[tokio::test]
async fn a_token_is_read_anew_from_the_file_of_the_municipality() {
    let folder = tempfile::tempdir().unwrap();
    let (address, seen) = answering(&[(201, ""), (201, "")]);
    let settings = Report { gateway: address, token_file: folder.path().join("{code}.token"), ..Report::default() };
    let gateway = gateway(&settings).unwrap().unwrap();
    let told = gateway.deliver(&municipality(), &report()).await;
    assert_eq!((told.answer, told.status), (Answer::NoAccess, None), "without a token nothing leaves");
    for token in ["first", "second"] {
        std::fs::write(folder.path().join("999.token"), format!("{token}\n")).unwrap();
        gateway.deliver(&municipality(), &report()).await;
        assert!(
            seen.lock().unwrap().last().unwrap().to_lowercase().contains(&format!("authorization: bearer {token}"))
        );
    }
    assert_eq!(seen.lock().unwrap().len(), 2);
}

fn exchanging(gateway: &str, endpoint: &str, assertion: &std::path::Path) -> Report {
    Report {
        gateway: gateway.to_owned(),
        token_endpoint: endpoint.to_owned(),
        client_id: "forebyg".into(),
        client_key: KEY.into(),
        audience: "https://realm.example".into(),
        assertion_file: assertion.to_owned(),
        ..Report::default()
    }
}

#[tokio::test]
async fn an_assertion_is_exchanged_for_a_token_that_serves_until_the_gateway_takes_it_no_more() {
    let folder = tempfile::tempdir().unwrap();
    let assertion = folder.path().join("999.xml");
    std::fs::write(&assertion, "<saml:Assertion/>").unwrap();
    let (endpoint, asked) = answering(&[
        (200, r#"{"access_token":"one","expires_in":300}"#),
        (200, r#"{"access_token":"two","expires_in":300}"#),
    ]);
    let (address, seen) = answering(&[(201, ""), (201, ""), (401, ""), (201, "")]);
    let settings = exchanging(&address, &endpoint, &folder.path().join("{code}.xml"));
    let gateway = gateway(&settings).unwrap().unwrap();
    for _ in 0..4 {
        gateway.deliver(&municipality(), &report()).await;
    }
    let bearer = |request: &String| {
        let head = request.to_lowercase();
        head.split_once("bearer ").unwrap().1.split_whitespace().next().unwrap().to_owned()
    };
    let tokens: Vec<_> = seen.lock().unwrap().iter().map(bearer).collect();
    assert_eq!(tokens, ["one", "one", "one", "two"]);
    let form = asked.lock().unwrap()[0].clone();
    let body = form.split_once("\n\n").map_or(form.as_str(), |(_, body)| body);
    assert!(body.contains("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange"), "{body}");
    assert!(body.contains(&format!("subject_token={}", BASE64_URL_SAFE_NO_PAD.encode("<saml:Assertion/>"))));
    signed_by_us(body.split("client_assertion=").nth(1).unwrap().split('&').next().unwrap());
}

/// The signature holds, and the claims say who asks whom.
fn signed_by_us(jwt: &str) {
    let (signed, signature) = jwt.rsplit_once('.').unwrap();
    let key = PrivatePkcs8KeyDer::from_pem_file(KEY).unwrap();
    let pair = ring::signature::RsaKeyPair::from_pkcs8(key.secret_pkcs8_der()).unwrap();
    let public = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, pair.public().as_ref().to_vec());
    public.verify(signed.as_bytes(), &BASE64_URL_SAFE_NO_PAD.decode(signature).unwrap()).unwrap();
    let claims = BASE64_URL_SAFE_NO_PAD.decode(signed.split('.').nth(1).unwrap()).unwrap();
    let claims: serde_json::Value = serde_json::from_slice(&claims).unwrap();
    assert_eq!((&claims["iss"], &claims["sub"]), (&"forebyg".into(), &"forebyg".into()));
    assert_eq!(claims["aud"], "https://realm.example");
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 60);
}

#[tokio::test]
async fn a_token_endpoint_that_says_no_lets_nothing_leave() {
    let folder = tempfile::tempdir().unwrap();
    let assertion = folder.path().join("a.xml");
    std::fs::write(&assertion, "PHNhbWw-").unwrap();
    let (endpoint, _) = answering(&[(400, r#"{"error":"invalid_client"}"#)]);
    let (address, seen) = answering(&[(201, "")]);
    let gateway = gateway(&exchanging(&address, &endpoint, &assertion)).unwrap().unwrap();
    assert_eq!(gateway.deliver(&municipality(), &report()).await.answer, Answer::NoAccess);
    assert!(seen.lock().unwrap().is_empty());
}

#[test]
fn what_cannot_work_is_refused_at_start() {
    assert!(gateway(&Report::default()).unwrap().is_none(), "without an address nothing is sent");
    let whole = exchanging("https://gateway.example/fhir", "https://token.example", std::path::Path::new("a.xml"));
    let refused = [
        (Report { gateway: "gateway.example".into(), ..Report::default() }, "report.gateway"),
        (Report { token_file: "t".into(), ..whole.clone() }, "report.token_file"),
        (Report { token_endpoint: "token".into(), ..whole.clone() }, "report.token_endpoint"),
        (Report { client_id: String::new(), ..whole.clone() }, "report.client_id"),
        (Report { audience: String::new(), ..whole.clone() }, "report.audience"),
        (Report { client_key: "findes-ikke.key".into(), ..whole.clone() }, "report.client_key"),
        (Report { authority: "findes-ikke.pem".into(), ..whole.clone() }, "report.authority"),
    ];
    for (settings, name) in refused {
        let error = gateway(&settings).unwrap_err();
        assert!(format!("{error:#}").contains(name), "{error:#}");
    }
    assert!(gateway(&whole).unwrap().is_some());
}
