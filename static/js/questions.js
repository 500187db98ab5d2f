/* Shows a question only while the answer it depends on is chosen. Without this all are shown, each with its
   condition in words; the server asks the same. */
(function () {
  "use strict";

  var questions = Array.prototype.slice.call(document.querySelectorAll("[data-shown-if]"));
  if (!questions.length) return;

  function answers(name) {
    var found = [];
    document.getElementsByName(name).forEach(function (field) {
      if (field.type === "checkbox" || field.type === "radio") {
        if (field.checked) found.push(field.value);
      } else if (field.value) {
        found.push(field.value);
      }
    });
    return found.filter(function (value) { return value !== ""; });
  }

  function isHidden(name) {
    var field = document.getElementsByName(name)[0];
    var around = field && field.closest(".question");
    return Boolean(around && around.hidden);
  }

  function holds(question) {
    var name = question.dataset.shownIf;
    var wanted = JSON.parse(question.dataset.shownValues || "[]");
    if (isHidden(name)) return false;
    var given = answers(name);
    if (!wanted.length) return given.length > 0;
    return given.some(function (value) { return wanted.indexOf(value) !== -1; });
  }

  // In their order, so that what depends on a hidden question is hidden with it.
  function follow() {
    questions.forEach(function (question) { question.hidden = !holds(question); });
  }

  questions.forEach(function (question) {
    var words = question.querySelector(".question-condition");
    if (words) words.hidden = true;
  });
  document.addEventListener("change", follow);
  document.addEventListener("input", follow);
  follow();
})();
