//! Inputs for fuzz targets: a corpus that is checked in, and mutations of it from a seed.
//!
//! A target returns a fingerprint of each outcome, such as the error's field and the length of the parsed input. An
//! input with a new fingerprint joins the pool for further mutations, so the search explores new behaviour without an
//! instrumented build.
//!
//! `PICHAT_FUZZ_RUNS` sets the number of inputs of a target, `PICHAT_FUZZ_SEED` the seed.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Maximum size of the input pool.
const POOL: usize = 2048;
/// Distinct outcomes that are remembered.
const OUTCOMES: usize = 1 << 16;

/// A fuzz target: the name of its folder in the corpus and what its inputs are made of.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    pub name: &'static str,
    /// Inserted into inputs.
    pub words: &'static [&'static str],
    /// Longest input in bytes.
    pub longest: usize,
    /// The number of inputs where `PICHAT_FUZZ_RUNS` is not set.
    pub runs: u64,
}

/// The inputs of a target, one after the other.
#[derive(Debug)]
pub struct Inputs {
    target: Target,
    pool: Vec<Vec<u8>>,
    outcomes: HashSet<u64>,
    random: u64,
    runs: u64,
    done: u64,
    current: Vec<u8>,
    began: Instant,
    slowest: Duration,
    /// The bytes of the slowest input.
    slowest_bytes: usize,
}

/// The fingerprint of an outcome.
pub fn fingerprint(outcome: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    outcome.hash(&mut hasher);
    hasher.finish()
}

impl Target {
    /// Executes the target for each input.
    pub fn run(self, mut execute: impl FnMut(&[u8]) -> u64) {
        let mut inputs = self.inputs();
        while inputs.advance() {
            let outcome = execute(&inputs.current);
            inputs.learn(outcome);
        }
    }

    /// Executes the target for each input that is text.
    pub fn run_text(self, mut execute: impl FnMut(&str) -> u64) {
        self.run(|input| std::str::from_utf8(input).map_or(0, &mut execute));
    }

    pub fn inputs(self) -> Inputs {
        let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse().ok());
        let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fuzz/corpus")).join(self.name);
        let files = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let mut paths: Vec<PathBuf> = files.map(|file| file.expect("a file").path()).collect();
        paths.sort();
        let pool: Vec<Vec<u8>> = paths.iter().map(|path| std::fs::read(path).expect("an input")).collect();
        assert!(!pool.is_empty(), "{} is empty", folder.display());
        Inputs {
            target: self,
            pool,
            outcomes: HashSet::new(),
            random: number("PICHAT_FUZZ_SEED").unwrap_or(14),
            runs: number("PICHAT_FUZZ_RUNS").unwrap_or(self.runs),
            done: 0,
            current: vec![],
            began: Instant::now(),
            slowest: Duration::ZERO,
            slowest_bytes: 0,
        }
    }
}

impl Inputs {
    /// Makes the next input; false if there are no more. Those of the corpus come first, as they are.
    pub fn advance(&mut self) -> bool {
        if self.done == self.runs {
            return false;
        }
        self.make();
        self.began = Instant::now();
        true
    }

    fn make(&mut self) {
        let place = usize::try_from(self.done).unwrap_or(usize::MAX);
        self.done += 1;
        self.current.clear();
        if place < self.pool.len() && self.outcomes.len() <= place {
            return self.current.extend_from_slice(&self.pool[place]);
        }
        let base = self.below(self.pool.len());
        self.current.extend_from_slice(&self.pool[base]);
        for _ in 0..=self.below(4) {
            self.mutate();
        }
        self.current.truncate(self.target.longest);
    }

    pub fn current(&self) -> &[u8] {
        &self.current
    }

    /// Notes the outcome of the current input.
    pub fn learn(&mut self, outcome: u64) {
        let took = self.began.elapsed();
        if took > self.slowest {
            self.slowest = took;
            self.slowest_bytes = self.current.len();
        }
        if self.outcomes.len() < OUTCOMES && self.outcomes.insert(outcome) && self.pool.len() < POOL {
            self.pool.push(self.current.clone());
        }
    }

    /// SplitMix64.
    fn below(&mut self, bound: usize) -> usize {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.random;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % bound.max(1) as u64).unwrap_or(0)
    }

    fn mutate(&mut self) {
        let length = self.current.len();
        match self.below(10) {
            0 if length > 0 => {
                let place = self.below(length);
                let bit = self.below(8);
                self.current[place] ^= 1 << bit;
            }
            1 if length > 0 => {
                let place = self.below(length);
                self.current[place] = u8::try_from(self.below(256)).unwrap_or(0);
            }
            2 if length > 0 => {
                let start = self.below(length);
                let end = (start + 1 + self.below(8)).min(length);
                self.current.drain(start..end);
            }
            3 if length > 0 => self.repeat_part(length),
            4 => {
                let other = self.below(self.pool.len());
                let other = self.pool[other].clone();
                let from = self.below(other.len() + 1);
                let at = self.below(length + 1);
                self.current.splice(at.., other[from..].iter().copied());
            }
            5 if length > 0 => self.change_number(length),
            6 if length > 0 => {
                let end = self.below(length);
                self.current.truncate(end);
            }
            _ => self.insert_word(length),
        }
    }

    /// Repeats a part, to expose work that grows faster than its input.
    fn repeat_part(&mut self, length: usize) {
        let start = self.below(length);
        let end = (start + 1 + self.below(16)).min(length);
        let part = self.current[start..end].to_vec();
        let room = self.target.longest.saturating_sub(length) / part.len();
        let times = (1 << self.below(12)).min(room);
        self.current.splice(start..start, part.repeat(times));
    }

    /// Replaces a number by a boundary value.
    fn change_number(&mut self, length: usize) {
        const NUMBERS: [&str; 9] = [
            "0",
            "-1",
            "1",
            "18446744073709551615",
            "18446744073709551616",
            "9223372036854775807",
            "-9223372036854775808",
            "1e999",
            "00",
        ];
        let from = self.below(length);
        let is_digit = |byte: &u8| byte.is_ascii_digit();
        let Some(start) = self.current[from..].iter().position(is_digit).map(|place| from + place) else { return };
        let digits = self.current[start..].iter().take_while(|byte| is_digit(byte)).count();
        let number = NUMBERS[self.below(NUMBERS.len())];
        self.current.splice(start..start + digits, number.bytes());
    }

    fn insert_word(&mut self, length: usize) {
        /// Characters that mislead readers and parsers.
        const COMMON: [&str; 16] = [
            "\n",
            "\r\n",
            "\0",
            "\u{202e}",
            "\u{2066}",
            "\u{200b}",
            "\u{feff}",
            "\u{85}",
            "\u{9b}31m",
            "\u{2028}",
            "\u{1b}[2J",
            "é",
            "\u{fdfa}",
            "\\u0000",
            "\\ud800",
            "\"",
        ];
        let words = self.target.words.len();
        let word = match self.below(words + COMMON.len()) {
            place if place < words => self.target.words[place],
            place => COMMON[place - words],
        };
        let at = self.below(length + 1);
        self.current.splice(at..at, word.bytes());
    }
}

impl Drop for Inputs {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{}: input {} failed: {}", self.target.name, self.done, self.current.escape_ascii());
        } else {
            // The slowest input may expose work that grows faster than its length.
            let Inputs { target, done, outcomes, slowest, slowest_bytes, .. } = self;
            let outcomes = outcomes.len();
            let name = target.name;
            eprintln!("{name}: {done} inputs, {outcomes} outcomes, slowest {slowest:?} for {slowest_bytes} bytes");
        }
    }
}
