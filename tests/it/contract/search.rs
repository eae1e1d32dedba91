//! Mentions, and search across chats.

use pichat::domain::name_key;
use pichat::protocol::{ChatKind, Message, User, UserId};
use pichat::store::repository::{
    Advance, HistoryQuery, MentionsQuery, ReadBudget, Repository, SearchCursor, SearchQuery, Window,
};

use super::scene::*;

async fn mentions(repository: &dyn Repository, user: &User, limit: usize) -> Vec<Message> {
    let query = |after| MentionsQuery { user: user.id.clone(), after, limit };
    let mut all = vec![];
    let mut after = None;
    loop {
        let page = repository.mentions(&query(after)).await.expect("an answer");
        assert!(page.items.len() <= limit);
        after = page.items.last().map(place);
        all.extend(page.items);
        if !page.more {
            return all;
        }
    }
}

fn place(message: &Message) -> SearchCursor {
    SearchCursor { at: message.created_at, chat: message.chat_id.clone(), seq: message.seq }
}

fn wanted(user: &User, text: &str) -> SearchQuery {
    let words = name_key(text).split_whitespace().map(str::to_owned).collect();
    let budget = ReadBudget::UNLIMITED;
    SearchQuery { user: user.id.clone(), chat: None, words, sender: None, after: None, limit: 50, budget }
}

async fn found(repository: &dyn Repository, query: SearchQuery) -> Vec<String> {
    let page = repository.search(&query).await.expect("an answer");
    page.messages.iter().map(|message| message.id.to_string()).collect()
}

fn names(messages: &[Message]) -> Vec<&str> {
    messages.iter().map(|message| &*message.id).collect()
}

async fn mentioned(repository: &dyn Repository, chat: &str, id: &str) -> Vec<UserId> {
    stored(repository, chat, id).await.mentions
}

pub async fn usernames_mention_members(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    let dot = user(repository, "ann.b").await;
    let dash = user(repository, "Ann.B-c").await;
    talk(repository, "c", &[&ann, &ben, &dot, &dash], 0).await;
    for (id, text, expected) in [
        ("a", "hi @ben.", vec![&ben.id]),
        ("b", "@BEN, @ann.b-C! and @ann.b, @ben again", vec![&ben.id, &dash.id, &dot.id]),
        ("c", "@cem is not in, ann@ben.org is an address, and @ann is myself", vec![]),
        ("d", "@ann.b.", vec![&dot.id]),
        ("e", "@ann.b-x", vec![&dot.id]),
        ("f", "@nobody @", vec![]),
    ] {
        let sent = commit(repository, say(&ann, "c", id, text)).await.expect("a member");
        let expected: Vec<UserId> = expected.into_iter().cloned().collect();
        assert_eq!((&message(&sent).mentions, &sent.mentioned), (&expected, &expected), "{text}");
        assert_eq!(mentioned(repository, "c", id).await, expected);
    }
    let batch = [
        add(&ann, "c", &[&cem]),
        say(&ann, "c", "g", "@cem hello"),
        remove(&ann, "c", &[&ben]),
        say(&ann, "c", "h", "@ben goodbye"),
    ];
    for result in repository.commit(batch_of(&batch), now()).await {
        result.expect("an owner");
    }
    assert_eq!((mentioned(repository, "c", "g").await, mentioned(repository, "c", "h").await), (vec![cem.id], vec![]));
}

pub async fn an_edit_recomputes_mentions(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    talk(repository, "c", &[&ann, &ben, &cem], 0).await;
    all(repository, [say(&ann, "c", "m", "@ben")]).await;
    let edited = commit(repository, edit(&ann, "c", "m", "@cem and @ben")).await.expect("the sender");
    assert_eq!((&edited.mentioned, &message(&edited).mentions), (&ids(&[&cem]), &ids(&[&cem, &ben])));
    let edited = commit(repository, edit(&ann, "c", "m", "only @cem")).await.expect("the sender");
    assert_eq!((&edited.mentioned, &message(&edited).mentions), (&vec![], &ids(&[&cem])));
    assert_eq!(mentions(repository, &ben, 9).await, []);
    assert_eq!(names(&mentions(repository, &cem, 9).await), ["m"]);
    all(repository, [erase(&ann, "c", "m")]).await;
    assert_eq!(mentions(repository, &cem, 9).await, []);
}

pub async fn unread_mentions_are_counted(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 0).await;
    all(repository, [say(&ann, "c", "a", "@ben"), say(&ann, "c", "b", "@ben"), say(&ann, "c", "c", "no one")]).await;
    all(repository, [add(&ann, "c", &[&cem]), say(&ben, "c", "d", "@cem @ann"), erase(&ann, "c", "a")]).await;
    for (user, expected) in [(&ann, 1), (&ben, 1), (&cem, 1)] {
        let viewer = chat(repository, "c", user).await.and_then(|chat| chat.viewer).expect("a viewer");
        assert_eq!(viewer.mention_count, expected, "{}", user.username);
    }
}

pub async fn a_mention_edited_into_a_read_message_is_unread(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    talk(repository, "c", &[&ann, &ben, &cem], 0).await;
    all(repository, [say(&ann, "c", "m", "hi @cem"), say(&ann, "c", "n", "and hi")]).await;
    let read = |user: &User, read| Advance {
        chat: "c".into(),
        user: user.id.clone(),
        read,
        delivered: read,
        at: now(),
        clears_unread: false,
    };
    repository.mark(&[read(&ben, 3), read(&cem, 3)]).await.expect("an answer");
    let counts = async |user: &User| {
        let viewer = chat(repository, "c", user).await.and_then(|chat| chat.viewer).expect("a viewer");
        (viewer.unread_count, viewer.mention_count)
    };
    assert_eq!((counts(&ben).await, counts(&cem).await), ((0, 0), (0, 0)));
    all(repository, [edit(&ann, "c", "m", "hi @cem and @ben")]).await;
    assert_eq!((counts(&ben).await, counts(&cem).await), ((0, 1), (0, 0)), "a previously mentioned user has read it");
    all(repository, [edit(&ann, "c", "m", "hi, @ben and @cem"), react(&ben, "c", "m", "👍", true)]).await;
    assert_eq!((counts(&ben).await, counts(&cem).await), ((0, 1), (0, 0)));
    repository.mark(&[read(&ben, 4)]).await.expect("an answer");
    assert_eq!(counts(&ben).await, (0, 0));
    all(repository, [edit(&ann, "c", "m", "hi"), edit(&ann, "c", "m", "hi @ben")]).await;
    assert_eq!(counts(&ben).await, (0, 1), "mentioned again");
    all(repository, [erase(&ann, "c", "m")]).await;
    assert_eq!(counts(&ben).await, (0, 0));
}

pub async fn mentions_are_paged_newest_first(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 0).await;
    talk(repository, "d", &[&ben, &ann], 0).await;
    let mut expected = vec![];
    for number in 0..9 {
        let chat = ["c", "d"][number % 2];
        let id = format!("m{number}");
        let batch = [say(&ann, chat, &id, "@ben"), say(&ann, chat, &format!("{id}x"), "hi @ben")];
        for result in repository.commit(batch_of(&batch), now()).await {
            result.expect("a member");
        }
        expected.extend([id.clone(), format!("{id}x")]);
    }
    expected.reverse();
    for limit in [1, 4, 50] {
        assert_eq!(names(&mentions(repository, &ben, limit).await), expected, "{limit} at a time");
    }
    assert_eq!(mentions(repository, &cem, 9).await, []);
    all(repository, [leave(&ben, "c")]).await;
    assert!(mentions(repository, &ben, 9).await.iter().all(|message| &*message.chat_id == "d"));
}

pub async fn a_search_matches_every_word_in_any_script(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 0).await;
    for (id, text) in [
        ("a", "The quick brown fox"),
        ("b", "ΓΕΙΆ σου Κόσμε, GRÜẞE"),
        ("c", "今日は世界、こんにちは"),
        ("d", "quick, said the FOX. 100% sure_thing 'quoted' \"twice\""),
        ("e", "naïve ﬁne Ⅷ"),
        ("f", "ok"),
    ] {
        all(repository, [say(&ann, "c", id, text)]).await;
    }
    for (text, expected) in [
        ("fox", vec!["d", "a"]),
        ("FOX quick", vec!["d", "a"]),
        ("fox brown", vec!["a"]),
        ("fox missing", vec![]),
        ("γειά", vec!["b"]),
        ("κόσμε grüsse", vec!["b"]),
        ("世界", vec!["c"]),
        ("こんに 今", vec!["c"]),
        ("0%", vec!["d"]),
        ("e_t", vec!["d"]),
        ("\"twice\"", vec!["d"]),
        ("d' * OR", vec![]),
        ("fine viii", vec!["e"]),
        ("k", vec!["f", "d", "a"]),
    ] {
        assert_eq!(found(repository, wanted(&ann, text)).await, expected, "{text}");
    }
}

pub async fn search_reflects_edits_and_deletions_immediately(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 0).await;
    all(repository, [say(&ann, "c", "a", "one apple"), say(&ann, "c", "b", "two apples")]).await;
    all(repository, [edit(&ann, "c", "a", "one pear"), react(&ben, "c", "b", "🍏", true)]).await;
    assert_eq!(found(repository, wanted(&ben, "apple")).await, ["b"]);
    assert_eq!(found(repository, wanted(&ben, "pear")).await, ["a"]);
    all(repository, [erase(&ann, "c", "b")]).await;
    assert_eq!(found(repository, wanted(&ben, "apple")).await, Vec::<String>::new());
    all(repository, [delete(&ann, "c")]).await;
    assert_eq!(found(repository, wanted(&ben, "pear")).await, Vec::<String>::new());
}

pub async fn a_search_covers_the_users_chats_or_the_given_one(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    all(repository, [create(&ann, "open", ChatKind::Channel, &[]), say(&ann, "open", "o", "common word")]).await;
    talk(repository, "c", &[&ann, &ben], 0).await;
    talk(repository, "d", &[&cem, &ann], 0).await;
    all(repository, [say(&ann, "c", "a", "common word"), say(&ben, "c", "b", "common word")]).await;
    all(repository, [say(&cem, "d", "e", "common word"), say(&ann, "d", "f", "common word")]).await;
    assert_eq!(found(repository, wanted(&ann, "common")).await, ["f", "e", "b", "a", "o"]);
    assert_eq!(found(repository, wanted(&ben, "common")).await, ["b", "a"]);
    let only = |user: &User, chat: &str| SearchQuery { chat: Some(chat.into()), ..wanted(user, "common") };
    assert_eq!(found(repository, only(&ben, "open")).await, ["o"]);
    assert_eq!(found(repository, only(&ann, "d")).await, ["f", "e"]);
    let of = SearchQuery { sender: Some(ann.id.clone()), ..wanted(&ann, "common") };
    assert_eq!(found(repository, of).await, ["f", "a", "o"]);
    all(repository, [leave(&ben, "c")]).await;
    assert_eq!(found(repository, wanted(&ben, "common")).await, Vec::<String>::new());
}

pub async fn search_results_are_paged(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    let chats = ["c", "d", "e"];
    for chat in chats {
        talk(repository, chat, &[&ann, &ben], 0).await;
    }
    let mut expected: Vec<SearchCursor> = vec![];
    for number in 0..10 {
        // Two chats at the same moment, in every order.
        let batch: Vec<_> = (0..2)
            .flat_map(|step| {
                let chat = chats[(number + step) % 3];
                [
                    say(&ann, chat, &format!("m{number}-{step}"), "needle"),
                    say(&ben, chat, &format!("h{number}-{step}"), "hay"),
                ]
            })
            .collect();
        let results = repository.commit(batch_of(&batch), now()).await;
        let messages = results.iter().map(|result| message(result.as_ref().expect("a member")));
        expected.extend(messages.filter(|message| message.content == "needle").map(place));
    }
    expected.sort_by(|one, other| (other.at, &one.chat, other.seq).cmp(&(one.at, &other.chat, one.seq)));
    for limit in [1, 3, 20] {
        let mut all = vec![];
        let mut after = None;
        loop {
            let query = SearchQuery { after, limit, ..wanted(&ann, "NEEDLE") };
            let page = repository.search(&query).await.expect("an answer");
            assert!(!page.partial);
            all.extend(page.messages.iter().map(place));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(all, expected, "{limit} at a time");
    }
}

pub async fn long_chats_are_searched_completely(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 0).await;
    for round in 0..8 {
        let batch: Vec<_> = (0..100)
            .map(|number| {
                let id = round * 100 + number;
                let text = if id % 97 == 0 { format!("ein Nadelöhr {id}") } else { format!("haystack {id}") };
                say(&ann, "c", &format!("m{id}"), &text)
            })
            .collect();
        for result in repository.commit(batch_of(&batch), now()).await {
            result.expect("a member");
        }
    }
    all(repository, [edit(&ann, "c", "m97", "gone"), edit(&ann, "c", "m5", "NADELÖHR"), erase(&ann, "c", "m0")]).await;
    let expected = ["m776", "m679", "m582", "m485", "m388", "m291", "m194", "m5"];
    assert_eq!(found(repository, wanted(&ben, "nadelöhr")).await, expected);
    assert_eq!(found(repository, wanted(&ben, "haystack 79")).await.len(), 17);
    assert_eq!(found(repository, wanted(&ben, "gone")).await, ["m97"]);
}

/// Messages alternating between two chats; every twentieth contains a rare word.
async fn two_long_chats(repository: &dyn Repository) -> [User; 2] {
    let [ann, ben, _] = three(repository).await;
    for chat in ["c", "d"] {
        talk(repository, chat, &[&ann, &ben], 0).await;
    }
    for round in 0..12 {
        let batch: Vec<_> = (0..50)
            .map(|number| {
                let id = round * 50 + number;
                let text = if id % 20 == 0 { format!("zz needle {id}") } else { format!("hay {id}") };
                say(&ann, ["c", "d"][number % 2], &format!("m{id}"), &text)
            })
            .collect();
        all(repository, batch).await;
    }
    [ann, ben]
}

pub async fn a_search_resumes_where_its_budget_ended(repository: &dyn Repository) {
    let [ann, ben] = two_long_chats(repository).await;
    for (text, chat) in [("needle", None), ("zz", None), ("zz", Some("c")), ("a", None), ("nothing", None)] {
        let asked = SearchQuery { chat: chat.map(Into::into), limit: 7, ..wanted(&ann, text) };
        let whole = SearchQuery { limit: 700, ..asked.clone() };
        let expected = found(repository, whole).await;
        let budget = ReadBudget { messages: 40, ..ReadBudget::UNLIMITED };
        let mut all = vec![];
        let mut after = None;
        let mut partial = 0;
        for pages in 0.. {
            let page = repository.search(&SearchQuery { after, budget, ..asked.clone() }).await.expect("an answer");
            all.extend(page.messages.iter().map(|message| message.id.to_string()));
            assert!(page.next.is_some() || !page.partial, "a partial page has a cursor");
            assert!(
                page.partial || page.messages.len() == 7 || page.next.is_none(),
                "otherwise it is full or the last one"
            );
            partial += usize::from(page.partial);
            after = page.next;
            if after.is_none() {
                break;
            }
            assert!(pages < 150, "the search ends: {text} in {chat:?}");
        }
        assert_eq!(all, expected, "{text} in {chat:?}");
        assert!(partial > 0 || text != "zz", "{text} in {chat:?}: 40 messages are not enough");
    }
    let of = SearchQuery { sender: Some(ben.id.clone()), ..wanted(&ann, "hay") };
    assert_eq!(found(repository, of).await, Vec::<String>::new());
}

pub async fn a_filtered_page_resumes_where_its_budget_ended(repository: &dyn Repository) {
    let [ann, _] = two_long_chats(repository).await;
    let budget = ReadBudget { messages: 40, ..ReadBudget::UNLIMITED };
    for (search, sender) in [(Some("zz"), None), (Some("nothing"), None), (None, Some(&ann))] {
        let filtered = |window, limit, budget| HistoryQuery {
            search: search.map(str::to_owned),
            sender: sender.map(|user: &User| user.id.clone()),
            budget,
            ..query("c", window, limit)
        };
        let whole = history(repository, filtered(Window::Newest, 500, ReadBudget::UNLIMITED)).await;
        let whole = seqs(&whole.messages);
        let mut backwards = vec![];
        let mut window = Some(Window::Newest);
        while let Some(next) = window {
            let page = history(repository, filtered(next, 4, budget)).await;
            let mut found = seqs(&page.messages);
            window = page.stopped.or(found.first().filter(|_| page.more).map(|first| Window::Before(*first)));
            assert!(page.stopped.is_none() || page.more);
            found.append(&mut backwards);
            backwards = found;
        }
        assert_eq!(backwards, whole, "{search:?} {sender:?} backwards");
        let mut forwards = vec![];
        let mut window = Some(Window::After(0));
        while let Some(next) = window {
            let page = history(repository, filtered(next, 4, budget)).await;
            let found = seqs(&page.messages);
            window = page.stopped.or(found.last().filter(|_| page.more).map(|last| Window::After(*last)));
            forwards.extend(found);
        }
        assert_eq!(forwards, whole, "{search:?} {sender:?} forwards");
    }
}

pub async fn a_numbered_page_resumes_where_its_budget_ended(repository: &dyn Repository) {
    two_long_chats(repository).await;
    let numbered = |window, messages| HistoryQuery {
        search: Some("zz".to_owned()),
        budget: ReadBudget { messages, ..ReadBudget::UNLIMITED },
        ..query("c", window, 4)
    };
    let whole = history(repository, numbered(Window::Skip(8), u64::MAX)).await;
    assert_eq!((whole.total, whole.messages.len(), whole.stopped), (Some(30), 4, None));
    let first = history(repository, numbered(Window::Skip(8), 40)).await;
    assert_eq!((first.messages.len(), first.total, first.more), (0, None, true));
    let mut found = vec![];
    let mut window = first.stopped;
    while let Some(next) = window.filter(|_| found.len() < 4) {
        let page = history(repository, numbered(next, 40)).await;
        let mut seqs = seqs(&page.messages);
        seqs.append(&mut found);
        found = seqs;
        window = page.stopped;
    }
    assert_eq!(found[found.len() - 4..], seqs(&whole.messages));
    let counted = history(repository, numbered(Window::Skip(0), 120)).await;
    assert_eq!(
        (counted.messages.len(), counted.total, counted.stopped.is_some()),
        (4, None, true),
        "too many to count"
    );
}
