/* A long form in steps: one section at a time, with how far one is. Nothing is sent before the last step, and
   without this the page is one form. */
(function () {
  "use strict";

  var form = document.querySelector("form[data-steps]");
  if (!form) return;

  var steps = Array.prototype.slice.call(form.querySelectorAll("[data-step]"));
  if (steps.length < 2) return;

  var back = form.querySelector("[data-steps-back]");
  var meter = form.querySelector("[data-steps-progress]");
  var ahead = form.querySelector("[data-steps-next]");
  var now = 0;

  /* A step in which no question is asked, for no condition holds, is passed over. */
  function isAsked(step) {
    var questions = Array.prototype.slice.call(step.querySelectorAll(".question"));
    return !questions.length || questions.some(function (question) { return !question.hidden; });
  }

  function asked() { return steps.filter(isAsked); }

  function after(number) {
    while (number < steps.length && !isAsked(steps[number])) number += 1;
    return number;
  }

  function before(number) {
    while (number > 0 && !isAsked(steps[number])) number -= 1;
    return number;
  }

  function show(number, moved) {
    now = Math.max(0, Math.min(number, steps.length - 1));
    var isLast = after(now + 1) === steps.length;
    var all = asked();
    var place = Math.max(0, all.indexOf(steps[now]));
    steps.forEach(function (step, index) { step.hidden = index !== now; });
    form.querySelectorAll("[data-steps-last]").forEach(function (part) { part.hidden = !isLast; });
    document.querySelectorAll("[data-steps-first]").forEach(function (part) { part.hidden = now > 0; });
    ahead.hidden = isLast;
    back.hidden = now === 0;
    meter.querySelector("progress").value = place + 1;
    meter.querySelector("progress").max = all.length;
    meter.querySelector("[data-steps-words]").textContent =
      form.dataset.steps.replace("{number}", place + 1).replace("{all}", all.length);
    if (!moved) return;
    meter.scrollIntoView();
    steps[now].querySelector("h2").focus({ preventScroll: true });
  }

  function go(number) {
    window.history.pushState({ step: number }, "");
    show(number, true);
  }

  function isAnswered(question) {
    var words = question.querySelector("textarea");
    if (words) return words.value.trim() !== "";
    return Boolean(question.querySelector("input:checked"));
  }

  function isHidden(question) {
    var around = question.closest(".question");
    return Boolean(around && around.hidden);
  }

  function say(question, missing) {
    var error = question.querySelector(".field-error");
    if (!missing) {
      if (error) error.remove();
      question.classList.remove("is-wrong");
      question.removeAttribute("aria-describedby");
      return;
    }
    if (!error) {
      error = document.createElement("p");
      error.className = "field-error";
      error.id = "error_" + question.id;
      error.textContent = form.dataset.stepsWanted;
      question.querySelector("legend, label").after(error);
    }
    question.classList.add("is-wrong");
    question.setAttribute("aria-describedby", error.id);
  }

  /* Go on where every question of this step that asks for an answer has one. */
  function next() {
    var missing = Array.prototype.filter.call(steps[now].querySelectorAll("[data-wanted]"), function (question) {
      var isMissing = !isHidden(question) && !isAnswered(question);
      say(question, isMissing);
      return isMissing;
    });
    if (missing.length) missing[0].querySelector("input, textarea").focus();
    else go(after(now + 1));
  }

  ahead.addEventListener("click", next);
  back.addEventListener("click", function () { go(before(now - 1)); });
  /* On the document, so that conditions were followed before. */
  document.addEventListener("change", function (event) {
    var question = event.target.closest("[data-wanted]");
    if (question && isAnswered(question)) say(question, false);
    show(now, false);
  });
  form.addEventListener("submit", function (event) {
    if (after(now + 1) === steps.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    next();
  }, true);
  window.addEventListener("popstate", function (event) {
    show(event.state && event.state.step || 0, true);
  });
  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[href^='#div_']");
    var there = link && document.getElementById(link.hash.slice(1));
    var step = there && there.closest("[data-step]");
    if (step) show(steps.indexOf(step), false);
  });

  meter.hidden = false;
  var wrong = form.querySelector(".is-wrong");
  show(wrong ? steps.indexOf(wrong.closest("[data-step]")) : 0, false);
})();
