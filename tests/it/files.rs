//! Files on real stores: cloud storage, killed processes, and settings that abort startup.

use std::net::SocketAddr;

use pichat::protocol::{FileId, Timestamp};
use pichat::store::files::{CLAIM_MILLIS, MARK, OrphanSearch, Ownership, SegmentKey};
use serde_json::{Value, json};

use crate::contract::backends;
use crate::live::chats::made;
use crate::live::files::{PNG, bytes, sending, wish};
use crate::support::clouds::Cloud;
use crate::support::http::{self, RawAnswer};
use crate::support::process::{BINARY, command, refusal};
use crate::support::server::{settings, start_over};
use crate::support::{Client, Process, Server};

/// Sends a request for the URL's path to the given server.
async fn send(at: SocketAddr, method: &str, url: &Value, headers: &[(&str, &str)], body: &[u8]) -> RawAnswer {
    let url = url.as_str().expect("an address");
    let path = url.splitn(4, '/').nth(3).map_or_else(|| url.to_owned(), |path| format!("/{path}"));
    http::exchange(at, &format!("{method} {path}"), headers, body).await
}

/// Two nodes that share a database and a cloud store.
async fn nodes(cloud: &Cloud) -> [Server; 2] {
    let place = backends::sqlite().await.expect("a file");
    let node = |keep| start_over(place.repository.clone(), keep, settings(&cloud.settings()));
    let other = node(Box::new(())).await;
    [node(place.keep).await, other]
}

/// A file of several segments is uploaded through two nodes, downloaded from both, and deleted completely.
async fn every_node_serves_every_file(cloud: &Cloud) {
    let [one, two] = nodes(cloud).await;
    for node in [&one, &two] {
        node.services.files.prepare(&*node.services.repository).await.expect("a store that can be written to");
    }
    let other = backends::sqlite().await.expect("a file");
    let refusal = one.services.files.prepare(&*other.repository).await.expect_err("the store of another database");
    assert!(refusal.to_string().starts_with("FILES_URL: it belongs to another database"), "{refusal}");
    let foreign = one.services.files.reviewer(&other.repository).expect("a store");
    let mut ann = one.user("ann").await;
    let chat = made(&mut ann, "group", "den", &mut []).await;
    let whole = bytes(1_300_000);
    let created = ann.reply(wish(&chat, "a.bin", whole.len())).await;
    let url = &created["uploadUrl"];
    let file = &created["file"];
    let first = [("content-range", "bytes 0-699999/1300000")];
    assert_eq!(send(one.address, "PUT", url, &first, &whole[..700_000]).await.status, 308);
    let rest = [("content-range", "bytes 700000-1299999/1300000")];
    let complete = send(two.address, "PUT", url, &rest, &whole[700_000..]).await;
    assert_eq!(complete.status, 201, "{complete:?}");
    let sent = ann.reply(sending(&chat, file)).await;
    assert_eq!(sent["type"], "NEW_MESSAGE", "{sent}");
    let found = ann.reply(json!({"type":"GET_FILE","chatId":chat,"fileId":file["id"]})).await;
    for node in [&one, &two] {
        let answer = send(node.address, "GET", &found["url"], &[], b"").await;
        assert!(answer.status == 200 && answer.body == whole, "{} bytes", answer.body.len());
        let answer = send(node.address, "GET", &found["url"], &[("range", "bytes=524287-524289")], b"").await;
        assert_eq!((answer.status, &answer.body[..]), (206, &whole[524_287..524_290]));
    }
    let store = one.services.files.store().expect("a store").clone();
    let id = FileId::from(file["id"].as_str().expect("an id"));
    assert_eq!(store.stored(None, 10).await.expect("a list"), std::slice::from_ref(&id));
    assert_eq!(store.stored(Some(&id), 10).await.expect("a list"), []);
    let search = foreign.collect_orphans(one.services.clock.now()).await.expect("a search");
    assert_eq!(search, OrphanSearch::NotOwn(Ownership::Foreign));
    let stale = SegmentKey { file: &id, index: 9, writer: 9 };
    store.put(stale.clone(), b"stale"[..].into()).await.expect("stored");
    store.discard(stale.clone()).await.expect("deleted");
    store.discard(stale.clone()).await.expect("nothing to delete");
    store.get(stale, 0..1).await.expect_err("it is gone");
    ann.reply(json!({"type":"DELETE_MESSAGE","chatId":chat,"messageId":sent["message"]["id"]})).await;
    while !store.stored(None, 10).await.expect("a list").is_empty() {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    store.delete(&id).await.expect("nothing to delete");
    every_node_serves_every_avatar(&one, &two).await;
}

/// An avatar is uploaded through one node, chosen on the other, shown by both, and deleted by the other.
async fn every_node_serves_every_avatar(one: &Server, two: &Server) {
    let mut ann = Client::greeted(&two.url(), &one.user("ann-with-avatar").await.token).await;
    let wish =
        json!({"type":"CREATE_UPLOAD","purpose":"avatar","name":"a.png","size":PNG.len(),"mimeType":"image/png"});
    let created = ann.reply(wish).await;
    assert_eq!(send(one.address, "PUT", &created["uploadUrl"], &[], PNG).await.status, 201);
    let url = &created["file"]["url"];
    let shown = async |status: u16| {
        for node in [one, two] {
            assert_eq!(send(node.address, "GET", url, &[], b"").await.status, status);
        }
    };
    shown(404).await;
    ann.reply(json!({"type":"UPDATE_USER","avatarUrl":url})).await;
    shown(200).await;
    ann.reply(json!({"type":"UPDATE_USER","avatarUrl":null})).await;
    shown(404).await;
    let later = Timestamp::from_millis(two.services.clock.now().millis() + CLAIM_MILLIS);
    let reviewer = one.services.files.reviewer(&one.services.repository).expect("a store");
    reviewer.review_due(later).await.expect("a review");
    assert_eq!(one.services.files.store().expect("a store").stored(None, 10).await.expect("a list"), []);
}

#[cfg(feature = "s3-files")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_node_serves_files_from_s3() {
    let Some(cloud) = Cloud::s3().await else { return };
    every_node_serves_every_file(&cloud).await;
}

#[cfg(feature = "azure-files")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_node_serves_files_from_azure() {
    let Some(cloud) = Cloud::azure().await else { return };
    every_node_serves_every_file(&cloud).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upload_survives_a_killed_server() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = Process::start(folder.path(), &[]).await;
    let mut ann = server.user("ann").await;
    let chat = made(&mut ann, "group", "den", &mut []).await;
    let whole = bytes(12 << 20);
    let created = ann.reply(wish(&chat, "a.bin", whole.len())).await;
    let url = created["uploadUrl"].clone();
    let size = whole.len();
    // The server is killed before the second half arrives; the upload resumes from the stored first half.
    let path = url.as_str().and_then(|url| url.split_once("/uploads/")).expect("an address").1.to_owned();
    let mut stream = tokio::net::TcpStream::connect(&server.address).await.expect("the server listens");
    let head = format!("PUT /uploads/{path} HTTP/1.1\r\nhost: x\r\ncontent-length: {size}\r\n\r\n");
    tokio::io::AsyncWriteExt::write_all(&mut stream, head.as_bytes()).await.expect("the server reads");
    tokio::io::AsyncWriteExt::write_all(&mut stream, &whole[..9 << 20]).await.expect("the server reads");
    let ask = format!("bytes */{size}");
    let at = |server: &Process| server.address.parse::<SocketAddr>().expect("an address");
    let received = async |server: &Process| {
        let answer = send(at(server), "PUT", &url, &[("content-range", &ask)], b"").await;
        answer.json()["received"].as_u64().expect("a number") as usize
    };
    while received(&server).await < 8 << 20 {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    server.kill();
    drop(stream);
    let server = Process::start(folder.path(), &[]).await;
    let from = received(&server).await;
    assert!((8 << 20..size).contains(&from), "{from} bytes are kept");
    let range = format!("bytes {from}-{}/{size}", size - 1);
    let complete = send(at(&server), "PUT", &url, &[("content-range", &range)], &whole[from..]).await;
    assert_eq!(complete.status, 201, "{complete:?}");
    let mut ann = Client::greeted(&server.url(), &ann.token).await;
    let found = ann.reply(json!({"type":"GET_FILE","chatId":chat,"fileId":created["file"]["id"]})).await;
    assert!(send(at(&server), "GET", &found["url"], &[], b"").await.body == whole);
    // The folder next to the database is owner-only.
    let mode = std::os::unix::fs::PermissionsExt::mode(
        &std::fs::metadata(folder.path().join("files")).expect("a folder").permissions(),
    );
    assert_eq!(mode & 0o777, 0o700);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn large_transfers_take_little_memory() {
    const SIZE: usize = 96 << 20;
    let folder = tempfile::tempdir().expect("a folder");
    let server = Process::start(folder.path(), &[("MAX_FILE_BYTES", "1073741824")]).await;
    let at: SocketAddr = server.address.parse().expect("an address");
    let mut ann = server.user("ann").await;
    let chat = made(&mut ann, "group", "den", &mut []).await;
    let whole = bytes(SIZE);
    let before = server.peak_memory();
    let created = ann.reply(wish(&chat, "a.bin", SIZE)).await;
    let complete = send(at, "PUT", &created["uploadUrl"], &[], &whole).await;
    assert_eq!(complete.status, 201, "{complete:?}");
    let found = ann.reply(json!({"type":"GET_FILE","chatId":chat,"fileId":created["file"]["id"]})).await;
    assert!(send(at, "GET", &found["url"], &[], b"").await.body == whole);
    let grown = server.peak_memory() - before;
    assert!(grown < 24 << 20, "{grown} bytes for a file of {SIZE}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_of_another_database_are_not_touched() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = Process::start(folder.path(), &[]).await;
    let mut ann = server.user("ann").await;
    let chat = made(&mut ann, "group", "den", &mut []).await;
    let created = ann.reply(wish(&chat, "a.bin", 4)).await;
    let at: SocketAddr = server.address.parse().expect("an address");
    assert_eq!(send(at, "PUT", &created["uploadUrl"], &[], b"kept").await.status, 201);
    server.kill();
    let files = folder.path().join("files");
    let bytes = files.join(created["file"]["id"].as_str().expect("an id")).join("000000-1");
    let other = tempfile::tempdir().expect("a folder");
    let url = format!("file://{}", files.display());
    for told in ["FILES_URL: it belongs to another database", "FILES_URL: it has files, and none of"] {
        let (said, complained) = refusal(command(other.path(), BINARY, &[("FILES_URL", &url)])).await;
        assert!(said.is_empty() && complained.contains(told), "{complained}");
        assert_eq!(std::fs::read(&bytes).expect("they are there"), b"kept");
        // A store of an earlier version has no database marker.
        let _ = std::fs::remove_file(files.join(MARK));
    }
    drop(Process::start(folder.path(), &[]).await);
    assert!(files.join(MARK).exists(), "the database that knows the files gets them");
}

#[tokio::test]
async fn an_unusable_file_store_aborts_startup() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("taken"), b"a file").expect("a file");
    for (own, told) in [
        (&[("FILES_URL", "file://taken")][..], "FILES_URL: cannot be used"),
        (&[("FILES_URL", "ftp://a/b")], "FILES_URL: write it as"),
        (
            &[
                ("FILES_URL", "file://files"),
                ("REDIS_URL", "redis://127.0.0.1"),
                ("DATABASE_URL", "postgres://a@127.0.0.1/a"),
            ],
            "FILES_URL: a folder serves one node",
        ),
    ] {
        let (said, complained) = refusal(command(folder.path(), BINARY, own)).await;
        assert!(said.is_empty() && complained.contains(told), "{complained}");
    }
}
