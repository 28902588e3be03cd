// SPDX-License-Identifier: AGPL-3.0-or-later
// What changes without a new page: focus and announcements after an htmx swap, toasts, a lost connection.
const live = document.getElementById("live");
const toasts = document.getElementById("toasts");
const words = document.getElementById("kit-words")?.content;
const word = (key) => words?.querySelector(`[data-word="${key}"]`)?.textContent ?? "";
const READ_MS = 8000;

function announce(text) {
  if (!live || !text) return;
  live.textContent = "";
  setTimeout(() => { live.textContent = text; }, 60);
}

function settle(toast) {
  if (toast.dataset.settled) return;
  toast.dataset.settled = "yes";
  announce(toast.querySelector("p").textContent);
  toast.querySelector(".close")?.addEventListener("click", () => {
    toast.remove();
    document.getElementById("main")?.focus({ preventScroll: true });
  });
  // One with an act in it stays until closed; a mere notice leaves, unless somebody is at it.
  if ("stays" in toast.dataset) return;
  const leave = () => (toast.matches(":hover, :focus-within") ? setTimeout(leave, READ_MS) : toast.remove());
  setTimeout(leave, READ_MS);
}

function toast(text, { stays = false, act, onAct } = {}) {
  const shape = document.getElementById("toast-shape")?.content.firstElementChild.cloneNode(true);
  if (!shape || !text) return null;
  shape.querySelector("p").textContent = text;
  if (stays) shape.dataset.stays = "";
  if (act) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "link", textContent: act });
    button.addEventListener("click", () => { shape.remove(); onAct(); });
    shape.querySelector("p").after(button);
  }
  toasts.append(shape);
  return shape;
}

for (const shown of toasts?.children ?? []) settle(shown);
if (toasts) new MutationObserver(() => { for (const shown of toasts.children) settle(shown); }).observe(toasts, { childList: true });
document.addEventListener("kit:toast", ({ detail }) => {
  const shown = toast(detail.text ?? word(detail.word), detail);
  detail.shown?.(shown);
});
document.addEventListener("kit:announce", (event) => announce(event.detail));
document.querySelector("main [data-focus]")?.focus();

let focusedId = "";
document.addEventListener("htmx:beforeRequest", (event) => {
  if (!("quiet" in event.detail.elt.dataset)) event.detail.target.setAttribute("aria-busy", "true");
});
document.addEventListener("htmx:afterRequest", (event) => event.detail.target?.removeAttribute("aria-busy"));
document.addEventListener("htmx:beforeSwap", (event) => {
  focusedId = event.detail.target.contains(document.activeElement) ? document.activeElement.id || event.detail.target.id : "";
});
document.addEventListener("htmx:afterSettle", (event) => {
  const part = event.detail.elt;
  const wanted = part.querySelector?.("[data-focus]");
  if (wanted) wanted.focus();
  else if (focusedId && document.activeElement === document.body) {
    const again = document.getElementById(focusedId);
    if (again && again.tabIndex < 0) again.tabIndex = -1;
    again?.focus({ preventScroll: true });
  }
  focusedId = "";
  const said = part.matches?.("[data-announce]") ? part : part.querySelector?.("[data-announce]");
  if (said) announce(said.dataset.announce);
});
for (const name of ["htmx:sendError", "htmx:timeout"]) document.addEventListener(name, () => toast(word("offline"), { stays: true }));
document.addEventListener("htmx:responseError", () => toast(word("failed"), { stays: true }));
addEventListener("offline", () => toast(word("offline"), { stays: true }));
addEventListener("online", () => toast(word("online")));
