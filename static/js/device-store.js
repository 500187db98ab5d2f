/* What waits on this device: kept in IndexedDB, which keeps what it took when the browser is killed; keys; and
   questions to the server that end. The desk and the kiosk stand on it. */
(function () {
  "use strict";

  const ANSWER_WITHIN = 20000;

  /* A database with stores of rows, each known by its "key". */
  function open(name, stores) {
    const database = new Promise(function (done, failed) {
      const asked = window.indexedDB.open(name, 1);
      asked.onupgradeneeded = function () {
        stores.forEach(function (one) { asked.result.createObjectStore(one, { keyPath: "key" }); });
      };
      asked.onsuccess = function () { done(asked.result); };
      asked.onerror = asked.onblocked = failed;
    });
    return function work(store, mode, act) {
      return database.then(function (opened) {
        return new Promise(function (done, failed) {
          const transaction = opened.transaction(store, mode, { durability: "strict" });
          const asked = act(transaction.objectStore(store));
          transaction.oncomplete = function () { done(asked.result); };
          transaction.onerror = transaction.onabort = failed;
        });
      });
    };
  }

  function newKey() {
    if (window.crypto.randomUUID) return window.crypto.randomUUID();
    const bytes = window.crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = Array.from(bytes, function (one) { return one.toString(16).padStart(2, "0"); }).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  }

  /* One tab does it at a time, where the browser can see to that; else all do, and the keys keep it to once. */
  function alone(name, act) {
    return navigator.locks ? navigator.locks.request(name, act) : act();
  }

  /* Ask in JSON, follow nobody, and wait only so long: {status, parts}. */
  function ask(url, wanted, how) {
    const body = JSON.stringify(wanted);
    const patience = new AbortController();
    const end = window.setTimeout(function () { patience.abort(); }, ANSWER_WITHIN);
    const headers = Object.assign({ "Content-Type": "application/json", Accept: "application/json" }, how && how.headers);
    return window.fetch(url, {
      method: "POST", body: body, credentials: (how && how.credentials) || "same-origin", redirect: "manual",
      signal: patience.signal, keepalive: body.length < 30000, headers: headers
    }).then(function (answer) {
      if (!answer.ok) return { status: answer.status };
      return answer.json().then(function (parts) { return { status: 200, parts: parts }; });
    }).finally(function () { window.clearTimeout(end); });
  }

  window.deviceStore = { open: open, newKey: newKey, alone: alone, ask: ask };
})();
