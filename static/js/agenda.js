/* Moving a line of an agenda by its grip: dragged, or by the arrow keys. Each way sends the line's own form, so
   that the server alone decides; the page works without this, by the buttons. */
(function () {
  "use strict";

  var list = document.querySelector("[data-agenda]");
  if (!list || !window.PointerEvent) return;
  var held = null;

  function lines() { return Array.prototype.slice.call(list.querySelectorAll("[data-line]")); }

  function send(line, before) {
    var form = line.querySelector("[data-move]");
    var field = document.createElement("input");
    field.type = "hidden";
    field.name = "before";
    field.value = before;
    form.appendChild(field);
    form.requestSubmit();
  }

  /* The line before which the held one would stand at this height, or null for the end. */
  function targetAt(y) {
    return lines().find(function (one) {
      var box = one.getBoundingClientRect();
      return one !== held.line && y < box.top + box.height / 2;
    }) || null;
  }

  function mark(target) {
    lines().forEach(function (one) { one.classList.remove("is-target", "is-last"); });
    if (target) target.classList.add("is-target");
    else lines()[lines().length - 1].classList.add("is-last");
  }

  function letGo() {
    if (!held) return;
    held.line.classList.remove("is-moving");
    held.line.style.transform = "";
    lines().forEach(function (one) { one.classList.remove("is-target", "is-last"); });
    held = null;
  }

  list.querySelectorAll("[data-grip]").forEach(function (grip) { grip.hidden = false; });
  list.classList.add("is-ready");

  list.addEventListener("pointerdown", function (event) {
    var grip = event.target.closest("[data-grip]");
    if (!grip || event.button) return;
    held = { line: grip.closest("[data-line]"), y: event.clientY, scroll: window.scrollY, moved: false };
    grip.setPointerCapture(event.pointerId);
  });

  list.addEventListener("pointermove", function (event) {
    if (!held) return;
    if (!held.moved && Math.abs(event.clientY - held.y) < 4) return;
    held.moved = true;
    held.line.classList.add("is-moving");
    if (event.clientY > window.innerHeight - 60 && event.movementY > 0) window.scrollBy(0, 12);
    if (event.clientY < 60 && event.movementY < 0) window.scrollBy(0, -12);
    held.line.style.transform = "translateY(" + (event.clientY - held.y + window.scrollY - held.scroll) + "px)";
    mark(targetAt(event.clientY));
  });

  list.addEventListener("pointerup", function (event) {
    if (!held) return;
    var line = held.line, moved = held.moved, target = targetAt(event.clientY);
    letGo();
    var next = line.nextElementSibling;
    if (moved && target !== next) send(line, target ? target.id : "");
  });

  list.addEventListener("pointercancel", letGo);

  list.addEventListener("keydown", function (event) {
    if (event.key === "Escape") letGo();
    var grip = event.target.closest("[data-grip]");
    var way = { ArrowUp: "[data-up]", ArrowDown: "[data-down]" }[event.key];
    var button = grip && way && grip.closest("[data-line]").querySelector(way);
    if (!button) return;
    event.preventDefault();
    button.click();
  });

  /* After a move one goes on where one was, once the browser has scrolled there. */
  window.addEventListener("load", function () {
    var here = window.location.hash && document.getElementById(window.location.hash.slice(1));
    var grip = here && here.querySelector("[data-grip]");
    if (grip) window.setTimeout(function () { grip.focus({ preventScroll: true }); }, 0);
  });
})();
