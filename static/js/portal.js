/* Small comforts; every page works without them. */
(function () {
  "use strict";

  function closeDrops(except) {
    document.querySelectorAll("details.drop[open]").forEach(function (drop) {
      if (drop !== except) drop.removeAttribute("open");
    });
  }

  document.addEventListener("click", function (event) {
    closeDrops(event.target.closest("details.drop"));
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    var drop = document.querySelector("details.drop[open]");
    if (!drop) return;
    drop.removeAttribute("open");
    drop.querySelector("summary").focus();
  });

  /* A form is sent once; coming back by the back button wakes its buttons again. */
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    window.setTimeout(function () { delete form.dataset.sent; }, 3000);
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
  });

  /* Long forms that were sent are named in a cookie, and forgotten on this device; see kept.js. */
  var sent = /(?:^|; )kept_sent="?([^;"]+)/.exec(document.cookie);
  if (sent) {
    sent[1].split("|").forEach(function (form) {
      try {
        var kept = JSON.parse(window.localStorage.getItem("kept:" + form));
        if (kept && !(kept.sent < kept.at)) window.localStorage.removeItem("kept:" + form);
      } catch (_error) { /* nothing is kept there */ }
    });
    document.cookie = "kept_sent=; Max-Age=0; path=/; SameSite=Lax";
  }

  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });

  var summary = document.querySelector("[data-error-summary]");
  if (summary) summary.focus();
})();
