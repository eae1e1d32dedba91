mod append_stream;
mod end_stream;
mod start_stream;
mod stop_stream;

pub use append_stream::AppendStream;
pub use end_stream::EndStream;
pub use start_stream::StartStream;
pub use stop_stream::StopStream;
