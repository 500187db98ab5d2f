// Folds on a phone what is only looked at now and then; without this script it stays open.
// data-fold-small may name the width in pixels up to which it is folded, 480 where it doesn't.
"use strict";

(() => {
  for (const fold of document.querySelectorAll("details[data-fold-small]")) {
    if (window.matchMedia(`(max-width: ${fold.dataset.foldSmall || 480}px)`).matches) fold.open = false;
  }
})();
