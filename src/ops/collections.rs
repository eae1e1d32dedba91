//! Hash maps and sets whose order is random in the server but the same in every run of the unit tests, so that a
//! simulation seed reproduces its run.

#[cfg(not(test))]
pub use std::collections::{HashMap, HashSet};

#[cfg(test)]
type FixedState = std::hash::BuildHasherDefault<std::hash::DefaultHasher>;

/// The standard map with a fixed order.
#[cfg(test)]
pub type HashMap<K, V> = std::collections::HashMap<K, V, FixedState>;

/// The standard set with a fixed order.
#[cfg(test)]
pub type HashSet<T> = std::collections::HashSet<T, FixedState>;
