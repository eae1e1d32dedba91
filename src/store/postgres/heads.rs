use async_trait::async_trait;

use super::PostgresRepository;
use super::rows::Columns;
use super::trouble::{Trouble, failure};
use crate::error::Result;
use crate::model::{ChatId, Seq};
use crate::repository::Heads;

const HEADS: &str = "SELECT w.place, c.seq FROM unnest($1::text[]) WITH ORDINALITY AS w (id, place) \
    JOIN chats c ON c.id = w.id";

#[async_trait]
impl Heads for PostgresRepository {
    async fn heads(&self, chats: &[ChatId]) -> Result<Vec<Option<Seq>>> {
        self.found_heads(chats).await.map_err(failure)
    }
}

impl PostgresRepository {
    async fn found_heads(&self, chats: &[ChatId]) -> std::result::Result<Vec<Option<Seq>>, Trouble> {
        let mut heads = vec![None; chats.len()];
        for row in self.readers.rows(HEADS, &[&chats]).await? {
            let mut columns = Columns::of(&row);
            let place = usize::try_from(columns.number()?).unwrap_or(usize::MAX);
            if let Some(head) = heads.get_mut(place.wrapping_sub(1)) {
                *head = Some(columns.number()?);
            }
        }
        Ok(heads)
    }
}
