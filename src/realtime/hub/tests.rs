use std::collections::VecDeque;
use std::task::{Context, Waker};

use tokio_tungstenite::tungstenite::Utf8Bytes;

use super::*;
use crate::cluster::{Audience, Broadcast, Welcome};
use crate::ops::telemetry::Telemetry;
use crate::ops::work;
use crate::protocol::error::Error;
use crate::realtime::reply::{Asked, PendingReply, Recipient};

struct Scene {
    hub: Hub,
    chat: ChatId,
    ann: Arc<Connection>,
    ben: Arc<Connection>,
}

/// Ann and Ben are connected; Ann is subscribed to the chat from 4 on, Ben is not.
fn scene() -> Scene {
    let hub = Hub::default();
    let chat = ChatId::from("c");
    hub.hold_early_events();
    let bind = |user: &str| {
        let connection = Arc::new(Connection::new(1 << 20));
        hub.bind(&connection, &user.into(), 0);
        connection
    };
    let ann = bind("ann");
    let ben = bind("ben");
    hub.attach(&ann, &[ChatSubscription { chat: chat.clone(), seq: 4, members: 2 }]);
    hub.attach(&ben, &[]);
    Scene { hub, chat, ann, ben }
}

fn heard(connection: &Connection) -> Vec<String> {
    let mut frames = VecDeque::new();
    let mut texts = vec![];
    loop {
        connection.outbox.poll(&Context::from_waker(Waker::noop()), &mut frames, true);
        if frames.is_empty() {
            return texts;
        }
        texts.extend(frames.drain(..).map(|frame| frame.to_text().expect("text").to_owned()));
    }
}

impl Scene {
    fn event(&self, seq: Seq) -> Publication {
        Publication {
            chat: self.chat.clone(),
            seq: Some(seq),
            text: format!("{seq}").into(),
            welcome: None,
            joined: vec![],
            left: vec![],
            sender: None,
            members: None,
        }
    }

    fn publish(&self, publication: Publication) -> Arrival {
        self.hub.publish(publication, Caller::default(), &mut Wakers::default())
    }

    fn arrive(&self, seq: Seq) -> Arrival {
        self.publish(self.event(seq))
    }

    /// A pending reply for Ann.
    fn reply(&self, text: Utf8Bytes, chat: Option<ChatId>) -> OrderedReply {
        let telemetry = Arc::new(Telemetry::new(std::iter::empty(), None));
        let pending = PendingReply::expect(Recipient::Socket(self.ann.clone()), Asked::default(), &telemetry);
        OrderedReply { pending, result: Ok(text), chat, is_kept: false }
    }

    /// Ann's own change, and its reply.
    fn own(&self, seq: Seq) -> Arrival {
        let text = format!(r#"{{"reply":{seq}}}"#).into();
        let reply = Some(self.reply(text, Some(self.chat.clone())));
        let caller = Caller { connection: Some(self.ann.clone()), reply };
        self.hub.publish(self.event(seq), caller, &mut Wakers::default())
    }
}

fn lagged(from: Seq, to: Seq) -> String {
    format!(r#"{{"type":"LAGGED","chatId":"c","fromSeq":{from},"toSeq":{to}}}"#)
}

#[test]
fn early_events_are_held_and_duplicates_dropped() {
    let scene = scene();
    assert_eq!([5, 8, 7, 7, 5].map(|seq| scene.arrive(seq)), {
        use Arrival::{Early, Next, Repeated};
        [Next, Early, Early, Early, Repeated]
    });
    assert_eq!(heard(&scene.ann), ["5"]);
    assert_eq!(scene.hub.missing(&scene.chat), Some(SeqRange { from: 6, to: 6 }));
    assert_eq!(scene.arrive(6), Arrival::Next);
    assert_eq!(heard(&scene.ann), ["6", "7", "8"]);
    assert_eq!((scene.hub.missing(&scene.chat), scene.arrive(9)), (None, Arrival::Next));
}

#[test]
fn replies_wait_for_earlier_events_and_replies() {
    let scene = scene();
    assert_eq!(scene.own(6), Arrival::Early);
    let refusal = OrderedReply { result: Err(Error::conflict("no")), ..scene.reply("".into(), None) };
    scene.hub.reply(&scene.chat, refusal, &mut Wakers::default());
    assert_eq!(heard(&scene.ann), [""; 0]);
    scene.arrive(5);
    let told = heard(&scene.ann);
    assert_eq!(told[..2], ["5", r#"{"reply":6}"#]);
    assert!(told[2].contains("CONFLICT"), "{told:?}");
}

#[test]
fn backfilled_events_keep_their_order_and_gaps_are_reported() {
    let scene = scene();
    scene.own(8);
    let backfill = Backfill { to: 7, found: HashMap::from_iter([(5, "found 5".into())]), ..Backfill::default() };
    assert!(scene.hub.backfill(&scene.chat, &backfill, &mut Wakers::default()));
    assert_eq!(heard(&scene.ann), ["found 5", &lagged(6, 7), r#"{"reply":8}"#]);
    assert_eq!([scene.arrive(6), scene.own(7)], [Arrival::Repeated, Arrival::Repeated]);
    assert_eq!(heard(&scene.ann), [r#"{"reply":7,"duplicate":true}"#]);
}

#[test]
fn missed_joins_and_leaves_are_reconciled() {
    let scene = scene();
    let backfill = |to: Seq, members: &[&str]| Backfill {
        to,
        members: Some(members.iter().map(|user| UserId::from(*user)).collect()),
        welcomes: vec![Welcome { user: "ben".into(), seq: to, text: format!("welcome at {to}").into() }],
        ..Backfill::default()
    };
    let members = ["ann", "ben"].map(UserId::from).into_iter().collect();
    assert_eq!(scene.hub.unsubscribed_members(&scene.chat, &members), ["ben".into()]);
    scene.hub.backfill(&scene.chat, &backfill(6, &["ben"]), &mut Wakers::default());
    assert_eq!((heard(&scene.ann), heard(&scene.ben)), (vec![lagged(5, 6)], vec!["welcome at 6".to_owned()]));
    scene.arrive(7);
    assert_eq!((heard(&scene.ann), heard(&scene.ben)), (vec![], vec!["7".to_owned()]));
    assert!(!scene.hub.backfill(&scene.chat, &backfill(6, &["ann"]), &mut Wakers::default()), "it is stale");
    scene.hub.remove_chat(&scene.chat, &mut Wakers::default());
    assert_eq!((heard(&scene.ben), scene.arrive(8), heard(&scene.ben)), (vec![lagged(8, 8)], Arrival::Next, vec![]));
}

#[test]
fn held_membership_events_take_effect_in_order() {
    let scene = scene();
    let joins = Publication { joined: vec!["ben".into()], welcome: Some("new chat".into()), ..scene.event(6) };
    let leaves = Publication { left: vec!["ann".into()], ..scene.event(8) };
    assert_eq!([scene.publish(leaves), scene.publish(joins)], [Arrival::Early, Arrival::Early]);
    assert_eq!([7, 5, 9].map(|seq| scene.arrive(seq)), [Arrival::Early, Arrival::Next, Arrival::Next]);
    assert_eq!(heard(&scene.ann), ["5", "6", "7", "8"]);
    assert_eq!(heard(&scene.ben), ["new chat", "7", "8", "9"]);
}

#[test]
fn a_single_node_hub_holds_no_events() {
    let scene = Scene { hub: Hub::default(), ..scene() };
    scene.hub.attach(&scene.ben, &[ChatSubscription::anywhere(scene.chat.clone())]);
    assert_eq!([scene.arrive(5), scene.arrive(8)], [Arrival::Next, Arrival::Forced]);
    assert_eq!(heard(&scene.ben), ["5", &lagged(6, 8)]);
}

#[test]
fn missing_events_are_abandoned_when_too_many_are_held() {
    let scene = scene();
    let places: Vec<_> = (6..=600).map(|seq| scene.arrive(seq)).collect();
    assert_eq!(places.iter().position(|place| *place == Arrival::Forced), Some(512));
    let told = heard(&scene.ann);
    assert_eq!(told.last(), Some(&lagged(5, 600)), "{told:?}");
}

#[test]
fn no_event_follows_the_end_of_a_chat() {
    let scene = scene();
    let end = Publication { seq: None, text: "end".into(), ..scene.event(0) };
    scene.publish(end);
    // Committed before the chat's end, and published after it by this node.
    scene.own(5);
    scene.hub.reply(&scene.chat, scene.reply("no-op".into(), None), &mut Wakers::default());
    let heard = heard(&scene.ann);
    assert_eq!(heard[0], "end");
    assert!(heard[1..].iter().all(|frame| frame.contains("NOT_FOUND")), "{heard:?}");
    assert_eq!(heard.len(), 3);
}

#[test]
fn an_unbound_connection_receives_no_events_of_its_former_user() {
    let scene = scene();
    scene.hub.unbind(&scene.ann);
    scene.hub.bind(&scene.ann, &"cem".into(), 0);
    scene.hub.attach(&scene.ann, &[]);
    scene.arrive(5);
    scene.publish(Publication { joined: vec!["ann".into()], ..scene.event(6) });
    assert_eq!(heard(&scene.ann), Vec::<String>::new());
    assert_eq!(scene.hub.connected_users().len(), 2);
}

fn presence(user: &str, status: &str) -> Broadcast {
    let audience = Audience::Contacts { user: user.into(), chats: vec!["c".into()] };
    let text = format!(r#"{{"type":"PRESENCE","user":{{"id":"{user}"}},"status":"{status}"}}"#).into();
    Broadcast { audience, ephemeral: true, text }
}

#[test]
fn concurrent_presence_changes_are_batched_on_request() {
    let scene = scene();
    scene.hub.attach(&scene.ben, &[ChatSubscription::anywhere(scene.chat.clone())]);
    scene.ann.take_presence_batches(true);
    let publish = |user, status| scene.hub.broadcast(&presence(user, status), None, &mut Wakers::default());
    publish("cem", "online");
    publish("dan", "online");
    publish("cem", "away");
    assert_eq!((heard(&scene.ann).len(), heard(&scene.ben).len()), (0, 2), "only the latest is queued per user");
    scene.hub.send_presence_batches();
    let both = r#"{"user":{"id":"cem"},"status":"away"},{"user":{"id":"dan"},"status":"online"}"#;
    assert_eq!(heard(&scene.ann), [format!(r#"{{"type":"PRESENCE","users":[{both}]}}"#)]);
    publish("cem", "offline");
    scene.hub.unbind(&scene.ann);
    scene.hub.bind(&scene.ann, &"eve".into(), 0);
    scene.hub.send_presence_batches();
    assert_eq!(heard(&scene.ann), Vec::<String>::new(), "another user is not notified");
}

#[test]
fn presence_is_not_published_in_large_chats() {
    let hub = Hub::new(LargeChats::above(2));
    let scene = Scene { hub, ..scene() };
    scene.hub.bind(&scene.ann, &"ann".into(), 0);
    let chat = scene.chat.clone();
    scene.hub.unbind(&scene.ann);
    scene.hub.bind(&scene.ann, &"ann".into(), 0);
    scene.hub.attach(&scene.ann, &[ChatSubscription { chat: chat.clone(), seq: 4, members: 2 }]);
    let publish = || scene.hub.broadcast(&presence("cem", "online"), None, &mut Wakers::default());
    publish();
    assert_eq!((scene.hub.is_large(&chat), heard(&scene.ann).len()), (false, 1));
    scene.publish(Publication { joined: vec!["dan".into()], members: Some(3), ..scene.event(5) });
    publish();
    assert_eq!((scene.hub.is_large(&chat), heard(&scene.ann)), (true, vec!["5".to_owned()]));
    scene.publish(Publication { left: vec!["dan".into()], members: Some(2), ..scene.event(6) });
    publish();
    assert_eq!((scene.hub.is_large(&chat), heard(&scene.ann).len()), (false, 2));
}

#[test]
fn a_chat_left_while_connecting_is_not_subscribed() {
    let scene = scene();
    scene.hub.unbind(&scene.ben);
    scene.hub.bind(&scene.ben, &"ben".into(), 0);
    let subscriptions = of_many_chats(1000);
    let chat = |place: usize| subscriptions[place].chat.clone();
    scene.publish(Publication { chat: chat(600), left: vec!["ben".into()], ..scene.event(2) });
    scene.hub.attach(&scene.ben, &subscriptions);
    assert!(scene.ben.hears(&chat(999)) && !scene.ben.hears(&chat(600)));
    scene.publish(Publication { chat: chat(999), ..scene.event(7) });
    assert_eq!(heard(&scene.ben), ["7"]);
    assert_eq!(scene.hub.leave(&scene.ben).len(), 999);
    assert!(!scene.hub.is_subscribed(&chat(0)) && !scene.hub.is_connected(&"ben".into()));
}

fn of_many_chats(count: usize) -> Vec<ChatSubscription> {
    (0..count).map(|number| ChatSubscription::anywhere(format!("chat {number}").into())).collect()
}

#[test]
fn connecting_and_leaving_are_linear_in_the_chats() {
    let scene = scene();
    for count in [100, 10_000] {
        let chats = of_many_chats(count);
        let connection = Arc::new(Connection::new(1 << 20));
        let most = 10 * count as u64;
        let steps = work::steps_of(|| {
            scene.hub.bind(&connection, &"dan".into(), 0);
            scene.hub.attach(&connection, &chats);
        });
        assert!(steps <= most, "{steps} steps to connect to {count} chats");
        let steps = work::steps_of(|| assert_eq!(scene.hub.leave(&connection).len(), count));
        assert!(steps <= most, "{steps} steps to leave {count} chats");
    }
}

#[test]
fn connecting_with_many_chats_does_not_hold_the_lock() {
    let scene = scene();
    let chats = of_many_chats(10_000);
    let mut in_a_row = 0;
    let mut longest = 0;
    let watched = chats.iter().inspect(|_| {
        in_a_row = if scene.hub.channels.is_locked() { in_a_row + 1 } else { 0 };
        longest = longest.max(in_a_row);
    });
    scene.hub.attach(&scene.ben, watched);
    assert_eq!(scene.ben.chats().len(), chats.len());
    assert!(longest <= 1000, "{longest} chats under one hold of the lock");
}

#[test]
fn leaving_a_full_chat_does_not_scan_its_members() {
    let scene = scene();
    let chats = [ChatSubscription::anywhere(scene.chat.clone())];
    let connections: Vec<_> = (0..10_000)
        .map(|number| {
            let connection = Arc::new(Connection::new(1 << 20));
            scene.hub.bind(&connection, &format!("user {number}").into(), 0);
            scene.hub.attach(&connection, &chats);
            connection
        })
        .collect();
    let leaves = Publication { left: vec!["user 5000".into()], ..scene.event(5) };
    let steps = work::steps_of(|| {
        scene.hub.leave(&connections[70]);
        scene.publish(leaves);
    });
    assert!(steps < 100, "{steps} steps for two of 10,000 members");
    scene.arrive(6);
    assert_eq!([70, 5000, 9999].map(|place| heard(&connections[place]).len()), [0, 1, 2]);
}
