//! Names that other chat servers use, so that an error can suggest the equivalent here.

/// A name used elsewhere, without case and punctuation, and its equivalents here, the likeliest first.
struct Synonym {
    theirs: &'static [&'static str],
    ours: &'static [&'static str],
}

const fn of(theirs: &'static [&'static str], ours: &'static [&'static str]) -> Synonym {
    Synonym { theirs, ours }
}

const COMMANDS: &[Synonym] = &[
    of(&["message", "msg", "sendmessage", "chatmessage", "newmessage", "post", "publish", "say"], &["SEND_MESSAGE"]),
    of(&["register", "signup", "createaccount", "createuser"], &["SIGN_UP"]),
    of(&["login", "signin"], &["LOG_IN"]),
    of(&["auth", "authorize", "authorization", "token", "connect", "identify", "hello"], &["AUTHENTICATE"]),
    of(&["logout", "signout"], &["LOG_OUT"]),
    of(&["refresh", "renew"], &["REFRESH_TOKEN"]),
    of(&["me", "profile", "whoami", "getprofile"], &["GET_ME"]),
    of(&["subscribe", "resume", "getupdates", "catchup"], &["SYNC"]),
    of(&["join", "joinroom", "joinchannel", "enter"], &["JOIN_CHAT"]),
    of(&["leave", "leaveroom", "leavechannel", "part", "unsubscribe"], &["LEAVE_CHAT"]),
    of(&["creategroup", "createroom", "createchannel", "createconversation", "newchat"], &["CREATE_CHAT"]),
    of(&["rooms", "channels", "conversations", "getrooms", "getconversations", "listchats", "chats"], &["GET_CHATS"]),
    of(&["history", "gethistory", "getmessages", "messages", "loadmessages", "fetchmessages"], &["GET_CHAT_HISTORY"]),
    of(&["private", "dm", "directmessage", "privatemessage", "whisper"], &["SEND_PERSONAL_MESSAGE"]),
    of(&["read", "seen", "markseen", "readreceipt", "ack"], &["MARK_READ"]),
    of(&["react", "reaction", "addreaction"], &["ADD_REACTION"]),
    of(&["unreact"], &["REMOVE_REACTION"]),
    of(&["invite", "addmember", "adduser", "addparticipant"], &["ADD_MEMBERS"]),
    of(&["kick", "removemember", "removeuser", "removeparticipant"], &["REMOVE_MEMBERS"]),
    of(&["edit", "updatemessage", "messageupdate"], &["EDIT_MESSAGE"]),
    of(&["delete", "remove", "messagedelete"], &["DELETE_MESSAGE"]),
    of(&["search"], &["SEARCH_MESSAGES"]),
    of(&["users", "who", "getonlineusers"], &["GET_USERS"]),
    of(&["starttyping", "stoptyping", "istyping"], &["SET_TYPING"]),
    of(&["commands", "usage", "describe"], &["HELP"]),
];

const FIELDS: &[Synonym] = &[
    of(&["psize", "pagesize", "perpage", "count", "take"], &["size", "limit"]),
    of(&["text", "body", "msg", "message", "content"], &["content", "message.content", "message", "text"]),
    of(&["name", "login", "nick", "nickname"], &["username", "displayName", "name"]),
    of(&["room", "roomid", "channel", "channelid", "conversationid", "groupid", "chat", "cid"], &["chatId", "chatIds"]),
    of(&["user", "uid", "recipient", "recipientid", "receiver", "receiverid"], &["userId", "to", "username"]),
    of(&["to"], &["userId", "chatId"]),
    of(&["users", "participants", "userids", "memberids", "invite"], &["members", "userIds"]),
    of(&["authorization", "apikey", "apitoken", "accesstoken", "jwt", "key", "secret"], &["token"]),
    of(&["reaction"], &["emoji"]),
    of(&["msgid", "mid"], &["messageId"]),
    of(&["q", "term", "keyword"], &["search", "query"]),
    of(&["title", "topic"], &["name", "description"]),
    of(&["replytoid", "parentid", "threadid", "inreplyto"], &["replyTo", "message.replyTo"]),
    of(&["since", "offset", "lastseen"], &["afterSeq", "fromSeq", "cursor", "page"]),
    of(&["type", "visibility", "private", "ispublic"], &["kind"]),
];

const KINDS: &[Synonym] = &[
    of(&["private", "privategroup", "closed"], &["group"]),
    of(&["public", "room", "publicchannel", "open", "broadcast"], &["channel"]),
    of(&["dm", "im", "onetoone", "personal", "p2p"], &["direct"]),
];

/// Every command that an error may suggest.
pub fn suggested_commands() -> impl Iterator<Item = &'static str> {
    COMMANDS.iter().flat_map(|synonym| synonym.ours.iter().copied())
}

/// The command that another server's name stands for.
pub fn command(name: &str) -> Option<&'static str> {
    synonyms(COMMANDS, name)?.first().copied()
}

/// The known field that another server's name stands for.
pub(super) fn field<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let meant = synonyms(FIELDS, name)?;
    meant.iter().find_map(|meant| known.iter().find(|known| *known == meant).copied())
}

/// The kind of chat that another server's word stands for.
pub(super) fn kind(word: &str) -> Option<&'static str> {
    synonyms(KINDS, word)?.first().copied()
}

fn synonyms(table: &[Synonym], name: &str) -> Option<&'static [&'static str]> {
    let folded: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    table.iter().find(|synonym| synonym.theirs.contains(&folded.as_str())).map(|synonym| synonym.ours)
}
