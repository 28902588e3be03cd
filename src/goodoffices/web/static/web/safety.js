// SPDX-License-Identifier: AGPL-3.0-or-later
// Safety of the reader: theme, blurred names, quick exit, the end of a session announced in time.
const root = document.documentElement;
const keep = (key, value) => { try { localStorage.setItem(key, value); } catch { /* lasts for this page */ } };
const kept = (key) => { try { return localStorage.getItem(key); } catch { return null; } };

for (const choice of document.querySelectorAll("[data-theme] input")) {
  choice.checked = choice.value === (kept("kit.theme") ?? "system");
  choice.addEventListener("change", () => {
    keep("kit.theme", choice.value);
    root.classList.toggle("theme-light", choice.value === "light");
    root.classList.toggle("theme-dark", choice.value === "dark");
  });
}

for (const box of document.querySelectorAll("[data-blur]")) {
  box.checked = root.classList.contains("blur-names");
  box.addEventListener("change", () => {
    root.classList.toggle("blur-names", box.checked);
    keep("kit.blur", box.checked ? "on" : "off");
  });
}

const exit = document.querySelector("form[data-exit]");
function leave() {
  root.classList.add("leaving");
  document.title = "…";
  try { sessionStorage.clear(); } catch { /* nothing was kept */ }
  // The request outlives the page; the address is replaced so that "back" does not return here.
  fetch(exit.action, { method: "POST", body: new FormData(exit), keepalive: true, redirect: "manual" }).catch(() => {});
  location.replace(exit.dataset.exit);
}
if (exit) {
  exit.addEventListener("submit", (event) => { event.preventDefault(); leave(); });
  let presses = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift") { presses = []; return; }
    if (event.repeat) return;
    presses = [...presses, event.timeStamp].slice(-3);
    if (presses.length === 3 && presses[2] - presses[0] < 1200) leave();
  });
}

// The server says how long the session lasts, with the page and with every answer; whichever tab asked last tells
// the others. The end is kept as a moment of this machine's clock, so a tab that slept knows it too.
const WARN_MS = 120_000, LONGEST_MS = 86_400_000 * 20;
const words = document.getElementById("kit-words")?.content;
const word = (key) => words?.querySelector(`[data-word="${key}"]`)?.textContent;
const tabs = typeof BroadcastChannel === "function" ? new BroadcastChannel("kit.session") : null;
const user = document.body.dataset.user ?? "";
let end = 0, timer = 0, notice = null;
function say(key, act, onAct) {
  notice?.remove();
  const detail = { text: word(key), stays: true, act, onAct, shown: (toast) => { notice = toast; } };
  document.dispatchEvent(new CustomEvent("kit:toast", { detail }));
}
function watch() {
  clearTimeout(timer);
  const left = end - Date.now();
  if (!end || left > LONGEST_MS) return;
  if (left <= 0) say("ended", word("again"), () => location.reload());
  else if (left <= WARN_MS) {
    say("ending", word("stay"), () => ask());
    timer = setTimeout(watch, left);
  } else {
    notice?.remove();
    notice = null;
    timer = setTimeout(watch, left - WARN_MS);
  }
}
function lasts(seconds, { tell = true } = {}) {
  if (!(seconds > 0)) return;
  end = Date.now() + seconds * 1000;
  if (tell) tabs?.postMessage({ user, end });
  watch();
}
async function ask() {
  const answer = await fetch(location.href, { method: "HEAD", credentials: "same-origin" }).catch(() => null);
  if (answer) lasts(Number(answer.headers.get("Session-Seconds")));
}
tabs?.addEventListener("message", ({ data }) => {
  if (!end || data.user !== user) return;
  end = data.end;
  watch();
});
document.addEventListener("htmx:afterRequest", (event) => lasts(Number(event.detail.xhr?.getResponseHeader("Session-Seconds"))));
document.addEventListener("visibilitychange", () => { if (!document.hidden && end) watch(); });
lasts(Number(document.body.dataset.sessionSeconds));
