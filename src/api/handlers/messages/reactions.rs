//! Messages as the caller sees them.

use crate::api::context::Context;
use crate::protocol::Message;
use crate::protocol::error::Result;
use crate::store::repository::Reacted;

/// Sets `me` on every reaction. Asks the repository only about reactions with more users than the message lists.
pub async fn mark_own_reactions<'a>(
    context: &Context,
    messages: impl IntoIterator<Item = &'a mut Message>,
) -> Result<()> {
    let user = &context.user()?.id;
    let mut open = vec![];
    for message in messages {
        for reaction in &mut message.reactions {
            let is_named = reaction.user_ids.contains(user);
            reaction.me = Some(is_named);
            if !is_named && reaction.count > reaction.user_ids.len() as u64 {
                let chat = message.chat_id.clone();
                let message = message.id.clone();
                let emoji = reaction.emoji.clone();
                open.push((Reacted { chat, message, emoji }, &mut reaction.me));
            }
        }
    }
    if open.is_empty() {
        return Ok(());
    }
    let (asked, marks): (Vec<Reacted>, Vec<_>) = open.into_iter().unzip();
    let answers = context.services.repository.reacted(user, &asked).await?;
    marks.into_iter().zip(answers).for_each(|(mark, answer)| *mark = Some(answer));
    Ok(())
}
