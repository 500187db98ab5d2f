/* Checking in on a phone: what is pressed goes into the queue of desk-queue.js, which keeps it without a
   connection and sends it once; here it is shown. Without this the page works as any form does. */
(function () {
  "use strict";

  const page = document.querySelector("[data-check-in]");
  if (!page) return;

  if (page.querySelector("[data-look-again]")) {
    window.setInterval(function () { if (document.visibilityState === "visible") window.location.reload(); }, 8000);
  }

  const queue = window.deskQueue;
  if (!queue) return;

  const SAID_AFTER = 1500;
  const opened = Date.now();
  const here = document.querySelector("[data-desk-queue]").dataset.url;
  const kept = document.getElementById("check-in-kept");
  const state = document.getElementById("check-in-state");
  const again = document.getElementById("check-in-again");
  const refused = document.getElementById("check-in-refused");
  let timer = 0;

  function mine() { return queue.all().filter(function (one) { return one.url === here; }); }

  /* When it was pressed, by the server's clock: the phone's own may be wrong. */
  function clock(act) {
    const moment = Number(page.dataset.now) + act.pressed - opened;
    const parts = new Intl.DateTimeFormat("en-US", { timeZone: page.dataset.zone, hour: "numeric", minute: "2-digit", hour12: true }).formatToParts(moment);
    const of = function (type) { return (parts.find(function (one) { return one.type === type; }) || {}).value; };
    return of("hour") + ":" + of("minute") + " " + (of("dayPeriod") === "AM" ? page.dataset.am : page.dataset.pm);
  }

  /* What waits is said after a moment; in that time most of it has been sent. */
  function show() {
    const first = mine()[0];
    window.clearTimeout(timer);
    const late = first ? Date.now() - first.pressed : 0;
    const waits = Boolean(first) && late >= SAID_AFTER;
    if (first && !waits) timer = window.setTimeout(show, SAID_AFTER - late + 50);
    kept.hidden = again.hidden = !waits;
    state.hidden = waits;
    if (waits) kept.querySelectorAll("[data-pressed]").forEach(function (one) { one.textContent = clock(first); });
  }

  function say(words) {
    refused.querySelector("p").textContent = words;
    refused.hidden = false;
    refused.scrollIntoView({ block: "nearest" });
  }

  function press(form) {
    const fields = {};
    ["act", "token"].forEach(function (name) { fields[name] = form.elements[name].value; });
    refused.hidden = true;
    form.querySelector("button").disabled = true;
    queue.add({ row: null, name: "", knows_complete: false, fields: fields });
    show();
  }

  page.addEventListener("submit", function (event) {
    if (!event.target.matches("[data-press]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!mine().length) press(event.target);
  }, true);
  again.addEventListener("click", function () { queue.send(); });
  document.addEventListener("desk:changed", show);
  document.addEventListener("desk:answer", function (event) {
    if (event.detail.url !== here) return;
    const answers = event.detail.parts.answers;
    const no = answers.find(function (one) { return !one.done; });
    if (!no) { if (answers.length) window.location.replace(here); return; }
    answers.forEach(function (one) { if (!one.done) queue.drop(one.key); });
    state.querySelectorAll("[data-press] button").forEach(function (one) { one.disabled = false; });
    say(no.question);
    show();
  });
  show();
})();
