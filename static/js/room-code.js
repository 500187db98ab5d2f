/* The screen on the wall: the code of now by the server's clock. The screen holds the codes of the next minutes,
   so it goes on without a connection; it asks for more, and for who is here, every ten seconds. */
(function () {
  "use strict";

  const wall = document.getElementById("wall");
  if (!wall) return;

  const said = wall.dataset;
  const SECOND = 1000;
  const STEP = Number(said.seconds) * SECOND;
  const ASK_EVERY = 10 * SECOND;
  const ANSWER_WITHIN = 8 * SECOND;
  const ROUND = 88;
  const part = function (name) { return document.getElementById("wall-" + name); };
  let codes = [];
  let ahead = null;
  let series = -1;
  let state = said.state;
  let shown = 0;
  let asked = 0;
  let asking = false;
  let looked = Date.now();

  /* The server's clock: ours, and by how much the two differ, known from the fastest answer of late. */
  function now() { return Date.now() + (ahead || 0); }

  function put(element, words) { if (element.textContent !== words) element.textContent = words; }

  function clock(moment) {
    const parts = new Intl.DateTimeFormat("en-US", { timeZone: said.zone, hour: "numeric", minute: "2-digit", hour12: true }).formatToParts(moment);
    const of = function (type) { return (parts.find(function (one) { return one.type === type; }) || {}).value; };
    return of("hour") + ":" + of("minute") + " " + (of("dayPeriod") === "AM" ? said.am : said.pm);
  }

  function begins(moment) {
    if (moment >= Number(said.ends)) return said.ended;
    const minutes = Math.ceil((Number(said.starts) - moment) / (60 * SECOND));
    if (minutes <= 0) return said.began;
    if (minutes > 90) return "";
    return minutes === 1 ? said.beginOne : said.beginMany.replace("%s", minutes);
  }

  function show(name) {
    wall.querySelectorAll("[data-when]").forEach(function (one) { one.hidden = one.dataset.when !== name; });
  }

  function draw() {
    const moment = now();
    put(part("time"), clock(moment));
    put(part("begins"), begins(moment));
    codes = codes.filter(function (one) { return one.begins + STEP > moment; });
    const code = codes[0];
    if (state === "cancelled") put(part("begins"), "");
    if (state !== "open" || ahead === null) { if (state !== "open") show(state); return; }
    if (!code || code.begins > moment) { show("lost"); return; }
    if (code.begins !== shown) {
      shown = code.begins;
      put(part("code"), code.words);
      part("qr").innerHTML = code.qr;
    }
    show("open");
    const left = code.begins + STEP - moment;
    const seconds = Math.max(1, Math.ceil(left / SECOND));
    part("ring").style.strokeDasharray = (ROUND * left / STEP).toFixed(1) + " " + ROUND;
    put(part("words"), seconds === 1 ? said.newOne : said.newMany.replace("%s", seconds));
  }

  function take(answer, sent) {
    const offset = answer.now - (sent + Date.now()) / 2;
    ahead = offset;
    state = answer.state;
    codes = answer.series === series ? codes.concat(answer.codes) : answer.codes;
    series = answer.series;
    said.starts = answer.starts;
    said.ends = answer.ends;
    put(part("when"), answer.when);
    put(part("opens"), answer.opens);
    put(part("here"), answer.words);
    part("meter").max = answer.total || 1;
    part("meter").value = answer.here;
    part("offline").hidden = true;
    part("signed-out").hidden = true;
  }

  function lost(status) {
    const out = status === 401 || status === 403 || status === 404 || status === -1;
    part("signed-out").hidden = !out;
    part("offline").hidden = out;
  }

  async function ask() {
    if (asking) return;
    asking = true;
    asked = Date.now();
    const sent = Date.now();
    const patience = new AbortController();
    const end = window.setTimeout(function () { patience.abort(); }, ANSWER_WITHIN);
    const last = codes.length ? Math.floor(codes[codes.length - 1].begins / STEP) : 0;
    try {
      const answer = await window.fetch(said.url + "?after=" + last + "&series=" + series, {
        credentials: "same-origin", cache: "no-store", redirect: "manual", signal: patience.signal,
        headers: { Accept: "application/json" }
      });
      if (answer.ok) take(await answer.json(), sent);
      else lost(answer.type === "opaqueredirect" ? -1 : answer.status);
    } catch (_error) {
      lost(0);
    } finally {
      window.clearTimeout(end);
      asking = false;
      draw();
    }
  }

  /* After sleep it asks at once; where the device's clock was set back, no code that it holds is trusted. */
  function tick() {
    const here = Date.now();
    if (here < looked) codes = [];
    if (here < looked || here - looked > 5 * SECOND || here - asked >= ASK_EVERY) ask();
    looked = here;
    draw();
  }

  let light = null;
  function stayAwake() {
    if (navigator.wakeLock && document.visibilityState === "visible") {
      navigator.wakeLock.request("screen").then(function (lock) { light = lock; }).catch(function () { light = null; });
    }
  }

  const full = part("full");
  if (document.documentElement.requestFullscreen) {
    full.hidden = false;
    full.addEventListener("click", function () { document.documentElement.requestFullscreen().catch(function () {}); });
  }
  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState !== "visible") return;
    if (!light || light.released) stayAwake();
    ask();
  });
  window.addEventListener("online", ask);
  window.addEventListener("pageshow", function (event) { if (event.persisted) ask(); });
  window.setInterval(tick, 250);
  stayAwake();
  ask();
})();
