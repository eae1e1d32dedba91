import type { Member } from "./protocol.js";
import type { Ask } from "./commands.js";
import type { Room } from "./room.js";
import type { State } from "./state.js";

/** Loads all members of a chat. Changes that arrive between two pages are applied to both the old and the new list. */
export function loadMembers(state: State, room: Room, ask: Ask): Promise<Map<string, Member>> {
  return (room.loading ??= load(state, room, ask).finally(() => {
    delete room.loading;
    delete room.loadingMembers;
  }));
}

async function load(state: State, room: Room, ask: Ask): Promise<Map<string, Member>> {
  const found = (room.loadingMembers = new Map<string, Member>());
  let cursor: string | undefined;
  do {
    const page = await ask({ type: "GET_MEMBERS", chatId: room.id, limit: 200, cursor });
    for (const member of page.members as Member[]) {
      found.set(member.user.id, member);
      state.updateUser(member.user);
    }
    cursor = page.nextCursor;
  } while (cursor);
  room.members = found;
  return found;
}
