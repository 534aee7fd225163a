//! Handing messages over: types, sizes, uploads that end early, keys, and whose token it is.

use std::time::Duration;

use axum::body::{Body, Bytes};
use domain::permission::Role;
use serde_json::json;
use testkit::municipality::{fixture, testby};
use testkit::on_both_engines;

use crate::client::{MORNING, World, text};

const XML: (&str, &str) = ("content-type", "application/xml");
const LETTER: &str = "01-xref15-gp-type2-diabetes-diet";

async fn stored(world: &World) -> usize {
    world.get("/messages").await["items"].as_array().unwrap().len()
}

on_both_engines! {
    async fn a_message_is_taken_in_and_answered_with_what_became_of_it(database: &Database) {
        let world = World::new(database).await;
        let reply = world.message(LETTER).await;
        assert_eq!(reply.status.as_u16(), 200);
        let received = reply.json();
        assert_eq!((&received["kind"], &received["outcome"]), (&json!("referral"), &json!("accepted")));
        assert_eq!(received["answers"][0]["type"], "XCTL03");
        let again = world.message(LETTER).await.done();
        assert_eq!((&again["outcome"], &again["referrals"]), (&json!("duplicate"), &received["referrals"]));
        let waits = world.message("16-xbin02-attachment-for-02").await;
        assert_eq!((waits.status.as_u16(), &waits.json()["outcome"]), (202, &json!("parked")));
        let hostile = world.message("bad/bad07-billion-laughs").await;
        assert_eq!((hostile.status.as_u16(), &hostile.json()["outcome"]), (202, &json!("quarantined")));
        assert_eq!(world.get("/messages?limit=1").await["items"][0]["outcome"], "quarantined", "what needs somebody first");
    }
}

on_both_engines! {
    async fn only_the_types_of_a_message_are_taken(database: &Database) {
        let world = World::new(database).await;
        for wrong in ["application/json", "text/plain", "multipart/form-data", ""] {
            let reply = world.deliver(fixture(LETTER), &[("content-type", wrong)]).await;
            assert_eq!(reply.problem(), (415, "unsupported_media_type".into()), "{wrong}");
        }
        assert_eq!(stored(&world).await, 0);
        for right in ["text/xml; charset=utf-8", "application/octet-stream", "Application/XML"] {
            assert!(world.deliver(fixture(LETTER), &[("content-type", right)]).await.status.is_success(), "{right}");
        }
    }
}

on_both_engines! {
    async fn what_is_over_the_limit_is_refused_without_being_read_and_nothing_is_stored(database: &Database) {
        let (mut app, clock, _) = testby(database, MORNING).await;
        app.message_limits.attachment_bytes = 6_000_000;
        let world = World::with(app, clock).await;
        let twelve = vec![b' '; 12_000_000];
        assert_eq!(world.deliver(twelve, &[XML]).await.problem(), (413, "too_large".into()));
        // Announced: not a byte is asked for. A body that never comes would wait for ever.
        let never = Body::from_stream(Forever);
        let announced = world.deliver(never, &[XML, ("content-length", "200000000")]);
        let reply = tokio::time::timeout(Duration::from_secs(5), announced).await.unwrap();
        assert_eq!(reply.problem(), (413, "too_large".into()));
        assert_eq!(stored(&world).await, 0);
    }
}

on_both_engines! {
    async fn an_upload_that_ends_early_stores_nothing(database: &Database) {
        let world = World::new(database).await;
        let bytes = Bytes::from(fixture(LETTER));
        let half = bytes.slice(..bytes.len() / 2);
        let broken = Body::from_stream(Pieces(vec![Err(std::io::Error::other("gone")), Ok(half.clone())]));
        assert_eq!(world.deliver(broken, &[XML]).await.problem(), (400, "truncated".into()));
        let length = bytes.len().to_string();
        let short = world.deliver(half, &[XML, ("content-length", &length)]).await;
        assert_eq!(short.problem(), (400, "truncated".into()));
        assert_eq!(world.deliver("", &[XML]).await.problem(), (400, "truncated".into()));
        assert_eq!(stored(&world).await, 0);
        assert_eq!(world.message(LETTER).await.done()["outcome"], "accepted");
    }
}

on_both_engines! {
    async fn a_message_with_a_key_is_taken_in_once(database: &Database) {
        let world = World::new(database).await;
        let headers = [XML, ("idempotency-key", "fil-1")];
        let first = world.deliver(fixture(LETTER), &headers).await.done();
        assert_eq!(world.deliver(fixture(LETTER), &headers).await.done(), first);
        assert_eq!(stored(&world).await, 1);
        let other = world.deliver(fixture("03-xref15-gp-nicotine-cessation"), &headers).await;
        assert_eq!(other.problem(), (422, "idempotency_key_reused".into()));
    }
}

on_both_engines! {
    async fn a_token_brings_nothing_into_another_municipality(database: &Database) {
        let world = World::new(database).await;
        let request = axum::http::Request::post("/api/v1/messages")
            .header("authorization", format!("Bearer {}", world.token(2, Role::System)))
            .header(XML.0, XML.1);
        let received = world.send(request.body(Body::from(fixture(LETTER))).unwrap()).await.done();
        assert_eq!((&received["outcome"], &received["referrals"]), (&json!("refused"), &json!([])));
        assert_eq!(received["answers"][0]["code"], "ukendt_lokationsnummer");
        assert_eq!((stored(&world).await, &world.get("/referrals").await["items"]), (0, &json!([])));
        assert!(!text(&received["message"]).is_empty());
    }
}

/// A body that never sends anything.
struct Forever;

impl futures_core::Stream for Forever {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Pending
    }
}

/// A body in pieces, the last one first.
struct Pieces(Vec<Result<Bytes, std::io::Error>>);

impl futures_core::Stream for Pieces {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.pop())
    }
}
