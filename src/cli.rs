//! The command line.

use std::error::Error;
use std::path::PathBuf;

use clap::{CommandFactory, Parser, Subcommand};

use crate::http::Mode;

#[macro_use]
mod output;

mod accounts;
mod bench;
mod check;
mod protocol;
mod remote;
mod schema;
mod seed;
mod serve;
mod stats;
mod token;
mod user;

pub use serve::{open, serve};

type Failure = Box<dyn Error + Send + Sync>;

/// What `--help` tells after the words and options.
const MANUAL: &str = "\
Settings come from the environment and from the file .env in the working directory; the environment goes first. \
env.example lists them all. A bad setting stops the start with its name.

Examples:
  pichat                                   serve on 127.0.0.1:8080, data in pichat.db; the chat page is at /
  HOST=0.0.0.0 PORT=80 pichat              serve for others
  DATABASE_URL=sqlite:///var/lib/chat.db pichat
  pichat seed --messages 50000             fill it with people who talk, to try things out
  pichat stats --token \"$API_TOKEN\"       what the running server has counted
  pichat check --url ws://10.0.0.1:8080/ws --url ws://10.0.0.2:8080/ws    does every node keep the promises?
  pichat schema SEND_MESSAGE               one command as JSON Schema; without a name: all as AsyncAPI
  pichat completions bash > /etc/bash_completion.d/pichat

The protocol is described at /docs of a running server, and in {\"type\":\"HELP\"}.";

/// A chat server with one binary, one socket and one protocol.
#[derive(Debug, Parser)]
#[command(name = "pichat", version, after_long_help = MANUAL)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the chat (the default).
    Serve,
    /// Fill the chat with people who talk, for trying things out.
    Seed(seed::Seed),
    /// Tell what a running server has counted; asks for the token of a moderator or administrator.
    Stats(remote::Address),
    /// Print the protocol as AsyncAPI, or one command, reply or event as JSON Schema.
    Schema {
        /// Which one, for instance SEND_MESSAGE.
        name: Option<String>,
        /// Print the names of all.
        #[arg(long, conflicts_with = "name")]
        list: bool,
    },
    /// Print what makes a shell complete the words and options of pichat.
    Completions {
        /// Which shell.
        shell: clap_complete::Shell,
    },
    /// Make, list, change and ban users.
    #[command(subcommand)]
    User(user::Command),
    /// Make, list and end API tokens.
    #[command(subcommand)]
    Token(token::Command),
    /// Measure the server on this machine: fan-out, durable sends, memory, history, log-ins.
    Bench(bench::Bench),
    /// Check a running deployment: order, completeness and agreement over all its nodes.
    Check(check::Check),
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
        Command::Seed(seed) => seed::main(&seed).map_err(plain),
        Command::Stats(address) => stats::main(&address).map_err(plain),
        Command::Schema { name, list } => schema::main(name.as_deref(), list).map_err(plain),
        Command::Completions { shell } => {
            let mut script = vec![];
            clap_complete::generate(shell, &mut Arguments::command(), "pichat", &mut script);
            out!("{}", String::from_utf8_lossy(&script));
            Ok(())
        }
        Command::User(command) => user::main(command),
        Command::Token(command) => token::main(command),
        Command::Bench(bench) => bench::main(bench),
        Command::Check(check) => check::main(check),
        Command::Echo => serve::main(Mode::Echo),
        Command::Protocol { project } => Ok(protocol::write(&project)?),
    }
}

fn plain(failure: Failure) -> Box<dyn Error> {
    failure
}
