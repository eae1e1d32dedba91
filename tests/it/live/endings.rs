use serde_json::json;

use crate::contract::backends::Place;
use crate::support::{self, ADMIN_TOKEN, Client};

pub async fn excess_connections_are_closed_with_a_reason(place: Place) {
    let server = support::start_with(place, &[("MAX_CONNECTIONS_PER_USER", "1")]).await;
    let mut first = server.admin().await;
    first.hears_nothing().await;
    let authorization = format!("Bearer {ADMIN_TOKEN}");
    let mut second = Client::connect_with(&server.url(), &[("authorization", &authorization)]).await;
    assert_eq!(second.next().await["type"], "CONNECTED");
    assert_eq!(second.next().await["code"], "RATE_LIMITED");
    assert_eq!(second.closed().await.map(|(code, _)| code), Some(4429));
    first.hears_nothing().await;
}

pub async fn twenty_consecutive_bad_frames_close_the_connection(place: Place) {
    let server = support::start(place).await;
    let mut client = Client::connect(&server.url()).await;
    client.next_of("CONNECTED").await;
    for _ in 0..19 {
        client.send_text("nonsense").await;
        assert_eq!(client.next().await["code"], "INVALID_JSON");
    }
    client.hears_nothing().await;
    for _ in 0..19 {
        client.send_text("[1]").await;
        assert_eq!(client.next().await["code"], "INVALID_JSON");
        assert_eq!(client.command(json!({"type":"SHOUT"})).await["code"], "UNKNOWN_COMMAND");
        assert_eq!(client.command(json!({"type":"PING","requestId":""})).await["code"], "INVALID_ARGUMENT");
    }
    client.send_text("nonsense").await;
    assert_eq!(client.next().await["code"], "INVALID_JSON");
    assert_eq!(client.closed().await.map(|(code, _)| code), Some(4400));
}
