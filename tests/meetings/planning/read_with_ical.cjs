// Reads a list of calendars from standard input, and writes for each when its events begin, in seconds of UTC.
const ICAL = require("../../vendor/ical.js/ical.es5.min.cjs");

const texts = JSON.parse(require("fs").readFileSync(0, "utf8"));
const begins = (text) =>
  new ICAL.Component(ICAL.parse(text))
    .getAllSubcomponents("vevent")
    .map((event) => Math.round(new ICAL.Event(event).startDate.toJSDate().getTime() / 1000));
console.log(JSON.stringify(texts.map(begins)));
