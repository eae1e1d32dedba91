use secrecy::SecretString;

use super::{BadSetting, Database, SettingSource};

const NAME: &str = "REDIS_URL";

/// The URL of Redis, if set. Errors do not show it, because it may contain a password.
pub(super) fn url(look: &SettingSource<'_>, database: &Database) -> Result<Option<SecretString>, BadSetting> {
    let Some(url) = look.given(NAME) else { return Ok(None) };
    let bad = |problem: &str| BadSetting { name: NAME.into(), problem: problem.to_owned() };
    if !database.is_shared() {
        return Err(bad("a SQLite file serves one node; for several, DATABASE_URL must name another storage"));
    }
    BadSetting::require(cfg!(feature = "redis"), NAME, "Redis", "redis")?;
    let known = url.starts_with("redis://") || url.starts_with("rediss://");
    #[cfg(feature = "redis")]
    let known = known && ::redis::parse_redis_url(&url).is_some();
    if !known {
        return Err(bad("must be redis://HOST:PORT/NUMBER, or rediss:// for TLS"));
    }
    Ok(Some(url.into()))
}
