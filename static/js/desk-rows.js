/* The rows of the attendance desk: each as the server drew it, or dashed and in words while its act waits. */
(function () {
  "use strict";

  const desk = document.querySelector("[data-desk]");
  const queue = window.deskQueue;
  if (!desk || !queue) return;

  const UNDO_WITHIN = 120000;
  const said = document.querySelector("[data-desk-queue]").dataset;
  const waiting = document.getElementById("desk-waiting");

  function rowOf(uid) { return document.getElementById("row-" + uid); }
  function rows() { return Array.from(desk.querySelectorAll("#roster [data-row]")); }
  function waits(act) { return isHere(act) && !act.held; }
  function isHere(act) { return act.url === said.url; }

  /* The last act of a row that was not sent yet. */
  function pending(uid) {
    return queue.all().filter(function (one) { return waits(one) && one.row === uid; }).pop();
  }

  function stateOf(act) { return ["present", "absent"].indexOf(act.fields.seen) < 0 ? "none" : act.fields.seen; }

  function since(row) { row.undoUntil = Date.now() + 1000 * Number(row.dataset.undo || 0); }

  function canUndo(row, act) { return Date.now() < (act ? act.pressed + UNDO_WITHIN : row.undoUntil); }

  function paint(row) {
    const act = pending(row.dataset.row);
    row.classList[act ? "add" : "remove"]("is-waiting");
    if (!act) return;
    const state = stateOf(act);
    const tick = row.querySelector(".desk-tick");
    tick.querySelector(".bi").className = "bi" + { present: " bi-check-lg", absent: " bi-x-lg", none: "" }[state];
    tick.querySelector(".visually-hidden").textContent =
      { present: said.labelPresent, absent: said.labelAbsent, none: said.labelNone }[state].replace("%s", row.dataset.name);
    row.querySelector(".desk-words").textContent =
      { present: said.wordsPresent, absent: said.wordsAbsent, none: said.wordsNone }[state];
  }

  function element(html) {
    const made = document.createElement("template");
    made.innerHTML = html.trim();
    return made.content.firstElementChild;
  }

  /* A row as it stands now, in the place of the old one; the focus and what is being typed there stay. */
  function swap(uid, html) {
    const old = rowOf(uid);
    const fresh = element(html);
    since(fresh);
    if (!old) { place(fresh); return fresh; }
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    fresh.hidden = old.hidden;
    if (old.classList.contains("is-open")) {
      fresh.classList.add("is-open");
      fresh.append(old.querySelector(".desk-times"));
    }
    old.querySelectorAll("[data-question]").forEach(function (one) { if (queue.find(one.dataset.question)) fresh.append(one); });
    old.replaceWith(fresh);
    const again = focused && (focused.isConnected ? focused : document.getElementById(focused.id));
    if (again) again.focus({ preventScroll: true });
    return fresh;
  }

  /* Put a row that the page did not have into its place by name. */
  function place(fresh) {
    let list = document.getElementById("desk-rows");
    if (!list) {
      list = element('<ul class="desk-rows" id="desk-rows"></ul>');
      document.getElementById("roster").replaceChildren(list);
    }
    const next = Array.from(list.children).find(function (one) { return one.dataset.sort > fresh.dataset.sort; });
    list.insertBefore(fresh, next || null);
  }

  /* What has no row on this page: walk-ins, and whoever was found by a search. */
  function paintWaiting() {
    const own = queue.all().filter(function (one) { return isHere(one) && !rowOf(one.row); });
    Array.from(waiting.children).forEach(function (one) {
      if (!own.some(function (act) { return act.key === one.dataset.key; })) one.remove();
    });
    own.forEach(function (act) {
      if (waiting.querySelector('[data-key="' + act.key + '"]')) return;
      const line = element('<li class="desk-row is-waiting"><span class="desk-tick" aria-hidden="true"><i class="bi bi-check-lg"></i></span><div class="desk-who"><strong></strong><span class="desk-words"></span></div></li>');
      line.dataset.key = act.key;
      line.querySelector("strong").textContent = act.name;
      line.querySelector(".desk-words").textContent = act.row ? said.wordsPresent : said.wordsWalkIn;
      waiting.append(line);
    });
    waiting.hidden = !waiting.children.length;
  }

  function paintQuestions() {
    queue.all().filter(function (one) { return isHere(one) && one.held && one.question; }).forEach(function (act) {
      const row = rowOf(act.row) || waiting.querySelector('[data-key="' + act.key + '"]');
      if (!row || row.querySelector('[data-question="' + act.key + '"]')) return;
      const question = element(act.question);
      question.id = "waiting-" + act.key;
      row.append(question);
      row.hidden = false;
    });
  }

  function paintAll() {
    paintWaiting();
    const sent = rows().filter(function (one) { return one.classList.contains("is-waiting") && !pending(one.dataset.row); });
    sent.forEach(function (one) { one.classList.remove("is-waiting"); });
    rows().forEach(paint);
    queue.look(sent.map(function (one) { return one.dataset.row; }));
    paintQuestions();
  }

  window.deskRows = {
    rowOf: rowOf, rows: rows, pending: pending, waits: waits, stateOf: stateOf, since: since, canUndo: canUndo,
    paint: paint, paintAll: paintAll, place: place, swap: swap, element: element
  };
  rows().forEach(since);
  document.addEventListener("desk:changed", paintAll);
})();
