// SPDX-License-Identifier: AGPL-3.0-or-later
// Ask the browser for a passkey's answer and send it with the form.
const forms = document.querySelectorAll("form[data-passkey]");

function answerOf(form) {
  const options = JSON.parse(form.dataset.options);
  if (form.dataset.passkey === "create") {
    return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
  }
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}

for (const form of forms) {
  form.dataset.waits = "yes";
  form.addEventListener("submit", async (event) => {
    if (!form.dataset.waits) return;
    event.preventDefault();
    const said = form.querySelector("[data-passkey-said]");
    said.textContent = "";
    try {
      form.elements.answer.value = JSON.stringify((await answerOf(form)).toJSON());
    } catch {
      said.textContent = form.dataset.failed;
      return;
    }
    delete form.dataset.waits;
    form.requestSubmit();
  });
}
