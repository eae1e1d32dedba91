use std::path::PathBuf;
use std::sync::Arc;

use futures_util::future::join_all;
use pichat::protocol::{FileId, Timestamp};
use pichat::store::files::{FileReviewer, MARK, ORPHAN_MILLIS, OrphanSearch, Ownership};
use pichat::store::repository::{FileScope, FileState, StoredFile};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use super::chats::made;
use crate::contract::backends::Place;
use crate::support::client::PATIENCE;
use crate::support::faulty::{Faulty, Mood};
use crate::support::frame::{assert_frame, with};
use crate::support::http::{self, RawAnswer};
use crate::support::{Client, Server, server, start_with};

/// The first bytes of a PNG.
pub const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";
pub const HOUR: i64 = 3_600_000;

/// A server with its files in a folder of the test.
pub struct Stage {
    pub server: Server,
    folder: TempDir,
}

impl Stage {
    pub async fn open(place: Place, own: &[(&str, &str)]) -> Stage {
        let folder = tempfile::tempdir().expect("a folder for the files");
        let url = format!("file://{}", folder.path().display());
        let settings: Vec<_> = [("FILES_URL", url.as_str())].into_iter().chain(own.iter().copied()).collect();
        Stage { server: start_with(place, &settings).await, folder }
    }

    pub async fn send(&self, method: &str, url: &Value, headers: &[(&str, &str)], body: &[u8]) -> RawAnswer {
        let url = url.as_str().expect("an address");
        let path = url.strip_prefix(&format!("http://{}", self.server.address)).unwrap_or(url);
        http::exchange(self.server.address, &format!("{method} {path}"), headers, body).await
    }

    pub async fn get(&self, url: &Value, headers: &[(&str, &str)]) -> RawAnswer {
        self.send("GET", url, headers, b"").await
    }

    /// Uploads a file in one request, and returns it.
    pub async fn upload(&self, client: &mut Client, chat: &Value, name: &str, bytes: &[u8]) -> Value {
        let created = client.reply(wish(chat, name, bytes.len())).await;
        let answer = self.send("PUT", &created["uploadUrl"], &[], bytes).await;
        assert_eq!(answer.status, 201, "{created} {answer:?}");
        created["file"].clone()
    }

    /// The download URL of a file.
    async fn address(&self, client: &mut Client, chat: &Value, file: &Value) -> Value {
        client.reply(json!({"type":"GET_FILE","chatId":chat,"fileId":file["id"]})).await["url"].clone()
    }

    fn reviewer(&self) -> FileReviewer {
        self.server.services.files.reviewer(&self.server.services.repository).expect("a store")
    }

    pub async fn review_in(&self, millis: i64) {
        let later = Timestamp::from_millis(self.server.services.clock.now().millis() + millis);
        self.reviewer().review_due(later).await.expect("a review");
    }

    pub fn folder_of(&self, file: &Value) -> PathBuf {
        self.folder.path().join(file["id"].as_str().expect("an id"))
    }

    pub async fn record(&self, file: &Value) -> Option<StoredFile> {
        let id = FileId::from(file["id"].as_str().expect("an id"));
        self.server.services.repository.file(&id).await.expect("the storage answers")
    }

    /// Waits until a file is deleted completely.
    pub async fn gone(&self, file: &Value) {
        let waiting = async {
            while self.record(file).await.is_some() || self.folder_of(file).exists() {
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(PATIENCE, waiting).await.expect("the file is deleted in time");
    }

    pub fn is_there(&self, file: &Value) -> bool {
        self.folder_of(file).exists()
    }
}

pub fn wish(chat: &Value, name: &str, size: usize) -> Value {
    json!({"type":"CREATE_UPLOAD","chatId":chat,"name":name,"size":size,"mimeType":"application/octet-stream"})
}

pub fn sending(chat: &Value, file: &Value) -> Value {
    json!({"type":"SEND_MESSAGE","chatId":chat,"message":{"content":"look","attachments":[{"id":file["id"]}]}})
}

pub fn bearer(client: &Client) -> String {
    format!("Bearer {}", client.token)
}

/// Bytes that vary by position.
pub fn bytes(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at * 31 % 251) as u8 ^ (at >> 16) as u8).collect()
}

pub async fn an_uploaded_file_can_be_sent_and_downloaded(place: Place) {
    let stage = Stage::open(place, &[]).await;
    let mut ann = stage.server.user("ann").await;
    let mut ben = stage.server.user("ben").await;
    let chat = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    let picture = [PNG, &bytes(1_200_000)].concat();
    let command = json!({"type":"CREATE_UPLOAD","requestId":1,"chatId":chat,"name":"Caf\u{e9} 1.png","size":picture.len(),
        "mimeType":"image/png","width":640,"height":480});
    let created = ann.command(command).await;
    let file = created["file"].clone();
    let path = format!("/files/{}", file["id"].as_str().expect("an id"));
    let shape = json!({"id":"<any>","url":path,"name":"Caf\u{e9} 1.png","size":picture.len(),"mimeType":"image/png",
        "width":640,"height":480});
    assert_frame(
        &created,
        json!({"type":"UPLOAD_CREATED","requestId":1,"file":shape,"uploadUrl":"<any>","expiresAt":"<time>"}),
    );
    let stored = stage.send("PUT", &created["uploadUrl"], &[], &picture).await;
    assert_eq!((stored.status, &stored.json()["file"]), (201, &file));
    let again = stage.send("PUT", &created["uploadUrl"], &[], &picture).await;
    assert_eq!((again.status, again.json()), (201, stored.json()), "a lost reply");
    let message = json!({"id":"m","attachments":[{"id":file["id"]}]});
    let sent = ann.command(json!({"type":"SEND_MESSAGE","chatId":chat,"message":message})).await;
    assert_eq!((&sent["message"]["content"], &sent["message"]["attachments"]), (&json!(""), &json!([file])));
    assert_eq!(ben.next().await["message"], sent["message"]);
    let found = ben.command(json!({"type":"GET_FILE","requestId":2,"chatId":chat,"fileId":file["id"]})).await;
    assert_frame(&found, json!({"type":"FILE","requestId":2,"file":file,"url":"<any>","expiresAt":"<time>"}));
    let token = bearer(&ben);
    for (url, headers) in [(&found["url"], &[][..]), (&file["url"], &[("authorization", &*token)])] {
        let whole = stage.get(url, headers).await;
        assert!(whole.status == 200 && whole.body == picture, "{} bytes", whole.body.len());
        let size = picture.len().to_string();
        for (name, value) in [
            ("content-type", "image/png"),
            ("content-length", &*size),
            ("content-disposition", "inline; filename=\"Caf_ 1.png\"; filename*=UTF-8''Caf%C3%A9%201.png"),
            ("x-content-type-options", "nosniff"),
            ("content-security-policy", "sandbox; default-src 'none'"),
            ("accept-ranges", "bytes"),
            ("cache-control", "private, no-cache"),
        ] {
            assert_eq!(whole.header(name), Some(value), "{name}");
        }
        assert_eq!(whole.header("set-cookie"), None);
        let etag = format!("\"{}\"", stored.json()["sha256"].as_str().expect("a digest"));
        assert_eq!(whole.header("etag"), Some(&*etag));
        let with = |more: &[(&'static str, &str)]| -> Vec<(String, String)> {
            headers.iter().chain(more).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
        };
        for (more, status, range, body) in [
            (with(&[("if-none-match", &etag)]), 304, None, &b""[..]),
            (with(&[("range", "bytes=524280-524300")]), 206, Some("bytes 524280-524300/"), &picture[524_280..524_301]),
            (with(&[("range", "bytes=-5")]), 206, Some("bytes "), &picture[picture.len() - 5..]),
            (with(&[("range", "bytes=1200033-")]), 416, Some("bytes */"), b""),
            (with(&[("range", "bytes=0-1"), ("if-range", "\"other\"")]), 200, None, &picture),
        ] {
            let more: Vec<_> = more.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let answer = stage.get(url, &more).await;
            assert_eq!((answer.status, answer.body.len()), (status, body.len()), "{more:?}");
            assert!(answer.body == body, "{more:?}");
            let told = answer.header("content-range");
            assert!(range.map_or(told.is_none(), |range| told.is_some_and(|told| told.starts_with(range))), "{told:?}");
        }
        let head = stage.send("HEAD", url, headers, b"").await;
        assert_eq!((head.status, head.header("content-length"), head.body.len()), (200, Some(&*size), 0));
    }
}

/// The server stops between the record of the file and the outcome of the command.
pub async fn a_repeated_create_upload_without_an_outcome_finds_its_upload(place: Place) {
    let Place { repository, keep } = place;
    let faulty = Faulty::new(repository);
    let storage: Arc<dyn pichat::store::repository::Repository> = faulty.clone();
    let folder = tempfile::tempdir().expect("a folder for the files");
    let url = format!("file://{}", folder.path().display());
    let server = server::start_over(storage, keep, server::settings(&[("FILES_URL", &url)])).await;
    let stage = Stage { server, folder };
    let mut ann = stage.server.user("ann").await;
    let chat = ann.reply(json!({"type":"CREATE_CHAT","name":"g"})).await["chatId"].clone();
    let avatar = json!({"type":"CREATE_UPLOAD","purpose":"avatar","name":"a.png","size":10,"mimeType":"image/png"});
    let mut ids = vec![];
    for (number, command) in [wish(&chat, "a.bin", 10), wish(&chat, "b.bin", 10), avatar].into_iter().enumerate() {
        let command = with(command, json!({"opId":format!("upload-{number}")}));
        faulty.be(Mood::LosesOutcomes);
        let first = ann.reply(command.clone()).await;
        assert_eq!((&first["type"], first.get("duplicate")), (&json!("UPLOAD_CREATED"), None), "{first}");
        faulty.be(Mood::Good);
        for _ in 0..2 {
            let again = ann.reply(command.clone()).await;
            assert_eq!((&again["file"], &again["duplicate"]), (&first["file"], &json!(true)), "{again}");
            assert_eq!(again["expiresAt"], first["expiresAt"]);
        }
        ids.push(first["file"]["id"].clone());
    }
    assert!(ids[0] != ids[1] && ids[1] != ids[2] && ids[0] != ids[2], "{ids:?}");
    let scope = FileScope::Owner((&*ann.user_id).into());
    let files = stage.server.services.repository.files(&scope, None, 100).await.expect("the storage answers");
    assert_eq!(files.items.len(), 3, "{files:?}");
    let command = with(wish(&chat, "a.bin", 10), json!({"opId":"upload-0"}));
    let again = ann.reply(command).await;
    assert_eq!(stage.send("PUT", &again["uploadUrl"], &[], &bytes(10)).await.status, 201);
    assert_eq!(ann.reply(sending(&chat, &again["file"])).await["type"], "NEW_MESSAGE");
}

pub async fn an_interrupted_upload_resumes(place: Place) {
    let stage = Stage::open(place, &[]).await;
    let mut ann = stage.server.user("ann").await;
    let chat = made(&mut ann, "group", "den", &mut []).await;
    let whole = bytes(1_500_000);
    let created = ann.reply(wish(&chat, "a.bin", whole.len())).await;
    let url = &created["uploadUrl"];
    let part = |from: usize, to: usize| format!("bytes {from}-{}/1500000", to - 1);
    let ask = [("content-range", "bytes */1500000")];
    let none = stage.send("PUT", url, &ask, b"").await;
    assert_eq!((none.status, none.header("range"), &none.json()["received"]), (308, None, &json!(0)));
    let first = stage.send("PUT", url, &[("content-range", &part(0, 600_000))], &whole[..600_000]).await;
    assert_eq!((first.status, first.header("range")), (308, Some("bytes=0-599999")));
    assert_eq!(first.json(), json!({"received":600_000,"size":1_500_000}));
    let gap = stage.send("PUT", url, &[("content-range", &part(700_000, 800_000))], &whole[700_000..800_000]).await;
    assert_eq!(
        (gap.status, &gap.json()["code"], &gap.json()["field"]),
        (409, &json!("CONFLICT"), &json!("Content-Range"))
    );
    // A connection that breaks in the middle of a part.
    let path = url.as_str().and_then(|url| url.split_once("/uploads/")).expect("an address").1;
    let mut broken = TcpStream::connect(stage.server.address).await.expect("the server listens");
    let head = format!(
        "PUT /uploads/{path} HTTP/1.1\r\nhost: x\r\ncontent-length: 900000\r\ncontent-range: {}\r\n\r\n",
        part(600_000, 1_500_000)
    );
    broken.write_all(head.as_bytes()).await.expect("the server reads");
    broken.write_all(&whole[600_000..1_100_000]).await.expect("the server reads");
    broken.shutdown().await.expect("an end");
    let mut received = 600_000;
    while received == 600_000 {
        let answer = stage.send("PUT", url, &ask, b"").await;
        received = answer.json()["received"].as_u64().expect("a number") as usize;
    }
    assert_eq!(received, 1_100_000);
    let rest = stage.send("PUT", url, &[("content-range", &part(received, 1_500_000))], &whole[received..]).await;
    assert_eq!(rest.status, 201, "{rest:?}");
    let address = stage.address(&mut ann, &chat, &created["file"]).await;
    assert!(stage.get(&address, &[]).await.body == whole);
    // Once more from the beginning, with other bytes.
    let created = ann.reply(wish(&chat, "b.bin", 1_500_000)).await;
    let url = &created["uploadUrl"];
    stage.send("PUT", url, &[("content-range", &part(0, 700_000))], &vec![0; 700_000]).await;
    assert_eq!(stage.send("PUT", url, &[], &whole).await.status, 201);
    let address = stage.address(&mut ann, &chat, &created["file"]).await;
    assert!(stage.get(&address, &[]).await.body == whole);
}

/// Bytes in the folder of a file.
fn stored_bytes(folder: PathBuf) -> u64 {
    let segments = std::fs::read_dir(folder).expect("a folder");
    segments.map(|segment| segment.and_then(|segment| segment.metadata()).expect("a segment").len()).sum()
}

pub async fn an_upload_stores_each_byte_once(place: Place) {
    let stage = Stage::open(place, &[]).await;
    let mut ann = stage.server.user("ann").await;
    let chat = made(&mut ann, "group", "den", &mut []).await;
    let whole = bytes(1_200_000);
    let created = ann.reply(wish(&chat, "a.bin", whole.len())).await;
    let stored = || stored_bytes(stage.folder_of(&created["file"]));
    for _ in 0..3 {
        let nearly = [("content-range", "bytes 0-1199998/1200000")];
        let answer = stage.send("PUT", &created["uploadUrl"], &nearly, &whole[..1_199_999]).await;
        assert_eq!((answer.status, stored()), (308, 1_199_999));
    }
    for at in 0..3 {
        let digest = format!("sha-256=:{}=:", "A".repeat(43));
        let wrong = [("repr-digest", &*digest)];
        let answer = stage.send("PUT", &created["uploadUrl"], &wrong, &whole).await;
        assert_eq!((answer.status, stored()), (400, 0), "{at}");
    }
    assert_eq!(stage.send("PUT", &created["uploadUrl"], &[], &whole).await.status, 201);
    assert_eq!(stored(), 1_200_000);
    // Many small parts: each rewrites the last segment.
    let created = ann.reply(wish(&chat, "b.bin", 600_000)).await;
    let stored = || stored_bytes(stage.folder_of(&created["file"]));
    let mut received = 400_000;
    let first = [("content-range", "bytes 0-399999/600000")];
    assert_eq!(stage.send("PUT", &created["uploadUrl"], &first, &whole[..received]).await.status, 308);
    let refused = loop {
        let range = format!("bytes {received}-{received}/600000");
        let part = &whole[received..=received];
        let answer = stage.send("PUT", &created["uploadUrl"], &[("content-range", &range)], part).await;
        if answer.status != 308 {
            break answer;
        }
        received += 1;
        assert_eq!(stored(), received as u64);
        assert!(received < 400_060, "a bound on the parts");
    };
    assert_eq!((refused.status, &refused.json()["code"]), (409, &json!("CONFLICT")));
}

/// Sends the headers of an upload and its first byte.
async fn begun(at: std::net::SocketAddr, url: &Value, size: usize) -> TcpStream {
    let path = url.as_str().and_then(|url| url.split_once("/uploads/")).expect("an address").1;
    let mut stream = TcpStream::connect(at).await.expect("the server listens");
    let head = format!("PUT /uploads/{path} HTTP/1.1\r\nhost: x\r\ncontent-length: {size}\r\n\r\nx");
    stream.write_all(head.as_bytes()).await.expect("the server reads");
    stream
}

pub async fn one_user_cannot_take_every_upload_slot(place: Place) {
    const PLACES: usize = 16;
    let stage = Stage::open(place, &[]).await;
    let at = stage.server.address;
    let mut ann = stage.server.user("ann").await;
    let mut ben = stage.server.user("ben").await;
    let chat = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    let whole = bytes(1000);
    let mut open = vec![];
    for number in 0..PLACES {
        let created = ann.reply(wish(&chat, &format!("{number}.bin"), whole.len())).await;
        open.push((begun(at, &created["uploadUrl"], whole.len()).await, created.clone()));
        let seen = async {
            while stage.record(&created["file"]).await.is_none_or(|record| record.writers == 0) {
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(PATIENCE, seen).await.expect("the server sees it in time");
    }
    let another = ann.reply(wish(&chat, "another.bin", 1000)).await;
    let refused = stage.send("PUT", &another["uploadUrl"], &[], &whole).await;
    assert_eq!((refused.status, &refused.json()["code"]), (429, &json!("RATE_LIMITED")));
    stage.upload(&mut ben, &chat, "b.bin", &whole).await;
    // The next request to an upload aborts the previous one, which may hang.
    let (mut former, created) = open.swap_remove(0);
    assert_eq!(stage.send("PUT", &created["uploadUrl"], &[], &whole).await.status, 201);
    let mut told = vec![0; 12];
    let answered = tokio::io::AsyncReadExt::read_exact(&mut former, &mut told);
    tokio::time::timeout(PATIENCE, answered).await.expect("an answer in time").expect("an answer");
    assert_eq!(told, b"HTTP/1.1 409");
}

pub async fn ticket_requests_are_rate_limited(place: Place) {
    let stage = Stage::open(place, &[("COMMANDS_PER_SECOND", "1"), ("COMMAND_BURST", "20")]).await;
    let mut ann = stage.server.user("ann").await;
    let chat = made(&mut ann, "group", "den", &mut []).await;
    let file = stage.upload(&mut ann, &chat, "a.bin", b"bytes").await;
    let address = stage.address(&mut ann, &chat, &file).await;
    let upload = ann.reply(wish(&chat, "b.bin", 1000)).await["uploadUrl"].clone();
    let mut answered = 0;
    while stage.get(&address, &[]).await.status != 429 {
        answered += 1;
        assert!(answered < 500, "a bound on downloads");
    }
    let ask = [("content-range", "bytes */1000")];
    for (method, url, headers) in [("PUT", &upload, &ask[..]), ("DELETE", &upload, &[]), ("GET", &address, &[])] {
        let mut asked = 0;
        while stage.send(method, url, headers, b"").await.status != 429 {
            asked += 1;
            assert!(asked < 500, "a bound on {method}");
        }
    }
}

pub async fn forged_tickets_are_throttled_and_valid_ones_are_not(place: Place) {
    let own = [("LOGIN_ATTEMPTS_PER_MINUTE", "1"), ("METRICS_TOKEN", "metrics-of-the-tests")];
    let stage = Stage::open(place, &own).await;
    let mut ann = stage.server.user("ann").await;
    let chat = made(&mut ann, "group", "den", &mut []).await;
    let file = stage.upload(&mut ann, &chat, "a.bin", b"bytes").await;
    let address = stage.address(&mut ann, &chat, &file).await;
    let forged = json!(format!("{}00", address.as_str().expect("an address")));
    let mut tried = 0;
    while stage.get(&forged, &[]).await.status != 429 {
        tried += 1;
        assert!(tried < 200, "a bound on forged tickets");
    }
    assert!(tried > 0);
    for (method, path) in [("PUT", "/uploads/61.1.00"), ("DELETE", "/uploads/61.1.00"), ("GET", "/export/61.1.00")] {
        assert_eq!(stage.send(method, &json!(path), &[], b"").await.status, 429, "{method} {path}");
    }
    let metrics = json!("/metrics");
    assert_eq!(stage.get(&metrics, &[("authorization", "Bearer wrong")]).await.status, 429);
    assert_eq!(stage.get(&metrics, &[("authorization", "Bearer metrics-of-the-tests")]).await.status, 200);
    assert_eq!(stage.get(&address, &[]).await.body, b"bytes");
}

pub async fn an_empty_database_deletes_no_stored_files(place: Place) {
    let stage = Stage::open(place, &[]).await;
    let services = &stage.server.services;
    let names: Vec<Value> = (0..6).map(|digit| json!({"id":digit.to_string().repeat(33)})).collect();
    services.files.prepare(&*services.repository).await.expect("an empty store is claimed");
    for file in &names {
        std::fs::create_dir(stage.folder_of(file)).expect("a folder");
        std::fs::write(stage.folder_of(file).join("000000-1"), b"bytes").expect("a segment");
    }
    let begun = services.clock.now().millis();
    let search = async |months: i64| {
        let now = Timestamp::from_millis(begun + months * ORPHAN_MILLIS);
        stage.reviewer().collect_orphans(now).await.expect("a search")
    };
    for months in 0..3 {
        assert_eq!(search(months).await, OrphanSearch::TooMany { orphans: 6, files: 6 });
    }
    // A refused search does not start the waiting time of its orphans.
    std::fs::remove_dir_all(stage.folder_of(&names[5])).expect("a folder");
    assert_eq!(search(3).await, OrphanSearch::Done { deleted: 0, waiting: 5 });
    // Another database's marker.
    std::fs::write(stage.folder.path().join(MARK), "another").expect("a mark");
    assert_eq!(search(5).await, OrphanSearch::NotOwn(Ownership::Foreign));
    let refusal = services.files.prepare(&*services.repository).await.expect_err("the store of another database");
    assert!(refusal.to_string().starts_with("FILES_URL: it belongs to another database"), "{refusal}");
    std::fs::remove_file(stage.folder.path().join(MARK)).expect("a mark");
    assert_eq!(search(5).await, OrphanSearch::NotOwn(Ownership::Unclaimed));
    let refusal = services.files.prepare(&*services.repository).await.expect_err("unknown files");
    assert!(refusal.to_string().contains("none of the first hundred is in this database"), "{refusal}");
    assert!(names[..5].iter().all(|file| stage.is_there(file)));
}

pub async fn upload_errors_name_the_field(place: Place) {
    let stage = Stage::open(place, &[("MAX_FILE_BYTES", "1000")]).await;
    let mut ann = stage.server.user("ann").await;
    let mut ben = stage.server.user("ben").await;
    let chat = made(&mut ann, "group", "den", &mut []).await;
    let foreign = made(&mut ben, "channel", "news", &mut []).await;
    ann.next_of("CHANNEL_LISTED").await;
    for (change, code, field) in [
        (json!({"size":0}), "INVALID_ARGUMENT", "size"),
        (json!({"size":1001}), "TOO_LARGE", "size"),
        (json!({"name":""}), "INVALID_ARGUMENT", "name"),
        (json!({"name":"../../etc/passwd"}), "INVALID_ARGUMENT", "name"),
        (json!({"name":"..\\..\\boot.ini"}), "INVALID_ARGUMENT", "name"),
        (json!({"name":".."}), "INVALID_ARGUMENT", "name"),
        (json!({"name":"a\r\nset-cookie: b"}), "INVALID_ARGUMENT", "name"),
        (json!({"name":"invoice\u{202e}fdp.exe"}), "INVALID_ARGUMENT", "name"),
        (json!({"name":"x".repeat(256)}), "INVALID_ARGUMENT", "name"),
        (json!({"mimeType":"png"}), "INVALID_ARGUMENT", "mimeType"),
        (json!({"mimeType":"image/png\r\nset-cookie: b"}), "INVALID_ARGUMENT", "mimeType"),
        (json!({"width":0}), "INVALID_ARGUMENT", "width"),
        (json!({"height":100_001}), "INVALID_ARGUMENT", "height"),
        (json!({"chatId":"nowhere"}), "NOT_FOUND", "chatId"),
        (json!({"chatId":foreign}), "FORBIDDEN", "chatId"),
    ] {
        let error = ann.refused(with(wish(&chat, "a.bin", 9), change), code, field).await;
        assert!(code != "TOO_LARGE" || error["error"].as_str().is_some_and(|text| text.contains("MAX_FILE_BYTES")));
    }
    ann.reply(json!({"type":"UPDATE_CHAT","chatId":chat,"active":false})).await;
    ann.refused(wish(&chat, "a.bin", 9), "CONFLICT", "chatId").await;
    for (file, code) in [("nothing", "NOT_FOUND"), ("../../pichat.db", "NOT_FOUND"), ("", "NOT_FOUND")] {
        ann.refused(json!({"type":"GET_FILE","chatId":chat,"fileId":file}), code, "fileId").await;
        let token = bearer(&ann);
        let answer = stage.get(&json!(format!("/files/{file}")), &[("authorization", &token)]).await;
        assert_eq!((answer.status, &answer.json()["code"]), (404, &json!("NOT_FOUND")));
    }
}

pub async fn mismatched_uploads_are_discarded(place: Place) {
    let stage = Stage::open(place, &[]).await;
    let mut ann = stage.server.user("ann").await;
    let mut ben = stage.server.user("ben").await;
    let chat = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    let created = ann.reply(wish(&chat, "a.bin", 10)).await;
    let url = &created["uploadUrl"];
    let file = &created["file"];
    let wrong_digest = format!("sha-256=:{}=:", "A".repeat(43));
    for (headers, body, status, field) in [
        (&[][..], &b"123456789"[..], 400, "Content-Length"),
        (&[], b"12345678901", 400, "Content-Length"),
        (&[("content-range", "bytes 0-4/10")], b"123456", 400, "Content-Length"),
        (&[("content-range", "bytes 0-4/11")], b"12345", 400, "Content-Range"),
        (&[("content-range", "bytes 4-2/10")], b"12345", 400, "Content-Range"),
        (&[("content-range", "bytes 0-10/10")], b"12345678901", 400, "Content-Range"),
        (&[("content-range", "nonsense")], b"12345", 400, "Content-Range"),
        (&[("repr-digest", "sha-256=:short:")], b"1234567890", 400, "Repr-Digest"),
        (&[("repr-digest", &wrong_digest)], b"1234567890", 400, "Repr-Digest"),
    ] {
        let answer = stage.send("PUT", url, headers, body).await;
        assert_eq!((answer.status, &answer.json()["field"]), (status, &json!(field)), "{headers:?}");
        assert_eq!(stage.record(file).await.map(|file| (file.received, file.state)), Some((0, FileState::Uploading)));
    }
    ann.refused(sending(&chat, file), "NOT_FOUND", "message.attachments[0].id").await;
    ann.refused(json!({"type":"GET_FILE","chatId":chat,"fileId":file["id"]}), "NOT_FOUND", "fileId").await;
    for spoiled in
        [url.as_str().expect("an address").replace(".1", ".2"), format!("http://{}/uploads/", stage.server.address)]
    {
        assert_eq!(stage.send("PUT", &json!(spoiled), &[], b"1234567890").await.status, 404, "{spoiled}");
    }
    // A URL for one purpose is invalid for another.
    let ticket = url.as_str().and_then(|url| url.split_once("/uploads/")).expect("an address").1;
    let path = format!("/files/{}?ticket={ticket}", file["id"].as_str().expect("an id"));
    assert_eq!(stage.get(&json!(path), &[]).await.status, 404);
    assert_eq!(stage.get(&json!(format!("/export/{ticket}")), &[]).await.status, 404);
    assert_eq!(stage.send("PUT", url, &[], b"1234567890").await.status, 201);
    let address = stage.address(&mut ann, &chat, file).await;
    let ticket = address.as_str().and_then(|url| url.split_once("ticket=")).expect("a ticket").1;
    for path in [format!("/uploads/{ticket}"), format!("/export/{ticket}")] {
        let method = if path.starts_with("/up") { "PUT" } else { "GET" };
        assert_eq!(stage.send(method, &json!(path), &[], b"").await.status, 404, "{path}");
    }
    // A removed member cannot continue an upload, and a cancelled upload is deleted.
    let begun = ben.reply(wish(&chat, "b.bin", 10)).await;
    ann.reply(json!({"type":"REMOVE_MEMBERS","chatId":chat,"userIds":[ben.user_id]})).await;
    let answer = stage.send("PUT", &begun["uploadUrl"], &[], b"1234567890").await;
    assert_eq!((answer.status, &answer.json()["code"]), (403, &json!("FORBIDDEN")));
    let begun = ann.reply(wish(&chat, "c.bin", 10)).await;
    stage.send("PUT", &begun["uploadUrl"], &[("content-range", "bytes 0-4/10")], b"12345").await;
    assert!(stage.is_there(&begun["file"]));
    assert_eq!(stage.send("DELETE", &begun["uploadUrl"], &[], b"").await.status, 204);
    stage.gone(&begun["file"]).await;
    assert_eq!(stage.send("PUT", &begun["uploadUrl"], &[], b"1234567890").await.status, 404);
}

pub async fn only_images_are_served_inline(place: Place) {
    let stage = Stage::open(place, &[]).await;
    let mut ann = stage.server.user("ann").await;
    let chat = made(&mut ann, "group", "den", &mut []).await;
    let polyglot = b"GIF89a/*<script>alert(1)</script>*/=1;";
    let avif = b"\0\0\0\x20ftypavif\0\0\0\0avifmif1miafMA1B";
    for (name, declared, content, sent_as, kind) in [
        ("a.png", "text/html", PNG, "image/png", "inline"),
        ("a.jpg", "image/png", b"\xff\xd8\xff\xe0\0\x10JFIF\0", "image/jpeg", "inline"),
        ("a.gif", "application/javascript", polyglot, "image/gif", "inline"),
        ("a.webp", "image/webp", b"RIFF\x24\0\0\0WEBPVP8 ", "image/webp", "inline"),
        ("a.avif", "image/avif", avif, "image/avif", "inline"),
        ("a.png", "image/png", b"<html><script>alert(1)</script>", "application/octet-stream", "attachment"),
        ("a.svg", "image/svg+xml", b"<svg onload='alert(1)'/>", "application/octet-stream", "attachment"),
        ("a.html", "text/html", b"<script>alert(1)</script>", "application/octet-stream", "attachment"),
        ("a.js", "text/javascript", b"alert(1)", "application/octet-stream", "attachment"),
        ("a.ico", "image/x-icon", b"\0\0\x01\0\x01\0", "application/octet-stream", "attachment"),
        ("a.bmp", "image/bmp", b"BM\x3a\0\0\0\0\0\0\0", "application/octet-stream", "attachment"),
        ("a.pdf", "application/pdf", b"%PDF-1.7", "application/pdf", "attachment"),
        ("a.txt", "text/plain; charset=utf-8", b"plain", "text/plain; charset=utf-8", "attachment"),
        ("say \"hi\"; x=y.zip", "application/zip", b"PK\x03\x04", "application/octet-stream", "attachment"),
    ] {
        let command = with(wish(&chat, name, content.len()), json!({"mimeType":declared}));
        let created = ann.reply(command).await;
        assert_eq!(stage.send("PUT", &created["uploadUrl"], &[], content).await.status, 201, "{name}");
        let address = stage.address(&mut ann, &chat, &created["file"]).await;
        let answer = stage.get(&address, &[]).await;
        assert_eq!((answer.status, &*answer.body), (200, content));
        assert_eq!(answer.header("content-type"), Some(sent_as), "{name} as {declared}");
        let disposition = answer.header("content-disposition").expect("a disposition");
        assert!(disposition.starts_with(&format!("{kind}; filename=\"")), "{name}: {disposition}");
        assert_eq!(disposition.matches('"').count(), 2, "{disposition}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("content-security-policy"), Some("sandbox; default-src 'none'"));
    }
}

pub async fn file_access_follows_chat_access(place: Place) {
    let stage = Stage::open(place, &[]).await;
    let mut ann = stage.server.user("ann").await;
    let mut ben = stage.server.user("ben").await;
    let mut cem = stage.server.user("cem").await;
    let chat = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    let channel = made(&mut ann, "channel", "news", &mut []).await;
    let file = stage.upload(&mut ann, &chat, "a.bin", b"secret").await;
    let public = stage.upload(&mut ann, &channel, "b.bin", b"public").await;
    let sent = ann.reply(sending(&chat, &file)).await;
    let asked = json!({"type":"GET_FILE","chatId":chat,"fileId":file["id"]});
    assert_eq!(cem.reply(asked.clone()).await["code"], "NOT_FOUND");
    assert_eq!(cem.reply(with(asked.clone(), json!({"chatId":channel}))).await["code"], "NOT_FOUND");
    let by_token = async |client: &Client, file: &Value| {
        let token = bearer(client);
        stage.get(&file["url"], &[("authorization", &token)]).await.status
    };
    assert_eq!((by_token(&cem, &file).await, by_token(&ben, &file).await), (404, 200));
    assert_eq!((by_token(&cem, &public).await, stage.get(&file["url"], &[]).await.status), (200, 401));
    let wrong = stage.get(&file["url"], &[("authorization", "Bearer nonsense")]).await;
    assert_eq!((wrong.status, &wrong.json()["code"]), (401, &json!("UNAUTHENTICATED")));
    let address = stage.address(&mut ben, &chat, &file).await;
    let open = stage.address(&mut cem, &channel, &public).await;
    assert_eq!((stage.get(&address, &[]).await.status, stage.get(&open, &[]).await.status), (200, 200));
    // A URL is valid for one file.
    let other = address
        .as_str()
        .expect("an address")
        .replace(file["id"].as_str().expect("an id"), public["id"].as_str().expect("an id"));
    assert_eq!(stage.get(&json!(other), &[]).await.status, 404);
    ann.reply(json!({"type":"REMOVE_MEMBERS","chatId":chat,"userIds":[ben.user_id]})).await;
    assert_eq!((stage.get(&address, &[]).await.status, by_token(&ben, &file).await), (404, 404));
    ann.reply(json!({"type":"BAN_MEMBER","chatId":channel,"userId":cem.user_id})).await;
    assert_eq!((stage.get(&open, &[]).await.status, by_token(&cem, &public).await), (404, 404));
    let address = stage.address(&mut ann, &chat, &file).await;
    assert_eq!(stage.get(&address, &[]).await.status, 200);
    ann.reply(json!({"type":"DELETE_MESSAGE","chatId":chat,"messageId":sent["message"]["id"]})).await;
    assert_eq!((stage.get(&address, &[]).await.status, by_token(&ann, &file).await), (404, 404));
    stage.gone(&file).await;
}

pub async fn a_file_can_be_attached_to_one_message(place: Place) {
    let stage = Stage::open(place, &[]).await;
    let mut ann = stage.server.user("ann").await;
    let mut ben = stage.server.user("ben").await;
    let chat = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    let other = made(&mut ann, "group", "attic", &mut []).await;
    let file = stage.upload(&mut ann, &chat, "a.bin", b"once").await;
    let command = |id: &str, chat: &Value| json!({"type":"SEND_MESSAGE","chatId":chat,"message":{"id":id,"content":"look","attachments":[{"id":file["id"]}]}});
    assert_eq!(ben.reply(command("of-ben", &chat)).await["code"], "NOT_FOUND", "a file of another user");
    assert_eq!(ann.reply(command("elsewhere", &other)).await["code"], "NOT_FOUND", "a file of another chat");
    let sent = ann.reply(command("one", &chat)).await;
    assert_eq!(sent["message"]["attachments"][0]["name"], "a.bin", "{sent}");
    let again = ann.reply(command("one", &chat)).await;
    assert_eq!((&again["duplicate"], &again["message"]), (&json!(true), &sent["message"]));
    let refused = ann.reply(command("two", &chat)).await;
    assert_eq!((&refused["code"], &refused["field"]), (&json!("CONFLICT"), &json!("message.attachments[0].id")));
    // A refused message leaves its file available to the next one.
    let file = stage.upload(&mut ann, &chat, "b.bin", b"twice").await;
    let reply = json!({"id":"three","content":"x","replyTo":"nothing","attachments":[{"id":file["id"]}]});
    assert_eq!(ann.reply(json!({"type":"SEND_MESSAGE","chatId":chat,"message":reply})).await["code"], "NOT_FOUND");
    assert_eq!(ann.reply(sending(&chat, &file)).await["type"], "NEW_MESSAGE");
    let direct = ann.reply(json!({"type":"SEND_PERSONAL_MESSAGE","to":"ben","content":"hi"})).await["chatId"].clone();
    let file = stage.upload(&mut ann, &direct, "c.bin", b"for ben").await;
    let personal = json!({"type":"SEND_PERSONAL_MESSAGE","to":"ben","attachments":[{"id":file["id"]}]});
    assert_eq!(ann.reply(personal).await["message"]["attachments"][0]["url"], file["url"]);
}

pub async fn unreferenced_files_are_deleted(place: Place) {
    let stage = Stage::open(place, &[]).await;
    let mut ann = stage.server.user("ann").await;
    let mut ben = stage.server.person("ben").await;
    let chat = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    let doomed = made(&mut ann, "group", "attic", &mut []).await;
    let kept = stage.upload(&mut ann, &chat, "kept.bin", b"kept").await;
    ann.reply(sending(&chat, &kept)).await;
    let unattached = stage.upload(&mut ann, &chat, "unattached.bin", b"unattached").await;
    let of_chat = stage.upload(&mut ann, &doomed, "of-chat.bin", b"of chat").await;
    ann.reply(sending(&doomed, &of_chat)).await;
    let of_ben = stage.upload(&mut ben, &chat, "of-ben.bin", b"of ben").await;
    ben.reply(sending(&chat, &of_ben)).await;
    let unfinished = ann.reply(wish(&chat, "unfinished.bin", 10)).await;
    stage.send("PUT", &unfinished["uploadUrl"], &[("content-range", "bytes 0-4/10")], b"12345").await;
    // Leftovers of a crash: bytes without a record, and a record whose bytes are being deleted.
    let orphan = json!({"id":"a".repeat(33)});
    std::fs::create_dir(stage.folder_of(&orphan)).expect("a folder");
    std::fs::write(stage.folder_of(&orphan).join("000000-1"), b"orphan").expect("a segment");
    let half = stage.upload(&mut ann, &chat, "half.bin", b"half").await;
    let record = stage.record(&half).await.expect("a record");
    let marked = StoredFile { state: FileState::Deleting, due_at: record.created_at, ..record.next() };
    assert!(stage.server.services.repository.save_file(&marked).await.expect("the storage answers"));

    stage.review_in(0).await;
    stage.gone(&half).await;
    let services = &stage.server.services;
    services.files.prepare(&*services.repository).await.expect("its own store");
    let begun = services.clock.now().millis();
    for (millis, deleted) in [(0, 0), (ORPHAN_MILLIS - 1, 0), (ORPHAN_MILLIS, 1)] {
        let found = stage.reviewer().collect_orphans(Timestamp::from_millis(begun + millis)).await.expect("a search");
        assert_eq!(found, OrphanSearch::Done { deleted, waiting: 1 - deleted });
        assert_eq!(stage.is_there(&orphan), deleted == 0);
    }
    assert!([&kept, &unattached, &of_chat, &of_ben, &unfinished["file"]].into_iter().all(|file| stage.is_there(file)));
    stage.review_in(HOUR / 3).await;
    stage.gone(&unfinished["file"]).await;
    ann.reply(json!({"type":"DELETE_CHAT","chatId":doomed})).await;
    stage.gone(&of_chat).await;
    assert!(stage.is_there(&unattached));
    let admin = Arc::clone(&stage.server.services.repository);
    let name = pichat::store::repository::AccountName::Id(ben.user_id.as_str().into());
    let account = admin.account(&name).await.expect("the storage answers").expect("an account");
    pichat::api::departure::delete(&stage.server.services, account, None).await.expect("a deletion");
    stage.gone(&of_ben).await;
    for days in 1..4 {
        stage.review_in(days * 25 * HOUR).await;
    }
    stage.gone(&unattached).await;
    let late = Timestamp::from_millis(begun + 3 * ORPHAN_MILLIS);
    let found = stage.reviewer().collect_orphans(late).await.expect("a search");
    assert_eq!(found, OrphanSearch::Done { deleted: 0, waiting: 0 });
    let address = stage.address(&mut ann, &chat, &kept).await;
    assert_eq!(stage.get(&address, &[]).await.body, b"kept");
}

pub async fn quotas_hold_under_two_hundred_concurrent_uploads(place: Place) {
    const USERS: usize = 10;
    const EACH: usize = 20;
    let stage =
        Stage::open(place, &[("FILE_QUOTA_BYTES_PER_USER", "100000"), ("COMMANDS_PER_SECOND_PER_USER", "0")]).await;
    let mut people = vec![];
    for number in 0..USERS {
        let mut person = stage.server.user(&format!("user{number}")).await;
        let chat = made(&mut person, "group", "den", &mut []).await;
        people.push((person, chat));
    }
    let address = stage.server.address;
    // 15 files of 6,500 bytes are 97,500 bytes; another does not fit.
    let wishes = people.iter().flat_map(|(person, chat)| {
        (0..EACH).map(move |number| async move {
            http::command(address, Some(&person.token), &wish(chat, &format!("{number}.bin"), 6_500)).await.json()
        })
    });
    let created: Vec<Value> = join_all(wishes).await;
    for (number, of_one) in created.chunks(EACH).enumerate() {
        let taken = of_one.iter().filter(|created| created["type"] == "UPLOAD_CREATED").count();
        assert_eq!(taken, 15, "user {number}: {of_one:?}");
        let refused = of_one.iter().filter(|created| created["type"] != "UPLOAD_CREATED");
        for refused in refused {
            assert_eq!((&refused["code"], &refused["field"]), (&json!("CONFLICT"), &json!("size")), "{refused}");
            let message = refused["error"].as_str().expect("a sentence");
            assert!(message.contains("FILE_QUOTA_BYTES_PER_USER"), "{message}");
        }
    }
    let body = bytes(6_500);
    let taken: Vec<&Value> = created.iter().filter(|created| created["type"] == "UPLOAD_CREATED").collect();
    let sent = join_all(taken.iter().map(|created| stage.send("PUT", &created["uploadUrl"], &[], &body))).await;
    for answer in &sent {
        assert_eq!(answer.status, 201, "{answer:?}");
    }
    let (person, chat) = &mut people[0];
    person.refused(wish(chat, "more.bin", 6_500), "CONFLICT", "size").await;
    let small = person.reply(wish(chat, "small.bin", 2_500)).await;
    assert_eq!(small["type"], "UPLOAD_CREATED", "{small}");
    // The other limit: unfinished uploads of any size.
    let mut busy = stage.server.user("busy").await;
    let chat = made(&mut busy, "group", "den", &mut []).await;
    let mut announced = vec![];
    for _ in 0..EACH {
        announced.push(busy.reply(wish(&chat, "a.bin", 1)).await);
        assert_eq!(announced.last().map(|created| &created["type"]), Some(&json!("UPLOAD_CREATED")));
    }
    let refused = busy.refused(wish(&chat, "a.bin", 1), "CONFLICT", "").await;
    assert!(refused["error"].as_str().is_some_and(|text| text.contains("20 unfinished uploads")), "{refused}");
    // Announced uploads hold up nothing but further uploads of their user, until one is finished or expires.
    let sent = busy.reply(json!({"type":"SEND_MESSAGE","chatId":chat,"content":"later"})).await;
    assert_eq!(sent["type"], "NEW_MESSAGE", "{sent}");
    let [ready, waiting] = [&announced[0], &announced[1]];
    assert_eq!(stage.send("PUT", &ready["uploadUrl"], &[], b"1").await.status, 201);
    let attachments = json!([{"id":ready["file"]["id"]}]);
    let sent = busy.reply(json!({"type":"SEND_MESSAGE","chatId":chat,"content":"","attachments":attachments})).await;
    assert_eq!(sent["type"], "NEW_MESSAGE", "{sent}");
    assert_eq!(busy.reply(wish(&chat, "a.bin", 1)).await["type"], "UPLOAD_CREATED");
    assert_eq!(stage.send("PUT", &waiting["uploadUrl"], &[], b"1").await.status, 201);
}

pub async fn files_are_counted_and_exported(place: Place) {
    let stage = Stage::open(place, &[]).await;
    let mut ann = stage.server.user("ann").await;
    let mut ben = stage.server.user("ben").await;
    let chat = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    let file = stage.upload(&mut ann, &chat, "a.bin", b"0123456789").await;
    stage.upload(&mut ben, &chat, "b.bin", b"01234").await;
    ann.reply(wish(&chat, "unfinished.bin", 100)).await;
    let stats = stage.server.admin().await.reply(json!({"type":"GET_STATS"})).await;
    assert_eq!((&stats["files"], &stats["fileBytes"]), (&json!(2), &json!(15)), "{stats}");
    let ready = ann.reply(json!({"type":"EXPORT_MY_DATA"})).await;
    let path = ready["url"].as_str().and_then(|url| url.split_once("/export/")).expect("an address").1;
    let export = http::send(stage.server.address, &format!("GET /export/{path}"), &[], b"").await.chunks();
    let lines = export.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let files: Vec<Value> = lines.filter(|line| line["type"] == "FILE").collect();
    assert_eq!(files.len(), 1, "{files:?}");
    assert_eq!((&files[0]["file"]["id"], &files[0]["file"]["chatId"]), (&file["id"], &chat));
    assert_eq!(files[0]["file"]["sha256"], "84d89877f0d4041efb6bf91a16f0248f2fd573e6af05c19f96bedb9f882f7882");
}
