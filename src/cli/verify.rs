//! `pichat verify`: checks that stored records are consistent.

use super::accounts::Done;
use super::archive::places;
use crate::ops::config::Config;
use crate::store::archive::{ArchiveError, RecordVerifier, record_stream};
use crate::store::error::StoreError;
use crate::store::files;

/// Reads all records, prints each finding as a line, and fails if there are any.
pub(super) fn main() -> Done {
    let config = Config::from_environment()?;
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?.block_on(verify(&config))
}

/// The finding that some records cannot be read.
fn unreadable(error: StoreError) -> Vec<String> {
    vec![ArchiveError::from(error).to_string()]
}

async fn verify(config: &Config) -> Done {
    let mut source = places::source(config).await?;
    let mut count = 0_u64;
    let mut tell = |findings: Vec<String>| -> Done {
        for finding in findings {
            count += 1;
            outln!("{finding}")?;
        }
        Ok(())
    };
    tell(source.inspect().await.unwrap_or_else(unreadable))?;
    let mut verifier = RecordVerifier::new(files::open(&config.files)?);
    let (sender, mut records) = record_stream();
    let dump = tokio::spawn(source.dump(sender));
    while let Some(record) = records.next().await {
        match record {
            Ok(record) => verifier.follow(record).await,
            Err(unreadable) => verifier.skip(&unreadable),
        }
        tell(verifier.take())?;
    }
    match dump.await? {
        Ok(()) => verifier.end(),
        Err(error) => tell(unreadable(error))?,
    }
    tell(verifier.take())?;
    match count {
        0 => {
            outln!("no problems found: {}", verifier.counts())?;
            Ok(())
        }
        1 => Err("there is 1 problem".into()),
        count => Err(format!("there are {count} problems").into()),
    }
}
