/* The attendance desk: what is pressed goes into the queue of desk-queue.js, and looks done only once it was
   done; desk-rows.js draws it, desk-find.js finds it. Without these the page works as any form does. */
(function () {
  "use strict";

  const desk = document.querySelector("[data-desk]");
  const queue = window.deskQueue;
  const drawn = window.deskRows;
  if (!desk || !drawn) return;

  const SNACK = 10000;
  const MOST_SPANS = 12;
  const TAP = 500;  // a tap that bounces is one
  const NOT_SENT = ["csrfmiddlewaretoken", "q"];
  const said = document.querySelector("[data-desk-queue]").dataset;
  const snack = document.getElementById("desk-snack");
  const pressed = {};
  let snackKey = "";
  let snackTimer = 0;

  function knowsComplete() { return Boolean(desk.querySelector("[data-complete]")); }

  function say(act) {
    if (!snack || !act.row) return;
    const words = { present: said.wordsPresent, absent: said.wordsAbsent, none: said.wordsNone }[drawn.stateOf(act)];
    snackKey = act.key;
    snack.querySelector("span").textContent = act.name + ": " + words;
    snack.querySelector("button").hidden = drawn.stateOf(act) === "none";
    snack.hidden = false;
    snack.dataset.row = act.row;
    window.clearTimeout(snackTimer);
    snackTimer = window.setTimeout(function () { if (!snack.contains(document.activeElement)) snack.hidden = true; }, SNACK);
  }

  /* Pressing */

  function press(row, fields) {
    pressed[row.dataset.row] = Date.now();
    const act = queue.add({ row: row.dataset.row, name: row.dataset.name, knows_complete: knowsComplete(), fields: fields });
    drawn.paint(row);
    say(act);
  }

  function tick(row) {
    if (Date.now() - (pressed[row.dataset.row] || 0) < TAP) return;
    const question = row.querySelector("[data-question]");
    if (question) { question.querySelector("input, button").focus(); return; }
    const act = drawn.pending(row.dataset.row);
    const state = act ? drawn.stateOf(act).replace("none", "") : row.dataset.state;
    if (!state) press(row, { seen: "present" });
    else if (drawn.canUndo(row, act)) press(row, { seen: "undo" });
    else open(row);
  }

  function close(row) {
    const form = row.querySelector(".desk-times");
    if (form && !form.closest("[data-question]")) form.remove();
    row.classList.remove("is-open");
    row.querySelector(".desk-more").setAttribute("aria-expanded", "false");
  }

  /* What had the focus is gone: it goes on from the menu of the row, or from where walk-ins are added. */
  function back(row) {
    const next = row ? row.querySelector(".desk-more") : document.getElementById("desk-walk-in-link");
    if (next) next.focus({ preventScroll: true });
  }

  /* Another pair of times: the last one, emptied and with the next number. */
  function addSpan(form) {
    const last = Array.from(form.querySelectorAll("[data-span]")).pop();
    const span = last.cloneNode(true);
    const number = Number(last.dataset.span) + 1;
    span.dataset.span = number;
    span.querySelectorAll("input").forEach(function (field, place) {
      const name = field.name.replace(/_\d+$/, "");
      const label = span.querySelector('label[for="' + field.id + '"]');
      field.id = field.id.replace(/-\w+$/, "-" + name + "_" + number);
      field.name = name + "_" + number;
      field.value = "";
      field.classList.remove("is-invalid");
      label.htmlFor = field.id;
      label.textContent = [said.labelBack, said.labelAgain][place];
    });
    span.querySelectorAll(".invalid-feedback").forEach(function (one) { one.remove(); });
    span.querySelector("[name=without]").value = number;
    span.querySelector("[name=without]").hidden = false;
    last.after(span);
    if (form.querySelectorAll("[data-span]").length >= MOST_SPANS) form.querySelector("[name=more]").hidden = true;
    return span;
  }

  function removeSpan(span) {
    const form = span.closest("form");
    span.remove();
    form.querySelector("[name=more]").hidden = false;
    form.querySelector("[name=more]").focus();
  }

  function fill(form, values) {
    for (let number = 1; number <= MOST_SPANS; number += 1) {
      const names = ["arrived", "left"].map(function (name) { return number === 1 ? name : name + "_" + number; });
      if (number > 1 && !names.some(function (name) { return values[name]; })) continue;
      if (!form.elements[names[0]]) addSpan(form);
      const span = Array.from(form.querySelectorAll("[data-span]")).pop();
      span.querySelectorAll("input").forEach(function (field, place) { field.value = values[names[place]] || ""; });
    }
  }

  function open(row) {
    if (row.classList.contains("is-open")) { close(row); return; }
    const act = drawn.pending(row.dataset.row);
    const state = act ? drawn.stateOf(act).replace("none", "") : row.dataset.state;
    const form = drawn.element(document.getElementById("desk-times").innerHTML.replace(/ROW-/g, row.dataset.row + "-"));
    const values = act ? act.fields : row.dataset;
    fill(form, values);
    form.elements.presenting.checked = Boolean(values.presenting);
    const fits = { marked: state, "not-absent": state !== "absent", reason: state && !drawn.canUndo(row, act) };
    form.querySelectorAll("[data-when]").forEach(function (one) { one.hidden = !fits[one.dataset.when]; });
    form.querySelector("[data-marked]").textContent = row.dataset.marked || "";
    form.querySelector("[data-known]").href = said.desk + "?open=" + row.dataset.row + "#row-" + row.dataset.row;
    const makeUp = form.querySelector("[data-make-up]");
    if (makeUp) makeUp.href = said.desk + "people/" + row.dataset.row + "/make-up/";
    row.append(form);
    row.classList.add("is-open");
    row.querySelector(".desk-more").setAttribute("aria-expanded", "true");
    row.scrollIntoView({ block: "nearest" });
    form.elements.arrived.focus({ preventScroll: true });
  }

  function fieldsOf(form, button) {
    const fields = {};
    new FormData(form).forEach(function (value, name) {
      if (typeof value === "string" && NOT_SENT.indexOf(name) < 0) fields[name] = value;
    });
    if (button && button.name) fields[button.name] = button.value;
    return fields;
  }

  function answer(key, fields) {
    const act = queue.find(key);
    if (!act) return;
    if (fields.knows_complete) act.knows_complete = true;
    if (fields.reason) act.pressed = Date.now();
    delete fields.knows_complete;
    act.fields = Object.assign(fields.seen ? {} : act.fields, fields);
    document.getElementById("waiting-" + key).remove();
    back(drawn.rowOf(act.row));
    queue.again(act);
  }

  function discard(key) {
    const act = queue.find(key);
    document.getElementById("waiting-" + key).remove();
    back(act && drawn.rowOf(act.row));
    queue.drop(key);
    if (act && act.row) queue.look([act.row]);
  }

  function walkIn(section, form) {
    if (!form.reportValidity()) return;
    const fields = fieldsOf(form);
    queue.add({
      row: null, name: (fields.first_name + " " + fields.last_name).trim(), knows_complete: knowsComplete(), fields: fields
    });
    form.reset();
    form.querySelectorAll("[id$=_choices]").forEach(function (one) { one.replaceChildren(); });
    section.hidden = true;
    drawn.paintAll();
    document.getElementById("desk-walk-in-link").focus();
  }

  /* What is done for all at once waits until everything was sent, and until there is a connection. */
  async function together(form) {
    const button = form.querySelector("[type=submit]");
    button.disabled = true;
    form.dataset.sending = "";
    await queue.send();
    const now = queue.all().some(drawn.waits) ? null : await queue.who().catch(function () { queue.lost("lost"); });
    delete form.dataset.sending;
    button.disabled = false;
    if (!now) return;
    if (now.account === said.account) {
      form.querySelector("[name=csrfmiddlewaretoken]").value = now.token;
      HTMLFormElement.prototype.submit.call(form);
    } else if (now.account) window.location.assign(said.desk);
    else window.location.assign(said.signIn + "?next=" + encodeURIComponent(said.desk));
  }

  /* How we know stands on the server; the page stays where there is no connection. */
  function known(row, link) {
    window.deskFind.fetchPage(link.href).then(function (page) {
      row.querySelector(".desk-times").replaceWith(document.importNode(page.querySelector("#" + row.id + " .desk-times"), true));
    }).catch(function () { queue.lost("lost"); });
  }

  /* What happens on the page */

  desk.addEventListener("click", function (event) {
    const on = function (selector) { return event.target.closest(selector); };
    const row = on("[data-row]");
    if (on("[name=more]")) addSpan(on("form")).querySelector("input").focus();
    else if (on("[name=without]")) removeSpan(on("[data-span]"));
    else if (on("[data-discard]")) discard(on("[data-question]").dataset.question);
    else if (row && on(".desk-tick:not(.is-none)")) tick(row);
    else if (row && on(".desk-more")) open(row);
    else if (row && on("[data-known]")) known(row, on("[data-known]"));
    else if (row && on("[data-close]")) { close(row); back(row); }
    else if (on("#desk-walk-in [data-close]")) {
      document.getElementById("desk-walk-in").hidden = true;
      document.getElementById("desk-walk-in-link").focus();
    } else if (on("#desk-walk-in-link")) {
      const section = document.getElementById("desk-walk-in");
      section.hidden = false;
      section.scrollIntoView({ block: "start" });
      section.querySelector("input:not([type=hidden])").focus({ preventScroll: true });
    } else if (on("#desk-snack button")) {
      const mine = drawn.rowOf(snack.dataset.row);
      if (mine) { tick(mine); mine.querySelector(".desk-tick").focus({ preventScroll: true }); }
    } else return;
    event.preventDefault();
  });

  desk.addEventListener("submit", function (event) {
    const form = event.target;
    const question = form.closest("[data-question]");
    const row = form.closest("[data-row]");
    if (question) answer(question.dataset.question, fieldsOf(form, event.submitter));
    else if (row) { const fields = fieldsOf(form, event.submitter); close(row); back(row); press(row, fields); }
    else if (form.closest("#desk-walk-in")) walkIn(form.closest("#desk-walk-in"), form);
    else if (form.method === "post" && form.id !== "desk-marks") together(form);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);

  document.addEventListener("desk:answer", function (event) {
    const detail = event.detail;
    if (detail.url !== said.url) return;
    Object.keys(detail.parts.rows).forEach(function (uid) { drawn.swap(uid, detail.parts.rows[uid]); });
    document.getElementById("desk-progress").innerHTML = detail.parts.progress;
    const parts = { "desk-actions": detail.parts.actions, "desk-acts": detail.parts.acts };
    Object.keys(parts).forEach(function (name) {
      const part = document.getElementById(name);
      if (part && !part.contains(document.activeElement) && !part.querySelector("form[data-sending]")) part.innerHTML = parts[name];
    });
    if (detail.parts.answers.some(function (one) { return !one.done && one.key === snackKey; })) snack.hidden = true;
    const done = detail.parts.answers.filter(function (one) { return one.done; }).map(function (one) { return one.key; });
    if (done.indexOf(snackKey) >= 0) {
      const act = detail.sent.find(function (one) { return one.key === snackKey; });
      snack.querySelector("span").textContent = act.name + ": " + { present: said.donePresent, absent: said.doneAbsent, none: said.doneNone }[drawn.stateOf(act)];
    }
    if (detail.sent.some(function (one) { return !one.row && done.indexOf(one.key) >= 0; })) window.deskFind.fetchRows("").catch(function () {});
    drawn.paintAll();
  });
  drawn.paintAll();
})();
