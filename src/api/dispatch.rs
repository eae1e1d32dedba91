//! The path from a command to its reply, the same for both transports: the only place that encodes, sends and publishes
//! replies.

use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::api::command::{Encoded, EncodedReply, NewBinding, Prepared, ReplyAudience};
use crate::api::context::{Context, Services};
use crate::api::{chat_access, operations, quota_checks};
use crate::auth::Identity;
use crate::protocol::error::Result;
use crate::realtime::hub::{Connection, Wakers};
use crate::realtime::reply::PendingReply;
use crate::store::turns::reading_for;

/// A command that has run, with its pending reply.
#[derive(Debug)]
pub struct Completed {
    pub pending: PendingReply,
    pub result: Result<EncodedReply>,
}

impl Completed {
    /// The new identity of the calling connection, if the command authenticated it.
    pub fn take_binding(&mut self) -> Option<NewBinding> {
        self.result.as_mut().ok().and_then(|reply| reply.effects.bind.take())
    }
}

/// Runs a command; `None` if the commit queue has taken over and will answer.
pub async fn execute(context: Context, command: Box<dyn Prepared>, pending: PendingReply) -> Option<Completed> {
    let span = pending.span().clone();
    if let Some(identity) = &context.identity {
        span.note("user.id", Some(&*identity.user.id));
    }
    span.run(execute_in_span(context, command, pending)).await
}

async fn execute_in_span(mut context: Context, command: Box<dyn Prepared>, pending: PendingReply) -> Option<Completed> {
    let services = context.services.clone();
    context.operation = command.operation().cloned();
    let _turn = match quota_checks::charge(&context, command.cost()).await {
        Ok(turn) => turn,
        Err(error) => return Some(Completed { pending, result: Err(error) }),
    };
    let payer = context.identity.as_ref().map(|identity| identity.payer().clone());
    let running = run(context, command);
    let encoded = match payer {
        Some(payer) => reading_for(payer, running).await,
        None => running.await,
    };
    match encoded {
        Ok(Encoded::Commit(change)) => {
            pending.span().note("pichat.chat_id", Some(&*change.chat_id));
            if let Some(connection) = pending.connection()
                && let Err(error) = chat_access::subscribe_member(&services, connection, &change).await
            {
                return Some(Completed { pending, result: Err(error) });
            }
            services.commits.submit(change, pending).await;
            None
        }
        Ok(Encoded::Reply(reply)) => Some(Completed { pending, result: Ok(reply) }),
        Err(error) => Some(Completed { pending, result: Err(error) }),
    }
}

async fn run(context: Context, command: Box<dyn Prepared>) -> Result<Encoded> {
    match context.operation {
        Some(_) => operations::run_once(context, command).await,
        None => command.run(context).await,
    }
}

/// Sends the reply, then applies its side effects: the frame for others, revocations, the end of the connection.
pub fn respond(services: &Services, identity: Option<&Identity>, completed: Completed) {
    let Completed { pending, result } = completed;
    let mut wakers = Wakers::default();
    let caller = pending.connection().cloned();
    match result {
        Err(error) => pending.send(Err(error), None, &mut wakers),
        Ok(EncodedReply { text, effects }) => {
            pending.send(Ok(text.clone()), None, &mut wakers);
            for audience in &effects.also_to {
                publish(services, identity, caller.as_deref(), audience, &text, &mut wakers);
            }
            // After the reply, because the caller's own connection may be among those that are closed.
            effects.revoke.iter().for_each(|revocation| services.bus.revoke(revocation));
            if let Some(close) = effects.close {
                wakers.keep(caller.and_then(|caller| caller.outbox.close(close)));
            }
        }
    }
    wakers.wake();
}

fn publish(
    services: &Services,
    identity: Option<&Identity>,
    caller: Option<&Connection>,
    audience: &ReplyAudience,
    text: &Utf8Bytes,
    wakers: &mut Wakers,
) {
    match audience {
        ReplyAudience::OwnConnections => {
            if let Some(identity) = identity {
                services.bus.publish_to_user(&identity.user.id, text, caller);
            }
        }
        ReplyAudience::OwnConnectionsIn(chat) => {
            if let Some(identity) = identity {
                services.bus.publish_to_own(&identity.user.id, chat, text, caller);
            }
        }
        ReplyAudience::User(user) => services.bus.publish_to_user(user, text, None),
        ReplyAudience::Chat(chat) => services.bus.publish_ephemeral(chat, text, caller, wakers),
        ReplyAudience::Contacts { user, chats } => {
            services.bus.refresh_identity(user);
            services.bus.publish_shared(&user.id, user.version, chats, text, caller);
        }
    }
}
