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
  var leaving = false;

  form.addEventListener("input", function () { typed = true; });
  form.addEventListener("kept:leave", function () { leaving = true; });

  document.addEventListener("htmx:before:request", function (event) {
    if (event.target !== saver) return;
    saving = true;
    typed = false;
  });

  /* No answer, or one of another page since the session is over: say so instead of showing that page. */
  function lost(event) {
    if (event.target !== saver) return;
    var words = document.createElement("strong");
    words.textContent = saver.dataset.lost;
    saver.replaceChildren(words);
  }

  document.addEventListener("htmx:error", lost);
  document.addEventListener("htmx:before:response", function (event) {
    var response = event.detail.ctx.response;
    if (event.target !== saver || (response.status === 200 && !response.raw.redirected)) return;
    event.preventDefault();
    lost(event);
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
    leaving = true;
    if (!saving) return;
    event.preventDefault();
    event.stopPropagation();
    pressed = { button: event.submitter };
  });

  window.addEventListener("beforeunload", function (event) {
    var refused = saver && saver.querySelector("strong");
    if (!leaving && (typed || refused)) event.preventDefault();
  });
})();
