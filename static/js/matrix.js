/* On a phone a row of the matrix becomes a card, and each cell says its column; else the table is scrolled. */
(function () {
  "use strict";

  document.querySelectorAll("table.matrix").forEach(function (table) {
    var headings = Array.from(table.tHead.rows[0].cells, function (cell) { return cell.textContent.trim(); });
    Array.from(table.tBodies[0].rows).forEach(function (row) {
      Array.from(row.cells).forEach(function (cell, place) {
        if (place && cell.firstElementChild) cell.dataset.label = headings[place];
      });
    });
    table.classList.add("stackable");
  });
})();
