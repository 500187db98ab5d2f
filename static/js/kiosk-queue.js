/* What was scanned at the kiosk waits on this device until the server answers its key, also over restarts; and
   the list of who belongs at the meeting, for as long as the kiosk is open. Whether there is a connection is known
   by sending only. */
(function () {
  "use strict";

  const box = document.querySelector("[data-kiosk]");
  if (!box) return;

  const AT_ONCE = 100;
  const AGAIN_AFTER = [2000, 5000, 10000, 30000];
  const LIST_AFTER = 60000;
  const device = window.deviceStore;
  const store = device.open("stemnet-kiosk", ["scans", "lists"]);
  const url = box.dataset.url;
  const loaded = device.newKey();
  const ended = new Set();
  let scans = [];
  let list = { key: url, people: [], ahead: 0, known: false, open: true, opens: 0, ends: 0, until: 0 };
  let status = "";
  let tries = 0;
  let timer = 0;
  let sending = null;
  let isAsked = false;  // to send again, by a press or a scan, while the last sending may be failing
  let listAt = 0;
  let cannotKeep = false;

  function changed(name, detail) { document.dispatchEvent(new CustomEvent(name || "kiosk:changed", { detail: detail })); }

  function keep(name, row) {
    return store(name, "readwrite", function (kept) { return kept.put(row); })
      .catch(function () { cannotKeep = true; changed(); });
  }

  function forget(name, key) {
    return store(name, "readwrite", function (kept) { return kept.delete(key); }).catch(function () { /* sent again, it is known by its key */ });
  }

  function waiting() { return scans.filter(function (one) { return !ended.has(one.url); }); }
  function mine() { return scans.filter(function (one) { return one.url === url; }); }

  /* The time now, by the server's clock where it was heard. */
  function now() { return Date.now() + list.ahead; }

  /* For how long a scan waited: by the device's clock, and never less than this page counted itself. */
  function waited(one) {
    const counted = one.loaded === loaded ? performance.now() - one.ticks : 0;
    return Math.round(Math.max(Date.now() - one.pressed, counted, 0));
  }

  function personOf(uid) { return list.people.find(function (one) { return one.uid === uid; }); }

  /* Whether somebody is here, by the list and by what waits. */
  function stateOf(person) {
    const last = mine().filter(function (one) { return one.row === person.uid || (one.hash && one.hash === person.code); }).pop();
    if (!last) return { state: person.state, since: person.since };
    return { state: last.way === "in" ? "here" : "left", since: last.since };
  }

  function remember(one) {
    const person = list.people.find(function (each) { return each.uid === one.row || (one.hash && one.hash === each.code); });
    if (!person) return;
    person.state = one.way === "in" ? "here" : "left";
    person.since = one.since;
  }

  function hear(parts) {
    list.ahead = parts.now - Date.now();
    ["open", "opens", "ends", "until"].forEach(function (name) { list[name] = parts[name]; });
    if (parts.people) { list.people = parts.people; list.known = true; listAt = Date.now(); }
    if (!parts.open) list.people = [];
    return keep("lists", list);
  }

  function answered(parts, some) {
    parts.answers.forEach(function (answer) {
      const scan = some.find(function (one) { return one.key === answer.key; });
      if (!scan) return;
      scans = scans.filter(function (one) { return one.key !== answer.key; });
      forget("scans", answer.key);
      if (answer.done) remember(scan);
      changed("kiosk:answer", { scan: scan, answer: answer });
    });
  }

  /* Send some scans of one kiosk; the answer is "" or what kept them from being sent. */
  async function post(where, some) {
    const sent = some.map(function (one) {
      return { key: one.key, way: one.way, code: one.code, row: one.row, waited: waited(one) };
    });
    const wantsList = where === url && (Date.now() - listAt > LIST_AFTER || !listAt);
    let answer;
    try {
      answer = await device.ask(where, { scans: sent, list: wantsList }, { credentials: "omit" });
    } catch (_error) { return "offline"; }
    if (answer.status === 410) { ended.add(where); return "ended"; }
    if (answer.status !== 200 || !answer.parts || !answer.parts.answers) return "later";
    answered(answer.parts, some);
    if (where === url) await hear(answer.parts);
    return answer.parts.answers.length < some.length ? "later" : "";
  }

  async function sendAll() {
    await refresh();
    let trouble = "";
    let heard = Date.now() - listAt < LIST_AFTER;
    while (waiting().length || (!heard && !ended.has(url))) {
      const where = waiting().length ? waiting()[0].url : url;
      trouble = await post(where, waiting().filter(function (one) { return one.url === where; }).slice(0, AT_ONCE));
      heard = heard || where === url;
      if (trouble && trouble !== "ended") return trouble;
    }
    return trouble;
  }

  function send() {
    window.clearTimeout(timer);
    if (sending) { isAsked = true; return sending; }
    isAsked = false;
    sending = device.alone("stemnet-kiosk", sendAll).catch(function () { return "later"; }).then(function (trouble) {
      sending = null;
      status = trouble;
      tries = trouble ? tries + 1 : 0;
      const soon = isAsked ? 0 : trouble ? AGAIN_AFTER[Math.min(tries, AGAIN_AFTER.length) - 1] : LIST_AFTER;
      if (trouble !== "ended") timer = window.setTimeout(send, waiting().length && !trouble ? 0 : soon);
      changed();
      return trouble;
    });
    return sending;
  }

  /* What another tab put there, and what was there before this page was opened. */
  function refresh() {
    return store("scans", "readonly", function (kept) { return kept.getAll(); }).then(function (kept) {
      const keys = new Set(kept.map(function (one) { return one.key; }));
      scans = kept.concat(scans.filter(function (one) { return one.unkept && !keys.has(one.key); }))
        .sort(function (one, other) { return one.pressed - other.pressed; });
    }).catch(function () { cannotKeep = true; });
  }

  function add(scan) {
    Object.assign(scan, {
      key: device.newKey(), url: url, pressed: Date.now(), since: now(), loaded: loaded, ticks: performance.now(), unkept: true
    });
    scans.push(scan);
    changed();
    keep("scans", Object.assign({}, scan, { unkept: false })).then(send);
    return scan;
  }

  function begin() {
    return Promise.all([
      refresh(),
      store("lists", "readonly", function (kept) { return kept.get(url); })
        .then(function (kept) { if (kept) list = kept; }).catch(function () { cannotKeep = true; })
    ]).then(function () { changed(); return send(); });
  }

  function again() { if (!document.hidden) send(); }

  window.addEventListener("focus", again);
  window.addEventListener("online", again);
  window.addEventListener("pageshow", function (event) { if (event.persisted) again(); });
  document.addEventListener("visibilitychange", again);

  window.kioskQueue = {
    add: add, send: send, stateOf: stateOf, personOf: personOf, now: now, begin: begin,
    people: function () { return list.people; },
    knowsPeople: function () { return list.known; },
    isEarly: function () { return now() < list.opens; },
    isOver: function () { return Boolean(list.ends) && now() >= list.ends; },
    unsent: function () { return scans.length; },
    late: function () { return scans.filter(function (one) { return ended.has(one.url); }); },
    status: function () { return status; },
    isOpen: function () { return list.open && !ended.has(url) && !(list.until && now() > list.until); },
    cannotKeep: function () { return cannotKeep; },
    forgetList: function () { list.people = []; list.known = false; return forget("lists", url); }
  };
})();
