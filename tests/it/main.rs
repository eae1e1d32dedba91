//! The one test binary; its modules mirror `src`.

mod contract;
mod live;
mod sqlite;
mod start;
mod support;
