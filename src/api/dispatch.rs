//! The way from a command to its answer, the same for both carriers.

use crate::api::command::{Prepared, Reply};
use crate::api::context::{Context, Services};
use crate::auth::Identity;
use crate::protocol::error::{Error, Result};
use crate::realtime::hub::Wakers;
use crate::realtime::reply::PendingReply;

/// A command that has run, and the answer it is owed.
pub type Done = (PendingReply, Result<Reply>);

/// Runs a command; none where a lane has taken it and will answer.
pub async fn execute(context: Context, command: Box<dyn Prepared>, answer: PendingReply) -> Option<Done> {
    let services = context.services.clone();
    match command.run(context).await {
        Ok(Reply::Change(change)) => {
            services.commits.submit(change, answer).await;
            None
        }
        result => Some((answer, result)),
    }
}

/// Answers, and tells the caller's other connections what concerns them.
pub fn settle(services: &Services, identity: Option<&Identity>, (answer, result): Done) {
    let mut wakers = Wakers::default();
    let caller = answer.connection().cloned();
    match result {
        Err(error) => answer.send(Err(error), None, &mut wakers),
        Ok(Reply::Now(text)) => answer.send(Ok(text), None, &mut wakers),
        Ok(Reply::Own { text, revoked }) => {
            answer.send(Ok(text.clone()), None, &mut wakers);
            if let Some(identity) = identity {
                services.bus.publish_to_user(&identity.user.id, &text, caller.as_deref());
            }
            revoked.iter().for_each(|revocation| services.bus.revoke(revocation));
        }
        Ok(Reply::Around { text, user, chats, revoked }) => {
            answer.send(Ok(text.clone()), None, &mut wakers);
            services.bus.refresh_identity(&user);
            services.bus.publish_shared(&user.id, &chats, &text, caller.as_deref());
            revoked.iter().for_each(|revocation| services.bus.revoke(revocation));
        }
        Ok(Reply::Ended { text, revoked, close }) => {
            answer.send(Ok(text), None, &mut wakers);
            revoked.iter().for_each(|revocation| services.bus.revoke(revocation));
            wakers.keep(caller.and_then(|caller| caller.outbox.close(close)));
        }
        Ok(Reply::Change(_) | Reply::Entered { .. }) => {
            let error = Error::internal("a reply that only a lane or a session can give");
            answer.send(Err(error), None, &mut wakers);
        }
    }
    wakers.wake();
}
