// Passkeys: the button of a form asks the browser for one and sends what it answers. Without scripts the form stays hidden.
const failed = {
  NotAllowedError: "You stopped, or it took too long. Try again when you are ready.",
  InvalidStateError: "This device has a passkey for you already.",
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.hidden = !window.PublicKeyCredential;
  const said = form.querySelector("[role=alert]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.hidden = true;
    try {
      const ask = window.webauthnJSON[form.dataset.passkey];
      form.elements.credential.value = JSON.stringify(await ask(JSON.parse(form.dataset.options)));
      form.submit();
    } catch (problem) {
      said.textContent = failed[problem.name] ?? "This browser could not use a passkey. Use your app or a recovery code instead.";
      said.hidden = false;
    }
  });
}
