mod ban_user;
mod disconnect_user;
mod export_my_data;
mod get_audit_log;
mod get_stats;
mod set_hold;
mod set_user_role;
mod target;
mod unban_user;

pub use ban_user::{BanUser, UserBanned};
pub use disconnect_user::{DisconnectUser, UserDisconnected};
pub use export_my_data::ExportMyData;
pub use get_audit_log::GetAuditLog;
pub use get_stats::GetStats;
pub use set_hold::SetHold;
pub use set_user_role::{SetUserRole, UserRoleChanged};
pub use unban_user::{UnbanUser, UserUnbanned};
