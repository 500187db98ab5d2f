/* Says a moment as the reader's own clock shows it; without this, the page lists other zones. */
(function () {
  "use strict";

  document.querySelectorAll("[data-own-time]").forEach(function (place) {
    var at = new Date(place.dataset.ownTime);
    if (isNaN(at)) return;
    var words = { weekday: "short", month: "short", day: "numeric", hour: "numeric", minute: "2-digit", timeZoneName: "short" };
    place.textContent = place.dataset.words + " " + at.toLocaleString(document.documentElement.lang, words);
    place.hidden = false;
  });
})();
