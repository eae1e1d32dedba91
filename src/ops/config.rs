//! Settings, read through a look-up function: the process passes its environment and `.env`, a test passes a table.

use std::borrow::Cow;
use std::net::IpAddr;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use secrecy::SecretString;
use tracing_subscriber::EnvFilter;

mod accounts;
mod admin;
#[cfg(feature = "cosmos")]
mod cosmos;
mod database;
mod file;
mod files;
mod known;
mod limits;
mod metrics;
mod otlp;
#[cfg(feature = "postgres")]
mod postgres;
mod proxies;
mod redis;
mod retention;
mod secret;
mod settings;

pub use accounts::AccountSettings;
pub use admin::AdminSocketSettings;
#[cfg(feature = "cosmos")]
pub use cosmos::{CosmosAccount, CosmosCredential};
pub use database::Database;
pub use files::{CloudOption, CloudPlace, FileLocation};
pub use limits::Limits;
pub use metrics::MetricsSettings;
pub use otlp::{OtlpAttribute, OtlpHeader, OtlpSampler, OtlpSettings};
#[cfg(feature = "postgres")]
pub use postgres::{PostgresServer, Trust};
pub use proxies::TrustedProxies;
pub use retention::{MOST_RETENTION_DAYS, RetentionSettings};
pub use settings::{SETTINGS, Setting};

/// Maximum time-out in seconds: one day.
const MOST_SECONDS: u64 = 86_400;

/// The range of `POSTGRES_CONNECTIONS`.
const POSTGRES_CONNECTIONS: RangeInclusive<u64> = 2..=10_000;

/// The values of `COSMOS_AUTH`.
const SIGN_INS: [&str; 4] = ["managed-identity", "workload-identity", "client-secret", "developer"];

fn unknown_sign_in(given: &str) -> BadSetting {
    let problem = format!("{given:?} is none of {}", SIGN_INS.join(", "));
    BadSetting { name: "COSMOS_AUTH".into(), problem }
}

/// A setting that stops the start.
#[derive(Debug, thiserror::Error)]
#[error("{name}: {problem}")]
pub struct BadSetting {
    /// The setting's name.
    pub name: Cow<'static, str>,
    /// The problem, and a value that would be valid.
    pub problem: String,
}

impl BadSetting {
    /// Refuses a setting whose backend is not compiled into this program.
    fn require(is_built: bool, name: &'static str, product: &str, feature: &str) -> Result<(), BadSetting> {
        if is_built {
            return Ok(());
        }
        let problem = format!("this build has no {product} support; rebuild with --features {feature}");
        Err(BadSetting { name: name.into(), problem })
    }
}

/// The format of log lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// Log lines for people.
    Text,
    /// Log lines for programs.
    Json,
}

/// A certificate chain and its key, both PEM files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsFiles {
    /// The chain, leaf first.
    pub certificate: PathBuf,
    /// The private key.
    pub key: PathBuf,
}

/// All settings.
#[derive(Clone, Debug)]
pub struct Config {
    /// The address to listen on.
    pub host: IpAddr,
    /// The port to listen on; 0 for any free port.
    pub port: u16,
    /// The storage.
    pub database: Database,
    /// The location of the bytes of uploaded files.
    pub files: FileLocation,
    /// The Redis that connects the nodes; none for a single node.
    pub redis: Option<SecretString>,
    /// The token of the built-in administrator.
    pub api_token: Option<SecretString>,
    /// The socket for administering the server; none if it is off.
    pub admin_socket: Option<AdminSocketSettings>,
    /// Sign-up, tokens and their lifetimes.
    pub accounts: AccountSettings,
    /// Origins that browsers may connect from; `*` for any; if empty, the server's own.
    pub allowed_origins: Vec<String>,
    /// Proxies whose X-Forwarded-For is trusted.
    pub trusted_proxies: TrustedProxies,
    /// Log levels, as `tracing` parses them.
    pub log_level: String,
    /// The format of log lines.
    pub log_format: LogFormat,
    /// The duration from which a command is logged as slow; none if none is.
    pub slow_command: Option<Duration>,
    /// Access to the metrics.
    pub metrics: MetricsSettings,
    /// The receiver of traces and log lines; none if they are not sent.
    pub otlp: Option<OtlpSettings>,
    /// TLS files, which turn on `wss` and `https`.
    pub tls: Option<TlsFiles>,
    /// Limits on what one client may do.
    pub limits: Limits,
    /// The time for which messages are kept.
    pub retention: RetentionSettings,
}

impl Config {
    /// Reads every setting.
    ///
    /// # Errors
    /// The first invalid setting.
    pub fn from_lookup(lookup: &dyn Fn(&str) -> Option<String>) -> Result<Config, BadSetting> {
        let look = SettingSource(lookup);
        look.config().map_err(|error| look.as_given(error))
    }

    /// Reads the process's environment, then the file `.env` in the working directory.
    ///
    /// # Errors
    /// The first invalid or misspelt setting.
    pub fn from_environment() -> Result<Config, BadSetting> {
        Config::from_lookup(&environment()?)
    }
}

/// The settings of the process: its environment and, for names not set there, the file `.env`.
///
/// # Errors
/// A line of the file that cannot be parsed, or a misspelt name.
pub fn environment() -> Result<impl Fn(&str) -> Option<String>, BadSetting> {
    let file = file::read()?;
    let names = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    let ignored = std::env::var("IGNORED_SETTINGS").ok().or_else(|| Some(file.get("IGNORED_SETTINGS")?.value.clone()));
    known::refuse_unknown(&file, names, &ignored.unwrap_or_default())?;
    Ok(move |name: &str| std::env::var(name).ok().or_else(|| Some(file.get(name)?.value.clone())))
}

/// The Azure Cosmos DB account in the settings, whatever store is in use.
///
/// # Errors
/// A missing or invalid setting.
#[cfg(feature = "cosmos")]
pub fn cosmos_account() -> Result<CosmosAccount, BadSetting> {
    SettingSource(&environment()?).cosmos()
}

struct SettingSource<'a>(&'a dyn Fn(&str) -> Option<String>);

impl SettingSource<'_> {
    fn config(&self) -> Result<Config, BadSetting> {
        let look = self;
        let database = look.database()?;
        look.other_storage()?;
        look.refuse_two_values()?;
        Ok(Config {
            host: look.parsed("HOST", "an IP address such as 127.0.0.1 or 0.0.0.0")?,
            port: look.parsed("PORT", "a number from 0 to 65535")?,
            redis: redis::url(look, &database)?,
            files: look.files(&database)?,
            admin_socket: look.admin_socket(&database)?,
            database,
            api_token: look.api_token()?,
            accounts: look.accounts()?,
            allowed_origins: look.origins()?,
            trusted_proxies: look.proxies()?,
            log_level: look.log_level()?,
            log_format: look.log_format()?,
            slow_command: look.slow_command()?,
            metrics: look.metrics()?,
            otlp: look.otlp()?,
            tls: look.tls()?,
            limits: look.limits()?,
            retention: look.retention()?,
        })
    }

    /// The same error under the name that was actually set.
    fn as_given(&self, error: BadSetting) -> BadSetting {
        let setting = SETTINGS.iter().find(|setting| setting.name == error.name);
        let is_set = |name: &str| self.0(name).is_some_and(|value| !value.trim().is_empty());
        let other =
            setting.and_then(|setting| setting.other_name.filter(|other| !is_set(setting.name) && is_set(other)));
        match other {
            Some(other) => BadSetting { name: other.into(), ..error },
            None => error,
        }
    }

    /// Refuses a setting that has different values under its two names: nobody knows which one was meant.
    fn refuse_two_values(&self) -> Result<(), BadSetting> {
        let value = |name: &str| self.0(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        for setting in SETTINGS {
            let Some(other) = setting.other_name else { continue };
            if let (Some(one), Some(another)) = (value(setting.name), value(other))
                && one != another
            {
                let problem = format!("has another value than {other}, which is the same setting; keep one of them");
                return Err(BadSetting { name: setting.name.into(), problem });
            }
        }
        Ok(())
    }

    /// The value set under the name or its other name; an empty value counts as none.
    fn given(&self, name: &str) -> Option<String> {
        let setting = setting(name);
        let names = std::iter::once(setting.name).chain(setting.other_name);
        names.filter_map(self.0).find(|value| !value.trim().is_empty())
    }

    fn text(&self, name: &str) -> String {
        self.given(name).unwrap_or_else(|| setting(name).default.to_owned())
    }

    fn parsed<T: FromStr>(&self, name: &'static str, right: &str) -> Result<T, BadSetting> {
        let text = self.text(name);
        text.trim().parse().map_err(|_| BadSetting { name: name.into(), problem: format!("{text:?} is not {right}") })
    }

    fn list(&self, name: &str) -> Vec<String> {
        let text = self.text(name);
        let parts = text.split(',').map(|part| part.trim().trim_end_matches('/').to_owned());
        parts.filter(|part| !part.is_empty()).collect()
    }

    fn api_token(&self) -> Result<Option<SecretString>, BadSetting> {
        match self.given("API_TOKEN") {
            Some(token) if !token.chars().all(|character| character.is_ascii_graphic()) => {
                let problem = "must have visible ASCII characters only, or be unset".into();
                Err(BadSetting { name: "API_TOKEN".into(), problem })
            }
            Some(token) => {
                secret::require_strong("API_TOKEN", &token)?;
                Ok(Some(SecretString::from(token)))
            }
            None => Ok(None),
        }
    }

    fn origins(&self) -> Result<Vec<String>, BadSetting> {
        let origins = self.list("ALLOWED_ORIGINS");
        let good = |origin: &str| {
            let host = origin.split_once("://").map(|(_, host)| host);
            origin == "*" || host.is_some_and(|host| !host.is_empty() && !host.contains('/'))
        };
        match origins.iter().find(|origin| !good(origin)) {
            None => Ok(origins),
            Some(bad) => Err(BadSetting {
                name: "ALLOWED_ORIGINS".into(),
                problem: format!("{bad:?} is not an origin such as https://chat.example, nor *"),
            }),
        }
    }

    fn log_level(&self) -> Result<String, BadSetting> {
        let level = self.text("LOG_LEVEL");
        // A bare level applies to this server; its libraries are limited to warnings.
        let directives = if level.contains(['=', ',']) { level.clone() } else { format!("warn,pichat={level}") };
        match EnvFilter::try_new(&directives) {
            Ok(_) => Ok(directives),
            Err(_) => {
                let right = "off, error, warn, info, debug or trace, nor a list like warn,pichat=debug";
                Err(BadSetting { name: "LOG_LEVEL".into(), problem: format!("{level:?} is neither {right}") })
            }
        }
    }

    fn log_format(&self) -> Result<LogFormat, BadSetting> {
        match self.text("LOG_FORMAT").as_str() {
            "text" => Ok(LogFormat::Text),
            "json" => Ok(LogFormat::Json),
            other => {
                Err(BadSetting { name: "LOG_FORMAT".into(), problem: format!("{other:?} is neither text nor json") })
            }
        }
    }

    fn tls(&self) -> Result<Option<TlsFiles>, BadSetting> {
        let missing = |name: &'static str| BadSetting {
            name: name.into(),
            problem: "set both TLS_CERT and TLS_KEY, or neither".into(),
        };
        match (self.given("TLS_CERT"), self.given("TLS_KEY")) {
            (None, None) => Ok(None),
            (Some(certificate), Some(key)) => Ok(Some(TlsFiles { certificate: certificate.into(), key: key.into() })),
            (None, Some(_)) => Err(missing("TLS_CERT")),
            (Some(_), None) => Err(missing("TLS_KEY")),
        }
    }

    /// A number, limited to four thousand million, which is more than anyone needs.
    fn count<T: TryFrom<u64>>(&self, name: &'static str, least: u64) -> Result<T, BadSetting> {
        self.within(name, least..=u32::MAX.into())
    }

    fn within<T: TryFrom<u64>>(&self, name: &'static str, range: RangeInclusive<u64>) -> Result<T, BadSetting> {
        let right = format!("a whole number from {} to {}", range.start(), range.end());
        let number: u64 = self.parsed(name, &right)?;
        let refused = || BadSetting { name: name.into(), problem: format!("{number} is not {right}") };
        if !range.contains(&number) {
            return Err(refused());
        }
        T::try_from(number).map_err(|_| refused())
    }

    fn seconds(&self, name: &'static str) -> Result<Duration, BadSetting> {
        let seconds = self.count::<u64>(name, 1)?;
        if seconds > MOST_SECONDS {
            return Err(BadSetting {
                name: name.into(),
                problem: format!("must be at most {MOST_SECONDS}, which is one day"),
            });
        }
        Ok(Duration::from_secs(seconds))
    }
}

fn setting(name: &str) -> &'static Setting {
    SETTINGS.iter().find(|setting| setting.name == name).expect("every setting that is read is in the table")
}

#[cfg(test)]
mod tests {
    use super::Config;

    #[test]
    fn a_setting_has_one_value_under_both_of_its_names() {
        let read = |given: &'static [(&str, &str)]| {
            let lookup =
                |name: &str| given.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
            Config::from_lookup(&lookup).map(|config| config.port)
        };
        assert_eq!(read(&[("SERVER_PORT", "8081")]).expect("one name"), 8081);
        assert_eq!(read(&[("PORT", "8081"), ("SERVER_PORT", " 8081")]).expect("one value"), 8081);
        assert_eq!(read(&[("PORT", "8081"), ("SERVER_PORT", "")]).expect("one value"), 8081);
        let error = read(&[("PORT", "8081"), ("SERVER_PORT", "8082")]).expect_err("two ports").to_string();
        let sentence = "PORT: has another value than SERVER_PORT, which is the same setting; keep one of them";
        assert_eq!(error, sentence);
        let origins = [("ALLOWED_ORIGINS", "https://a.example"), ("CORS_ORIGINS", "https://b.example")];
        let lookup =
            |name: &str| origins.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        let error = Config::from_lookup(&lookup).expect_err("two lists").to_string();
        assert!(error.starts_with("ALLOWED_ORIGINS: ") && error.contains("CORS_ORIGINS"), "{error}");
    }
}
