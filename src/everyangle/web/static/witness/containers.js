// @ts-check
/**
 * Which ways of recording this browser has, best first. Fragments must come often: what the encoder still holds is lost with
 * the phone. MP4 without explicit key frames gives one fragment every five seconds or nothing, so it never goes without.
 */

/** @typedef {{ how: "codecs" | "recorder", mime: string, options?: any, timesliceMs?: number }} Way */

/** H.264 first: software for VP8 shares each picture among threads, and waits for long where other programs want processors. */
const WEBM = ["video/x-matroska;codecs=avc1,opus", "video/webm;codecs=h264,opus", "video/webm;codecs=vp8,opus", "video/webm"];
const MP4 = ["video/mp4;codecs=avc1.42E01F,mp4a.40.2", "video/mp4;codecs=avc1.42E01F,opus", "video/mp4"];
const SOUND = ["audio/webm;codecs=opus", "audio/mp4;codecs=mp4a.40.2", "audio/mp4"];

const FULL = Object.freeze({ videoBitsPerSecond: 2_500_000, audioBitsPerSecond: 96_000 });
const SMALL = Object.freeze({ videoBitsPerSecond: 90_000, audioBitsPerSecond: 24_000 });
/** Of the small stream's picture. */
export const SMALL_PICTURE = Object.freeze({ shortSide: 240, frameRate: 10 });

/** Its slices may be short: of what was filmed last, less is lost then. @returns {boolean} */
function isChromium() {
  return /Chrom(?:e|ium)\//.test(navigator.userAgent);
}

/**
 * Safari gives empty blobs for short slices, and wants a key frame every two seconds at most.
 * @returns {boolean} whether this is Apple's engine
 */
function isApple() {
  return /AppleWebKit/.test(navigator.userAgent) && !isChromium();
}

/** @param {string} mime @param {typeof FULL | typeof SMALL} rates @returns {Way} */
export function recorderWay(mime, rates = FULL) {
  const apple = isApple();
  const [keyMs, timesliceMs] = apple ? [1000, 1000] : isChromium() ? [250, 100] : [500, 250];
  const keys = mime.includes("mp4") ? { videoKeyFrameIntervalDuration: keyMs } : {};
  return { how: "recorder", mime, options: { mimeType: mime, ...rates, ...keys }, timesliceMs };
}

/** @param {MediaStream} stream @returns {string[]} types that MediaRecorder claims to write */
function types(stream) {
  if (typeof MediaRecorder === "undefined") return [];
  const pictures = isApple() ? [...MP4, ...WEBM] : [...WEBM, ...MP4]; // Apple's phones encode H.264 in hardware only
  const wanted = stream.getVideoTracks().length ? pictures : SOUND;
  return wanted.filter((mime) => MediaRecorder.isTypeSupported(mime));
}

/** @param {MediaStream} stream @returns {Promise<Way[]>} */
export async function ways(stream) {
  const own = await codecsWay(stream);
  return [...(own ? [own] : []), ...types(stream).map((mime) => recorderWay(mime))];
}

/** @param {MediaStream} stream @returns {Promise<Way | null>} sound and small pictures, for slow links */
export async function smallWay(stream) {
  const own = await codecsWay(stream, SMALL);
  if (own) return { ...own, options: { ...own.options, ...SMALL_PICTURE } };
  const [mime] = types(stream);
  return mime ? { ...recorderWay(mime, SMALL), timesliceMs: isApple() ? 1000 : 400 } : null;
}

/** @returns {boolean} whether this browser can record at all */
export function canRecord() {
  return typeof MediaRecorder !== "undefined" || "MediaStreamTrackProcessor" in self;
}

/**
 * The page's own muxer, where browsers give single frames.
 * @param {MediaStream} stream @param {typeof FULL | typeof SMALL} [rates] @returns {Promise<Way | null>}
 */
async function codecsWay(stream, rates = FULL) {
  const [video] = stream.getVideoTracks();
  if (!video || !("MediaStreamTrackProcessor" in self) || typeof VideoEncoder === "undefined") return null;
  if (typeof AudioEncoder === "undefined" || isApple()) return null;
  const { width = 1280, height = 720 } = video.getSettings();
  const base = { width, height, bitrate: rates.videoBitsPerSecond, framerate: 30, latencyMode: "realtime" };
  const h264 = { ...base, codec: "avc1.42E01F", avc: { format: "avc" } };
  for (const config of [{ ...h264, hardwareAcceleration: "prefer-hardware" }, h264, { ...base, codec: "vp8" }]) {
    const { supported } = await VideoEncoder.isConfigSupported(/** @type {any} */ (config)).catch(() => ({ supported: false }));
    const mime = config.codec === "vp8" ? "video/webm;codecs=vp8,opus" : "video/x-matroska;codecs=avc1,opus";
    if (supported) return { how: "codecs", mime, options: { video: config, audioBitrate: rates.audioBitsPerSecond } };
  }
  return null;
}
