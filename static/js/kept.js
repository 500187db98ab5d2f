/* A long form is kept while one types: on this device under the account and the form, and with the account
   where the form says so. What was not sent is offered when the page is opened again. Before a form goes, the
   page asks as whom the browser is signed in now: it never sends under another account, and takes a fresh
   token with it. Without this every page works as any form does. */
(function () {
  "use strict";

  var box = document.querySelector("[data-kept]");
  var form = box && box.closest("form");
  if (!form) return;

  var DAY = 86400000;
  var NOT_KEPT = ["csrfmiddlewaretoken", "kept_form", "kept_account", "act", "code", "password"];
  var said = box.dataset;
  var key = "kept:" + said.account + ":" + said.form;
  var withAccount = !("deviceOnly" in said);
  var first = snapshot();
  var sentToServer = JSON.stringify(first);
  var isThere = false;
  var offered = null;
  var passing = false;
  var asking = false;
  var timers = {};

  /* What stands in the form now: names and values in order, without files and what belongs to one moment. */
  function snapshot() {
    var rows = [];
    new FormData(form).forEach(function (value, name) {
      if (typeof value === "string" && NOT_KEPT.indexOf(name) < 0) {
        rows.push([name, value.replace(/\r\n?/g, "\n")]);
      }
    });
    return rows;
  }

  /* Whether both say the same to a reader: hidden fields, such as a revision, change by themselves. */
  function same(one, other) { return JSON.stringify(one.filter(isSeen)) === JSON.stringify(other.filter(isSeen)); }

  function isSeen(row) {
    var field = form.elements.namedItem(row[0]);
    return !(field && field.type === "hidden");
  }

  function read(name) {
    try { return JSON.parse(window.localStorage.getItem(name)); } catch (_error) { return null; }
  }

  function write(kept) {
    try { window.localStorage.setItem(key, JSON.stringify(kept)); return true; } catch (_error) { return false; }
  }

  function forget() {
    try { window.localStorage.removeItem(key); } catch (_error) { /* nothing is kept there */ }
  }

  function forgetOld() {
    try {
      Object.keys(window.localStorage).forEach(function (name) {
        var kept = name.indexOf("kept:") === 0 && read(name);
        if (kept && !(Date.now() - kept.at < 30 * DAY)) window.localStorage.removeItem(name);
      });
    } catch (_error) { /* nothing is kept there */ }
  }

  function say(what, fill) {
    box.querySelectorAll("[data-say]").forEach(function (part) {
      part.hidden = part.dataset.say !== what;
      if (part.dataset.say === what && fill) fill(part);
    });
  }

  function token() { return form.querySelector("[name=csrfmiddlewaretoken]"); }

  function post(fields, leaving) {
    var body = new URLSearchParams(fields);
    body.set("form", said.form);
    body.set("account", said.account);
    return window.fetch(said.url, {
      method: "POST", body: body, credentials: "same-origin", keepalive: Boolean(leaving) && body.toString().length < 60000,
      headers: { "X-CSRFToken": token().value }
    });
  }

  /* On the device at once, with the account a little later. */
  function keepHere() {
    var now = snapshot();
    if (same(now, first) && !("shown" in said)) { if (!offered) forget(); return true; }
    var kept = read(key);
    if (kept && JSON.stringify(kept.typed) === JSON.stringify(now)) return true;
    return write({ at: Date.now(), typed: now, before: offered });
  }

  function keepThere(leaving) {
    if (!withAccount || offered) return;
    var rows = snapshot();
    var now = JSON.stringify(rows);
    if (now === sentToServer) return;
    if (same(rows, first) && !("shown" in said)) {
      if (isThere) dropThere();
      return;
    }
    post({ typed: now }, leaving).then(function (answer) {
      if (answer.ok) { sentToServer = now; isThere = true; hideIfSaid("over"); }
      else if (answer.status === 401 || answer.status === 403 || answer.status === 409) look();
    }).catch(function () { /* it is kept here; the next time, or the button, tries again */ });
  }

  function dropThere() {
    isThere = false;
    sentToServer = "";
    post({ drop: "1" }).catch(function () { /* it is forgotten after its days */ });
  }

  function hideIfSaid(what) {
    var part = box.querySelector('[data-say="' + what + '"]');
    if (part && !part.hidden) say("");
  }

  function later(name, act, wait) {
    window.clearTimeout(timers[name]);
    timers[name] = window.setTimeout(act, wait);
  }

  function typed() {
    later("here", keepHere, 300);
    later("there", keepThere, 3000);
  }

  /* Ask as whom this browser is signed in; resolves to true where the form may go. */
  function look() {
    return window.fetch(said.who, { credentials: "same-origin", cache: "no-store", headers: { Accept: "application/json" } })
      .then(function (answer) { if (!answer.ok) throw answer; return answer.json(); })
      .then(function (state) {
        if (state.account === said.account || "byLink" in said) {
          document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach(function (one) { one.value = state.token; });
          hideIfSaid("over");
          return true;
        }
        if (state.account) say("other", function (part) { part.querySelector("[data-name]").textContent = state.name; });
        else say("over");
        return state.account ? "other" : false;
      });
  }

  function fill(rows) {
    var values = {};
    rows.forEach(function (row) { (values[row[0]] = values[row[0]] || []).push(row[1]); });
    Array.prototype.forEach.call(form.elements, function (field) {
      if (!field.name || NOT_KEPT.indexOf(field.name) >= 0 || field.disabled) return;
      var mine = values[field.name] || [];
      if (field.type === "checkbox" || field.type === "radio") field.checked = mine.indexOf(field.value) >= 0;
      else if (field.type === "select-multiple") {
        Array.prototype.forEach.call(field.options, function (one) { one.selected = mine.indexOf(one.value) >= 0; });
      } else if (field.type === "file" || field.type === "submit" || field.type === "button") return;
      else if (mine.length) field.value = mine.shift();
    });
    form.dispatchEvent(new Event("input", { bubbles: true }));
    form.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /* Rows that the page does not have are drawn by the server, which saves nothing. */
  function fillThere(rows) {
    var copy = document.createElement("form");
    copy.method = "post";
    copy.action = form.action;
    rows.concat([
      ["csrfmiddlewaretoken", token().value], ["kept_form", said.form], ["kept_account", said.account], ["act", said.putBack]
    ]).forEach(function (row) {
      var field = document.createElement("textarea");
      field.name = row[0];
      field.textContent = row[1];
      copy.appendChild(field);
    });
    copy.hidden = true;
    document.body.appendChild(copy);
    look().then(function (may) {
      if (may !== true) return;
      copy.querySelector("[name=csrfmiddlewaretoken]").textContent = token().value;
      copy.submit();
    });
  }

  function offer(kept) {
    offered = kept;
    say("offer", function (part) {
      part.querySelector("[data-at]").textContent =
        new Date(kept.at).toLocaleString(document.documentElement.lang || undefined, { dateStyle: "medium", timeStyle: "short" });
    });
  }

  function throwAway() {
    var older = offered.before;
    forget();
    offered = null;
    if (isThere) dropThere();
    say("");
    if (older) offer(older);
    else typed();
  }

  box.addEventListener("click", function (event) {
    var button = event.target.closest("[data-do]");
    if (!button || !offered) return;
    if (button.dataset.do === "throw") { throwAway(); return; }
    var rows = offered.typed;
    offered = null;
    if (said.putBack) { fillThere(rows); return; }
    fill(rows);
    say("back");
  });

  function begin() {
    forgetOld();
    if ("shown" in said) { keepHere(); later("there", keepThere, 1000); return; }
    var here = read(key);
    var there = withAccount
      ? window.fetch(said.url + "?form=" + encodeURIComponent(said.form), { credentials: "same-origin", cache: "no-store" })
        .then(function (answer) { return answer.ok ? answer.json() : {}; }).catch(function () { return {}; })
      : Promise.resolve({});
    there.then(function (kept) {
      var newest = kept.typed && !(here && here.at >= kept.at) ? kept : here;
      isThere = Boolean(kept.typed);
      if (!newest || !newest.typed) return;
      if (same(newest.typed, first)) { forget(); if (isThere) dropThere(); return; }
      if (same(snapshot(), first)) offer(newest);
    });
  }

  form.addEventListener("input", typed);
  form.addEventListener("change", typed);

  form.addEventListener("submit", function (event) {
    if (passing || asking) { if (asking) { event.preventDefault(); event.stopImmediatePropagation(); } return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    var pressed = event.submitter;
    var isKept = keepHere();
    asking = true;
    look().then(function (may) {
      asking = false;
      if (may === true) go(pressed);
      else if (may === false && isKept) {
        form.dispatchEvent(new CustomEvent("kept:leave"));
        window.location.assign(said.signIn);
      }
    }).catch(function (failed) {
      asking = false;
      if (failed && failed.status) go(pressed);
      else say("offline");
    });
  }, true);

  function go(pressed) {
    var kept = read(key);
    if (kept) { kept.sent = Date.now(); write(kept); }
    passing = true;
    window.setTimeout(function () { passing = false; }, 5000);
    form.requestSubmit(pressed && pressed.form === form ? pressed : undefined);
  }

  window.addEventListener("pagehide", function () { if (!passing && !offered) { keepHere(); keepThere(true); } });
  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "hidden") { if (!passing && !offered) { keepHere(); keepThere(true); } }
    else later("look", function () { look().catch(function () {}); }, 200);
  });
  window.setInterval(function () { look().catch(function () {}); }, 300000);

  begin();
})();
