/* Counts the people who are ticked, and ticks all of the page; the list works without it. */
(function () {
  "use strict";

  var form = document.getElementById("chosen");
  if (!form) return;
  var number = document.getElementById("chosen-number");
  var everyone = document.getElementById("choose-all");

  function boxes() { return Array.from(form.querySelectorAll("input[name='who']")); }

  function say() {
    var ticked = everyone.checked
      ? Number(everyone.dataset.number)
      : boxes().filter(function (box) { return box.checked; }).length;
    number.textContent = ticked === 1 ? number.dataset.one : number.dataset.many.replace("%s", ticked);
  }

  form.addEventListener("change", function (event) {
    if (event.target === everyone) {
      boxes().forEach(function (box) { box.checked = everyone.checked; });
    } else if (!event.target.checked) {
      everyone.checked = false;
    }
    say();
  });
  form.addEventListener("reset", function () { window.setTimeout(say, 0); });
  window.addEventListener("pageshow", say);
  say();
})();
