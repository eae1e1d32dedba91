//! The command line.

use std::error::Error;
use std::path::PathBuf;

use clap::{CommandFactory, Parser, Subcommand};

use crate::net::http::Mode;
use crate::ops::crypto;

#[macro_use]
mod output;

mod accounts;
mod administration;
mod archive;
#[cfg(feature = "sqlite")]
mod backup;
mod bench;
mod check;
mod foreign;
mod health;
mod in_process;
mod jobs;
mod protocol;
mod remote;
mod schema;
mod seed;
mod serve;
mod stats;
mod token;
mod user;
mod verify;

pub use serve::{open, serve};

type Failure = Box<dyn Error + Send + Sync>;

/// The text of `--help` after the commands and options.
const MANUAL: &str = "\
Settings come from environment variables and from the file .env in the working directory; the environment overrides \
the file. env.example lists them all. The server names an invalid setting and exits.

Examples:
  pichat                                   serve on 127.0.0.1:8080 with data in pichat.db; the chat page is at /
  HOST=0.0.0.0 PORT=80 pichat              serve other machines
  DATABASE_URL=sqlite:///var/lib/chat.db pichat
  pichat seed --messages 50000             create demonstration users, chats and messages
  pichat user add ann --role admin         create the first administrator, also while the server runs
  pichat stats --url wss://chat.example/ws --token \"$API_TOKEN\"    print a running server's statistics
  pichat check --url ws://10.0.0.1:8080/ws --url ws://10.0.0.2:8080/ws    verify both nodes
  pichat schema SEND_MESSAGE               one command as JSON Schema; without a name: everything as AsyncAPI
  pichat completions bash > /etc/bash_completion.d/pichat

A running server describes the protocol at /docs and answers {\"type\":\"HELP\"}.";

/// A chat server with one binary, one socket and one protocol.
#[derive(Debug, Parser)]
#[command(name = "pichat", version, after_long_help = MANUAL)]
struct Arguments {
    #[command(subcommand)]
    command: Option<CliCommand>,
}

#[derive(Debug, Subcommand)]
enum CliCommand {
    /// Serve the chat (the default).
    Serve,
    Seed(seed::Seed),
    /// Print a running server's statistics: the one on this machine, or another with the token of a moderator or admin.
    Stats {
        #[command(flatten)]
        address: remote::Address,
        /// Print everything as one line of JSON.
        #[arg(long)]
        json: bool,
    },
    /// List or run the jobs of a running server, such as retention.
    #[command(subcommand)]
    Jobs(jobs::JobsCommand),
    /// Exit with 0 if a running server is ready, otherwise with 1: a health check for containers.
    Health {
        /// The server, for example wss://chat.example/ws; by default the one that the settings describe.
        #[arg(long, value_parser = remote::way::checked)]
        url: Option<String>,
    },
    Export(archive::Export),
    Import(archive::Import),
    /// Check that stored records are consistent; the server may run. Prints one line per problem.
    Verify,
    #[cfg(feature = "sqlite")]
    Backup(backup::Backup),
    #[cfg(feature = "sqlite")]
    Restore(backup::Restore),
    /// Print the protocol as AsyncAPI, or one command, reply or event as JSON Schema.
    Schema {
        /// The name, for example SEND_MESSAGE.
        name: Option<String>,
        /// Print all names.
        #[arg(long, conflicts_with = "name")]
        list: bool,
    },
    /// Print a completion script for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    User(user::UserArguments),
    Token(token::TokenArguments),
    /// Measure the server on this machine: fan-out, durable sends, memory, history and log-ins.
    Bench(bench::Bench),
    /// Verify the guarantees of a running deployment across all its nodes.
    Check(check::Check),
    /// Serve an echo over the chat's socket code, to test the socket itself.
    #[command(hide = true)]
    Echo,
    /// Write the generated files: schemas, AsyncAPI, env.example.
    #[command(hide = true)]
    Protocol {
        /// The project's folder.
        project: PathBuf,
    },
}

/// Runs the command line.
pub fn run() -> Result<(), Box<dyn Error>> {
    crypto::install();
    let arguments = match Arguments::try_parse() {
        // --help and --version.
        Err(error) if !error.use_stderr() => return Ok(output::judge(error.print())?),
        Err(error) => error.exit(),
        Ok(arguments) => arguments,
    };
    match arguments.command.unwrap_or(CliCommand::Serve) {
        CliCommand::Serve => serve::main(Mode::Chat),
        CliCommand::Seed(seed) => seed::main(&seed).map_err(plain),
        CliCommand::Stats { address, json } => stats::main(&address, json).map_err(plain),
        CliCommand::Jobs(command) => jobs::main(&command).map_err(plain),
        CliCommand::Health { url } => health::main(url.as_deref()).map_err(plain),
        CliCommand::Export(export) => archive::export(&export),
        CliCommand::Import(import) => archive::import(&import),
        CliCommand::Verify => verify::main(),
        #[cfg(feature = "sqlite")]
        CliCommand::Backup(backup) => backup::back_up(&backup),
        #[cfg(feature = "sqlite")]
        CliCommand::Restore(restore) => backup::restore(&restore),
        CliCommand::Schema { name, list } => schema::main(name.as_deref(), list).map_err(plain),
        CliCommand::Completions { shell } => {
            let mut script = vec![];
            clap_complete::generate(shell, &mut Arguments::command(), "pichat", &mut script);
            Ok(out!("{}", String::from_utf8_lossy(&script))?)
        }
        CliCommand::User(users) => user::main(&users).map_err(plain),
        CliCommand::Token(tokens) => token::main(&tokens).map_err(plain),
        CliCommand::Bench(bench) => bench::main(bench),
        CliCommand::Check(check) => check::main(check),
        CliCommand::Echo => serve::main(Mode::Echo),
        CliCommand::Protocol { project } => Ok(protocol::write(&project)?),
    }
}

fn plain(failure: Failure) -> Box<dyn Error> {
    failure
}
