/* Django's admin draws help icons as spans with a label but no role; a screen reader then says nothing. */
window.addEventListener("load", function () {
  "use strict";
  document.querySelectorAll("span[aria-label]:not([role])").forEach(function (icon) {
    icon.setAttribute("role", "img");
  });
});
