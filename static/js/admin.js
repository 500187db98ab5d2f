/* Django's admin leaves a few things nameless for a screen reader; their names are on the page already. */
window.addEventListener("load", function () {
  "use strict";

  /* Help icons are spans with a label but no role. */
  document.querySelectorAll("span[aria-label]:not([role])").forEach(function (icon) {
    icon.setAttribute("role", "img");
  });

  /* The search box is labelled by an image only. */
  var search = document.getElementById("searchbar");
  var glass = document.querySelector("label[for=searchbar] img");
  if (search && glass) search.setAttribute("aria-label", glass.alt);

  /* Rows below a form scroll sideways on a phone, also by the keyboard. */
  document.querySelectorAll(".inline-group").forEach(function (group) { group.tabIndex = 0; });

  /* A heading cell of an inline table that says nothing is no heading. */
  document.querySelectorAll(".inline-group th").forEach(function (cell) {
    if (!cell.textContent.trim()) cell.replaceWith(document.createElement("td"));
  });

  function heading(control) {
    var cell = control.closest(".tabular td");
    var cells = cell ? cell.closest("table").querySelectorAll("thead th, thead td") : [];
    return cell && cells[cell.cellIndex] ? cells[cell.cellIndex].textContent.trim() : "";
  }

  /* In an inline table the column's heading names each box below it. */
  function nameCells() {
    document.querySelectorAll(".tabular td :is(input, select, textarea)").forEach(function (control) {
      var words = control.type === "hidden" || (control.labels && control.labels.length) ? "" : heading(control);
      if (words) control.setAttribute("aria-label", words);
    });
  }

  /* Boxes that look up a row are drawn by select2, which forgets the label of the field. */
  function nameLookUps() {
    document.querySelectorAll("select.admin-autocomplete").forEach(function (box) {
      var words = box.labels && box.labels.length ? box.labels[0].textContent.replace(":", "").trim() : heading(box);
      var drawn = box.nextElementSibling;
      if (!words || !drawn) return;
      drawn.querySelectorAll(".select2-selection, .select2-selection__rendered[role], .select2-search__field").forEach(function (part) {
        part.removeAttribute("aria-labelledby");
        part.setAttribute("aria-label", words);
      });
      drawn.querySelectorAll("ul").forEach(function (list) { list.setAttribute("role", "none"); });
    });
  }

  function nameAll() { nameCells(); nameLookUps(); }
  if (window.django && window.django.jQuery) window.django.jQuery(nameAll);
  document.addEventListener("formset:added", function () { window.setTimeout(nameAll, 0); });
});
