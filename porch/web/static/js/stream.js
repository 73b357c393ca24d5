// A line to the server that is open while its page is looked at, and goes on where it was after a break.
// ``at`` holds the last fact that is shown; ``hear`` says what to do with each kind of event; ``missed`` fetches what the
// server no longer remembers, and says whether it could; ``over`` is told when the line will not come back.

// How long to wait after the server refused a line, in milliseconds. The browser itself sees to lines that break.
const AGAIN = 30_000;

export function stream(url, at, { hear, missed, over, state = () => {} }) {
  let line, later;

  function open() {
    clearTimeout(later);
    if (line) return;
    line = new EventSource(`${url}?after=${at.after}`);
    line.addEventListener("open", () => state(true));
    line.addEventListener("error", () => {
      state(false);
      if (line?.readyState === EventSource.CLOSED) refused();
    });
    line.addEventListener("over", refused);
    for (const [name, does] of Object.entries(hear))
      line.addEventListener(name, (event) => {
        if (event.lastEventId) at.after = event.lastEventId;
        does(event.data);
      });
    line.addEventListener("stale", async () => {
      close();
      if (await missed()) open();
    });
  }

  function close() {
    clearTimeout(later);
    line?.close();
    line = undefined;
    state(false);
  }

  /** Ask for this very page, once, why there is no line any more. */
  async function refused() {
    close();
    const headers = { "Porch-Fragment": "why" };
    const answer = await fetch(location.href, { headers, redirect: "manual" }).catch(() => ({}));
    if (answer.type === "opaqueredirect" || answer.status === 404) over(answer.status === 404);
    else if (!document.hidden) later = setTimeout(open, AGAIN);
  }

  // A page that nobody looks at keeps no line open, nor does one in the back-forward cache.
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => event.persisted && open());
  if (!document.hidden) open();
}
