/* A name in its plain form, as the server stores it: lower case, without accents, apostrophes and punctuation. */
(function () {
  "use strict";

  const LETTERS = { "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ß": "ss" };

  window.plainWords = function (words) {
    return words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
      .replace(/[łøđðħŧıæœþß]/g, function (one) { return LETTERS[one]; })
      .replace(/['`´‘’]/g, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  };
})();
