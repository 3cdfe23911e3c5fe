// Keeps the page on the visitor's machine: after the first load it needs no network.
// What is not the page's own is refused.
const NAME = `${self.registration.scope} ${"VERSION"}`;
const SHELL = ["SHELL"];
const PARTS = ["PARTS"];
const FRESH = { cache: "no-cache" }; // a browser may hold files of an earlier page for new enough

self.addEventListener("install", (event) => {
  const files = ["./", ...SHELL].map((file) => new Request(file, FRESH));
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(files)));
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
  if (url.href.startsWith(self.registration.scope)) event.respondWith(answer(event));
});

async function answer(event) {
  const cache = await caches.open(NAME);
  const own = await cache.match(event.request, { ignoreSearch: true });
  if (own) return own;
  const response = await fetch(event.request.url, FRESH);
  const name = new URL(event.request.url).pathname.split("/").pop();
  if (response.ok && PARTS.includes(name)) {
    event.waitUntil(cache.put(event.request, response.clone()));
  }
  return response;
}
