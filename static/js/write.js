/* Writing a message: a press puts a placeholder where the cursor is, and the preview follows what is typed.
   Without this the page works by its buttons. */
(function () {
  "use strict";

  var form = document.querySelector("[data-write]");
  var preview = document.getElementById("preview");
  if (!form || !preview) return;
  var last = form.elements.text;
  var timer = 0;
  var asked = 0;

  ["subject", "text"].forEach(function (name) {
    form.elements[name].addEventListener("focus", function () { last = form.elements[name]; });
  });

  form.addEventListener("click", function (event) {
    var button = event.target.closest("[data-put]");
    if (!button) return;
    last.focus();
    last.setRangeText(button.dataset.put, last.selectionStart, last.selectionEnd, "end");
    last.dispatchEvent(new Event("input", { bubbles: true }));
  });

  form.addEventListener("input", function (event) {
    if (event.target.name === "subject" || event.target.name === "text") later(600);
  });

  form.addEventListener("change", function (event) {
    if (event.target.name === "reader") later(0);
  });

  form.addEventListener("click", function (event) {
    var step = event.target.closest("[data-reader]");
    if (!step) return;
    event.preventDefault();
    form.elements.reader.value = step.dataset.reader;
    later(0);
  });

  function later(wait) {
    clearTimeout(timer);
    timer = setTimeout(show, wait);
  }

  function show() {
    var number = ++asked;
    var focused = document.activeElement && document.activeElement.id;
    fetch(form.dataset.write, { method: "POST", body: new FormData(form), credentials: "same-origin" })
      .then(function (answer) { return answer.ok ? answer.text() : ""; })
      .then(function (html) {
        if (!html || number !== asked) return;
        preview.innerHTML = html;
        var again = focused && preview.querySelector("#" + focused);
        if (again) again.focus();
      })
      .catch(function () { /* the preview waits for the next letter */ });
  }
})();
