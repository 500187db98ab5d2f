/* Moving a card by its grip, and by the arrow keys on "Move". Each way fills the card's own form and sends
   it, so that the server alone decides; the page works without this. */
(function () {
  "use strict";

  var board = document.querySelector("[data-board]");
  if (!board || !window.PointerEvent) return;
  board.classList.add("is-ready");
  var held = null;

  function choiceOf(card, stage) {
    return card.querySelector('select[name="to"] option[value="' + stage + '"]');
  }

  function columnAt(x, y) {
    var element = document.elementFromPoint(x, y);
    return element && element.closest("[data-stage]");
  }

  function mark(column) {
    board.querySelectorAll(".is-target").forEach(function (one) { one.classList.remove("is-target"); });
    if (column && choiceOf(held.card, column.dataset.stage)) column.classList.add("is-target");
  }

  function move(card, option) {
    var details = card.querySelector("details");
    option.selected = true;
    if (!option.hasAttribute("data-reason")) {
      card.querySelector("form").requestSubmit();
      return;
    }
    details.open = true;
    card.querySelector('input[name="reason"]').focus();
  }

  function letGo() {
    if (!held) return;
    held.card.classList.remove("is-moving");
    held.card.style.transform = "";
    board.querySelectorAll(".is-target, .is-closed").forEach(function (one) {
      one.classList.remove("is-target", "is-closed");
    });
    held = null;
  }

  board.addEventListener("pointerdown", function (event) {
    var grip = event.target.closest("[data-grip]");
    if (!grip || event.button) return;
    event.preventDefault();
    var card = grip.closest("[data-card]");
    held = { card: card, x: event.clientX, y: event.clientY, scroll: board.scrollLeft };
    grip.setPointerCapture(event.pointerId);
    card.classList.add("is-moving");
    board.querySelectorAll("[data-stage]").forEach(function (column) {
      if (!column.contains(card) && !choiceOf(card, column.dataset.stage)) column.classList.add("is-closed");
    });
  });

  board.addEventListener("pointermove", function (event) {
    if (!held) return;
    var edge = board.getBoundingClientRect();
    if (event.clientX > edge.right - 40) board.scrollLeft += 14;
    if (event.clientX < edge.left + 40) board.scrollLeft -= 14;
    var x = event.clientX - held.x + board.scrollLeft - held.scroll;
    held.card.style.transform = "translate(" + x + "px, " + (event.clientY - held.y) + "px)";
    mark(columnAt(event.clientX, event.clientY));
  });

  board.addEventListener("pointerup", function (event) {
    if (!held) return;
    var card = held.card;
    var column = columnAt(event.clientX, event.clientY);
    var option = column && choiceOf(card, column.dataset.stage);
    letGo();
    if (option) move(card, option);
  });

  board.addEventListener("pointercancel", letGo);

  board.addEventListener("keydown", function (event) {
    if (event.key === "Escape") letGo();
    var summary = event.target.closest(".way-move > summary");
    if (!summary || (event.key !== "ArrowRight" && event.key !== "ArrowLeft")) return;
    event.preventDefault();
    summary.parentElement.open = true;
    summary.parentElement.querySelector("select").focus();
  });
})();
