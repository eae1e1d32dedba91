use std::collections::VecDeque;
use std::task::{Context, Waker};

use super::*;

struct Scene {
    hub: Hub,
    chat: ChatId,
    ann: Arc<Connection>,
    ben: Arc<Connection>,
}

/// Ann and Ben are here, Ann has heard the chat up to 4, Ben does not hear it.
fn scene() -> Scene {
    let (hub, chat) = (Hub::default(), ChatId::from("c"));
    hub.be_patient();
    let enter = |user: &str| {
        let connection = Arc::new(Connection::new(1 << 20));
        hub.bind(&connection, &user.into(), 0);
        connection
    };
    let (ann, ben) = (enter("ann"), enter("ben"));
    hub.attach(&ann, &[(chat.clone(), 4)]);
    hub.attach(&ben, &[]);
    Scene { hub, chat, ann, ben }
}

fn heard(connection: &Connection) -> Vec<String> {
    let (mut frames, mut texts) = (VecDeque::new(), vec![]);
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
        let (chat, text) = (self.chat.clone(), format!("{seq}").into());
        Publication {
            chat,
            seq: Some(seq),
            text,
            welcome: None,
            joined: vec![],
            left: vec![],
            caller: None,
            sender: None,
        }
    }

    fn publish(&self, publication: Publication) -> Arrival {
        self.hub.publish(publication, |_, _| {}, &mut Wakers::default())
    }

    fn come(&self, seq: Seq) -> Arrival {
        self.publish(self.event(seq))
    }

    /// Ann's own change, and its reply.
    fn own(&self, seq: Seq) -> Arrival {
        let (caller, reply) = (self.ann.clone(), format!("reply {seq}"));
        let publication = Publication { caller: Some(self.ann.clone()), ..self.event(seq) };
        let owed = move |late: bool, wakers: &mut Wakers| {
            let text = if late { format!("{reply}, duplicate") } else { reply };
            wakers.keep(caller.outbox.push_vital(text.into(), None));
        };
        self.hub.publish(publication, owed, &mut Wakers::default())
    }
}

fn lagged(from: Seq, to: Seq) -> String {
    format!(r#"{{"type":"LAGGED","chatId":"c","fromSeq":{from},"toSeq":{to}}}"#)
}

#[test]
fn events_that_come_early_wait_and_repeats_are_dropped() {
    let scene = scene();
    assert_eq!([5, 8, 7, 7, 5].map(|seq| scene.come(seq)), {
        use Arrival::{Early, Late, Now};
        [Now, Early, Early, Early, Late]
    });
    assert_eq!(heard(&scene.ann), ["5"]);
    assert_eq!(scene.hub.missing(&scene.chat), Some((6, 6)));
    assert_eq!(scene.come(6), Arrival::Now);
    assert_eq!(heard(&scene.ann), ["6", "7", "8"]);
    assert_eq!((scene.hub.missing(&scene.chat), scene.come(9)), (None, Arrival::Now));
}

#[test]
fn a_reply_waits_for_earlier_events_and_later_replies_for_it() {
    let scene = scene();
    assert_eq!(scene.own(6), Arrival::Early);
    let ann = scene.ann.clone();
    let refusal = move |_: bool, wakers: &mut Wakers| wakers.keep(ann.outbox.push_vital("refusal".into(), None));
    scene.hub.reply(&scene.chat, refusal, &mut Wakers::default());
    assert_eq!(heard(&scene.ann), [""; 0]);
    scene.come(5);
    assert_eq!(heard(&scene.ann), ["5", "reply 6", "refusal"]);
}

#[test]
fn what_was_found_goes_out_in_its_place_and_the_rest_is_told_as_missed() {
    let scene = scene();
    scene.own(8);
    let repair = Repair { to: 7, found: HashMap::from([(5, "found 5".into())]), ..Repair::default() };
    assert!(scene.hub.repair(&scene.chat, &repair, &mut Wakers::default()));
    assert_eq!(heard(&scene.ann), ["found 5", "reply 8", &lagged(6, 7)]);
    assert_eq!([scene.come(6), scene.own(7)], [Arrival::Late, Arrival::Late]);
    assert_eq!(heard(&scene.ann), ["reply 7, duplicate"]);
}

#[test]
fn who_came_and_went_unheard_is_made_good() {
    let scene = scene();
    let repair = |to: Seq, members: &[&str]| Repair {
        to,
        members: Some(members.iter().map(|user| UserId::from(*user)).collect()),
        welcome: Some(format!("welcome at {to}").into()),
        ..Repair::default()
    };
    assert_eq!(scene.hub.strangers(&scene.chat, &["ann".into(), "ben".into()].into()), ["ben".into()]);
    scene.hub.repair(&scene.chat, &repair(6, &["ben"]), &mut Wakers::default());
    assert_eq!((heard(&scene.ann), heard(&scene.ben)), (vec![lagged(5, 6)], vec!["welcome at 6".to_owned()]));
    scene.come(7);
    assert_eq!((heard(&scene.ann), heard(&scene.ben)), (vec![], vec!["7".to_owned()]));
    assert!(!scene.hub.repair(&scene.chat, &repair(6, &["ann"]), &mut Wakers::default()), "it is out of date");
    scene.hub.vanish(&scene.chat, &mut Wakers::default());
    assert_eq!((heard(&scene.ben), scene.come(8), heard(&scene.ben)), (vec![lagged(8, 8)], Arrival::Now, vec![]));
}

#[test]
fn membership_takes_effect_where_a_waiting_event_has_its_place() {
    let scene = scene();
    let joins = Publication { joined: vec!["ben".into()], welcome: Some("new chat".into()), ..scene.event(6) };
    let leaves = Publication { left: vec!["ann".into()], ..scene.event(8) };
    assert_eq!([scene.publish(leaves), scene.publish(joins)], [Arrival::Early, Arrival::Early]);
    assert_eq!([7, 5, 9].map(|seq| scene.come(seq)), [Arrival::Early, Arrival::Now, Arrival::Now]);
    assert_eq!(heard(&scene.ann), ["5", "6", "7", "8"]);
    assert_eq!(heard(&scene.ben), ["new chat", "7", "8", "9"]);
}

#[test]
fn a_hub_that_is_alone_waits_for_nothing() {
    let scene = Scene { hub: Hub::default(), ..scene() };
    scene.hub.attach(&scene.ben, &[(scene.chat.clone(), 0)]);
    assert_eq!([scene.come(5), scene.come(8)], [Arrival::Now, Arrival::Forced]);
    assert_eq!(heard(&scene.ben), ["5", &lagged(6, 8)]);
}

#[test]
fn when_too_many_wait_the_missing_are_given_up() {
    let scene = scene();
    let places: Vec<_> = (6..=600).map(|seq| scene.come(seq)).collect();
    assert_eq!(places.iter().position(|place| *place == Arrival::Forced), Some(512));
    let told = heard(&scene.ann);
    assert_eq!(told.last(), Some(&lagged(5, 600)), "{told:?}");
}
