// The service worker: it keeps the page itself, so that it opens without a network. Chats are not its business.

const CACHE = "pichat-page";
const FILES: readonly string[] = ["/", "/assets/app.js", "/assets/app.css", "/assets/icon.svg", "/assets/manifest.webmanifest"];

interface Worker extends EventTarget {
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
}

interface Lifetime extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface Fetch extends Event {
  request: Request;
  respondWith(response: Promise<Response>): void;
}

const worker = self as unknown as Worker;

/** The newest version if the server answers, else the one that was kept. */
async function newest(request: Request, path: string): Promise<Response> {
  const cache = await caches.open(CACHE);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(path, response.clone());
    return response;
  } catch (error) {
    const kept = await cache.match(path);
    if (kept) return kept;
    throw error;
  }
}

worker.addEventListener("install", (event) => {
  const keep = async () => {
    const cache = await caches.open(CACHE);
    await cache.addAll(FILES);
    await worker.skipWaiting();
  };
  (event as Lifetime).waitUntil(keep());
});

worker.addEventListener("activate", (event) => (event as Lifetime).waitUntil(worker.clients.claim()));

worker.addEventListener("fetch", (event) => {
  const { request } = event as Fetch;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || !FILES.includes(pathname)) return;
  (event as Fetch).respondWith(newest(request, pathname));
});
