//! The request units of each command; `-- units --nocapture` prints the table of `docs/storage.md`.

use serde_json::{Value, json};

use crate::contract::backends;
use crate::support::{self, Client, Server};

/// Request units and requests so far, of all servers of this process.
fn spent(server: &Server) -> (f64, f64) {
    let text = server.services.telemetry.render();
    let sum = |name: &str| {
        let lines = text.lines().filter(|line| line.starts_with(name));
        lines.filter_map(|line| line.rsplit(' ').next()?.parse::<f64>().ok()).sum::<f64>()
    };
    (sum("pichat_cosmos_request_units_sum"), sum("pichat_cosmos_request_units_count"))
}

async fn cost(server: &Server, client: &mut Client, command: Value) -> Value {
    let before = spent(server);
    let reply = client.reply(command.clone()).await;
    assert_ne!(reply["type"], "ERROR", "{reply}");
    let after = spent(server);
    let name = command["type"].as_str().expect("a type");
    println!("| {name} | {:.0} | {:.1} |", after.1 - before.1, after.0 - before.0);
    assert!(after.1 > before.1, "{name} made no request");
    reply
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn request_units_are_counted_per_command() {
    let server = support::start(backends::cosmos().await.expect("a place")).await;
    let mut ann = server.user("ann").await;
    let ben = server.user("ben").await;
    println!("| command | requests | RU (emulator) |\n|---|---|---|");
    let made = cost(&server, &mut ann, json!({"type":"CREATE_CHAT","name":"a","members":[ben.user_id]})).await;
    let chat = &made["chatId"];
    for _ in 0..2 {
        cost(&server, &mut ann, json!({"type":"SEND_MESSAGE","chatId":chat,"id":"m","content":"hello"})).await;
    }
    for index in 0..100 {
        let content = "About as long as what people say to each other when they are in no hurry.";
        ann.reply(json!({"type":"SEND_MESSAGE","chatId":chat,"id":format!("m{index}"),"content":content})).await;
    }
    for command in [
        json!({"type":"SEND_MESSAGE","chatId":chat,"content":"hello"}),
        json!({"type":"GET_CHAT_HISTORY","chatId":chat,"limit":50}),
        json!({"type":"GET_MESSAGE","chatId":chat,"messageId":"m"}),
        json!({"type":"GET_CHAT","chatId":chat}),
        json!({"type":"GET_CHATS"}),
        json!({"type":"GET_MEMBERS","chatId":chat}),
        json!({"type":"SYNC","chats":{chat.as_str().expect("an id"):100}}),
        json!({"type":"EDIT_MESSAGE","chatId":chat,"messageId":"m1","content":"hello, you"}),
        json!({"type":"ADD_REACTION","chatId":chat,"messageId":"m1","emoji":"👍"}),
        json!({"type":"PIN_MESSAGE","chatId":chat,"messageId":"m1"}),
        json!({"type":"DELETE_MESSAGE","chatId":chat,"messageId":"m2"}),
        json!({"type":"SEARCH_MESSAGES","chatId":chat,"query":"hurry"}),
        json!({"type":"GET_MENTIONS"}),
        json!({"type":"SEND_PERSONAL_MESSAGE","to":ben.user_id,"content":"hello"}),
        json!({"type":"SEND_PERSONAL_MESSAGE","to":ben.user_id,"content":"hello again"}),
        json!({"type":"GET_SETTINGS"}),
        json!({"type":"UPDATE_SETTINGS","settings":{"theme":"dark"}}),
        json!({"type":"GET_USERS"}),
        json!({"type":"UPDATE_CHAT","chatId":chat,"name":"b"}),
        json!({"type":"REMOVE_MEMBERS","chatId":chat,"userIds":[ben.user_id]}),
        json!({"type":"ADD_MEMBERS","chatId":chat,"members":[ben.user_id]}),
        json!({"type":"GET_CHATS","scope":"public"}),
        json!({"type":"DELETE_CHAT","chatId":chat}),
    ] {
        cost(&server, &mut ann, command).await;
    }
}
