/* Finding and filtering on the attendance desk: on this page without a connection, and on the server with one. */
(function () {
  "use strict";

  const desk = document.querySelector("[data-desk]");
  const drawn = window.deskRows;
  if (!desk || !drawn) return;

  const address = document.querySelector("[data-desk-queue]").dataset.desk;
  const nobody = document.getElementById("desk-nobody");
  const field = document.getElementById("q");
  const isWhole = "whole" in desk.dataset;
  let shown = "all";
  let timer = 0;

  function filter(found) {
    const words = window.plainWords(field.value).split(" ").filter(Boolean);
    let any = false;
    drawn.rows().forEach(function (row) {
      const act = drawn.pending(row.dataset.row);
      const state = act ? drawn.stateOf(act).replace("none", "") : row.dataset.state;
      const fits = shown === "all" || (state || "unmarked") === shown;
      const has = words.every(function (one) { return row.dataset.find.indexOf(one) >= 0; });
      const is = found && found.has(row.dataset.row);
      row.hidden = !(row.querySelector("[data-question]") || ((has || is) && fits));
      any = any || !row.hidden;
    });
    nobody.hidden = any || !words.length || !document.getElementById("desk-rows");
  }

  function fetchPage(where) {
    return window.fetch(where, { credentials: "same-origin", redirect: "manual" })
      .then(function (answer) { if (!answer.ok) throw answer; return answer.text(); })
      .then(function (html) { return new DOMParser().parseFromString(html, "text/html"); });
  }

  /* Rows that the page has not: others of the network, and whoever another device took in. */
  function fetchRows(words) {
    return fetchPage(address + (words ? "?q=" + encodeURIComponent(words) : ""))
      .then(function (page) {
        const found = Array.from(page.querySelectorAll("#roster [data-row]"));
        found.forEach(function (one) {
          if (drawn.rowOf(one.dataset.row)) return;
          const row = document.importNode(one, true);
          if (words) row.dataset.extra = "";
          drawn.since(row);
          drawn.place(row);
          drawn.paint(row);
        });
        return new Set(found.map(function (one) { return one.dataset.row; }));
      });
  }

  function search() {
    desk.querySelectorAll("[data-extra]").forEach(function (row) {
      if (!row.classList.contains("is-waiting") && !row.querySelector("[data-question]")) row.remove();
    });
    filter();
    window.clearTimeout(timer);
    const words = field.value.trim();
    if (!words) return;
    timer = window.setTimeout(function () {
      fetchRows(words).then(function (found) { if (field.value.trim() === words) filter(found); })
        .catch(function () { /* those of this page are found without a connection */ });
    }, 300);
  }

  function choose(link) {
    shown = link.dataset.show;
    desk.querySelectorAll("#desk-filter a").forEach(function (one) {
      if (one === link) one.setAttribute("aria-current", "true");
      else one.removeAttribute("aria-current");
    });
    filter();
  }

  window.deskFind = { fetchPage: fetchPage, fetchRows: fetchRows };
  if (!isWhole) return;
  field.addEventListener("input", search);
  desk.addEventListener("click", function (event) {
    const link = event.target.closest("#desk-filter a");
    if (!link) return;
    event.preventDefault();
    choose(link);
  });
  field.form.addEventListener("submit", function (event) { event.preventDefault(); search(); });
})();
