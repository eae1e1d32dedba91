//! A chat on SQLite that outgrows its node, moved to three as the README describes it.

use std::net::SocketAddr;
use std::path::Path;

use serde_json::{Value, json};

use super::nodes::Nodes;
use crate::archive::stores::finished;
use crate::live::files::{sending, wish};
use crate::support::client::PATIENCE;
use crate::support::clouds::Cloud;
use crate::support::process::{BINARY, Process, command};
use crate::support::{Client, http, postgres};

/// Everything that a user sees of their chats, members and messages.
async fn view(client: &mut Client) -> Vec<Value> {
    let chats = client.reply(json!({"type":"GET_CHATS"})).await["chats"].clone();
    let mut seen = vec![chats.clone()];
    for chat in chats.as_array().expect("chats") {
        for wanted in ["GET_CHAT_HISTORY", "GET_MEMBERS"] {
            let mut reply = client.reply(json!({"type":wanted,"chatId":chat["id"],"limit":200})).await;
            // Presence and the request's id differ each time.
            reply.as_object_mut().expect("an object").remove("requestId");
            for member in reply["members"].as_array_mut().into_iter().flatten() {
                member["user"] = member["user"]["username"].take();
            }
            seen.push(reply);
        }
    }
    seen
}

/// The standard output of a command of the binary.
async fn run(folder: &Path, settings: &[(&str, &str)], words: &[&str], input: Vec<u8>) -> Vec<u8> {
    let mut program = command(folder, BINARY, settings);
    program.args(words);
    let output = finished(program, input).await;
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_chat_on_sqlite_moves_to_three_nodes() {
    let Some(cloud) = Cloud::s3().await else { return };
    let Some(server) = postgres::shared().await else { return };
    let folder = tempfile::tempdir().expect("a folder for the test");
    let mut old = Process::start(folder.path(), &[]).await;
    let mut ann = old.user("ann").await;
    let mut ben = old.user("ben").await;
    let chat = ann.reply(json!({"type":"CREATE_CHAT","name":"plans","members":["ben"]})).await["chatId"].clone();
    for number in 0..30 {
        let message = ann.reply(json!({"type":"SEND_MESSAGE","chatId":chat,"content":format!("{number}, @ben")})).await;
        assert_eq!(message["type"], "NEW_MESSAGE", "{message}");
        let id = &message["message"]["id"];
        match number % 5 {
            1 => drop(ann.reply(json!({"type":"EDIT_MESSAGE","chatId":chat,"messageId":id,"content":"edited"})).await),
            2 => drop(ann.reply(json!({"type":"DELETE_MESSAGE","chatId":chat,"messageId":id})).await),
            3 => drop(ben.reply(json!({"type":"ADD_REACTION","chatId":chat,"messageId":id,"emoji":"👍"})).await),
            _ => {}
        }
    }
    let upload = ann.reply(wish(&chat, "plan.txt", 5)).await;
    let path = format!("/files/{}", upload["file"]["id"].as_str().expect("an id"));
    let address: SocketAddr = old.address.parse().expect("an address");
    let target = upload["uploadUrl"].as_str().and_then(|url| url.split_once("/uploads/")).expect("an address").1;
    let put = http::send(address, &format!("PUT /uploads/{target}"), &[], b"hands").await;
    assert_eq!(put.status, 201, "{}", put.body);
    assert_eq!(ann.reply(sending(&chat, &upload["file"])).await["type"], "NEW_MESSAGE");
    assert_eq!(ben.reply(json!({"type":"MARK_READ","chatId":chat,"seq":20})).await["type"], "MESSAGE_READ");
    let seen = [view(&mut ann).await, view(&mut ben).await];
    assert_eq!(seen[1][1]["messages"].as_array().map(Vec::len), Some(31), "{seen:?}");

    // Stopped first, so that nothing is sent that the archive lacks.
    old.terminate();
    assert!(old.ended(PATIENCE).await.success());
    let exported = run(folder.path(), &[], &["export"], vec![]).await;
    let database = server.url_of(&server.place().await);
    let new = tempfile::tempdir().expect("a folder for the test");
    let files: Vec<(&str, &str)> = cloud.settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let place = new.path().to_string_lossy().into_owned();
    // Nothing listens at this address, because an import needs no bus.
    let own = [("DATABASE_URL", database.as_str()), ("REDIS_URL", "redis://127.0.0.1:1"), ("TMPDIR", &place)];
    let mut program = command(new.path(), BINARY, &own);
    program.args(["import", "-"]);
    let refused = finished(program, exported.clone()).await;
    let complaint = String::from_utf8_lossy(&refused.stderr);
    assert!(!refused.status.success() && complaint.contains("the archive has files; set FILES_URL"), "{complaint}");
    run(new.path(), &[&files[..], &own].concat(), &["import", "-"], exported).await;

    let Some(nodes) = Nodes::over_database(&database, 3, &files).await else { return };
    let mut last = Value::Null;
    for node in &nodes.processes {
        let mut clients = vec![];
        for (old, seen) in [&ann, &ben].into_iter().zip(&seen) {
            let mut client = Client::greeted(&node.url(), &old.token).await;
            if last.is_null() {
                assert_eq!(&view(&mut client).await, seen);
            }
            clients.push(client);
        }
        let bearer = format!("Bearer {}", ben.token);
        let address = node.address.parse().expect("an address");
        let file = http::send(address, &format!("GET {path}"), &[("authorization", &bearer)], b"").await;
        assert_eq!((file.status, file.body.as_str()), (200, "hands"));
        // The clock goes on where it was.
        let sent = clients[0].reply(json!({"type":"SEND_MESSAGE","chatId":chat,"content":"here"})).await;
        let seq = sent["seq"].as_u64().expect("a position");
        let before = last.as_u64().unwrap_or_else(|| seen[0][0][0]["seq"].as_u64().expect("a position"));
        assert_eq!(seq, before + 1, "{sent}");
        assert_eq!(clients[1].next_of("NEW_MESSAGE").await["seq"], seq);
        last = seq.into();
    }
}
