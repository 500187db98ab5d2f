/* The kiosk's service worker: keeps the page of one kiosk and its files, so that it opens without a connection.
   It knows no names and no scans; those lie in IndexedDB. */
(function () {
  "use strict";

  const SCOPE = self.registration.scope;
  const CACHE = "stemnet " + SCOPE;
  const PATIENCE = 4000;

  function inTime(request) {
    return new Promise(function (done, failed) {
      self.setTimeout(failed, PATIENCE);
      self.fetch(request).then(done, failed);
    });
  }

  /* The page as it is now; without a connection, or where the server is away, as it was. */
  function page(request) {
    return self.caches.open(CACHE).then(function (cache) {
      return inTime(request).then(function (answer) {
        if (answer.status >= 500) throw answer;
        if (!answer.ok || answer.redirected) return answer;
        return cache.put(SCOPE, answer.clone()).then(function () { return answer; });
      }).catch(function (trouble) {
        return cache.match(SCOPE).then(function (kept) {
          if (kept) return kept;
          return trouble instanceof Response ? trouble : Response.error();
        });
      });
    });
  }

  function file(request) {
    return self.caches.open(CACHE)
      .then(function (cache) { return cache.match(request.url); })
      .then(function (kept) { return kept || self.fetch(request); });
  }

  /* Keep the page and exactly these files, as the server has them now. */
  function keep(files) {
    return self.caches.open(CACHE).then(function (cache) {
      return cache.addAll([SCOPE].concat(files)).then(function () { return cache.keys(); }).then(function (kept) {
        const old = kept.filter(function (one) { return one.url !== SCOPE && files.indexOf(one.url) < 0; });
        return Promise.all(old.map(function (one) { return cache.delete(one); }));
      });
    });
  }

  self.addEventListener("install", function () { self.skipWaiting(); });
  self.addEventListener("activate", function (event) { event.waitUntil(self.clients.claim()); });
  self.addEventListener("message", function (event) {
    const answer = function (kept) { return function () { event.ports[0].postMessage(kept); }; };
    if (event.data.keep) event.waitUntil(keep(event.data.keep).then(answer(true), answer(false)));
    else if (event.data.forget) event.waitUntil(self.caches.delete(CACHE).then(answer(true)));
  });
  self.addEventListener("fetch", function (event) {
    const request = event.request;
    if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
    if (request.mode === "navigate") event.respondWith(page(request));
    else event.respondWith(file(request));
  });
})();
