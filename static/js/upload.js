/* Files are sent in parts, one file after the other, with how far they are. When the connection is lost, sending
   goes on by itself from where it stopped; a file that is chosen again goes on, too, as it is known by its
   content. The form then names what came. Without this the form sends the files itself. */
(function () {
  "use strict";

  const box = document.querySelector("[data-upload]");
  if (!box || !window.crypto || !window.crypto.subtle) return;

  const PART = 512 * 1024;
  const ANSWER_WITHIN = 60000;
  const AGAIN_AFTER = [1000, 2000, 5000, 10000, 20000];
  const said = box.dataset;
  const form = box.closest("form");
  const input = box.querySelector("input[type=file]");
  const list = box.querySelector("[data-upload-list]");
  const blank = box.querySelector("[data-upload-row]");
  const waits = box.querySelector("[data-upload-wait]");
  const short = box.querySelector("[data-upload-short]");
  const jobs = [];
  let running = null;
  let pressed = null;
  let asked = false;

  function token() {
    const found = document.cookie.match(/(?:^|; )csrftoken=([^;]*)/);
    return found ? found[1] : form.querySelector("[name=csrfmiddlewaretoken]").value;
  }

  function say(job, what, words) {
    job.row.querySelectorAll("[data-say]").forEach(function (part) {
      part.hidden = part.dataset.say !== what;
      if (!part.hidden && words) part.textContent = words;
    });
    job.row.querySelector("[data-do=again]").hidden = what !== "out";
  }

  function show(job, sent) {
    const percent = Math.floor((100 * sent) / job.file.size);
    job.row.querySelector("[data-bar]").value = percent;
    job.row.querySelector("[data-percent]").textContent = percent + " %";
  }

  /* One request; resolves to its status and answer, and fails where no answer came. */
  function ask(job, method, url, body, headers, told) {
    return new Promise(function (done, lost) {
      const request = new XMLHttpRequest();
      job.request = request;
      request.open(method, url);
      request.timeout = ANSWER_WITHIN;
      Object.keys(headers || {}).forEach(function (name) { request.setRequestHeader(name, headers[name]); });
      request.setRequestHeader("Accept", "application/json");
      request.setRequestHeader("X-CSRFToken", token());
      if (told) request.upload.onprogress = function (event) { told(event.loaded); };
      request.onload = function () {
        let answer = {};
        try { answer = JSON.parse(request.responseText); } catch (_error) { /* it is a page, not ours */ }
        /* Whoever is signed out is led to where one signs in, which answers 200, and in JSON, too. */
        const isOurs = typeof answer.received === "number";
        done({ status: isOurs || request.status >= 400 ? request.status : 401, answer: answer });
      };
      request.onerror = request.ontimeout = function () { lost(new Error("lost")); };
      request.onabort = function () { lost(new Error("left out")); };
      request.send(body || null);
    });
  }

  function digest(file) {
    return file.arrayBuffer().then(function (content) {
      return window.crypto.subtle.digest("SHA-256", content);
    }).then(function (sum) {
      return Array.from(new Uint8Array(sum), function (byte) { return byte.toString(16).padStart(2, "0"); }).join("");
    });
  }

  function pause(job) {
    return new Promise(function (done) {
      const wait = AGAIN_AFTER[Math.min(job.tries, AGAIN_AFTER.length - 1)];
      const timer = window.setTimeout(go, wait);
      job.tries += 1;
      job.goOn = go;
      window.addEventListener("online", go);
      function go() {
        window.clearTimeout(timer);
        window.removeEventListener("online", go);
        done();
      }
    });
  }

  /* Ask again until there is an answer that says something. */
  async function answered(job, what) {
    for (;;) {
      let reply = null;
      try { reply = await what(); } catch (_error) { if (job.dropped) throw _error; }
      if (reply && reply.status < 500 && reply.status !== 429) {
        if (reply.status !== 401 && reply.status !== 403) { job.tries = 0; return reply; }
        say(job, "out");
        await new Promise(function (done) { job.goOn = done; });
      } else {
        say(job, "lost");
        await pause(job);
      }
      if (job.dropped) throw new Error("left out");
    }
  }

  async function begin(job) {
    const body = new URLSearchParams({ name: job.file.name, size: job.file.size, sha256: job.sha256 });
    const reply = await answered(job, function () { return ask(job, "POST", said.begin, body); });
    if (reply.status !== 200) throw reply;
    job.uid = reply.answer.uid;
    return reply.answer.received;
  }

  async function send(job) {
    say(job, "reading");
    try { job.sha256 = job.sha256 || await digest(job.file); } catch (_error) { say(job, "unread"); throw _error; }
    let from = await begin(job);
    while (from < job.file.size) {
      say(job, "sending");
      show(job, from);
      from = await part(job, from);
    }
    show(job, from);
    const named = document.createElement("input");
    named.type = "hidden";
    named.name = "uploads";
    named.value = job.uid;
    job.row.appendChild(named);
    say(job, "here");
  }

  /* Send what begins at a byte; resolves to the byte where the server goes on. */
  async function part(job, from) {
    const url = "/uploads/" + job.uid + "/";
    let isAgain = false;
    const reply = await answered(job, function () {
      if (isAgain) return ask(job, "GET", url);
      isAgain = true;
      const piece = job.file.slice(from, from + PART);
      const headers = { "Content-Type": "application/octet-stream", "Upload-Offset": String(from) };
      return ask(job, "POST", url, piece, headers, function (sent) { show(job, Math.min(from + sent, job.file.size)); });
    });
    if (reply.status === 404) return begin(job);
    if (reply.status !== 200 && reply.status !== 409) throw reply;
    return reply.answer.received;
  }

  async function work() {
    if (running) return;
    while ((running = jobs.find(function (job) { return job.state === "waits"; }))) {
      running.state = "runs";
      try {
        await send(running);
        running.state = "here";
      } catch (failed) {
        running.state = "failed";
        if (failed && failed.status) say(running, failed.answer.sentence ? "refused" : "unread", failed.answer.sentence);
      }
    }
    finish();
  }

  function isBusy() {
    return jobs.some(function (job) { return job.state === "waits" || job.state === "runs"; });
  }

  /* Save once all is here, where that was asked for; where something went wrong, ask once more. */
  function finish() {
    if (isBusy()) return;
    waits.hidden = true;
    const wrong = jobs.some(function (job) { return job.state === "failed"; });
    short.hidden = !(asked && wrong);
    if (asked && !wrong) form.requestSubmit(pressed && pressed.form === form ? pressed : undefined);
    asked = false;
  }

  function add(file) {
    const row = blank.content.firstElementChild.cloneNode(true);
    const job = { file: file, row: row, state: "waits", tries: 0, dropped: false, uid: "", sha256: "" };
    row.querySelectorAll("[data-name]").forEach(function (part) { part.textContent = file.name; });
    row.querySelector("[data-bar]").setAttribute("aria-label", file.name);
    row.addEventListener("click", function (event) {
      const button = event.target.closest("[data-do]");
      if (button && button.dataset.do === "drop") drop(job);
      else if (button && job.goOn) { job.goOn(); }
    });
    if ("one" in said) jobs.slice().forEach(drop);
    list.appendChild(row);
    jobs.push(job);
    const wrong = file.size === 0 ? "empty" : file.size > Number(said.most) ? "large" : "";
    if (wrong) { job.state = "failed"; say(job, wrong); }
  }

  function drop(job) {
    job.dropped = true;
    job.state = "gone";
    jobs.splice(jobs.indexOf(job), 1);
    if (job.request) job.request.abort();
    if (job.goOn) job.goOn();
    job.row.remove();
    finish();
  }

  input.addEventListener("change", function () {
    Array.from(input.files).forEach(add);
    input.value = "";
    work();
  });

  form.addEventListener("submit", function (event) {
    form.querySelector("[name=csrfmiddlewaretoken]").value = token();  // signing in meanwhile made it another
    if (!isBusy()) return;
    event.preventDefault();
    event.stopPropagation();  // it is not sent yet, so that it may be sent again
    pressed = event.submitter;
    asked = true;
    waits.hidden = false;
    short.hidden = true;
  });

  window.addEventListener("beforeunload", function (event) {
    if (isBusy()) event.preventDefault();
  });
})();
