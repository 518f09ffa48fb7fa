// @ts-check
/**
 * The camera of the benchmark: a picture with the time in it, as a pattern of black and white that survives encoding, over
 * something that moves and glitters, so that it is not too easy to encode; and a tone. Put into the page before its own scripts run, in place of the browser's fake devices.
 */
(() => {
  const WIDTH = 1280;
  const HEIGHT = 720;
  const COLUMNS = 20;
  const SIDE = WIDTH / COLUMNS;

  /** @param {CanvasRenderingContext2D} pen */
  function draw(pen) {
    const now = Date.now() % 2 ** 32;
    const check = [0, 8, 16, 24].reduce((sum, by) => sum ^ (Math.floor(now / 2 ** by) & 255), 90);
    pen.fillStyle = `hsl(${(now / 50) % 360} 30% 50%)`;
    pen.fillRect(0, 0, WIDTH, HEIGHT);
    for (let n = 0; n < 6; n++) {
      pen.fillStyle = `hsl(${n * 60} 60% ${30 + n * 8}%)`;
      pen.fillRect((now / (4 + n)) % WIDTH, HEIGHT / 4 + (n * HEIGHT) / 9, WIDTH / 10, HEIGHT / 12);
    }
    for (let n = 0; n < 40; n++) {
      pen.fillStyle = `hsl(${Math.random() * 360} 50% 50%)`;
      pen.fillRect(Math.random() * WIDTH, HEIGHT / 4 + Math.random() * HEIGHT * 0.7, 40, 40);
    }
    for (let bit = 0; bit < 40; bit++) {
      const set = bit < 32 ? Math.floor(now / 2 ** bit) & 1 : (check >> (bit - 32)) & 1;
      pen.fillStyle = set ? "#fff" : "#000";
      pen.fillRect((bit % COLUMNS) * SIDE, Math.floor(bit / COLUMNS) * SIDE, SIDE, SIDE);
    }
  }

  /** @param {MediaStreamConstraints} wanted */
  async function open(wanted) {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [WIDTH, HEIGHT];
    const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { alpha: false, willReadFrequently: true }));
    setInterval(() => draw(pen), 1000 / 30);
    draw(pen);
    const sound = new AudioContext();
    const tone = sound.createOscillator();
    const into = sound.createMediaStreamDestination();
    tone.connect(into);
    tone.start();
    const tracks = wanted.video ? canvas.captureStream(30).getVideoTracks() : [];
    return new MediaStream([...tracks, ...(wanted.audio ? into.stream.getAudioTracks() : [])]);
  }

  navigator.mediaDevices.getUserMedia = (wanted) => open(wanted ?? {});
})();
