// Keeps the page on the visitor's machine: after the first load it needs no network.
// What is not the page's own is refused.
const NAME = `${self.registration.scope} ${"VERSION"}`;
const SHELL = ["SHELL"];
const PARTS = ["PARTS"];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(["./", ...SHELL])));
});

self.addEventListener("activate", (event) => {
  const forget = async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith(`${self.registration.scope} `) && name !== NAME) await caches.delete(name);
    }
    await self.clients.claim();
  };
  event.waitUntil(forget());
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== self.location.origin) return event.respondWith(Response.error());
  if (url.href.startsWith(self.registration.scope)) event.respondWith(kept(event));
});

async function kept(event) {
  const cache = await caches.open(NAME);
  const found = await cache.match(event.request, { ignoreSearch: true });
  if (found) return found;
  const response = await fetch(event.request);
  const name = new URL(event.request.url).pathname.split("/").pop();
  if (response.ok && PARTS.includes(name)) {
    event.waitUntil(cache.put(event.request, response.clone()));
  }
  return response;
}
