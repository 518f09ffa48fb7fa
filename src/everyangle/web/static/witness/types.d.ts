/** Shapes that several modules of the witness' page share. */

interface ClockSample { offset_us: number; round_trip_us: number }

/** What the server says about a link (docs/formats/capture.md, "Link"). */
interface Hello {
  version: number;
  case: string;
  label: string | null;
  expires_us: number | null;
  uses_left: number;
  revoked: boolean;
  time_us: number;
  receipt_key: string;
  seal_key: string;
  limits: { chunk_bytes: number; window: number; post_bytes: number; recording_bytes: number };
}

interface State { next: number; missing: [number, number][]; head: string; ended: boolean; time_us: number }
interface Receipt { recording: string; heads: number; head: string; missing: [number, number][]; time_us: number }
interface SignedReceipt { receipt: string; signature: string }

/** Something that was refused, or cannot be done: for programs the code, for people the rest. */
interface Problem { code: string; what?: string; holds?: string; todo?: string }

/** A recording that is not wholly preserved, as IndexedDB keeps it. `next` and `head` are those of the chain. Of a file,
 * `elapsedMs` and `preservedMs` count bytes. */
interface KeptRecording {
  id: string;
  token: string;
  kind: "live" | "file";
  name: string | null;
  size: number | null;
  sha256: string | null;
  begin: Uint8Array<ArrayBuffer>;
  signature: Uint8Array<ArrayBuffer>;
  startedUs: number;
  next: number;
  head: Uint8Array<ArrayBuffer>;
  ended: boolean;
  elapsedMs: number;
  preservedMs: number;
}

/** What the browser remembers of a link. The key is of this browser for this link; `bound` says that the server
 * has taken it. */
interface KeptLink { token: string; hello: Hello; privateKey: CryptoKey; spki: Uint8Array<ArrayBuffer>; bound: boolean }

interface QueueEntry { sequence: number; elapsedMs: number; head: Uint8Array<ArrayBuffer>; frame: Uint8Array<ArrayBuffer> }

interface Queue {
  readonly left: QueueEntry[];
  put(entry: QueueEntry): Promise<unknown>;
  frame(sequence: number): Promise<Uint8Array<ArrayBuffer>>;
  forget(sequences: number[]): Promise<unknown>;
}

interface Shelf {
  name: string;
  file: FileSystemSyncAccessHandle;
  end: number;
  waiting: Map<number, { at: number; length: number }>;
}

/** A chunk that no receipt covers yet, as the outbox sees it. `fromMs` to `toMs` is the time of the recording that it adds. */
interface Waiting {
  sequence: number;
  kind: number;
  stream: number;
  bytes: number;
  fromMs: number;
  toMs: number;
  atMs: number;
  headSent: boolean;
  bodySent: boolean;
  sentMs?: number;
}

/** How a recording fares, for the page. Times are of the recording, in milliseconds; of a file they count bytes. */
interface Progress {
  id: string;
  token: string;
  kind: "live" | "file";
  name: string | null;
  size: number | null;
  elapsedMs: number;
  preservedMs: number;
  smallMs: number;
  headsMs: number;
  preservedBytes: number;
  waitingBytes: number;
  waitingMs: number;
  link: "open" | "connecting" | "offline" | "refused";
  slow: boolean;
  ended: boolean;
  resumed: boolean;
  wantsFile: boolean;
  complete: boolean;
  stored: boolean;
  words: "none" | "waiting" | "preserved";
  problem: Problem | null;
}

interface FileSystemSyncAccessHandle {
  read(buffer: Uint8Array, options?: { at: number }): number;
  write(buffer: Uint8Array, options?: { at: number }): number;
  truncate(size: number): void;
  getSize(): number;
  flush(): void;
  close(): void;
}
interface FileSystemFileHandle { createSyncAccessHandle(): Promise<FileSystemSyncAccessHandle> }
interface FileSystemDirectoryHandle { keys(): AsyncIterableIterator<string> }
