//! Archives with a correct digest whose records do not fit together: each is refused before anything is written.

use data_encoding::HEXLOWER;
use pichat::ops::crypto::sha256;
use serde_json::{Map, Value, json};

use super::stores::{Store, fill, lines, tree};

/// An archive whose records can be changed.
#[derive(Clone)]
struct ForgedArchive {
    header: String,
    records: Vec<Value>,
}

impl ForgedArchive {
    fn of(archive: &[u8]) -> Self {
        let text = lines(archive);
        let records = text[1..text.len() - 1].iter().map(|line| serde_json::from_str(line).expect("a record"));
        ForgedArchive { header: text[0].clone(), records: records.collect() }
    }

    /// The archive with a correct last line.
    fn signed(&self) -> Vec<u8> {
        let body: String = self.records.iter().map(|record| format!("{record}\n")).collect();
        let mut counts = Map::new();
        for record in &self.records {
            let count = counts.entry(record["type"].as_str().expect("a type")).or_insert(json!(0));
            *count = json!(count.as_u64().expect("a number") + 1);
        }
        let digest = HEXLOWER.encode(&sha256(body.as_bytes()));
        let end = json!({"type": "end", "records": counts, "sha256": digest});
        // The reader recognises the last line by its first field.
        let end = format!("{{\"type\":\"end\",{}", &end.to_string()[1..].replace(",\"type\":\"end\"", ""));
        zstd::stream::encode_all(format!("{}\n{body}{end}\n", self.header).as_bytes(), 0).expect("memory")
    }

    fn place(&self, is_it: impl Fn(&Value) -> bool) -> usize {
        self.records.iter().position(is_it).expect("such a record")
    }

    fn of_type(&self, kind: &str) -> Vec<usize> {
        let places = 0..self.records.len();
        places.filter(|place| self.records[*place]["type"] == kind).collect()
    }

    fn user(&mut self, name: &str) -> &mut Value {
        let place = self.place(|record| record["type"] == "user" && record["username"] == name);
        &mut self.records[place]
    }

    fn chat(&mut self, id: &str) -> &mut Value {
        let place = self.place(|record| record["type"] == "chat" && record["id"] == id);
        &mut self.records[place]
    }

    /// The messages of the chat `den`.
    fn said(&self) -> Vec<usize> {
        let messages = self.of_type("message").into_iter();
        messages.filter(|place| self.records[*place]["chatId"] == "den").collect()
    }

    fn repeat(&mut self, place: usize) {
        self.records.insert(place, self.records[place].clone());
    }
}

/// A change of an archive, and the sentence of its refusal.
struct Forgery {
    forge: fn(&mut ForgedArchive),
    words: &'static str,
}

const FORGERIES: [Forgery; 22] = [
    Forgery { forge: |archive| archive.repeat(archive.said()[3]), words: ": it is repeated; copy" },
    Forgery {
        forge: |archive| {
            let said = archive.said();
            archive.records[said[3]]["id"] = archive.records[said[2]]["id"].clone();
        },
        words: "another message has the same id",
    },
    Forgery {
        forge: |archive| {
            let said = archive.said();
            archive.records.swap(said[2], said[3]);
        },
        words: ": it is out of order, after chat den: message ",
    },
    Forgery {
        forge: |archive| {
            let said = archive.said();
            archive.records[said[3]]["seq"] = archive.records[said[2]]["seq"].clone();
        },
        words: ": it is repeated; copy",
    },
    Forgery {
        forge: |archive| archive.user("ben")["id"] = json!("id-of-ann"),
        words: "user id-of-ann: it is repeated",
    },
    Forgery {
        forge: |archive| {
            archive.user("ben")["usernameKey"] = json!("ann");
            archive.user("ben")["username"] = json!("Ann");
        },
        words: "user id-of-ben: another user has the username Ann",
    },
    Forgery {
        forge: |archive| archive.user("ben")["email"] = json!("ANN@example.org"),
        words: "user id-of-ben: another user has the email ANN@example.org",
    },
    Forgery {
        forge: |archive| archive.user("ben")["kind"] = json!("ghost"),
        words: "user id-of-ben: the type or a field",
    },
    Forgery {
        forge: |archive| {
            let mut hall = archive.chat("hall").clone();
            hall["id"] = json!("hall2");
            let place = archive.place(|record| record["type"] == "chat" && record["id"] == "hall");
            let next = archive.records[place + 1..].iter().position(|record| record["chatId"] != "hall");
            archive.records.insert(place + 1 + next.expect("another chat"), hall);
        },
        words: "chat hall2: another channel has the name ",
    },
    Forgery {
        forge: |archive| {
            let audit = archive.of_type("audit");
            archive.records[audit[1]]["id"] = archive.records[audit[0]]["id"].clone();
        },
        words: "audit entry ",
    },
    Forgery {
        forge: |archive| {
            let audit = archive.of_type("audit");
            archive.records[audit[1]]["actorId"] = json!("nobody");
        },
        words: ": the actor: the user nobody does not exist",
    },
    Forgery {
        forge: |archive| {
            let token = archive.of_type("token");
            archive.records[token[1]]["hash"] = archive.records[token[0]]["hash"].clone();
        },
        words: "another token has the same secret",
    },
    Forgery { forge: |archive| archive.chat("den")["createdBy"] = json!("nobody"), words: "chat den: the creator" },
    Forgery { forge: |archive| archive.chat("den")["seq"] = json!(3), words: "is beyond its clock 3" },
    Forgery {
        forge: |archive| archive.records.retain(|record| record["type"] != "member" || record["chatId"] != "den"),
        words: "chat den: it has 3 members, and there are 0",
    },
    Forgery {
        forge: |archive| {
            let place = archive.of_type("member")[0];
            archive.records[place]["userId"] = json!("!nobody");
        },
        words: "member: the user !nobody does not exist",
    },
    Forgery {
        forge: |archive| {
            let said = archive.said();
            archive.records[said[2]]["updatedSeq"] = archive.records[said[3]]["seq"].clone();
        },
        words: "another message has its position",
    },
    Forgery {
        forge: |archive| {
            let place = archive.of_type("segment")[1];
            archive.records.remove(place);
        },
        words: ": bytes from offset 524288 are missing",
    },
    Forgery {
        forge: |archive| {
            let place = archive.of_type("segment")[1];
            archive.records[place]["bytes"] = json!("AAAAAAA=");
        },
        words: ": its bytes do not match its SHA-256",
    },
    Forgery {
        forge: |archive| {
            let place = archive.of_type("segment")[1];
            archive.records[place]["bytes"] = json!("AAAAAAAA");
        },
        words: ": its segment 1 has 6 bytes, expected 5",
    },
    Forgery {
        forge: |archive| {
            let place = archive.of_type("file")[0];
            archive.records.remove(place);
        },
        words: ": its bytes do not follow its record",
    },
    Forgery {
        forge: |archive| {
            let place = archive.of_type("file")[0];
            archive.records[place]["chatId"] = json!("nowhere");
        },
        words: ": the chat nowhere does not exist",
    },
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_archive_whose_records_do_not_fit_is_refused_before_anything_is_written() {
    let source = Store::sqlite();
    drop(fill(&source).await);
    let good = ForgedArchive::of(&source.export().await.bytes);
    let target = Store::sqlite();
    target.said(&["import", "--dry-run", "-"], &good.signed()).await;
    for Forgery { forge, words } in FORGERIES {
        let mut forged = good.clone();
        forge(&mut forged);
        let bytes = forged.signed();
        for command in [&["import", "--dry-run", "-"][..], &["import", "-"]] {
            let error = target.complained(command, &bytes).await;
            assert!(error.contains(words), "{words:?} is missing from {error}");
            assert!(error.starts_with("pichat: the archive is damaged at record "), "{error}");
            assert_eq!(tree(target.folder.path()).len(), 0, "{words}");
        }
    }
    target.said(&["import", "-"], &good.signed()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_export_refuses_changed_bytes_of_a_file() {
    let store = Store::sqlite();
    drop(fill(&store).await);
    let folder = std::fs::read_dir(store.files()).expect("files").next().expect("a file").expect("a file").path();
    let segment = folder.join("000001-3");
    let mut bytes = std::fs::read(&segment).expect("a segment");
    bytes[2] ^= 1;
    std::fs::write(&segment, bytes).expect("a segment");
    let error = store.complained(&["export", "a.pichat"], b"").await;
    let id = folder.file_name().expect("a name").to_string_lossy();
    let expected = format!("pichat: FILES_URL: file {id}: its bytes do not match its SHA-256; run pichat verify\n");
    assert_eq!(error, expected);
    assert!(!store.folder.path().join("a.pichat").exists());
}
