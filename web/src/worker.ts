// The service worker: it keeps the page itself, so that it opens without a network. Chats are not its business.

const CACHE = "pichat-page";
/** The addresses of the page's files, by the build. */
declare const FILES: readonly string[];
/** The names of these files change with their content. */
const UNCHANGING = "/assets/chunks/";

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

/** The file that was kept, else that of the server: both are the same. */
async function kept(request: Request, path: string): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(path)) ?? newest(request, path);
}

async function forgetOldFiles(): Promise<void> {
  const cache = await caches.open(CACHE);
  for (const request of await cache.keys()) if (!FILES.includes(new URL(request.url).pathname)) await cache.delete(request);
}

worker.addEventListener("install", (event) => {
  const keep = async () => {
    const cache = await caches.open(CACHE);
    await cache.addAll(FILES);
    await worker.skipWaiting();
  };
  (event as Lifetime).waitUntil(keep());
});

worker.addEventListener("activate", (event) => (event as Lifetime).waitUntil(forgetOldFiles().then(() => worker.clients.claim())));

worker.addEventListener("fetch", (event) => {
  const { request } = event as Fetch;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (pathname.startsWith(UNCHANGING)) (event as Fetch).respondWith(kept(request, pathname));
  else if (FILES.includes(pathname)) (event as Fetch).respondWith(newest(request, pathname));
});
