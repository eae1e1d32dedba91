use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicUsize, Ordering};

use async_trait::async_trait;
use pichat::domain::{Change, OperationClaim, Outcome, RetentionPolicy, StoredOperation};
use pichat::protocol::{
    AuditEntry, Chat, ChatId, FileId, Mark, Member, Message, MessageId, Mute, OperationId, Seq, SessionId, Timestamp,
    Token, TokenId, User, UserId, Viewer,
};
use pichat::store::error::{Result, StoreError};
use pichat::store::repository::{
    Account, AccountName, Accounts, Advance, Advanced, Audit, AuditQuery, ChangedUser, Changes, ChatAccess, ChatSize,
    ChatsQuery, CreatedToken, Document, Documents, FileAdmission, FileAllowance, FileScope, FileTotals, Files, Heads,
    History, HistoryQuery, LastSeenTimes, MarkCounts, MentionsQuery, MovedMark, OperationUsage, Operations, OwnData,
    OwnReaction, Page, Reacted, ReadCursors, Repository, Retention, Search, SearchPage, SearchQuery, Sessions,
    StoredCounts, StoredFile, StoredSession, StoredToken, SyncQuery, Tokens, Totals, UsersQuery,
};
use tokio::sync::Notify;

/// The behaviour of the storage.
#[derive(Clone, Copy, Debug)]
pub enum Mood {
    /// Works.
    Good,
    /// Hangs.
    Absent,
    /// Panics.
    Panics,
    /// Waits until released.
    Waits,
    /// Works, but reports a failure.
    Mute,
    /// Works, but keeps no outcome of a claimed operation.
    LosesOutcomes,
}

/// A storage that fails on command.
#[derive(Debug)]
pub struct Faulty {
    inner: Arc<dyn Repository>,
    mood: AtomicU8,
    entered: Notify,
    leave: Notify,
    marks_held: AtomicBool,
    accounts_held: AtomicBool,
    commits_held: AtomicBool,
    mark_calls: AtomicUsize,
}

impl Faulty {
    pub fn new(inner: Arc<dyn Repository>) -> Arc<Faulty> {
        Arc::new(Faulty {
            inner,
            mood: AtomicU8::new(0),
            entered: Notify::new(),
            leave: Notify::new(),
            marks_held: AtomicBool::new(false),
            accounts_held: AtomicBool::new(false),
            commits_held: AtomicBool::new(false),
            mark_calls: AtomicUsize::new(0),
        })
    }

    /// Sets how it behaves from now on.
    pub fn be(&self, mood: Mood) {
        self.mood.store(mood as u8, Ordering::SeqCst);
    }

    /// The number of calls that write marks.
    pub fn mark_calls(&self) -> usize {
        self.mark_calls.load(Ordering::SeqCst)
    }

    /// Makes the next write of marks wait until it is released.
    pub fn hold_marks(&self) {
        self.marks_held.store(true, Ordering::SeqCst);
    }

    /// Makes the next change of an account wait until it is released.
    pub fn hold_accounts(&self) {
        self.accounts_held.store(true, Ordering::SeqCst);
    }

    /// Makes the next commit wait until it is released.
    pub fn hold_commits(&self) {
        self.commits_held.store(true, Ordering::SeqCst);
    }

    /// Waits until a call is blocked in it.
    pub async fn entered(&self) {
        self.entered.notified().await;
    }

    /// Releases all waiting calls, one of which may be in the background; later calls do not wait.
    pub fn let_go(&self) {
        self.be(Mood::Good);
        self.leave.notify_waiters();
    }

    async fn suffer(&self) -> Result<()> {
        // Registered before the mood is checked, so that no change is missed.
        let leave = self.leave.notified();
        match self.mood.load(Ordering::SeqCst) {
            mood if mood == Mood::Absent as u8 => Err(StoreError::unavailable("a storage that is told to fail")),
            mood if mood == Mood::Panics as u8 => panic!("the storage panics on request"),
            mood if mood == Mood::Waits as u8 => {
                self.entered.notify_one();
                leave.await;
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

/// Called when a connection closes, not on a test's request.
#[async_trait]
impl LastSeenTimes for Faulty {
    async fn note_seen(&self, seen: &[(UserId, Timestamp)]) -> Result<()> {
        if self.mood.load(Ordering::SeqCst) == Mood::Absent as u8 {
            return Err(StoreError::unavailable("a storage that is told to fail"));
        }
        self.inner.note_seen(seen).await
    }
}

/// Forwards the calls of a trait, each subject to the mood.
macro_rules! pass_on {
    ($area:ident { $($own:item)* } $($name:ident($($field:ident: $kind:ty),*) -> $result:ty;)+) => {
        #[async_trait]
        impl $area for Faulty {
            $($own)*

            $(async fn $name(&self, $($field: $kind),*) -> Result<$result> {
                self.suffer().await?;
                self.inner.$name($($field),*).await
            })+
        }
    };
}

#[async_trait]
impl Heads for Faulty {
    async fn heads(&self, chats: &[ChatId]) -> Result<Vec<Option<Seq>>> {
        self.suffer().await?;
        self.inner.heads(chats).await
    }

    async fn sizes(&self, chats: &[ChatId]) -> Result<Vec<Option<ChatSize>>> {
        self.suffer().await?;
        self.inner.sizes(chats).await
    }

    async fn every_chat(&self, after: Option<&ChatId>, limit: usize) -> Result<Vec<ChatId>> {
        self.suffer().await?;
        self.inner.every_chat(after, limit).await
    }

    async fn has_ended(&self, chat: &ChatId) -> Result<bool> {
        self.suffer().await?;
        self.inner.has_ended(chat).await
    }
}

#[async_trait]
impl ReadCursors for Faulty {
    async fn mark(&self, steps: &[Advance]) -> Result<Vec<Option<Advanced>>> {
        self.suffer().await?;
        self.mark_calls.fetch_add(1, Ordering::SeqCst);
        let leave = self.leave.notified();
        if self.marks_held.swap(false, Ordering::SeqCst) {
            self.entered.notify_one();
            leave.await;
        }
        self.inner.mark(steps).await
    }

    async fn reach(&self, chat: &ChatId, seq: Seq, other_than: &UserId, ahead: &[Mark]) -> Result<MarkCounts> {
        self.suffer().await?;
        self.inner.reach(chat, seq, other_than, ahead).await
    }

    async fn read_by_all(&self, chat: &ChatId, ahead: &[(UserId, Seq)], now: Timestamp) -> Result<Seq> {
        self.suffer().await?;
        self.inner.read_by_all(chat, ahead, now).await
    }

    async fn moved_marks(&self, chats: &[ChatId], since: Timestamp) -> Result<Vec<MovedMark>> {
        self.suffer().await?;
        self.inner.moved_marks(chats, since).await
    }

    async fn authors(&self, chat: &ChatId, after: Seq, to: Seq) -> Result<Vec<UserId>> {
        self.suffer().await?;
        self.inner.authors(chat, after, to).await
    }

    async fn viewer(&self, chat: &ChatId, user: &UserId, read_seq: Seq) -> Result<Option<Viewer>> {
        self.suffer().await?;
        self.inner.viewer(chat, user, read_seq).await
    }

    async fn mark_unread(&self, chat: &ChatId, user: &UserId, from: Seq) -> Result<Option<bool>> {
        self.suffer().await?;
        self.inner.mark_unread(chat, user, from).await
    }

    async fn clear_unread(&self, chat: &ChatId, user: &UserId, read: Seq) -> Result<bool> {
        self.suffer().await?;
        self.inner.clear_unread(chat, user, read).await
    }

    async fn mute(&self, chat: &ChatId, user: &UserId, mute: Mute) -> Result<Option<Mute>> {
        self.suffer().await?;
        self.inner.mute(chat, user, mute).await
    }
}

pass_on! {
    Repository {
        fn commit_queues(&self) -> usize {
            self.inner.commit_queues()
        }

        async fn commit(&self, batch: Arc<[Change]>, at: Timestamp) -> Vec<Result<Outcome>> {
            let leave = self.leave.notified();
            if self.commits_held.swap(false, Ordering::SeqCst) {
                self.entered.notify_one();
                leave.await;
            }
            if self.mood.load(Ordering::SeqCst) == Mood::Mute as u8 {
                self.inner.commit(batch.clone(), at).await;
                return batch.iter().map(|_| Err(StoreError::unavailable("a storage that is told to be mute"))).collect();
            }
            match self.suffer().await {
                Ok(()) => self.inner.commit(batch, at).await,
                Err(error) => batch.iter().map(|_| Err(error.repeated())).collect(),
            }
        }
    }
    ready() -> ();
    chat_access(chat: &ChatId, user: &UserId) -> Option<ChatAccess>;
    chat(chat: &ChatId, user: &UserId) -> Option<Chat>;
    channel_named(name_key: &str) -> Option<ChatId>;
    chats(query: &ChatsQuery) -> Page<Chat>;
    memberships(user: &UserId) -> Vec<ChatId>;
    members(chat: &ChatId, after: Option<&UserId>, limit: usize) -> Page<Member>;
    history(query: &HistoryQuery) -> Option<History>;
    message(chat: &ChatId, message: &MessageId) -> Option<Message>;
    chats_by_id(user: &UserId, chats: &[ChatId]) -> Vec<Option<Chat>>;
    sync(query: &SyncQuery) -> Vec<Option<Changes>>;
}

pass_on! {
    Accounts {
        async fn update_account(&self, account: &Account) -> Result<bool> {
            let leave = self.leave.notified();
            if self.accounts_held.swap(false, Ordering::SeqCst) {
                self.entered.notify_one();
                leave.await;
            }
            self.suffer().await?;
            self.inner.update_account(account).await
        }
    }
    users(names: &[&str]) -> Vec<Option<User>>;
    account(name: &AccountName) -> Option<Account>;
    bots(owner: &UserId) -> Vec<User>;
    expired_bans(before: Timestamp, limit: usize) -> Vec<UserId>;
    changed_users(user: &UserId, after: Timestamp, limit: usize) -> Page<ChangedUser>;
    create_account(account: &Account) -> Account;
    search_users(query: &UsersQuery) -> Page<User>;
}

pass_on! {
    OwnData {}
    chats_ever_joined(user: &UserId) -> Vec<ChatId>;
    reactions_in(chat: &ChatId, user: &UserId) -> Vec<OwnReaction>;
}

pass_on! {
    StoredCounts {}
    totals() -> Totals;
}

pass_on! {
    Audit {}
    append_audit(entries: &[AuditEntry]) -> ();
    forget_audit(before: Timestamp, most: usize) -> usize;
    audit_log(query: &AuditQuery) -> Page<AuditEntry>;
}

pass_on! {
    Tokens {}
    create_token(token: &StoredToken) -> ();
    token_by_hash(hash: &[u8; 32]) -> Option<(StoredToken, Account)>;
    token(token: &TokenId) -> Option<CreatedToken>;
    tokens(maker: &UserId) -> Vec<Token>;
    revoke_token(maker: &UserId, token: &TokenId) -> bool;
    forget_tokens(before: Timestamp, most: usize) -> usize;
    touch_token(token: &TokenId, at: Timestamp) -> ();
}

pass_on! {
    Sessions {}
    create_session(session: &StoredSession) -> ();
    account_in(user: &UserId, session: &SessionId) -> Option<(Account, Option<StoredSession>)>;
    sessions(user: &UserId) -> Vec<StoredSession>;
    renew_session(session: &StoredSession, before: &[u8; 32]) -> bool;
    touch_session(user: &UserId, session: &SessionId, at: Timestamp) -> ();
    forget_sessions(before: Timestamp) -> ();
    end_session(user: &UserId, session: &SessionId) -> bool;
}

pass_on! {
    Documents {}
    document(place: &str) -> Option<Document>;
    save_document(place: &str, document: &Document) -> bool;
}

#[async_trait]
impl Operations for Faulty {
    async fn operation(&self, user: &UserId, id: &OperationId) -> Result<Option<StoredOperation>> {
        self.suffer().await?;
        self.inner.operation(user, id).await
    }

    async fn keep_operation(&self, operation: &StoredOperation) -> Result<()> {
        self.suffer().await?;
        self.inner.keep_operation(operation).await
    }

    async fn claim_operation(
        &self,
        operation: &StoredOperation,
        expired: Timestamp,
        over: Option<&str>,
    ) -> Result<Option<StoredOperation>> {
        self.suffer().await?;
        self.inner.claim_operation(operation, expired, over).await
    }

    async fn finish_operation(&self, claim: &OperationClaim, outcome: &str) -> Result<()> {
        self.suffer().await?;
        if self.mood.load(Ordering::SeqCst) == Mood::LosesOutcomes as u8 {
            return Err(StoreError::unavailable("a storage that is told to lose outcomes"));
        }
        self.inner.finish_operation(claim, outcome).await
    }

    async fn release_operation(&self, claim: &OperationClaim) -> Result<()> {
        self.suffer().await?;
        self.inner.release_operation(claim).await
    }

    async fn forget_operations(&self, before: Timestamp) -> Result<()> {
        self.suffer().await?;
        self.inner.forget_operations(before).await
    }

    async fn operation_usage(&self, user: &UserId) -> Result<OperationUsage> {
        self.suffer().await?;
        self.inner.operation_usage(user).await
    }

    fn ends_claims_with_writes(&self) -> bool {
        self.inner.ends_claims_with_writes()
    }

    async fn update_account_once(&self, account: &Account, claim: &OperationClaim) -> Result<bool> {
        self.suffer().await?;
        self.inner.update_account_once(account, claim).await
    }

    async fn save_document_once(&self, place: &str, document: &Document, claim: &OperationClaim) -> Result<bool> {
        self.suffer().await?;
        self.inner.save_document_once(place, document, claim).await
    }

    async fn mute_once(
        &self,
        chat: &ChatId,
        user: &UserId,
        mute: Mute,
        claim: &OperationClaim,
    ) -> Result<Option<Mute>> {
        self.suffer().await?;
        self.inner.mute_once(chat, user, mute, claim).await
    }

    async fn mark_unread_once(
        &self,
        chat: &ChatId,
        user: &UserId,
        from: Seq,
        claim: &OperationClaim,
    ) -> Result<Option<bool>> {
        self.suffer().await?;
        self.inner.mark_unread_once(chat, user, from, claim).await
    }
}

#[async_trait]
impl Retention for Faulty {
    async fn expired_chats(
        &self,
        policy: RetentionPolicy,
        now: Timestamp,
        after: Option<&ChatId>,
        limit: usize,
    ) -> Result<Page<ChatId>> {
        self.inner.expired_chats(policy, now, after, limit).await
    }
}

pass_on! {
    Search {}
    reacted(user: &UserId, asked: &[Reacted]) -> Vec<bool>;
    mentions(query: &MentionsQuery) -> Page<Message>;
    search(query: &SearchQuery) -> SearchPage;
}

pass_on! {
    Files {}
    add_file(file: &StoredFile, allowance: FileAllowance) -> FileAdmission;
    file(file: &FileId) -> Option<StoredFile>;
    save_file(file: &StoredFile) -> bool;
    remove_file(file: &FileId) -> ();
    due_files(at: Timestamp, limit: usize) -> Vec<StoredFile>;
    files(of: &FileScope, after: Option<&FileId>, limit: usize) -> Page<StoredFile>;
    file_totals() -> FileTotals;
}
