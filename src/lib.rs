pub mod clock;
pub mod error;
pub mod model;
pub mod repository;
pub mod rules;
pub mod store;
