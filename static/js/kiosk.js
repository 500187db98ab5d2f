/* The kiosk: what people at the door see and press. kiosk-queue.js keeps and sends, kiosk-camera.js looks. */
(function () {
  "use strict";

  const box = document.querySelector("[data-kiosk]");
  const queue = window.kioskQueue;
  if (!box || !queue) return;

  const LETTERS = 2;
  const MOST_FOUND = 6;
  const SAID = 7000;
  const ASKED = 25000;
  const ANSWER = 4000;  // until then the server may say who has a code that is not on the list
  const AGAIN = 60000;  // a second scan so soon is the first
  const LEFT_ALONE = 45000;  // names that somebody looked for don't stay on the screen
  const CODE = /^[0-9A-HJKMNP-TV-Z]{16}$/;
  const say = document.getElementById("kiosk-say");
  const field = document.getElementById("kiosk-find");
  const found = document.getElementById("kiosk-found");
  const video = document.getElementById("kiosk-video");
  const part = function (name) { return say.querySelector('[data-part="' + name + '"]'); };
  let sayTimer = 0;
  let findTimer = 0;
  let asked = null;
  let isKept = false;  // the page and its files

  function clock(moment) {
    const how = { hour: "numeric", minute: "2-digit", timeZone: box.dataset.zone };
    return new Intl.DateTimeFormat(document.documentElement.lang || "en", how).format(moment)
      .replace(/\s?AM$/, " a.m.").replace(/\s?PM$/, " p.m.");
  }

  /* Codes are known by what is kept of them: nobody can read one from this device. */
  async function hashOf(code) {
    const bytes = new Uint8Array(await window.crypto.subtle.digest("SHA-256", new TextEncoder().encode(code)));
    return Array.from(bytes, function (one) { return one.toString(16).padStart(2, "0"); }).join("").slice(0, 24);
  }

  function codeIn(scanned) {
    const code = scanned.trim().replace(/\/+$/, "").split("/").pop().toUpperCase().replace(/[^\p{L}\p{N}]/gu, "")
      .replace(/[IL]/g, "1").replace(/O/g, "0").replace(/U/g, "V");
    return CODE.test(code) ? code : "";
  }

  /* What is said: a kind with its sign and words, a name, and what can be pressed. */
  function show(kind, person, words, presses, time) {
    window.clearTimeout(sayTimer);
    asked = { kind: kind, person: person, presses: presses || {} };
    say.dataset.kind = kind;
    part("words").textContent = (box.dataset[words] || words).replace("%s", time || "");
    part("name").textContent = person ? person.name : "";
    part("organization").textContent = person ? person.organization : "";
    part("time").textContent = !presses && time ? time : "";
    say.querySelectorAll("[data-press]").forEach(function (one) { one.hidden = !asked.presses[one.dataset.press]; });
    if (!say.open) say.showModal();
    const first = say.querySelector("[data-press]:not([hidden])");
    if (first && kind === "ask") first.focus();
    sayTimer = window.setTimeout(hide, kind === "ask" ? ASKED : SAID);
  }

  function hide() {
    window.clearTimeout(sayTimer);
    asked = null;
    if (say.open) say.close();
  }

  function write(person, way, how) {
    const scan = queue.add(Object.assign({ way: way }, how));
    const words = { in: how.back ? "saysBack" : "saysWelcome", out: "saysBye" }[way];
    show("ok", person, words, undefined, clock(scan.since));
    asked.key = scan.key;
  }

  /* Before the day of the meeting nobody comes, and nobody arrives after its end. */
  function isNotNow(comesIn) {
    if (queue.isEarly()) show("bad", null, "saysEarly");
    else if (comesIn && queue.isOver()) show("bad", null, "saysOver");
    else return false;
    return true;
  }

  /* Somebody is known: they come in, or are here already and may be leaving. */
  function greet(person, how) {
    const known = queue.stateOf(person);
    if (isNotNow(known.state !== "here")) return;
    if (known.state !== "here") {
      write(person, "in", Object.assign({ back: known.state === "left" }, how));
      return;
    }
    if (queue.now() - known.since < AGAIN) { show("ok", person, "saysHere", undefined, clock(known.since)); return; }
    const leave = function () { write(person, "out", how); };
    show("ask", person, "saysLeaving", { leave: leave, stay: hide }, clock(known.since));
  }

  function unknown(code) {
    if (isNotNow(true)) return;
    const scan = queue.add({ way: "in", code: code });
    show("wait", null, "saysChecking");
    window.clearTimeout(sayTimer);
    sayTimer = window.setTimeout(function () { if (asked && asked.kind === "wait") show("bad", null, "saysUnknown"); }, ANSWER);
    const heard = function (event) {
      if (event.detail.scan.key !== scan.key) return;
      document.removeEventListener("kiosk:answer", heard);
      const answer = event.detail.answer;
      if (answer.done) show("ok", answer, "saysWelcome", undefined, clock(scan.since));
      else show("bad", null, answer.sentence);
    };
    document.addEventListener("kiosk:answer", heard);
  }

  async function scanned(text) {
    if (asked && asked.kind === "ask") return;
    const code = codeIn(text);
    if (!code) { show("bad", null, "saysNoCode"); return; }
    const hash = await hashOf(code);
    const person = queue.people().find(function (one) { return one.code === hash; });
    if (person) greet(person, { code: code, hash: hash });
    else unknown(code);
  }

  /* Finding a name */

  function find() {
    window.clearTimeout(findTimer);
    if (field.value) findTimer = window.setTimeout(function () { field.value = ""; find(); }, LEFT_ALONE);
    const words = window.plainWords(field.value).split(" ").filter(Boolean);
    const enough = words.join("").length >= LETTERS;
    const people = !enough ? [] : queue.people().filter(function (one) {
      return words.every(function (word) { return (" " + one.find).indexOf(" " + word) >= 0; });
    });
    document.getElementById("kiosk-nobody").hidden = !enough || Boolean(people.length);
    document.getElementById("kiosk-more").hidden = people.length <= MOST_FOUND;
    found.replaceChildren.apply(found, people.slice(0, MOST_FOUND).map(function (person) {
      const row = document.getElementById("kiosk-row").content.cloneNode(true);
      row.querySelector("strong").textContent = person.name;
      row.querySelector("span").textContent = person.organization;
      row.querySelector("button").dataset.uid = person.uid;
      return row;
    }));
  }

  function confirm(person) {
    if (isNotNow(false)) return;
    const known = queue.stateOf(person);
    const how = { row: person.uid };
    const done = function (act) { return function () { field.value = ""; find(); act(); }; };
    if (known.state === "here") {
      const leave = done(function () { write(person, "out", how); });
      show("ask", person, "saysLeaving", { leave: leave, stay: done(hide) }, clock(known.since));
    } else show("ask", person, "saysIsIt", { yes: done(function () { greet(person, how); }), no: hide });
  }

  /* The camera */

  const camera = window.kioskCamera(video, scanned, function () { box.classList.remove("is-looking"); });

  function stayAwake() {
    if (navigator.wakeLock) navigator.wakeLock.request("screen").catch(function () { /* it may go dark */ });
  }

  function start(other) {
    box.querySelectorAll("[data-trouble]").forEach(function (one) { one.hidden = true; });
    camera.start(other).then(function () {
      box.classList.add("is-looking");
      stayAwake();
    }).catch(function (trouble) {
      box.classList.remove("is-looking");
      const what = box.querySelector('[data-trouble="' + trouble + '"]') || box.querySelector('[data-trouble="none"]');
      what.hidden = false;
    });
  }

  /* How it stands with the connection */

  function bar() {
    const unsent = queue.unsent();
    const late = queue.late();
    const isOpen = queue.isOpen();
    const says = {
      unsent: unsent && !late.length, late: late.length, closed: !isOpen && !late.length, unkept: queue.cannotKeep(),
      empty: isOpen && !queue.knowsPeople() && queue.status() === "offline"
    };
    box.querySelectorAll("[data-say]").forEach(function (one) {
      one.hidden = !says[one.dataset.say];
      const words = one.querySelector("[data-one]");
      if (words) words.textContent = unsent === 1 ? words.dataset.one : words.dataset.many.replace("%s", unsent);
    });
    box.querySelector("[data-offline]").hidden = queue.status() !== "offline";
    box.classList[isOpen ? "remove" : "add"]("is-closed");
    box.classList[isKept && queue.knowsPeople() ? "add" : "remove"]("is-settled");
    if (!isOpen) end(unsent);
  }

  function end(unsent) {
    camera.stop();
    box.classList.remove("is-looking");
    queue.forgetList();
    if (unsent || !navigator.serviceWorker || !navigator.serviceWorker.controller) return;
    navigator.serviceWorker.getRegistration(window.location.pathname).then(function (known) {
      if (!known) return;
      const channel = new MessageChannel();
      channel.port1.onmessage = function () { known.unregister(); };
      known.active.postMessage({ forget: true }, [channel.port2]);
    });
  }

  /* Keep the page and its files on this device, and say once it can do without a connection. */
  function settle() {
    if (!navigator.serviceWorker) return;
    navigator.serviceWorker.register(box.dataset.worker, { scope: window.location.pathname })
      .then(function () { return Promise.all([navigator.serviceWorker.ready, document.fonts.ready]); })
      .then(function (both) {
        const here = window.location.origin + box.dataset.files;
        const files = performance.getEntriesByType("resource").map(function (one) { return one.name.split("#")[0]; })
          .filter(function (one) { return one.indexOf(here) === 0; });
        const channel = new MessageChannel();
        const wasKept = Boolean(navigator.serviceWorker.controller);  // this page came from what was kept, or could have
        channel.port1.onmessage = function (event) { isKept = event.data || wasKept; bar(); };
        both[0].active.postMessage({ keep: Array.from(new Set(files)) }, [channel.port2]);
      }).catch(function () { /* it works as long as the page stays open */ });
  }

  field.addEventListener("input", find);
  field.form.addEventListener("submit", function (event) { event.preventDefault(); find(); });
  found.addEventListener("click", function (event) {
    const button = event.target.closest("button");
    if (button) confirm(queue.personOf(button.dataset.uid));
  });
  say.addEventListener("click", function (event) {
    const button = event.target.closest("[data-press]");
    if (button && asked) asked.presses[button.dataset.press]();
    else if (event.target.closest("[data-close]") || (event.target === say && asked && asked.kind !== "ask")) hide();
  });
  say.addEventListener("cancel", hide);
  box.addEventListener("click", function (event) {
    if (event.target.closest("[data-start]")) start(false);
    else if (event.target.closest("[data-other]")) start(true);
    else if (event.target.closest("[data-try]")) queue.send();
  });
  document.addEventListener("kiosk:changed", bar);
  document.addEventListener("kiosk:answer", function (event) {
    if (asked && asked.key === event.detail.answer.key && !event.detail.answer.done) show("bad", null, event.detail.answer.sentence);
  });
  document.addEventListener("visibilitychange", function () {
    if (!document.hidden && box.classList.contains("is-looking")) stayAwake();
  });
  queue.begin().then(find);
  window.addEventListener("load", settle);
})();
