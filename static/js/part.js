/* A part is saved while one types. Pressing a button waits until that is done, so that nobody meets a change
   of their own; leaving with words that are not saved asks first. The page works without this. */
(function () {
  "use strict";

  var form = document.querySelector("form[data-part]");
  var saver = form && form.querySelector("[data-autosave][hx-post]");
  if (!form) return;

  var typed = false;
  var saving = false;
  var pressed = null;

  form.addEventListener("input", function () { typed = true; });

  document.addEventListener("htmx:before:request", function (event) {
    if (event.target !== saver) return;
    saving = true;
    typed = false;
  });

  document.addEventListener("htmx:finally:request", function (event) {
    if (event.target !== saver) return;
    saving = false;
    if (pressed) {
      var button = pressed.button;
      pressed = null;
      form.requestSubmit(button);
    } else if (typed) {
      form.dispatchEvent(new Event("input"));
    }
  });

  form.addEventListener("submit", function (event) {
    typed = false;
    if (!saving) return;
    event.preventDefault();
    event.stopPropagation();
    pressed = { button: event.submitter };
  });

  window.addEventListener("beforeunload", function (event) {
    if (typed) event.preventDefault();
  });
})();
