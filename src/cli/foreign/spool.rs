//! Values by group, in a file without a name: what a source has of each chat is too much to keep in memory.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::marker::PhantomData;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::cli::archive::unfinished_file::nameless;

/// Bytes of added values that wait in memory until they are written.
const WAITING: usize = 4 << 20;

/// A result with a one-sentence error.
pub(super) type SpoolResult<T> = Result<T, String>;

/// A range of the file.
#[derive(Clone, Copy, Debug)]
struct SpooledRange {
    at: u64,
    length: usize,
}

/// The values of one group.
#[derive(Debug, Default)]
struct SpooledGroup {
    written: Vec<SpooledRange>,
    /// Later values, not yet written.
    waiting: Vec<u8>,
}

/// Values in the order in which they were added, by group.
#[derive(Debug)]
pub(super) struct Spool<T> {
    file: File,
    end: u64,
    groups: Vec<SpooledGroup>,
    /// Bytes of all values that wait.
    waiting: usize,
    kind: PhantomData<T>,
}

fn failed(error: io::Error) -> String {
    format!("cannot keep the rows in a temporary file: {error}")
}

impl<T: Serialize + DeserializeOwned> Spool<T> {
    /// An empty spool.
    ///
    /// # Errors
    /// Fails if the folder for temporary files cannot be written.
    pub(super) fn new() -> SpoolResult<Self> {
        let file = nameless().map_err(failed)?;
        Ok(Spool { file, end: 0, groups: vec![], waiting: 0, kind: PhantomData })
    }

    /// Adds a value at the end of a group.
    ///
    /// # Errors
    /// Fails if the disk is full.
    pub(super) fn add(&mut self, group: usize, value: &T) -> SpoolResult<()> {
        if self.groups.len() <= group {
            self.groups.resize_with(group + 1, SpooledGroup::default);
        }
        let waiting = &mut self.groups[group].waiting;
        let before = waiting.len();
        serde_json::to_writer(&mut *waiting, value).map_err(|error| error.to_string())?;
        self.waiting += waiting.len() - before;
        if self.waiting >= WAITING { self.write().map_err(failed) } else { Ok(()) }
    }

    /// Writes what waits: one range for each group.
    fn write(&mut self) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(self.end))?;
        let mut out = io::BufWriter::new(&self.file);
        for group in self.groups.iter_mut().filter(|group| !group.waiting.is_empty()) {
            let waiting = std::mem::take(&mut group.waiting);
            out.write_all(&waiting)?;
            group.written.push(SpooledRange { at: self.end, length: waiting.len() });
            self.end += waiting.len() as u64;
        }
        self.waiting = 0;
        out.flush()
    }

    /// The values of a group.
    ///
    /// # Errors
    /// Fails if the file cannot be read.
    pub(super) fn values(&self, group: usize) -> SpoolResult<Vec<T>> {
        let Some(group) = self.groups.get(group) else { return Ok(vec![]) };
        let mut bytes = vec![];
        for range in &group.written {
            let mut file = &self.file;
            file.seek(SeekFrom::Start(range.at)).map_err(failed)?;
            file.take(range.length as u64).read_to_end(&mut bytes).map_err(failed)?;
        }
        bytes.extend_from_slice(&group.waiting);
        let values = serde_json::Deserializer::from_slice(&bytes).into_iter();
        values.collect::<Result<_, _>>().map_err(|error| error.to_string())
    }

    /// Replaces the values of a group.
    ///
    /// # Errors
    /// Fails if the disk is full.
    pub(super) fn replace(&mut self, group: usize, values: &[T]) -> SpoolResult<()> {
        self.clear(group);
        values.iter().try_for_each(|value| self.add(group, value))
    }

    /// Moves the values of a group to the end of another.
    pub(super) fn append(&mut self, from: usize, to: usize) -> SpoolResult<()> {
        let values = self.values(from)?;
        self.clear(from);
        values.iter().try_for_each(|value| self.add(to, value))
    }

    fn clear(&mut self, group: usize) {
        if let Some(group) = self.groups.get_mut(group) {
            self.waiting -= group.waiting.len();
            *group = SpooledGroup::default();
        }
    }

    /// Bytes of values in memory.
    #[cfg(test)]
    fn held(&self) -> usize {
        self.groups.iter().map(|group| group.waiting.len()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::{Spool, WAITING};

    #[test]
    fn values_keep_their_order_in_each_group_and_few_are_in_memory() {
        let mut spool: Spool<String> = Spool::new().expect("a temporary file");
        let value = |number: usize| format!("{number}: {}", "x".repeat(1000));
        for number in 0..20_000 {
            spool.add(number % 7, &value(number)).expect("room");
            assert!(spool.held() < WAITING, "{} bytes", spool.held());
        }
        let of = |group: usize| (0..20_000).filter(move |number| number % 7 == group).map(value).collect::<Vec<_>>();
        for group in 0..7 {
            assert_eq!(spool.values(group).expect("values"), of(group));
        }
        spool.append(1, 0).expect("room");
        assert_eq!(spool.values(0).expect("values"), [of(0), of(1)].concat());
        assert!(spool.values(1).expect("values").is_empty());
        spool.replace(2, &["a".to_owned()]).expect("room");
        assert_eq!(spool.values(2).expect("values"), ["a"]);
        assert!(spool.values(99).expect("values").is_empty());
    }
}
