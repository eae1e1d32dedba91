use super::{BadSetting, SettingSource};

/// Maximum retention period in days: 100 years.
pub const MOST_RETENTION_DAYS: u32 = 36_500;

/// The time for which messages are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetentionSettings {
    /// Days after which messages are removed; 0 keeps them for ever.
    pub days: u32,
    /// Days after which entries of the audit log are removed; 0 keeps them for ever.
    pub audit_days: u32,
}

impl SettingSource<'_> {
    pub(super) fn retention(&self) -> Result<RetentionSettings, BadSetting> {
        let days = self.days("RETENTION_DAYS", "messages")?;
        Ok(RetentionSettings { days, audit_days: self.days("AUDIT_RETENTION_DAYS", "entries")? })
    }

    fn days(&self, name: &'static str, what: &str) -> Result<u32, BadSetting> {
        let days = self.count(name, 0)?;
        if days > MOST_RETENTION_DAYS {
            let problem = format!("must be at most {MOST_RETENTION_DAYS}, or 0 to keep {what} for ever");
            return Err(BadSetting { name: name.into(), problem });
        }
        Ok(days)
    }
}
