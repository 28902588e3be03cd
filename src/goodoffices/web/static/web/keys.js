// SPDX-License-Identifier: AGPL-3.0-or-later
// Keyboard: / and Ctrl+K search, ? help, G + letter to move, J and K along rows, and each [data-key] of the page.
// Single keys can be switched off (WCAG 2.1.4), and work on Cyrillic layouts by their place on the keyboard.
const dialog = document.getElementById("keys");
const toggle = dialog?.querySelector("[data-keys-switch]");
const NEVER = -Infinity;
let waitingForLetter = NEVER;

const read = () => { try { return localStorage.getItem("kit.keys") !== "off"; } catch { return true; } };
let singleKeys = read();
if (toggle) {
  toggle.checked = singleKeys;
  toggle.addEventListener("change", () => {
    singleKeys = toggle.checked;
    try { localStorage.setItem("kit.keys", singleKeys ? "on" : "off"); } catch { /* lasts for this page */ }
  });
}

function letter(event) {
  if (event.code === "Slash" && event.key === ".") return "/";
  if (event.code === "Slash" && event.key === ",") return "?";
  if (event.key.length === 1 && event.key > "\u007f" && event.code.startsWith("Key")) return event.code[3].toLowerCase();
  return event.key.toLowerCase();
}

const typing = (element) => element.closest?.("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]");

function search() {
  const field = document.querySelector("[data-search]");
  field?.focus();
  field?.select();
}

function openKeys() { if (dialog && !dialog.open) dialog.showModal(); }

function alongRows(step) {
  const links = [...document.querySelectorAll("[data-rows] > * > :first-child a[href]")];
  if (!links.length) return false;
  const here = links.findIndex((link) => link.closest("[data-rows] > *").contains(document.activeElement));
  links[Math.min(links.length - 1, Math.max(0, here + step))].focus();
  return true;
}

function press(key) {
  if (performance.now() - waitingForLetter < 1500) {
    waitingForLetter = NEVER;
    const link = [...document.querySelectorAll("[data-go]")].find((item) => item.dataset.go === key);
    link?.click();
    return Boolean(link);
  }
  const own = [...document.querySelectorAll("[data-key]")].filter((item) => item.dataset.key === key && !item.disabled).pop();
  if (own) { own.click(); return true; }
  if (key === "/") { search(); return true; }
  if (key === "?") { openKeys(); return true; }
  if (key === "g") { waitingForLetter = performance.now(); return true; }
  if (key === "j") return alongRows(1);
  if (key === "k") return alongRows(-1);
  return false;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  const key = letter(event);
  if ((event.ctrlKey || event.metaKey) && !event.altKey && key === "k") { event.preventDefault(); search(); return; }
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || !singleKeys) return;
  if (typing(event.target) || dialog?.open || document.querySelector("[popover]:popover-open")) return;
  if (key.length === 1 && press(key)) event.preventDefault();
});

for (const button of document.querySelectorAll("[data-open-keys]")) button.addEventListener("click", openKeys);
