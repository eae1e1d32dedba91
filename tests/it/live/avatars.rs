use serde_json::{Value, json};

use super::chats::made;
use super::files::{HOUR, PNG, Stage, bearer, bytes, sending, wish};
use crate::contract::backends::Place;
use crate::support::Client;
use crate::support::client::PATIENCE;
use crate::support::frame::{assert_frame, with};
use crate::support::http;

const MINUTE: i64 = 60_000;

fn wished(size: usize) -> Value {
    json!({"type":"CREATE_UPLOAD","purpose":"avatar","name":"me.png","size":size,"mimeType":"image/png"})
}

fn setting(url: &Value) -> Value {
    json!({"type":"UPDATE_USER","avatarUrl":url})
}

/// A picture that differs from those with other marks.
fn picture(mark: u8) -> Vec<u8> {
    [PNG, &[mark; 100]].concat()
}

/// Uploads a picture without using it.
async fn uploaded(stage: &Stage, client: &mut Client, picture: &[u8]) -> Value {
    let created = client.reply(wished(picture.len())).await;
    let answer = stage.send("PUT", &created["uploadUrl"], &[], picture).await;
    assert_eq!(answer.status, 201, "{created} {answer:?}");
    created["file"].clone()
}

/// Uploads a picture and makes it the user's avatar.
async fn chosen(stage: &Stage, client: &mut Client, picture: &[u8]) -> Value {
    let file = uploaded(stage, client, picture).await;
    let updated = client.reply(setting(&file["url"])).await;
    assert_eq!(updated["user"]["avatarUrl"], file["url"], "{updated}");
    file
}

async fn status(stage: &Stage, file: &Value) -> u16 {
    stage.get(&file["url"], &[]).await.status
}

/// Reviews what is due six minutes from now until a file is deleted: the hint of its replacement changes when that is.
async fn deleted_soon(stage: &Stage, file: &Value) {
    let reviews = async {
        while stage.is_there(file) {
            stage.review_in(6 * MINUTE).await;
        }
    };
    tokio::time::timeout(PATIENCE, reviews).await.expect("the hint is followed in time");
    stage.gone(file).await;
}

pub async fn an_uploaded_avatar_is_shown_without_credentials(place: Place) {
    let stage = Stage::open(place, &[]).await;
    let mut ann = stage.server.user("ann").await;
    let mut ben = stage.server.user("ben").await;
    made(&mut ann, "group", "den", &mut [&mut ben]).await;
    let whole = [PNG, &bytes(700_000)].concat();
    let created = ann.command(with(wished(whole.len()), json!({"requestId":1}))).await;
    let file = created["file"].clone();
    let path = format!("/avatars/{}", file["id"].as_str().expect("an id"));
    let shape = json!({"id":"<any>","url":path,"name":"me.png","size":whole.len(),"mimeType":"image/png"});
    assert_frame(
        &created,
        json!({"type":"UPLOAD_CREATED","requestId":1,"file":shape,"uploadUrl":"<any>","expiresAt":"<time>"}),
    );
    ann.refused(setting(&file["url"]), "NOT_FOUND", "avatarUrl").await;
    let stored = stage.send("PUT", &created["uploadUrl"], &[], &whole).await;
    assert_eq!((stored.status, &stored.json()["file"]), (201, &file));
    assert_eq!(status(&stage, &file).await, 404, "nobody's avatar yet");
    let updated = ann.reply(setting(&file["url"])).await;
    assert_eq!(updated["user"]["avatarUrl"], file["url"]);
    assert_eq!(ben.until(|frame| frame["type"] == "USER_UPDATED").await["user"]["avatarUrl"], file["url"]);
    let shown = ben.reply(json!({"type":"GET_USER","userId":ann.user_id})).await;
    let picture = stage.get(&shown["user"]["avatarUrl"], &[]).await;
    assert!(picture.status == 200 && picture.body == whole, "{} bytes", picture.body.len());
    for (name, value) in [
        ("content-type", "image/png"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "sandbox; default-src 'none'"),
        ("cache-control", "private, max-age=31536000, immutable"),
    ] {
        assert_eq!(picture.header(name), Some(value), "{name}");
    }
    assert_eq!(picture.header("set-cookie"), None);
    let etag = picture.header("etag").expect("an etag").to_owned();
    assert_eq!(stage.get(&file["url"], &[("if-none-match", &etag)]).await.status, 304);
    let head = stage.send("HEAD", &file["url"], &[], b"").await;
    assert_eq!((head.status, head.body.len()), (200, 0));
    let mut again = ann.reply(setting(&file["url"])).await;
    assert_eq!(again["duplicate"].take(), true);
}

pub async fn avatars_are_small_images_of_their_owner(place: Place) {
    let stage = Stage::open(place, &[]).await;
    let mut ann = stage.server.user("ann").await;
    let mut ben = stage.server.user("ben").await;
    let chat = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    for (change, code, field) in [
        (json!({"size":1_048_577}), "TOO_LARGE", "size"),
        (json!({"chatId":chat}), "INVALID_ARGUMENT", "chatId"),
        (json!({"purpose":"banner"}), "INVALID_ARGUMENT", "purpose"),
        (json!({"purpose":"attachment"}), "INVALID_ARGUMENT", "chatId"),
    ] {
        ann.refused(with(wished(9), change), code, field).await;
    }
    let mut without = wished(9);
    without.as_object_mut().expect("a command").remove("purpose");
    ann.refused(without, "INVALID_ARGUMENT", "chatId").await;
    // Neither the name nor the declared type makes a picture.
    let script = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
    let created = ann.reply(wished(script.len())).await;
    for _ in 0..2 {
        let refused = stage.send("PUT", &created["uploadUrl"], &[], script).await;
        assert_eq!((refused.status, &refused.json()["field"]), (400, &json!("body")), "{refused:?}");
        assert!(stage.folder_of(&created["file"]).read_dir().expect("a folder").next().is_none(), "nothing is kept");
    }
    ann.refused(setting(&created["file"]["url"]), "NOT_FOUND", "avatarUrl").await;
    let own = uploaded(&stage, &mut ann, &picture(1)).await;
    ben.refused(setting(&own["url"]), "NOT_FOUND", "avatarUrl").await;
    let attachment = stage.upload(&mut ann, &chat, "a.png", &picture(2)).await;
    let disguised = json!(format!("/avatars/{}", attachment["id"].as_str().expect("an id")));
    for url in
        [&attachment["url"], &disguised, &json!("/avatars/../files"), &json!("/avatars/"), &json!("//host/a.png")]
    {
        ann.refused(setting(url), "NOT_FOUND", "avatarUrl").await;
    }
    assert_eq!(stage.get(&disguised, &[]).await.status, 404, "a file of a chat needs credentials");
    assert_eq!(ann.reply(sending(&chat, &own)).await["code"], "NOT_FOUND", "an avatar is no attachment");
    let asked = json!({"type":"GET_FILE","chatId":chat,"fileId":own["id"]});
    ann.refused(asked, "NOT_FOUND", "fileId").await;
    let by_id = json!(format!("/files/{}", own["id"].as_str().expect("an id")));
    let by_token = async |client: &Client| stage.get(&by_id, &[("authorization", &bearer(client))]).await.status;
    assert_eq!((by_token(&ann).await, by_token(&ben).await), (200, 404));
    ann.reply(setting(&own["url"])).await;
    assert_eq!((by_token(&ann).await, by_token(&ben).await), (200, 200));
}

pub async fn replaced_and_removed_avatars_are_deleted(place: Place) {
    let stage = Stage::open(place, &[]).await;
    let mut ann = stage.server.user("ann").await;
    let first = chosen(&stage, &mut ann, &picture(1)).await;
    let second = chosen(&stage, &mut ann, &picture(2)).await;
    assert_eq!((status(&stage, &first).await, status(&stage, &second).await), (404, 200));
    stage.review_in(MINUTE).await;
    assert!(stage.is_there(&first), "another command may be choosing it again");
    stage.review_in(6 * MINUTE).await;
    stage.gone(&first).await;
    ann.refused(setting(&first["url"]), "NOT_FOUND", "avatarUrl").await;
    // A picture that nobody has chosen is kept for a day, like a file without a message.
    let unused = uploaded(&stage, &mut ann, &picture(3)).await;
    stage.review_in(23 * HOUR).await;
    assert!(stage.is_there(&unused) && stage.is_there(&second));
    for days in 1..4 {
        stage.review_in(days * 25 * HOUR).await;
    }
    stage.gone(&unused).await;
    assert_eq!(status(&stage, &second).await, 200);
    let removed = ann.reply(setting(&Value::Null)).await;
    assert_eq!(removed["user"]["avatarUrl"], Value::Null);
    assert_eq!(status(&stage, &second).await, 404);
    deleted_soon(&stage, &second).await;
    let third = chosen(&stage, &mut ann, &picture(4)).await;
    ann.reply(setting(&json!("https://example.org/a.png"))).await;
    deleted_soon(&stage, &third).await;
}

/// The review is due at once: the claim of the avatar has been made long before.
pub async fn an_avatar_replaced_later_is_deleted_at_once(place: Place) {
    let stage = Stage::open(place, &[]).await;
    let mut ann = stage.server.user("ann").await;
    let old = chosen(&stage, &mut ann, &picture(1)).await;
    let record = stage.record(&old).await.expect("a record");
    let mut claimed = record.next();
    claimed.attached_at = Some(record.created_at);
    claimed.attached_at = claimed.attached_at.map(|at| pichat::protocol::Timestamp::from_millis(at.millis() - HOUR));
    assert!(stage.server.services.repository.save_file(&claimed).await.expect("the storage answers"));
    let new = chosen(&stage, &mut ann, &picture(2)).await;
    stage.gone(&old).await;
    assert_eq!(status(&stage, &new).await, 200);
}

pub async fn avatars_follow_their_account(place: Place) {
    let stage = Stage::open(place, &[("FILE_QUOTA_BYTES_PER_USER", "300")]).await;
    let mut ann = stage.server.person("ann").await;
    let file = chosen(&stage, &mut ann, &picture(1)).await;
    let size = picture(1).len();
    ann.refused(wished(301 - size), "CONFLICT", "size").await;
    let ready = ann.reply(json!({"type":"EXPORT_MY_DATA"})).await;
    let path = ready["url"].as_str().and_then(|url| url.split_once("/export/")).expect("an address").1;
    let export = http::send(stage.server.address, &format!("GET /export/{path}"), &[], b"").await.chunks();
    let lines = export.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let files: Vec<Value> = lines.filter(|line| line["type"] == "FILE").collect();
    assert_eq!(files.len(), 1, "{files:?}");
    assert_eq!((&files[0]["file"]["url"], &files[0]["file"]["chatId"]), (&file["url"], &Value::Null));
    let name = pichat::store::repository::AccountName::Id(ann.user_id.as_str().into());
    let repository = &stage.server.services.repository;
    let account = repository.account(&name).await.expect("the storage answers").expect("an account");
    pichat::api::departure::delete(&stage.server.services, account, None).await.expect("a deletion");
    assert_eq!(status(&stage, &file).await, 404);
    stage.gone(&file).await;
}

pub async fn requests_for_avatars_are_rate_limited(place: Place) {
    let stage = Stage::open(place, &[("COMMANDS_PER_SECOND", "1"), ("COMMAND_BURST", "20")]).await;
    let mut ann = stage.server.user("ann").await;
    let file = chosen(&stage, &mut ann, &picture(1)).await;
    let unknown = json!({"url":format!("/avatars/{}", "a".repeat(33))});
    for asked in [&file, &unknown] {
        let mut answered = 0;
        while status(&stage, asked).await != 429 {
            answered += 1;
            assert!(answered < 500, "a bound on downloads");
        }
    }
    // Wrong addresses of pictures do not count as wrong credentials.
    let mut again = Client::greeted(&stage.server.url(), &ann.token).await;
    assert_eq!(again.reply(wish(&json!("nowhere"), "a", 1)).await["code"], "NOT_FOUND");
}
