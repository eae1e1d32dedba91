//! Limits of one search.

use serde_json::{Value, json};

use super::server;
use crate::contract::scene;
use crate::support::{Client, Server};

/// Messages so long that no machine searches a thousand of them within a millisecond.
const TEXT: usize = 2000;
const COUNT: usize = 3000;

async fn long_chat(server: &Server, ann: &Client) {
    let repository = &*server.services.repository;
    let user = repository.users(&["ann"]).await.expect("an answer").remove(0).expect("ann");
    assert_eq!(*user.id, *ann.user_id);
    let say = |number: usize| {
        let rare = if number % 700 == 5 { "zz" } else { "" };
        let text = format!("{rare} {}", "Ä".repeat(TEXT));
        scene::say(&user, "long", &format!("m{number}"), &text)
    };
    for few in 0..COUNT / 100 {
        let batch: Vec<_> = (few * 100..few * 100 + 100).map(say).collect();
        for result in repository.commit(batch.into(), server.services.clock.now()).await {
            result.expect("a member");
        }
    }
}

fn ids(page: &Value) -> Vec<String> {
    let messages = page["messages"].as_array().expect("messages");
    messages.iter().map(|one| one["id"].as_str().expect("an id").to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_search_returns_partial_results_and_a_cursor() {
    let server = server(&[("SEARCH_MILLISECONDS", "1")]).await;
    let mut ann = server.user("ann").await;
    ann.reply(json!({"type":"CREATE_CHAT","id":"long"})).await;
    long_chat(&server, &ann).await;
    let expected = ["m2805", "m2105", "m1405", "m705", "m5"];
    let search = json!({"type":"SEARCH_MESSAGES","query":"zz","chatId":"long"});
    let history = json!({"type":"GET_CHAT_HISTORY","chatId":"long","search":"zz"});
    for (command, is_newest_first) in [(search, true), (history, false)] {
        let mut found: Vec<String> = vec![];
        let mut partial = 0;
        let mut next = command.clone();
        loop {
            let page = ann.reply(next.clone()).await;
            let mut ids = ids(&page);
            if !is_newest_first {
                ids.reverse();
            }
            found.extend(ids);
            partial += usize::from(page["partial"] == true);
            let Some(cursor) = page["nextCursor"].as_str() else { break };
            next = command.clone();
            next["cursor"] = json!(cursor);
        }
        assert_eq!(found, expected, "{command}");
        assert!(partial >= 1, "{command}: {partial} partial pages");
    }
    let numbered = json!({"type":"GET_CHAT_HISTORY","chatId":"long","search":"zz","page":1});
    let page = ann.reply(numbered.clone()).await;
    assert_eq!((&page["partial"], &page["total"], &page["hasMore"]), (&json!(true), &Value::Null, &json!(true)));
    let both = json!({"type":"GET_CHAT_HISTORY","chatId":"long","cursor":page["nextCursor"],"page":2});
    ann.refused(both, "INVALID_ARGUMENT", "page").await;
    let bad = json!({"type":"GET_CHAT_HISTORY","chatId":"long","cursor":"before.x"});
    ann.refused(bad, "INVALID_ARGUMENT", "cursor").await;
}
