// Keeps a list up to date while it is being looked at, by the server's events.
// data-live is the stream, data-live-on the event whose fragments go on top, data-live-after the last fact shown.
import { localize } from "./times.js";

export const start = () => document.querySelectorAll("[data-live]").forEach(follow);

// How long to wait after the server refused a line, in milliseconds. The browser itself sees to lines that break.
const AGAIN = 30_000;

function follow(list) {
  const state = document.getElementById(list.dataset.liveState);
  let stream, later;

  function open() {
    clearTimeout(later);
    if (stream) return;
    stream = new EventSource(`${list.dataset.live}?after=${list.dataset.liveAfter}`);
    stream.addEventListener("open", () => state && (state.hidden = false));
    stream.addEventListener("error", () => {
      if (state) state.hidden = true;
      if (stream?.readyState === EventSource.CLOSED) refused();
    });
    stream.addEventListener("over", refused);
    stream.addEventListener(list.dataset.liveOn, (event) => {
      list.dataset.liveAfter = event.lastEventId;
      put(list, event.data);
    });
    stream.addEventListener("stale", async () => {
      close();
      if (await refetch(list)) open();
    });
  }

  function close() {
    clearTimeout(later);
    stream?.close();
    stream = undefined;
    if (state) state.hidden = true;
  }

  /** Ask for this very page, once, why there is no line any more. Who is signed out is led elsewhere, and told so here. */
  async function refused() {
    close();
    const answer = await fetch(location.href, { redirect: "manual" }).catch(() => ({}));
    if (answer.type === "opaqueredirect") {
      const over = document.getElementById(list.dataset.liveOver);
      if (over) over.hidden = false;
    } else if (answer.status !== 404 && !document.hidden) {
      later = setTimeout(open, AGAIN);
    }
  }

  // A page that nobody looks at keeps no line open, nor does one in the back-forward cache.
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => event.persisted && open());
  if (!document.hidden) open();
}

/** Put a fragment on top, unless it is there already. */
function put(list, html) {
  const box = document.createElement("template");
  box.innerHTML = html;
  const item = box.content.firstElementChild;
  if (!item) return;
  const old = document.getElementById(item.id);
  if (old) return;
  item.classList.add("is-new");
  localize(box.content);
  list.prepend(box.content);
  while (list.children.length > Number(list.dataset.liveMost)) list.lastElementChild.remove();
  const count = document.getElementById(list.dataset.liveCount);
  if (count) count.value = count.textContent = Number(count.value) + 1;
  say(list, item);
}

/** Tell those who listen rather than look. */
function say(list, item) {
  const voice = document.getElementById(list.dataset.liveVoice);
  if (voice) voice.textContent = item.dataset.says ?? "";
}

/** Fetch the page again and take over its list; too much happened to tell it piece by piece. */
async function refetch(list) {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById(list.id);
  if (!fresh) return false;
  list.replaceChildren(...fresh.children);
  list.dataset.liveAfter = fresh.dataset.liveAfter;
  const [count, known] = [document, page].map((each) => each.getElementById(list.dataset.liveCount));
  if (count && known) count.value = count.textContent = known.value;
  localize(list);
  return true;
}
