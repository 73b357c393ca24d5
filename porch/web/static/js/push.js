// Has this browser told of what is new: data-push is the key by which its push service knows this house.
export const start = () => document.querySelectorAll("form[data-push]").forEach(offer);

async function offer(form) {
  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) return;
  form.hidden = false;
  document.querySelector("[data-no-push]").hidden = true;
  form.addEventListener("submit", async (event) => {
    if (form.elements.endpoint.value) return;
    event.preventDefault();
    try {
      fill(form, await subscribe(form.dataset.push));
      form.requestSubmit();
    } catch {
      form.querySelector("[data-denied]").hidden = false;
    }
  });
}

async function subscribe(key) {
  const worker = await navigator.serviceWorker.register("/service-worker.js");
  await navigator.serviceWorker.ready;
  const known = await worker.pushManager.getSubscription();
  return known ?? worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

function fill(form, subscription) {
  const { endpoint, keys } = subscription.toJSON();
  form.elements.endpoint.value = endpoint;
  form.elements.p256dh.value = keys.p256dh;
  form.elements.auth.value = keys.auth;
  form.elements.name.value = nameOf(navigator.userAgent);
}

/** Name a browser and its system in a way that whoever uses it knows again. */
function nameOf(agent) {
  const first = (names) => names.find(([mark]) => agent.includes(mark))?.[1];
  const browser = first([["Edg", "Edge"], ["Firefox", "Firefox"], ["Chrome", "Chrome"], ["Safari", "Safari"]]);
  const system = first([["Android", "Android"], ["iPhone", "iPhone"], ["iPad", "iPad"], ["Windows", "Windows"], ["Mac OS", "Mac"], ["Linux", "Linux"]]);
  return [browser, system].filter(Boolean).join(", ");
}
