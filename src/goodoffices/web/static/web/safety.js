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

const seconds = Number(document.body.dataset.sessionSeconds);
const words = document.getElementById("kit-words")?.content;
const word = (key) => words?.querySelector(`[data-word="${key}"]`)?.textContent;
let warning = 0;
function watchSession() {
  clearTimeout(warning);
  if (!(seconds > 180) || seconds > 86400 * 20) return;
  warning = setTimeout(() => {
    const stay = () => fetch(location.href, { method: "HEAD", credentials: "same-origin" }).then(watchSession, () => {});
    const detail = { text: word("ending"), act: word("stay"), stays: true, onAct: stay };
    document.dispatchEvent(new CustomEvent("kit:toast", { detail }));
  }, (seconds - 120) * 1000);
}
watchSession();
document.addEventListener("htmx:afterRequest", watchSession);
