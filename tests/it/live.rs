//! The server as its users meet it: clients on real sockets, over every backend.
//!
//! A case takes an empty place for a server. A backend is one line at the end of this file; a case is a function in
//! the file of its area and its name in the list below.

pub mod chats;

macro_rules! cases {
    ($backend:ident, $area:ident: $($case:ident)+) => {
        mod $area {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $case() {
                    let Some(place) = crate::contract::backends::$backend().await else { return };
                    crate::live::$area::$case(place).await;
                }
            )+
        }
    };
}

macro_rules! backend {
    ($backend:ident) => {
        mod $backend {
            cases!($backend, chats:
                a_channel_is_made_joined_and_heard
            );
        }
    };
}

backend!(sqlite);
