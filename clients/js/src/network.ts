type EventSource = Pick<EventTarget, "addEventListener" | "removeEventListener">;

/** Calls back when the network, the page or the machine comes back; does nothing outside browsers. */
export function watchNetwork(check: () => void): () => void {
  const scope = globalThis as Partial<EventSource> & { document?: EventSource & { visibilityState: string } };
  const shown = () => scope.document?.visibilityState === "visible" && check();
  const watched: [Partial<EventSource> | undefined, string, () => void][] = [
    [scope, "online", check],
    // Being offline says nothing about a server on this machine, so the connection is checked rather than dropped.
    [scope, "offline", check],
    [scope, "pageshow", check],
    [scope.document, "visibilitychange", shown],
  ];
  for (const [source, name, listener] of watched) source?.addEventListener?.(name, listener);
  return () => {
    for (const [source, name, listener] of watched) source?.removeEventListener?.(name, listener);
  };
}
