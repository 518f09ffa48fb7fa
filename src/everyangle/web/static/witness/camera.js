// @ts-check
/** Opens cameras and microphones, and says in one code what went wrong. Sound as it is: no filter of the browser's own. */

const SOUND = Object.freeze({ echoCancellation: false, noiseSuppression: false, autoGainControl: false });

/** @type {Record<string, string>} */
const CODES = {
  NotAllowedError: "camera-refused",
  SecurityError: "camera-refused",
  NotFoundError: "camera-none",
  OverconstrainedError: "camera-none",
  NotReadableError: "camera-busy",
  AbortError: "camera-busy",
};

/** @param {unknown} error @returns {Problem} */
function problem(error) {
  return { code: (error instanceof DOMException && CODES[error.name]) || "camera-failed", what: String(error) };
}

/** @param {"environment" | "user"} facing */
function picture(facing) {
  return { facingMode: { ideal: facing }, width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };
}

/**
 * Picture and sound; where there is no camera or no microphone, the other alone.
 * @param {"environment" | "user"} facing @returns {Promise<MediaStream>} throws a Problem
 */
export async function openCamera(facing) {
  if (!navigator.mediaDevices?.getUserMedia) throw /** @type {Problem} */ ({ code: "camera-unknown" });
  let first;
  for (const wanted of [{ video: picture(facing), audio: SOUND }, { audio: SOUND }, { video: picture(facing) }]) {
    try {
      return await navigator.mediaDevices.getUserMedia(wanted);
    } catch (error) {
      first ??= problem(error);
      if (first.code !== "camera-none") throw first;
    }
  }
  throw first;
}

/** @param {"environment" | "user"} facing @returns {Promise<MediaStreamTrack>} throws a Problem */
export async function openPicture(facing) {
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ video: picture(facing) });
    return stream.getVideoTracks()[0];
  } catch (error) {
    throw problem(error);
  }
}

/** @returns {Promise<boolean>} whether there is more than one camera */
export async function canSwitch() {
  const devices = await navigator.mediaDevices?.enumerateDevices?.().catch(() => []);
  return (devices ?? []).filter(({ kind }) => kind === "videoinput").length > 1;
}
