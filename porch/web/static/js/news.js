// Says quietly that a list is old. Nothing moves under the eyes of whoever reads: what is new is shown when they ask.
// data-news is the kind of the list, data-stream the stream that tells of it, data-after the last fact that is shown.
import { stream } from "./stream.js";
import { localize } from "./times.js";

// A list of spaces is asked for anew soon after something was said, by nobody more often than this (milliseconds).
const SOON = 400;
const SPREAD = 1_600;
const AGAIN = 8_000;
// How long more may come before it is spoken, so that a burst is one sentence.
const BREATH = 1_500;

const KINDS = { topics, spaces, notices };

export const start = () => document.querySelectorAll("[data-news]").forEach((line) => KINDS[line.dataset.news](line));

/** Count what was said since the list was read: by others, in topics that are not muted. */
function topics(line) {
  const { me } = line.dataset;
  const at = { after: line.dataset.after };
  const came = new Set();
  const rows = new Map([...document.querySelectorAll("[data-topic]")].map((row) => [row.dataset.topic, row]));
  const tell = teller(line, () => came.size);
  let hasMoved = false;
  listen(line, at, { said, gone, moved }, async () => {
    const page = await fetchAgain();
    const fresh = page?.querySelector("[data-news]");
    if (!fresh) return false;
    at.after = fresh.dataset.after;
    for (const row of page.querySelectorAll("[data-topic]")) catchUp(row);
    moved();
    return true;
  });

  function said(data) {
    const [topic, number, by] = data.split(" ");
    if (by === me || isMuted(rows.get(topic)) || number <= Number(rows.get(topic)?.dataset.number ?? 0)) return;
    came.add(`${topic} ${number}`);
    tell();
  }

  function moved() {
    hasMoved = true;
    tell();
  }

  /** What was deleted meanwhile is not new; a list that shows it already is no older by that. */
  function gone(data) {
    if (!came.delete(data)) return;
    if (came.size || hasMoved) tell();
    else tell.back();
  }

  /** What a page that is read now says to be new, and this one does not show, has come since. */
  function catchUp(row) {
    const { topic, number: posts, fresh } = row.dataset;
    const shown = Number(rows.get(topic)?.dataset.number ?? 0);
    if (!isMuted(row)) for (let n = Math.max(shown, posts - fresh) + 1; n <= posts; n++) came.add(`${topic} ${n}`);
  }
}

const isMuted = (row) => row?.classList.contains("is-muted") ?? false;

/** Ask anew how much is new where, since that is somebody's own; the spaces stay where they stand. */
function spaces(line) {
  const at = { after: line.dataset.after };
  const voice = speaker(line);
  const tell = teller(line, () => 0);
  let timer;
  let last = 0;
  const soon = () => (timer ??= setTimeout(refresh, Math.max(SOON + Math.random() * SPREAD, last + AGAIN - Date.now())));
  listen(line, at, { said: soon, gone: soon, moved: soon }, async () => {
    const page = await refresh();
    if (!page) return false;
    at.after = page.querySelector("[data-news]").dataset.after;
    return true;
  });
  // What was read elsewhere meanwhile is new no more.
  document.addEventListener("visibilitychange", () => document.hidden || refresh());
  addEventListener("pageshow", (event) => event.persisted && refresh());

  async function refresh() {
    clearTimeout(timer);
    timer = undefined;
    last = Date.now();
    const page = await fetchAgain();
    if (!page?.querySelector("[data-news]")) return undefined;
    const [here, there] = [document, page].map((each) => [...each.querySelectorAll("[data-space]")]);
    const fresh = new Map(there.map((row) => [row.dataset.space, row]));
    for (const row of here) if (fresh.has(row.dataset.space)) put(row, fresh.get(row.dataset.space));
    if (here.length !== there.length || here.some((row) => !fresh.has(row.dataset.space))) tell();
    return page;
  }

  function put(row, fresh) {
    const [old, side] = [row, fresh].map((each) => each.querySelector(".row-side"));
    const hasMore = Number(fresh.dataset.fresh) > Number(row.dataset.fresh);
    row.dataset.fresh = fresh.dataset.fresh;
    localize(side);
    if (!old.isEqualNode(side)) old.replaceWith(side);
    if (hasMore) voice(fresh.dataset.says);
  }
}

/** The page of notices is old while another number waits than it shows. */
function notices(line) {
  const tell = teller(line, () => 0);
  const isOld = (waiting) => waiting !== line.dataset.waiting;
  addEventListener("waiting", (event) => (isOld(event.detail) ? tell() : tell.back()));
}

function listen(line, at, hear, missed) {
  stream(line.dataset.stream, at, {
    // The bell shares this line: see bell.js.
    hear: { ...hear, notices: (html) => dispatchEvent(new CustomEvent("notices", { detail: html })) },
    missed,
    over: () => {
      line.dataset.moved = line.dataset.over;
      teller(line, () => 0)();
    },
  });
}

/** Give what shows the line, and has it spoken once it is quiet for a moment. Its ``back`` takes the line back. */
function teller(line, count) {
  const told = line.querySelector("[data-told]");
  const words = told.querySelector("[data-words]");
  const voice = speaker(line);
  const tell = () => {
    const many = count();
    const { one, more, moved } = line.dataset;
    words.textContent = many === 0 ? moved : many === 1 ? one : more.replace("{n}", many);
    told.hidden = false;
    voice(words.textContent);
  };
  tell.back = () => {
    if (told.hidden) return;
    told.hidden = true;
    voice("");
  };
  return tell;
}

function speaker(line) {
  const voice = line.querySelector("[aria-live]");
  let timer;
  return (said) => {
    clearTimeout(timer);
    timer = setTimeout(() => (voice.textContent = said), BREATH);
  };
}

/** Fetch this page as it is now; nobody reads by that. */
async function fetchAgain() {
  const answer = await fetch(location.href, { headers: { "Porch-Fragment": "list" } }).catch(() => undefined);
  if (!answer?.ok || answer.redirected) return undefined;
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}
