use std::time::Duration;

use secrecy::SecretString;

use super::{BadSetting, Lookup, secret};

/// The longest that an access token may be good: a day, since it is looked at where nothing else is.
const MOST_MINUTES: u64 = 24 * 60;
/// The longest that a log-in may go on unused: ten years.
const MOST_DAYS: u64 = 3660;

/// The longest that a refresh token may be good once more: five minutes.
const MOST_GRACE: u64 = 300;

/// Who may have an account, and what proves it.
#[derive(Clone, Debug)]
pub struct AccountSettings {
    /// Sign access tokens (the first) and verify them (all); none: one is made once and kept in the storage.
    pub secret_keys: Vec<SecretString>,
    /// How long an access token is good.
    pub access_token_lifetime: Duration,
    /// How long a log-in goes on that is not used.
    pub refresh_token_lifetime: Duration,
    /// How long a refresh token is good once more after its successor was given; zero: it is not.
    pub refresh_grace: Duration,
    /// Whether people may make accounts for themselves.
    pub allow_sign_up: bool,
    /// Whether users are found and reached by their whole e-mail address.
    pub email_lookup: bool,
}

impl Lookup<'_> {
    pub(super) fn accounts(&self) -> Result<AccountSettings, BadSetting> {
        let minutes = self.bounded("ACCESS_TOKEN_EXPIRE_MINUTES", 1, MOST_MINUTES)?;
        let days = self.bounded("REFRESH_TOKEN_EXPIRE_DAYS", 1, MOST_DAYS)?;
        let grace = self.bounded("REFRESH_GRACE_SECONDS", 0, MOST_GRACE)?;
        Ok(AccountSettings {
            secret_keys: self.secret_keys()?,
            access_token_lifetime: Duration::from_secs(minutes * 60),
            refresh_token_lifetime: Duration::from_secs(days * 86_400),
            refresh_grace: Duration::from_secs(grace),
            allow_sign_up: self.parsed("ALLOW_SIGN_UP", "true or false")?,
            email_lookup: self.parsed("EMAIL_LOOKUP", "true or false")?,
        })
    }

    fn secret_keys(&self) -> Result<Vec<SecretString>, BadSetting> {
        let Some(text) = self.given("SECRET_KEY") else { return Ok(vec![]) };
        let keys: Vec<&str> = text.split(',').map(str::trim).collect();
        if keys.iter().any(|key| key.is_empty()) {
            let problem = "one key, or several by commas, none of them empty; or leave it out".into();
            return Err(BadSetting { name: "SECRET_KEY".into(), problem });
        }
        keys.iter().try_for_each(|key| secret::require_strong("SECRET_KEY", key))?;
        Ok(keys.into_iter().map(SecretString::from).collect())
    }

    fn bounded(&self, name: &'static str, least: u16, most: u64) -> Result<u64, BadSetting> {
        let number = self.count::<u64>(name, least)?;
        if number > most {
            return Err(BadSetting { name: name.into(), problem: format!("must be at most {most}") });
        }
        Ok(number)
    }
}
