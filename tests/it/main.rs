//! The one test binary; its modules mirror `src`.

mod architecture;
mod contract;
mod licences;
mod live;
mod readme;
mod sqlite;
mod start;
mod support;
mod table;
