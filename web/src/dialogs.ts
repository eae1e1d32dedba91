// Everything that opens over the page: loaded after the first messages.

export { chatDetails } from "./chats/details.ts";
export { mentionsInbox } from "./chats/inbox.ts";
export { newChat } from "./chats/newchat.ts";
export { searchMessages } from "./chats/search.ts";
export { attachLink } from "./composer/attach.ts";
export { lightbox } from "./files/lightbox.ts";
export { showProfile, showProfileOf } from "./profile.ts";
export { settingsDialog } from "./settings/settings.ts";
export { shortcutsHelp } from "./shortcuts.ts";
