// Keeps the number beside the bell up to date: data-bell is the stream, whose event brings the bell as it is now.
export const start = () => document.querySelectorAll("[data-bell]").forEach(follow);

function follow(bell) {
  // A page of posts, or of a list, has a line already, and a browser has few to give.
  if (document.querySelector("[data-posts], [data-stream]")) return addEventListener("notices", (event) => put(event.detail));
  let stream;

  function put(html) {
    bell.innerHTML = html;
    const { waiting } = bell.querySelector("[data-waiting]").dataset;
    dispatchEvent(new CustomEvent("waiting", { detail: waiting }));
  }

  function open() {
    if (stream) return;
    stream = new EventSource(bell.dataset.bell);
    stream.addEventListener("notices", (event) => put(event.data));
    stream.addEventListener("over", close);
  }

  function close() {
    stream?.close();
    stream = undefined;
  }

  // A page that nobody looks at keeps no line open, nor does one in the back-forward cache.
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => event.persisted && open());
  if (!document.hidden) open();
}
