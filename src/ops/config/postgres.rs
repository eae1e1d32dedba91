use std::path::PathBuf;

use percent_encoding::percent_decode_str;

use super::{BadSetting, SettingSource};

/// A PostgreSQL server and how to connect to it.
#[derive(Clone, Debug)]
pub struct PostgresServer {
    /// Host, user and database. `Debug` hides the password.
    pub address: tokio_postgres::Config,
    /// The certificates that are accepted.
    pub trust: Trust,
    /// Maximum number of connections.
    pub connections: usize,
}

/// The certificates that are accepted on an encrypted connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trust {
    /// Any certificate: the connection is encrypted, but the server is not verified.
    Anybody,
    /// Certificates trusted by the system.
    System,
    /// Certificates signed by those in this PEM file.
    File(PathBuf),
}

const RIGHT: &str = "write it as postgres://USER:PASSWORD@HOST:5432/DATABASE, with special characters \
    percent-encoded";

impl PostgresServer {
    /// Parses `postgres://…` as `libpq` does.
    pub fn from_url(url: &str, connections: usize) -> Result<Self, BadSetting> {
        let bad = |problem: String| BadSetting { name: "DATABASE_URL".into(), problem };
        let (place, parameters) = url.split_once('?').unwrap_or((url, ""));
        let mut mode = "prefer".to_owned();
        let mut root = None;
        let mut others = vec![];
        for parameter in parameters.split('&').filter(|parameter| !parameter.is_empty()) {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            let value = || percent_decode_str(value).decode_utf8_lossy().into_owned();
            match name {
                "sslmode" => mode = value(),
                "sslrootcert" => root = Some(value()).filter(|root| root != "system"),
                _ => others.push(parameter),
            }
        }
        let (known, trust) = match (mode.as_str(), root) {
            ("disable", _) => ("disable", Trust::Anybody),
            ("allow" | "prefer", _) => ("prefer", Trust::Anybody),
            ("require", None) => ("require", Trust::Anybody),
            ("verify-full", None) => ("require", Trust::System),
            ("require" | "verify-full", Some(root)) => ("require", Trust::File(root.into())),
            (other, _) => {
                let right = "is none of disable, prefer, require, verify-full";
                return Err(bad(format!("sslmode {other:?} {right}")));
            }
        };
        others.push(if known == "disable" { "sslmode=disable" } else { "sslmode=prefer" });
        let mut address: tokio_postgres::Config =
            format!("{place}?{}", others.join("&")).parse().map_err(|error| bad(explained(&error)))?;
        if known == "require" {
            address.ssl_mode(tokio_postgres::config::SslMode::Require);
        }
        if address.get_hosts().is_empty() {
            return Err(bad(format!("the host is missing; {RIGHT}")));
        }
        Ok(PostgresServer { address, trust, connections })
    }

    /// The address of the database, without user and password.
    pub fn place(&self) -> String {
        let hosts = self.address.get_hosts().iter().map(|host| match host {
            tokio_postgres::config::Host::Tcp(name) => name.clone(),
            tokio_postgres::config::Host::Unix(folder) => folder.display().to_string(),
        });
        let hosts: Vec<String> = hosts.collect();
        let port = self.address.get_ports().first().copied().unwrap_or(5432);
        let database = self.address.get_dbname().or(self.address.get_user()).unwrap_or("its user's");
        format!("{}:{port}, database {database}", hosts.join(","))
    }
}

/// The error, without secrets.
fn explained(error: &tokio_postgres::Error) -> String {
    match std::error::Error::source(error) {
        Some(source) if !source.to_string().contains('`') => format!("{source}; {RIGHT}"),
        Some(source) => source.to_string(),
        None => RIGHT.to_owned(),
    }
}

impl SettingSource<'_> {
    pub(super) fn postgres(&self, url: &str) -> Result<PostgresServer, BadSetting> {
        PostgresServer::from_url(url, self.within("POSTGRES_CONNECTIONS", super::POSTGRES_CONNECTIONS)?)
    }
}

#[cfg(test)]
mod tests {
    use super::{PostgresServer, Trust};

    fn read(url: &str) -> Result<PostgresServer, String> {
        PostgresServer::from_url(url, 2).map_err(|error| error.to_string())
    }

    #[test]
    fn the_password_is_never_shown() {
        let server = read("postgres://ann:s3cret@db.example:5433/chat").expect("a valid address");
        assert_eq!(server.place(), "db.example:5433, database chat");
        assert!(!format!("{server:?}").contains("s3cret"), "{server:?}");
        for url in
            ["postgres://ann:s3cret@db/x?nonsense=1", "postgres://ann:s3cret@db:port/x", "postgres://ann:s3%zz@/x"]
        {
            let error = read(url).expect_err(url);
            assert!(error.starts_with("DATABASE_URL: ") && !error.contains("s3"), "{error}");
        }
    }

    #[test]
    fn certificates_are_verified_when_configured() {
        for (parameters, trust) in [
            ("", Trust::Anybody),
            ("?sslmode=require", Trust::Anybody),
            ("?sslmode=verify-full", Trust::System),
            ("?sslmode=verify-full&sslrootcert=system&application_name=x", Trust::System),
            ("?connect_timeout=3&sslrootcert=%2Fetc%2Fca.pem&sslmode=verify-full", Trust::File("/etc/ca.pem".into())),
        ] {
            assert_eq!(read(&format!("postgresql://db/x{parameters}")).expect(parameters).trust, trust);
        }
        let error = read("postgres://db/x?sslmode=verify-ca").expect_err("no such mode");
        assert!(error.contains("verify-full"), "{error}");
    }
}
