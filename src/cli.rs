//! The command line.

use std::error::Error;
use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::http::Mode;

mod bench;
mod protocol;
mod serve;

pub use serve::{open, serve};

/// A chat server with one binary, one socket and one protocol.
///
/// Settings come from the environment and the file .env; env.example lists them all.
#[derive(Debug, Parser)]
#[command(name = "pichat", version)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the chat (the default).
    Serve,
    /// Measure the server on this machine: fan-out, durable sends, memory, history.
    Bench(bench::Bench),
    /// Send every message back, on the socket that the chat is served on.
    #[command(hide = true)]
    Echo,
    /// Write the files that follow from the code: schemas, AsyncAPI, env.example.
    #[command(hide = true)]
    Protocol {
        /// The folder of the project.
        project: PathBuf,
    },
}

/// Does what the command line says.
pub fn run() -> Result<(), Box<dyn Error>> {
    match Arguments::parse().command.unwrap_or(Command::Serve) {
        Command::Serve => serve::main(Mode::Chat),
        Command::Bench(bench) => bench::main(bench),
        Command::Echo => serve::main(Mode::Echo),
        Command::Protocol { project } => Ok(protocol::write(&project)?),
    }
}
