/* The name for the certificate follows the names until somebody types it. The page works without this. */
(function () {
  "use strict";

  var first = document.getElementById("id_first_name");
  var last = document.getElementById("id_last_name");
  var printed = document.getElementById("id_certificate_name");
  if (!first || !last || !printed) return;

  function both() { return (first.value.trim() + " " + last.value.trim()).trim(); }

  var follows = printed.value === "" || printed.value === both();
  printed.addEventListener("input", function () { follows = printed.value === ""; });
  [first, last].forEach(function (field) {
    field.addEventListener("input", function () { if (follows) printed.value = both(); });
  });
})();
