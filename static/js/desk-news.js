/* What happens while a desk is open: people check in on their own phones, and wait at the door. */
(function () {
  "use strict";

  const progress = document.getElementById("desk-progress");
  const door = document.getElementById("desk-door");
  if (!progress || !progress.dataset.news || !window.deskFind) return;

  const EVERY = 10000;
  const AT_ONCE = 50;

  /* Somebody is here whose row says something else. */
  function isNews(uid) {
    const row = window.deskRows.rowOf(uid);
    return !row || row.dataset.state !== "present";
  }

  function plain(part) { return part.textContent.replace(/\s+/g, " ").trim(); }

  function look() {
    if (document.visibilityState !== "visible") return;
    window.deskFind.fetchPage(progress.dataset.news).then(function (page) {
      const waits = page.getElementById("desk-door-news");
      const far = page.getElementById("desk-progress-news");
      if (waits && plain(door) !== plain(waits) && !door.contains(document.activeElement)) door.innerHTML = waits.innerHTML;
      if (!far || plain(progress) === plain(far)) return;
      progress.innerHTML = far.innerHTML;
      const here = (far.dataset.here || "").split(" ").filter(Boolean);
      window.deskQueue.look(here.filter(isNews).slice(0, AT_ONCE));
    }).catch(function () { /* without a connection it looks again later */ });
  }

  window.setInterval(look, EVERY);
})();
