mod create_upload;
mod get_file;

pub use create_upload::CreateUpload;
pub use get_file::GetFile;
