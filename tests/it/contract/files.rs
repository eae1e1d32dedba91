use futures_util::future::join_all;
use pichat::protocol::{ChatId, FileId, Timestamp, UserId};
use pichat::store::repository::{
    FileAdmission, FileAllowance, FilePurpose, FileScope, FileState, FileTotals, Repository, StoredFile, file_id,
};

/// The fields of a file that vary between cases.
struct Wanted<'a> {
    owner: &'a str,
    /// Empty for an avatar.
    chat: &'a str,
    number: u32,
    due: i64,
}

fn file(wanted: Wanted<'_>) -> StoredFile {
    let owner = UserId::from(wanted.owner);
    StoredFile {
        id: file_id(&owner, &format!("{:032x}", wanted.number)),
        chat_id: (!wanted.chat.is_empty()).then(|| ChatId::from(wanted.chat)),
        owner_id: owner,
        name: "Caf\u{e9} \u{ffff}.png".to_owned(),
        size: 10,
        mime_type: "image/png".to_owned(),
        width: Some(640),
        height: None,
        state: FileState::Uploading,
        created_at: Timestamp::from_millis(1),
        expires_at: Timestamp::from_millis(wanted.due),
        due_at: Timestamp::from_millis(wanted.due),
        received: 0,
        writers: 0,
        segments: vec![],
        sha256: None,
        image: None,
        message_id: None,
        attached_at: None,
        version: 1,
    }
}

fn allowance(bytes: u64, unfinished: u64) -> FileAllowance {
    FileAllowance { bytes, unfinished, now: Timestamp::from_millis(50) }
}

async fn add(repository: &dyn Repository, file: &StoredFile) -> FileAdmission {
    repository.add_file(file, allowance(u64::MAX, 100)).await.expect("an answer")
}

pub async fn file_writes_require_the_current_version(repository: &dyn Repository) {
    let first = file(Wanted { owner: "ann", chat: "den", number: 1, due: 100 });
    assert_eq!(repository.file(&first.id).await.expect("an answer"), None);
    assert!(!repository.save_file(&first.next()).await.expect("an answer"), "there is none");
    assert_eq!(add(repository, &first).await, FileAdmission::Added);
    assert_eq!(repository.file(&first.id).await.expect("an answer"), Some(first.clone()));
    let one = StoredFile { received: 5, segments: vec![1], writers: 1, ..first.next() };
    let other = StoredFile { state: FileState::Deleting, ..first.next() };
    let saved = join_all([&one, &other].map(|file| repository.save_file(file))).await;
    let saved: Vec<bool> = saved.into_iter().map(|saved| saved.expect("an answer")).collect();
    assert_eq!(saved.iter().filter(|saved| **saved).count(), 1, "one of two writers wins");
    let kept = if saved[0] { one } else { other };
    assert_eq!(repository.file(&first.id).await.expect("an answer"), Some(kept.clone()));
    assert!(repository.save_file(&StoredFile { sha256: Some("00".into()), ..kept.next() }).await.expect("an answer"));
    repository.remove_file(&first.id).await.expect("removed");
    repository.remove_file(&first.id).await.expect("nothing to remove");
    assert_eq!(repository.file(&first.id).await.expect("an answer"), None);
    for id in ["", "..", "a/b", "no such file"] {
        assert_eq!(repository.file(&FileId::from(id)).await.expect("an answer"), None);
    }
}

pub async fn files_are_listed_by_owner_by_chat_and_by_due_time(repository: &dyn Repository) {
    let mut all = vec![];
    for (number, (owner, chat)) in [("ann", "den"), ("ann", "attic"), ("ben", "den"), ("ann", "den")].iter().enumerate()
    {
        let number = number as u32;
        let made = file(Wanted { owner, chat, number, due: 100 + i64::from(number) });
        add(repository, &made).await;
        all.push(made);
    }
    let list = async |of: FileScope, after: Option<&FileId>, limit: usize| {
        let page = repository.files(&of, after, limit).await.expect("a page");
        (page.items, page.more)
    };
    let ann = FileScope::Owner("ann".into());
    assert_eq!(list(ann.clone(), None, 2).await, (vec![all[0].clone(), all[1].clone()], true));
    assert_eq!(list(ann.clone(), Some(&all[1].id), 2).await, (vec![all[3].clone()], false));
    let mut den = vec![all[0].clone(), all[2].clone(), all[3].clone()];
    den.sort_by(|one, other| one.id.cmp(&other.id));
    assert_eq!(list(FileScope::Chat("den".into()), None, 3).await, (den.clone(), false));
    assert_eq!(list(FileScope::Chat("den".into()), Some(&den[0].id), 1).await, (vec![den[1].clone()], true));
    let due = async |at: i64, limit: usize| {
        let due = repository.due_files(Timestamp::from_millis(at), limit).await.expect("files");
        due.into_iter().map(|file| file.id).collect::<Vec<_>>()
    };
    assert_eq!(due(99, 10).await, []);
    assert_eq!(due(102, 10).await, [&all[0], &all[1], &all[2]].map(|file| file.id.clone()));
    assert_eq!(due(200, 1).await, [all[0].id.clone()]);
    assert_eq!(repository.file_totals().await.expect("totals"), FileTotals::default());
    let complete = StoredFile { state: FileState::Complete, ..all[0].next() };
    let deleting = StoredFile { state: FileState::Deleting, due_at: Timestamp::from_millis(500), ..all[3].next() };
    for file in [&complete, &deleting] {
        assert!(repository.save_file(file).await.expect("an answer"));
    }
    assert_eq!(repository.file_totals().await.expect("totals"), FileTotals { files: 1, bytes: 10 });
    assert_eq!(list(ann, None, 9).await, (vec![complete, all[1].clone()], false), "no file that is being deleted");
    assert_eq!(due(200, 9).await.len(), 3);
}

pub async fn concurrent_files_cannot_exceed_the_quota(repository: &dyn Repository) {
    let files: Vec<StoredFile> =
        (0..12).map(|number| file(Wanted { owner: "ann", chat: "den", number, due: 100 })).collect();
    let count = |found: &[FileAdmission], of: FileAdmission| found.iter().filter(|one| **one == of).count();
    let added = join_all(files[..8].iter().map(|file| repository.add_file(file, allowance(55, 100)))).await;
    let added: Vec<FileAdmission> = added.into_iter().map(|added| added.expect("an answer")).collect();
    assert_eq!((count(&added, FileAdmission::Added), count(&added, FileAdmission::TooManyBytes)), (5, 3), "{added:?}");
    let added = join_all(files[8..].iter().map(|file| repository.add_file(file, allowance(u64::MAX, 7)))).await;
    let added: Vec<FileAdmission> = added.into_iter().map(|added| added.expect("an answer")).collect();
    assert_eq!((count(&added, FileAdmission::Added), count(&added, FileAdmission::TooManyUnfinished)), (2, 2));
    // Expired uploads and uploads of others do not count as unfinished.
    let late = FileAllowance { now: Timestamp::from_millis(100), ..allowance(u64::MAX, 1) };
    let another = file(Wanted { owner: "ann", chat: "den", number: 20, due: 200 });
    assert_eq!(repository.add_file(&another, late).await.expect("an answer"), FileAdmission::Added);
    let of_ben = file(Wanted { owner: "ben", chat: "den", number: 21, due: 200 });
    assert_eq!(repository.add_file(&of_ben, allowance(10, 1)).await.expect("an answer"), FileAdmission::Added);
}

pub async fn an_avatar_belongs_to_its_owner_and_to_no_chat(repository: &dyn Repository) {
    let avatar = file(Wanted { owner: "ann", chat: "", number: 1, due: 100 });
    let attachment = file(Wanted { owner: "ann", chat: "den", number: 2, due: 100 });
    for file in [&avatar, &attachment] {
        assert_eq!(add(repository, file).await, FileAdmission::Added);
    }
    assert_eq!(avatar.purpose(), FilePurpose::Avatar);
    let done = StoredFile { state: FileState::Complete, attached_at: Some(Timestamp::from_millis(7)), ..avatar.next() };
    assert!(repository.save_file(&done).await.expect("an answer"));
    let stored = repository.file(&avatar.id).await.expect("an answer").expect("a record");
    assert_eq!((stored.purpose(), &stored), (FilePurpose::Avatar, &done));
    let list = async |of: FileScope| repository.files(&of, None, 9).await.expect("a page").items;
    assert_eq!(list(FileScope::Owner("ann".into())).await, [done.clone(), attachment.clone()]);
    assert_eq!(list(FileScope::Chat("den".into())).await, [attachment]);
    assert_eq!(repository.file_totals().await.expect("totals"), FileTotals { files: 1, bytes: 10 });
    let other = file(Wanted { owner: "ann", chat: "", number: 3, due: 100 });
    let refused = repository.add_file(&other, allowance(29, 100)).await.expect("an answer");
    assert_eq!(refused, FileAdmission::TooManyBytes, "avatars count in the quota");
}
