import type { Member } from "./protocol.js";
import type { Ask } from "./commands.js";
import type { Room } from "./room.js";
import type { State } from "./state.js";

const loading = new WeakMap<Room, Promise<Map<string, Member>>>();

/** Loads all members of a chat. Changes that arrive between two pages are applied to both the old and the new list. */
export function loadMembers(state: State, room: Room, ask: Ask): Promise<Map<string, Member>> {
  const running = loading.get(room);
  if (running) return running;
  const work = load(state, room, ask).finally(() => {
    loading.delete(room);
    delete room.loadingMembers;
  });
  loading.set(room, work);
  return work;
}

async function load(state: State, room: Room, ask: Ask): Promise<Map<string, Member>> {
  const found = (room.loadingMembers = new Map<string, Member>());
  let cursor: string | undefined;
  do {
    const page = await ask({ type: "GET_MEMBERS", chatId: room.id, limit: 200, cursor });
    for (const member of page.members) {
      found.set(member.user.id, member);
      state.updateUser(member.user);
    }
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  room.members = found;
  return found;
}
