// Folds on a phone what is only looked at now and then; without this script it stays open.
"use strict";

(() => {
  if (!window.matchMedia("(max-width: 480px)").matches) return;
  for (const fold of document.querySelectorAll("details[data-fold-small]")) fold.open = false;
})();
