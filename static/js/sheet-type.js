/* Typing in the sign-in sheet by the keyboard: Enter and the arrows go up and down a column, x ticks. Without
   this the page works as any form does. */
(function () {
  "use strict";

  const form = document.querySelector("[data-sheet]");
  if (!form) return;

  function next(field, step) {
    const column = Array.from(form.querySelectorAll('[data-column="' + field.dataset.column + '"]'));
    return column[column.indexOf(field) + step];
  }

  function go(field, step) {
    const other = next(field, step);
    if (other) {
      other.focus();
      if (other.type !== "checkbox") other.select();
    } else if (step > 0) form.querySelector("[type=submit].btn-primary").focus();
  }

  form.addEventListener("keydown", function (event) {
    const field = event.target;
    if (!field.dataset.column || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" || event.key === "ArrowDown") go(field, 1);
    else if (event.key === "ArrowUp") go(field, -1);
    else if (field.type === "checkbox" && (event.key === "x" || event.key === "X")) field.click();
    else return;
    event.preventDefault();
  });

  /* A time says that somebody was here. */
  form.addEventListener("input", function (event) {
    const field = event.target;
    if (field.dataset.column === "here" || !field.dataset.column || !field.value) return;
    field.closest(".sheet-row").querySelector("[data-column=here]").checked = true;
  });
})();
