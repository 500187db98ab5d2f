/* What is pressed at the desk waits on this device until the server says, by its key, that it was done. It is
   sent in its order, under the account that pressed it and no other, and shown in the bar until then. Whether
   there is a connection is known by sending only. desk.js presses and draws; any page of staff may send. */
(function () {
  "use strict";

  const box = document.querySelector("[data-desk-queue]");
  if (!box) return;

  const device = window.deviceStore;
  const store = device.open("stemnet-desk", ["acts"]);
  const AT_ONCE = 20;
  const AGAIN_AFTER = [2000, 5000, 10000, 30000];
  const SAID_AFTER = 1500;
  const said = box.dataset;
  const bar = box.querySelector(".desk-unsent");
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("stemnet-desk") : null;
  const closed = new Set();
  const gone = new Set();
  let acts = [];
  let unsaved = [];
  let newest = 0;
  let cannotKeep = false;
  let status = "";
  let tries = 0;
  let timer = 0;
  let barTimer = 0;
  let sending = null;
  let storing = Promise.resolve();

  function work(mode, act) { return store("acts", mode, act); }

  /* One after the other, so that what is read holds all that was written before. */
  function next(act) {
    storing = storing.then(act);
    return storing;
  }

  function refresh() {
    return next(function () {
      return work("readonly", function (kept) { return kept.getAll(); }).catch(function () { return []; }).then(function (kept) {
        const keys = new Set(kept.map(function (one) { return one.key; }));
        acts = kept.filter(function (one) { return !gone.has(one.key); })
          .concat(unsaved.filter(function (one) { return !keys.has(one.key); }))
          .sort(function (one, other) { return one.order - other.order; });
        if (acts.length) newest = Math.max(newest, acts[acts.length - 1].order);
      });
    });
  }

  function keep(act) {
    if (unsaved.indexOf(act) < 0) unsaved.push(act);
    return next(function () {
      if (gone.has(act.key)) return null;
      return work("readwrite", function (kept) { return kept.put(act); }).then(function () {
        unsaved = unsaved.filter(function (one) { return one !== act; });
        tell();
      }).catch(function () { cannotKeep = true; show(); });
    });
  }

  function drop(key) {
    gone.add(key);
    acts = acts.filter(function (one) { return one.key !== key; });
    unsaved = unsaved.filter(function (one) { return one.key !== key; });
    return next(function () {
      return work("readwrite", function (kept) { return kept.delete(key); }).then(tell)
        .catch(function () { /* sent again, it is known by its key */ });
    });
  }

  function tell() { if (channel) channel.postMessage("changed"); }

  function changed() {
    show();
    document.dispatchEvent(new CustomEvent("desk:changed"));
  }

  function isMine(act) { return act.account === said.account; }
  function waits(act) { return isMine(act) && !act.held; }

  /* The token of the session as it is now, which another tab may have begun. */
  function token() { return (/(?:^|; )csrftoken=([^;]+)/.exec(document.cookie) || [])[1] || ""; }

  function who() {
    return window.fetch(said.who, { credentials: "same-origin", cache: "no-store", redirect: "manual" })
      .then(function (answer) { if (!answer.ok) throw answer; return answer.json(); });
  }

  function ask(url, wanted) {
    const whole = Object.assign({ account: said.account, now: Date.now() }, wanted);
    return device.ask(url, whole, { headers: { "X-CSRFToken": token() } });
  }

  /* Send some acts of one meeting; the answer is "" or what kept them from being sent. */
  async function post(url, some, look) {
    const wanted = {
      look: look || [],
      acts: some.map(function (one) {
        return { key: one.key, row: one.row, pressed: one.pressed, knows_complete: one.knows_complete, fields: one.fields };
      })
    };
    let answer;
    try {
      answer = await ask(url, wanted);
      if (answer.status === 403) { await who(); answer = await ask(url, wanted); }
    } catch (_error) { return "offline"; }
    if (answer.status === 401 || answer.status === 403 || answer.status === 0) return "over";
    if (answer.status === 409) return "switched";
    if (answer.status === 404) { closed.add(url); return "closed"; }
    if (answer.status !== 200 || !answer.parts || !answer.parts.answers) return "later";
    let known = 0;
    answer.parts.answers.forEach(function (one) {
      const act = acts.find(function (each) { return each.key === one.key; });
      if (!act) return;
      known += 1;
      if (one.done) { drop(act.key); return; }
      act.held = true;
      act.question = one.question;
      keep(act);
    });
    document.dispatchEvent(new CustomEvent("desk:answer", { detail: { url: url, parts: answer.parts, sent: some } }));
    return some.length && !known ? "later" : "";
  }

  async function sendAll() {
    await refresh();
    let last = "";
    for (;;) {
      const mine = acts.filter(function (one) { return waits(one) && !closed.has(one.url); });
      if (!mine.length) return last;
      const some = mine.filter(function (one) { return one.url === mine[0].url; }).slice(0, AT_ONCE);
      const trouble = await post(some[0].url, some);
      if (trouble && trouble !== "closed") return trouble;
      last = trouble || last;
    }
  }

  function send() {
    window.clearTimeout(timer);
    if (sending) return sending;
    sending = device.alone("stemnet-desk", sendAll).catch(function () { return "later"; }).then(function (trouble) {
      sending = null;
      status = trouble;
      tries = trouble ? tries + 1 : 0;
      const more = acts.some(function (one) { return waits(one) && !closed.has(one.url); });
      if (more && (trouble === "offline" || trouble === "later" || !trouble)) {
        timer = window.setTimeout(send, trouble ? AGAIN_AFTER[Math.min(tries, AGAIN_AFTER.length) - 1] : 0);
      }
      changed();
      return trouble;
    });
    return sending;
  }

  function put(part, number) {
    part.textContent = number === 1 ? part.dataset.one : (part.dataset.many || "").replace("%s", number);
  }

  /* Say what waits: at once where something is in the way, else after a moment. */
  function show() {
    const mine = acts.filter(waits);
    const held = acts.filter(function (one) { return isMine(one) && one.held; });
    const others = acts.filter(function (one) { return !isMine(one); });
    const oldest = mine.reduce(function (first, one) { return Math.min(first, one.pressed); }, Infinity);
    const late = Date.now() - oldest;
    window.clearTimeout(barTimer);
    if (mine.length && late < SAID_AFTER) barTimer = window.setTimeout(show, SAID_AFTER - late + 50);
    const words = ["offline", "over", "closed", "switched"].indexOf(status) < 0 ? "waiting" : status;
    const counts = {
      lost: status === "lost" ? 1 : 0,
      held: held.length,
      other: mine.length || held.length ? 0 : others.length
    };
    if (mine.length && (status || late >= SAID_AFTER)) counts[words] = mine.length;
    let anything = false;
    bar.querySelectorAll("[data-say]").forEach(function (part) {
      const number = counts[part.dataset.say] || 0;
      part.hidden = !number;
      if (number) { put(part, number); anything = true; }
    });
    const signIn = bar.querySelector('[data-do="sign-in"]');
    signIn.hidden = status !== "over" || !(mine.length || counts.lost);
    put(signIn, mine.length);
    signIn.href = said.signIn + "?next=" + encodeURIComponent(said.desk || window.location.pathname);
    bar.querySelector('[data-do="discard"]').hidden = !counts.closed;
    bar.querySelector('[data-do="try"]').hidden = !(counts.waiting || counts.offline);
    const first = bar.querySelector('[data-do="show"]');
    first.hidden = !held.length;
    if (held.length) first.href = held[0].desk + "#waiting-" + held[0].key;
    bar.hidden = !anything;
    box.querySelector(".desk-unkept").hidden = !cannotKeep || !unsaved.length;
  }

  /* What is being sent may still fail: then it is tried once more, for whoever pressed wants it now. */
  function tryNow() {
    const running = sending;
    if (!running) { send(); return; }
    running.then(function (trouble) { if (trouble) send(); });
  }

  bar.querySelector('[data-do="try"]').addEventListener("click", tryNow);
  bar.querySelector('[data-do="discard"]').addEventListener("click", function (event) {
    if (!window.confirm(event.target.dataset.sure)) return;
    acts.filter(function (one) { return waits(one) && closed.has(one.url); }).forEach(function (one) { drop(one.key); });
    status = "";
    changed();
  });

  function begin() {
    refresh().then(function () {
      acts.filter(function (one) { return isMine(one) && one.held; }).forEach(function (one) { one.held = false; });
      changed();
      if (acts.some(waits)) send();
    });
  }

  function again() { if (acts.some(waits)) { closed.clear(); send(); } }

  window.addEventListener("focus", again);
  window.addEventListener("online", again);
  window.addEventListener("pageshow", function (event) { if (event.persisted) begin(); });
  document.addEventListener("visibilitychange", again);
  if (channel) channel.onmessage = function () { refresh().then(changed); };

  window.deskQueue = {
    all: function () { return acts.filter(isMine); },
    find: function (key) { return acts.find(function (one) { return one.key === key; }); },
    add: function (act) {
      newest = Math.max(Date.now(), newest + 1);
      Object.assign(act, {
        key: device.newKey(), order: newest, account: said.account, url: said.url, desk: said.desk, pressed: Date.now(), held: false
      });
      acts.push(act);
      keep(act).then(send);
      show();
      return act;
    },
    again: function (act) {
      act.held = false;
      act.question = "";
      keep(act).then(send);
      changed();
    },
    drop: function (key) { drop(key).then(changed); show(); },
    look: function (rows) { if (rows.length) post(said.url, [], rows); },
    lost: function (what) { status = what; show(); },
    send: send,
    who: who
  };
  begin();
})();
