/** Types of the page's data and of the namespace that its scripts share. Not part of a dossier. */

type Second = number;

/** Event time from media time: t = offset + rate * m + sum of lost over jumps with at <= m. */
interface ClockMap {
  offset: Second;
  rate: number;
  error: Second | null;
  /** Lost stretches, [at, lost], in order of at. */
  jumps: [Second, Second][];
}

interface Filmstrip {
  src: string;
  columns: number;
  count: number;
  width: number;
  height: number;
  first: Second;
  step: Second;
}

interface Recording {
  id: string;
  label: string;
  src: string | null;
  picture: boolean;
  sound: boolean;
  width: number;
  height: number;
  fps: number;
  duration: Second;
  clock: ClockMap;
  placed: string;
  peaks: string | null;
  evidence: string | null;
  strip: Filmstrip | null;
}

/** The correlation over milliseconds around the middle of the sources; tenths of the spread of chance. */
interface EvidenceProfile {
  from: number;
  step: number;
  tenths: number[];
  sources: number[];
}

/** A stretch of constant offset, in the recording's own time; each window has its begin and how far off the line. */
interface EvidencePiece {
  from: Second | null;
  to: Second | null;
  agree: Second[];
  windows: [Second, number | null][];
}

interface EvidenceRelation {
  other: string;
  finding: string;
  used: boolean;
  whyNot: string;
  starts: Second | null;
  candidates: Second[];
  period: Second | null;
  error: string;
  drift: number;
  overlap: string;
  nats: number;
  kinds: { name: string; unit: string; agreeing: number; looked: number; nats: number }[];
  repeated: number | null;
  tonal: number | null;
  residual: Second | null;
  circles: { with: string; closes: Second }[];
  stretch: [Second, Second, Second, Second] | null;
  times: string;
  listen: [Second, Second] | null;
  pieces?: EvidencePiece[];
  profile?: EvidenceProfile | null;
}

interface Evidence {
  words: string;
  reason: string;
  prior: string;
  stated: { said: string; why: string; entry: number } | null;
  duration: Second;
  clock: string;
  lost: [Second, Second][];
  conflicts: string[];
  alone: string;
  relations: EvidenceRelation[];
}

/** A lane's button, what it opens, and the height of it while it is open. */
interface LaneOpening {
  button: HTMLElement;
  panel: HTMLElement;
  height(): number;
}

interface Photo {
  id: string;
  label: string;
  src: string | null;
  at: Second;
  error: Second | null;
  placed: string;
  evidence: string | null;
}

interface WallTie {
  t: Second;
  us: number;
  within: Second | null;
  offsetMinutes: number;
}

interface ComponentData {
  number: number;
  wall: WallTie | null;
  recordings: Recording[];
  photos: Photo[];
  coverage: { span: [Second, Second] | null; segments: [Second, Second, string[]][] };
}

interface PageData {
  case: string;
  title: string;
  components: ComponentData[];
  names: Record<string, string>;
}

interface Peaks {
  step: Second;
  levels: Uint8Array;
}

interface ProofEntry {
  entry: string;
  index: number;
  proof: string[];
}

interface Proof {
  case: string;
  entries: ProofEntry[];
  key: string;
  openings: { field: string; index: number; value: unknown }[];
  publication: number;
  stamps: { checkpoint: string; response: string }[];
  checkpoint?: string;
}

/** Where a clock stands: at clock reading `now` it showed `t`, and runs at `rate` if `playing`. */
interface ClockState {
  t: Second;
  now: Second;
  rate: number;
  playing: boolean;
}

interface Piece {
  /** Event time. */
  start: Second;
  end: Second;
  /** Media time. */
  mediaStart: Second;
  mediaEnd: Second;
}

/** What a recording does at a moment. */
type Presence =
  | { state: "recording"; media: Second }
  | { state: "before"; until: Second }
  | { state: "after"; since: Second }
  | { state: "lost"; lost: Second; until: Second };

type Correction = { act: "hold"; rate: number } | { act: "nudge"; rate: number } | { act: "seek"; rate: number };

/** One event clock and what is being watched on it; see session.js. */
interface Session extends EventTarget {
  readonly component: ComponentData;
  readonly recordings: Recording[];
  readonly photos: Photo[];
  readonly pieces: Map<string, Piece[]>;
  readonly start: Second;
  readonly end: Second;
  readonly t: Second;
  readonly playing: boolean;
  readonly wanted: boolean;
  readonly speed: number;
  readonly heard: string | null;
  readonly volume: number;
  readonly solo: string | null;
  readonly focused: string | null;
  ready: () => Promise<void>;
  play(): Promise<void>;
  pause(): void;
  toggle(): void;
  settle(): void;
  seek(t: Second): void;
  step(frames: number): void;
  setSpeed(speed: number): void;
  faster(by: 1 | -1): void;
  hear(id: string | null): void;
  mute(): void;
  setVolume(volume: number): void;
  showOnly(id: string | null): void;
  focusOn(id: string): void;
  focusNext(): void;
  presence(id: string, t?: Second): Presence | null;
  recordingNow(): string[];
}

/** Keeps one media element on the clock; see follower.js. */
interface Follower {
  failed: boolean;
  readonly drift: Second | null;
  readonly ready: boolean;
  begin(): Promise<void>;
  update(presence: Presence, now: Second): boolean;
}

interface Tile {
  readonly id: string;
  readonly node: HTMLElement;
  readonly follower?: Follower;
  update(now: Second): boolean;
  show(): void;
}

interface MultiPlayerElement extends HTMLElement {
  session: Session;
}

interface EventTimelineElement extends HTMLElement {
  session: Session;
  readonly slider: HTMLElement;
  readonly hover: HTMLElement;
  readonly view: View;
  held: boolean;
  timeAt(x: number): Second;
  zoomBy(factor: number, x?: number): void;
  zoomOut(): void;
}

/** What a timeline looks at: x = (t - from) * scale, in CSS pixels. */
interface View {
  from: Second;
  to: Second;
  scale: number;
}

type Colours = (name: string) => string;
type Paint = CanvasRenderingContext2D;
interface Track {
  track: number;
  height: number;
}
interface Layout {
  ruler: number;
  coverageCaption: number;
  coverage: number;
  lanes: (Track & { caption: number })[];
  photos: (Track & { caption: number })[];
  height: number;
}

type IconShape = "play" | "pause" | "back" | "forward" | "sound" | "mute" | "solo" | "grid" | "link";

interface AccountPassage {
  /** Code points of the document's text. */
  spans: [number, number][];
  pieces: string[];
}

interface AccountDate {
  what: string;
  value: string;
  source: string;
}

interface AccountDocument {
  title: string;
  name: string;
  kind: string;
  publisher: string;
  author: string;
  dates: AccountDate[];
  read: [string, string][];
  original: string | null;
  text: string | null;
}

interface AccountStatement {
  key: string;
  document: string;
  part: number;
  party: string;
  speaker: string;
  role: string;
  named: AccountPassage | null;
  cue: AccountPassage | null;
  act: string | null;
  content: AccountPassage;
  form: "direct" | "indirect" | "mixed";
  own: boolean;
  polarity: string;
  modality: string;
  said: string;
  saidKnown: boolean;
  within: string | null;
  questions: string[];
  entries: number[];
  proposedBy: string;
}

interface AccountPerson {
  name: string;
  role: string;
  statements: string[];
  tiedIn: string[];
  readAt: { title: string; words: string }[];
  entry: number | null;
}

interface AccountParty {
  name: string;
  statements: string[];
  people: AccountPerson[];
}

interface AccountAnswer {
  stance: string;
  words: string;
  since: string;
  statements: string[];
}

interface AccountPosition {
  party: string;
  answers: AccountAnswer[];
}

interface AccountQuestion {
  id: string;
  title: string;
  sort: string;
  statements: string[];
  pinned: boolean;
  by: string;
  open: boolean;
  entries: number[];
  positions: AccountPosition[];
}

interface AccountRelation {
  a: string;
  b: string;
  kind: string;
  slot: string | null;
  reason: string;
  difference: string;
  by: string;
  entry: number | null;
  question: string | null;
}

interface AccountMoment {
  entry: number;
  label: string;
  item: string;
  from: Second | null;
  to: Second | null;
  error: Second | null;
  within: Second | null;
  wall: string;
  why: string;
}

interface AccountClaim {
  statement: string;
  words: string;
  fits: boolean | null;
  difference: string;
}

interface AccountMeasure {
  entry: number;
  sort: "interval" | "time" | "count";
  label: string;
  moments: [number, "start" | "end"][];
  question: string | null;
  words: string;
  known: boolean;
  why: string;
  claims: AccountClaim[];
}

interface AccountBearing {
  statement: string;
  kind: string;
  target: number | null;
  item: string | null;
  name: string;
  by: string;
  reason: string;
  entry: number | null;
  from: Second | null;
}

interface AccountsData {
  documents: Record<string, AccountDocument>;
  statements: AccountStatement[];
  parties: AccountParty[];
  questions: AccountQuestion[];
  relations: AccountRelation[];
  moments: AccountMoment[];
  measures: AccountMeasure[];
  bearings: AccountBearing[];
  candidates: AccountBearing[];
  hidden: number;
  leftOut: number;
}

/** How a party's statements on a question stand to those of another one. */
interface Standing {
  kind: string;
  other: string;
  slots: string[];
}

/** The ledger by keys; see accounts-index.js. */
interface Accounts {
  readonly data: AccountsData;
  readonly statements: Map<string, AccountStatement>;
  readonly questions: Map<string, AccountQuestion>;
  readonly moments: Map<number, AccountMoment>;
  readonly measures: Map<number, AccountMeasure>;
  readonly columns: string[];
  readonly silent: string[];
  of(keys: readonly string[]): AccountStatement[];
  relationsOf(key: string): AccountRelation[];
  bearingsOf(key: string): AccountBearing[];
  answers(question: AccountQuestion, party: string): AccountAnswer[];
  standing(question: AccountQuestion, party: string): Standing[];
}

type Signs = Record<string, [string, string]>;

interface AccountsNamespace {
  Accounts: new (data: AccountsData) => Accounts;
  words: {
    STANCES: Signs;
    RELATIONS: Signs;
    BEARINGS: Signs;
    ACTS: Record<string, string>;
    MODES: Record<string, string>;
    stance(question: AccountQuestion, answer: AccountAnswer): string;
    date(iso: string): string;
    when(one: AccountStatement): string;
    count(n: number, one: string, many: string): string;
    differ(one: AccountRelation): string;
    decided(by: string, entry: number | null): string;
    address(what: "question" | "statement" | "view", name: string): string;
  };
  parts: {
    sign(mark: string): HTMLElement;
    pieces(passage: AccountPassage): (Node | string)[];
    quote(one: AccountStatement): HTMLElement;
    source(accounts: Accounts, one: AccountStatement): HTMLElement;
    voice(one: AccountStatement): HTMLElement;
    entry(accounts: Accounts, one: AccountStatement): HTMLElement;
    relations(accounts: Accounts, one: AccountStatement, open?: boolean): HTMLElement;
    bearings(accounts: Accounts, one: AccountStatement): HTMLElement;
    bearing(accounts: Accounts, one: AccountBearing): HTMLElement;
    play(moment: AccountMoment): HTMLElement;
    sureness(moment: AccountMoment): string;
    document(accounts: Accounts, one: AccountStatement): { title: string; found: AccountDocument | null };
  };
  matrix: { matrix(accounts: Accounts): HTMLElement };
  question: { question(accounts: Accounts, id: string): HTMLElement[] };
  statement: { statement(accounts: Accounts, key: string): HTMLElement[] };
  parties: { parties(accounts: Accounts): HTMLElement[]; statements(accounts: Accounts): HTMLElement[] };
  measured: {
    measured(accounts: Accounts): HTMLElement[];
    measure(accounts: Accounts, one: AccountMeasure): HTMLElement;
    open(accounts: Accounts): HTMLElement[];
  };
}

interface Namespace {
  accounts: AccountsNamespace;
  app: {
    session: Session | null;
    timeline: EventTimelineElement | null;
    /** Plays the main clock from a moment on; null where no recording has a place on it. */
    playFrom: ((t: Second, item: string | null) => void) | null;
  };
  clock: {
    stoppedAt(t: Second): ClockState;
    position(state: ClockState, now: Second): Second;
    changed(state: ClockState, now: Second, change: Partial<ClockState>): ClockState;
    eventFromMedia(map: ClockMap, media: Second): Second;
    pieces(map: ClockMap, duration: Second): Piece[];
    presence(parts: Piece[], t: Second): Presence;
    frameStep(map: ClockMap, fps: number, media: Second, frames: number): Second;
  };
  columns(count: number, width: number, height: number): number;
  copy: {
    copy(text: string, near: Element, said?: string): Promise<void>;
    link(t: Second, near: Element): Promise<void>;
    say(words: string): void;
  };
  datafile: { load(path: string | null): Promise<boolean> };
  dom: {
    el(tag: string, props?: Record<string, any> | null, ...children: (Node | string)[]): HTMLElement;
    name(text: string): HTMLElement;
    icon(shape: IconShape): SVGElement;
  };
  evidence: { opening(one: Recording | Photo, session: Session, changed: () => void): LaneOpening };
  follow: {
    correction(drift: Second, rate: number, calm?: Second): Correction;
    learnedLead(lead: Second, drift: Second, rate: number): Second;
    CALM_S: Second;
    SEEK_S: Second;
    NUDGE: number;
  };
  Follower: new (media: HTMLMediaElement, recording: Recording, session: Session) => Follower;
  keys: { pressed(event: KeyboardEvent): void; help(): void };
  lanes: {
    layout(component: ComponentData, below?: (one: Recording | Photo) => number): Layout;
    drawRuler(paint: Paint, view: View, colour: Colours, component: ComponentData, at: Layout, height: number): void;
    drawCoverage(paint: Paint, view: View, colour: Colours, component: ComponentData, y: number): void;
    drawLane(
      paint: Paint,
      view: View,
      colour: Colours,
      lane: { recording: Recording; parts: Piece[]; at: Track; peaks: Peaks | null; strip: HTMLImageElement | null },
      heard: boolean,
    ): void;
    drawPhoto(paint: Paint, view: View, colour: Colours, photo: Photo, at: Track): void;
  };
  moment: {
    clockTime(t: Second, digits?: number): string;
    span(seconds: Second): string;
    wallTime(tie: WallTie, t: Second, digits?: number): string;
    zone(tie: WallTie): string;
    error(s: Second): string;
    within(tie: WallTie): string;
    fromHash(hash: string): Second | null;
    toHash(t: Second): string;
  };
  paint: {
    fit(canvas: HTMLCanvasElement): [number, number];
    colours(node: Element): Colours;
    hatch(paint: Paint, x: number, y: number, w: number, h: number, colour: string): void;
  };
  opening: { watch(root: Document): void };
  peaks: {
    load(recording: Recording): Promise<Peaks | null>;
    level(peaks: Peaks, from: Second, to: Second): number;
  };
  pictures: {
    correlation(profile: EvidenceProfile, width: number): HTMLElement;
    agreement(pieces: EvidencePiece[], duration: Second, width: number): HTMLElement;
  };
  pointing: { attach(timeline: EventTimelineElement): void };
  proofs: { show(root: Document | Element): void };
  ruler: {
    marks(from: Second, to: Second, scale: number, apart: number, origin?: Second): { step: Second; times: Second[] };
    digits(step: Second): number;
  };
  scope: { draw(canvas: HTMLCanvasElement, peaks: Peaks | null, presence: Presence): void };
  Session: new (component: ComponentData) => Session;
  NOTHING: Session;
  SPEEDS: number[];
  tiles: {
    RecordingTile: new (recording: Recording, session: Session) => Tile;
    PhotoTile: new (photo: Photo, session: Session) => Tile;
  };
  transport: { Transport: new (session: Session) => { node: HTMLElement; update(): void; show(): void } };
}

interface Window {
  EveryAngle: Namespace;
  EVERYANGLE_DATA?: PageData;
  EVERYANGLE_PROOF?: Proof;
  EVERYANGLE_EVIDENCE?: Record<string, Evidence>;
  EVERYANGLE_ACCOUNTS?: AccountsData;
  /** The texts of each document's file, by its digest. */
  EVERYANGLE_SOURCES?: Record<string, string[]>;
  EVERYANGLE_PEAKS?: Record<string, { step: number; levels: string }>;
  trustedTypes?: { createPolicy(name: string, rules: object): { createScriptURL(url: string): any } };
}
