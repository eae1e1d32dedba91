//! The one test binary; its modules mirror `src`.

mod contract;
mod sqlite;
