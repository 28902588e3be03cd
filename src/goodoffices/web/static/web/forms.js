// SPDX-License-Identifier: AGPL-3.0-or-later
// Forms: typed text is kept until it is saved, a form is sent once, files can be dropped, filters fold on a phone.
const user = document.body.dataset.user ?? "";
const words = document.getElementById("kit-words")?.content;
const store = (() => { try { return sessionStorage; } catch { return null; } })();
// A tab of its own and an account of its own: nobody else who sits down here gets the text back.
const PREFIX = `kit.draft.${user}:`;
const draftKey = (form) => `${PREFIX}${location.pathname}#${form.id}`;
const keepable = (field) =>
  field.name && !field.closest("[data-nokeep]") && !["hidden", "password", "file", "submit", "button"].includes(field.type);

function fields(form) { return [...form.elements].filter(keepable); }

function save(form) {
  const values = fields(form).map((field) => (["checkbox", "radio"].includes(field.type) ? field.checked : field.value));
  store?.setItem(draftKey(form), JSON.stringify({ values }));
}

function restore(form) {
  const kept = JSON.parse(store?.getItem(draftKey(form)) ?? "null");
  // After a refusal the server has sent the text back itself.
  if (!kept || document.querySelector(".summary")) return;
  const list = fields(form);
  if (kept.values.length !== list.length) return;
  list.forEach((field, index) => {
    if (["checkbox", "radio"].includes(field.type)) field.checked = kept.values[index];
    else field.value = kept.values[index];
  });
  document.dispatchEvent(new CustomEvent("kit:toast", { detail: { word: "restored" } }));
}

function forgetSent() {
  // Only a page that answers the form's own means that the text arrived; after a lost link one goes back or comes anew.
  const kind = performance.getEntriesByType("navigation")[0]?.type;
  const from = document.referrer && new URL(document.referrer).pathname;
  const sent = store?.getItem("kit.sent");
  if (!sent) return;
  store.removeItem("kit.sent");
  if (kind === "navigate" && sent.includes(`:${from}#`)) store.removeItem(sent);
}

function forgetAll() {
  for (const key of Object.keys(store ?? {})) if (key.startsWith("kit.draft.")) store.removeItem(key);
}

forgetSent();
for (const form of document.querySelectorAll("form[data-keep][id]")) {
  restore(form);
  form.addEventListener("input", () => save(form));
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "dialog") return;
  if (form.matches("[data-signs-out], .exit")) forgetAll();
  if (form.dataset.sent) { event.preventDefault(); return; }
  // A form that waits is not being sent yet: a script of its own sends it once it has what is missing.
  if (form.method !== "post" || form.dataset.waits) return;
  if (form.matches("[data-keep][id]")) store?.setItem("kit.sent", draftKey(form));
  if (form.matches("[hx-post], [hx-put]")) return;
  form.dataset.sent = "yes";
  // The pressed button must still be sent, so it is only marked, not disabled.
  event.submitter?.setAttribute("aria-disabled", "true");
  const word = words?.querySelector('[data-word="sending"]')?.textContent;
  document.dispatchEvent(new CustomEvent("kit:announce", { detail: word }));
  setTimeout(() => release(form), 15000);
}, true);

function release(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
}
addEventListener("pageshow", (event) => { if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(release); });
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt;
  if (event.detail.successful && form.matches("form[data-keep][id]")) store?.removeItem(draftKey(form));
});

for (const zone of document.querySelectorAll("[data-drop]")) {
  const input = zone.querySelector("input");
  const said = zone.querySelector("output");
  const show = () => { said.textContent = [...input.files].map((file) => file.name).join(", "); };
  input.addEventListener("change", show);
  zone.addEventListener("dragover", (event) => { event.preventDefault(); zone.classList.add("over"); });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

if (matchMedia("(max-width: 56rem)").matches) for (const panel of document.querySelectorAll("[data-fold]")) panel.open = false;
