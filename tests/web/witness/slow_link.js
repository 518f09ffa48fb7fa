/**
 * Drives the page's outbox over a link in a model: one line to the server with a rate and no bound to its length, a delay each
 * way, and a server that syncs in groups. Returns how far the server is behind (95th percentiles, ms), and what the link carried.
 *
 * set: forMs; fromMs, whence it is measured; rate(ms) of the link, mediaRate, smallRate, bytes a second; everyMs, a chunk of each
 * stream; delayMs; syncMs; pieces(bytes, outbox): the bulk's chunk as it is cut.
 */
function drive(Outbox, set) {
  const outbox = new Outbox(8);
  outbox.opened({ next: 1, missing: [] });
  const captured = [0];
  const [line, answers, smalls] = [[], [], []];
  const server = { heads: 0, bodies: new Set(), smalls: 0, news: false, syncedMs: 0, headMs: 0, smallMs: 0 };
  const seen = { heads: [], small: [], lines: [], carried: 0, could: 0, slowMs: 0 };
  let freeMs = 0;

  function add(stream, bytes, now) {
    const sequence = captured.push(now) - 1;
    if (stream) smalls.push(sequence);
    const item = { sequence, kind: 0, stream, bytes, fromMs: now, toMs: now, atMs: now, headSent: false, bodySent: false };
    outbox.add(item);
  }

  function film(now) {
    const keyFrame = now % 2000 < set.everyMs;
    const bytes = Math.round((set.mediaRate * set.everyMs * (keyFrame ? 2.5 : 0.9)) / 1000);
    for (const piece of set.pieces(bytes, outbox)) add(0, piece, now);
    const smallMs = now - captured[smalls.at(-1) ?? 0];
    if (outbox.slow && smallMs >= outbox.pace.quickestMs / 3) add(1, Math.round((set.smallRate * Math.min(500, smallMs)) / 1000), now);
  }

  function send(now) {
    for (let choice; (choice = outbox.choose(now)); ) {
      const { item, how } = choice;
      outbox.sent(item.sequence, how, now);
      const bytes = how === "head" ? 140 : item.bytes + 210;
      freeMs = Math.max(freeMs, now) + (1000 * bytes) / set.rate(now);
      line.push({ atMs: freeMs + set.delayMs, sequence: item.sequence, how, bytes });
    }
  }

  function serve(now) {
    while (line.length && line[0].atMs <= now) {
      const { sequence, how, bytes } = line.shift();
      server.heads = Math.max(server.heads, sequence);
      if (how !== "head") server.bodies.add(sequence);
      if (now >= set.fromMs) seen.carried += bytes;
      server.news = true;
    }
    if (!server.news || now - server.syncedMs < set.syncMs) return;
    [server.news, server.syncedMs, server.headMs] = [false, now, captured[server.heads]];
    while (server.bodies.has(smalls[server.smalls])) server.smallMs = captured[smalls[server.smalls++]];
    const missing = [];
    for (const sequence of outbox.waiting.keys()) {
      if (sequence > server.heads || server.bodies.has(sequence)) continue;
      if (missing.at(-1)?.[1] === sequence - 1) missing.at(-1)[1] = sequence;
      else missing.push([sequence, sequence]);
    }
    if (missing.length > 64) missing.splice(0, missing.length - 63, [missing[0][0], missing.at(-64)[1]]);
    answers.push({ atMs: now + set.delayMs, heads: server.heads, missing });
  }

  for (let now = 5; now < set.forMs; now += 5) {
    if (now % set.everyMs === 0) film(now);
    send(now);
    serve(now);
    while (answers.length && answers[0].atMs <= now) outbox.receipt(answers.shift(), now);
    if (outbox.slow) seen.slowMs += 5;
    if (now < set.fromMs) continue;
    seen.could += set.rate(now) * 0.005;
    seen.lines.push(Math.max(0, freeMs - now));
    seen.heads.push(now - server.headMs);
    seen.small.push(now - server.smallMs);
  }
  const p95 = (values) => values.sort((a, b) => a - b)[Math.floor(0.95 * values.length)];
  return {
    heads: p95(seen.heads), small: p95(seen.small), line: p95(seen.lines), carried: seen.carried / seen.could,
    slowMs: seen.slowMs, slow: outbox.slow, waiting: outbox.waiting.size,
  };
}
