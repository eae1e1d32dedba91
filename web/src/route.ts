/** The chat that the address names, and possibly a message in it. */
export interface Route {
  chatId: string;
  messageId?: string;
}

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** The place that a fragment of the address names. */
export function routeOf(hash: string): Route {
  const [chatId = "", messageId] = hash.slice(1).split("/").map(decode);
  return { chatId, messageId: messageId || undefined };
}
