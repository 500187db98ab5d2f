/* The kiosk's camera: asked for by a press, looked at four times a second, and only here. */
(function () {
  "use strict";

  const EACH = 250;
  const WIDEST = 640;
  const SAME_CODE = 4000;  // a code that stays in front of the camera is one

  window.kioskCamera = function (video, found, gone) {
    const canvas = document.createElement("canvas");
    const brush = canvas.getContext("2d", { willReadFrequently: true });
    let stream = null;
    let facing = "user";
    let timer = 0;
    let last = "";
    let lastAt = 0;

    function look() {
      if (!stream || !video.videoWidth || document.hidden) return;
      const scale = Math.min(1, WIDEST / video.videoWidth);
      canvas.width = Math.round(video.videoWidth * scale);
      canvas.height = Math.round(video.videoHeight * scale);
      brush.drawImage(video, 0, 0, canvas.width, canvas.height);
      const picture = brush.getImageData(0, 0, canvas.width, canvas.height);
      /* Named in each call: what one call says stays in force for those that say nothing. */
      const code = window.jsQR(picture.data, canvas.width, canvas.height, { inversionAttempts: "attemptBoth" });
      if (!code || !code.binaryData.length) return;
      /* A code that isn't in UTF-8 has bytes and no text: it is from elsewhere, and is answered too. */
      const bytes = code.binaryData.join(" ");
      const isNew = bytes !== last || Date.now() - lastAt > SAME_CODE;
      last = bytes;
      lastAt = Date.now();
      if (isNew) found(code.data);
    }

    function stop() {
      window.clearInterval(timer);
      if (stream) stream.getTracks().forEach(function (one) { one.stop(); });
      stream = null;
    }

    /* Start with the front camera, or go on with the other one. Rejects with what to say: none, refused, insecure. */
    function start(other) {
      stop();
      if (other) facing = facing === "user" ? "environment" : "user";
      if (!navigator.mediaDevices || !navigator.mediaDevices.getUserMedia) return Promise.reject("insecure");
      const wanted = { audio: false, video: { facingMode: facing, width: { ideal: 1280 }, height: { ideal: 720 } } };
      return navigator.mediaDevices.getUserMedia(wanted).then(function (given) {
        stream = given;
        video.srcObject = given;
        video.classList[facing === "user" ? "add" : "remove"]("is-mirrored");
        timer = window.setInterval(look, EACH);
        given.getVideoTracks()[0].addEventListener("ended", function () { stop(); gone(); });
        return video.play();
      }, function (trouble) {
        throw ["NotAllowedError", "SecurityError"].indexOf(trouble.name) >= 0 ? "refused" : "none";
      });
    }

    return { start: start, stop: stop };
  };
})();
