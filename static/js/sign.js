/* The signatory's own time zone, for the page of evidence; without it the evidence says UTC. */
(function () {
  "use strict";
  document.querySelectorAll("[data-time-zone]").forEach(function (field) {
    field.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
  });
})();
