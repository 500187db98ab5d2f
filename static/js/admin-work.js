/* Lists and forms of the admin: the bar of acts, filters that close, and a bar that names what is not saved.
   Without this script every button is there all the time and the bar only says "Save". */
(function () {
  "use strict";

  function each(selector, act, within) { (within || document).querySelectorAll(selector).forEach(act); }

  /* Filters: one open at a time, closed by Escape or a click elsewhere. */
  function closeFilters(except) {
    each("#changelist-filter details[open]", function (one) { if (one !== except) one.open = false; });
  }
  document.addEventListener("click", function (event) {
    closeFilters(event.target.closest("#changelist-filter details"));
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    var open = document.querySelector("#changelist-filter details[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });

  /* The bar of acts shows its buttons once a row is ticked; coming back from the page before an act, the ticks are there. */
  var bar = document.querySelector("#changelist-form .actions");
  var place = "chosen:" + window.location.pathname;
  var back = "back:" + window.location.pathname;
  function boxes() { return document.querySelectorAll("#result_list input.action-select"); }
  function showBar() {
    var some = Array.prototype.some.call(boxes(), function (box) { return box.checked; });
    bar.classList.toggle("is-chosen", some);
    bar.classList.toggle("is-idle", !some);
  }
  if (bar) {
    var form = document.getElementById("changelist-form");
    if (window.sessionStorage.getItem(back)) {
      window.sessionStorage.removeItem(back);
      var kept = (window.sessionStorage.getItem(place) || "").split(",");
      boxes().forEach(function (box) {
        if (kept.indexOf(box.value) !== -1 && !box.checked) box.click();
      });
    }
    form.addEventListener("change", showBar);
    form.addEventListener("click", function () { window.setTimeout(showBar, 0); });
    form.addEventListener("submit", function () {
      var ticked = Array.prototype.filter.call(boxes(), function (box) { return box.checked; });
      window.sessionStorage.setItem(place, ticked.map(function (box) { return box.value; }).join(","));
    });
    window.addEventListener("pageshow", showBar);
    showBar();
  }
  each("a[data-keeps-choice]", function (link) {
    link.addEventListener("click", function () { window.sessionStorage.setItem("back:" + link.pathname, "1"); });
  });

  /* A form: what differs from what was sent is marked and named; pressed twice, it is sent once. */
  var words = document.querySelector(".submit-row .unsaved");
  var changed = words && words.closest("form");
  function wordsOf(control) {
    var label = control.labels && control.labels[0];
    var text = control.getAttribute("aria-label") || (label && label.textContent) || "";
    return text.replace(/[:*]/g, "").trim();
  }
  function differs(control) {
    if (control.type === "checkbox" || control.type === "radio") return control.checked !== control.defaultChecked;
    if (control.options) {
      return Array.prototype.some.call(control.options, function (one, place) {
        var chosen = Array.prototype.some.call(control.options, function (other) { return other.defaultSelected; });
        return one.selected !== (chosen || control.multiple ? one.defaultSelected : place === 0);
      });
    }
    return control.value !== control.defaultValue;
  }
  function controls() {
    return Array.prototype.filter.call(changed.elements, function (one) {
      return one.name && !/^(hidden|submit|button)$/.test(one.type) && one.name.indexOf("__prefix__") === -1;
    });
  }
  if (changed) {
    var name = function () {
      var names = [];
      controls().forEach(function (one) {
        var is = differs(one);
        one.classList.toggle("is-changed", is && one.type !== "checkbox");
        if (is && wordsOf(one)) names.push(wordsOf(one));
      });
      words.textContent = "";
      words.classList.toggle("some", names.length > 0);
      if (!names.length) return;
      var bold = document.createElement("b");
      bold.textContent = names.length === 1 ? words.dataset.one : words.dataset.many.replace("%s", names.length);
      words.append(bold, " " + names.slice(0, 4).join(", ") + (names.length > 4 ? " …" : ""));
    };
    changed.addEventListener("input", name);
    changed.addEventListener("change", name);
    if (window.django && window.django.jQuery) window.django.jQuery(changed).on("change", "select", name);
  }
})();
