use std::task::{Context, Poll};

use tokio::io::ReadBuf;
use tokio::net::TcpStream;
use tokio_util::either::Either;

use super::ClientStream;
use crate::net::websocket::HangUp;

impl HangUp for ClientStream {
    fn poll_hang_up(&self, context: &mut Context<'_>) -> Poll<()> {
        match self {
            Either::Left(stream) => peek(stream, context),
            Either::Right(Either::Left(stream)) => peek(stream.get_ref().0, context),
            // Of the machine's own administrator.
            Either::Right(Either::Right(_)) => Poll::Pending,
        }
    }
}

fn peek(stream: &TcpStream, context: &mut Context<'_>) -> Poll<()> {
    let mut byte = [0; 1];
    match stream.poll_peek(context, &mut ReadBuf::new(&mut byte)) {
        Poll::Ready(Ok(0) | Err(_)) => Poll::Ready(()),
        Poll::Ready(Ok(_)) | Poll::Pending => Poll::Pending,
    }
}
