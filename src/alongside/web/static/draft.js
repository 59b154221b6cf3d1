// Keeps what is being typed into a form until it is saved: with the server as it is typed, and on this device for as long
// as the server cannot be reached or nobody is signed in any more. A form that names no address to send it to is kept on
// this device alone. The form works without it.
const DAYS_KEPT = 1;
const A_PAUSE = 700; // milliseconds without typing
const AGAIN = 5000; // milliseconds until the server is tried again
const PREFIX = "draft:";

const held = (key) => JSON.parse(localStorage.getItem(key));
const heldKeys = (start) => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX + start));

// What is old, or stands on the page as a contact or a concern already, need not stay on the device.
for (const key of heldKeys("")) {
  const copy = held(key);
  const old = Date.now() - copy.at > DAYS_KEPT * 24 * 60 * 60 * 1000;
  const there = document.querySelector(`#contact-${copy.about}, #concern-${copy.about}`);
  const saved = there && Number(there.dataset.version) > Number(copy.values.version?.[0] || 0);
  if (old || saved) localStorage.removeItem(key);
}

const form = document.querySelector("form[data-draft]");
if (form) keepSafe(form);

function keepSafe(form) {
  const { draft, address, correcting, signIn } = form.dataset;
  const whose = correcting ? `correction-${draft}` : draft;
  const submission = form.elements.submission;
  const boxes = [...form.elements].filter((box) => box.name && box.name !== "csrfmiddlewaretoken");
  const words = boxes.filter((box) => box.tagName === "TEXTAREA" || box.name === "came_of_it");
  let basis = Number(form.dataset.basis ?? 0);
  let sending = false;
  let unsent = false;
  let timer = 0;
  let apart = "";

  const status = document.createElement("p");
  status.className = "aside draft-status";
  status.setAttribute("role", "status");
  form.querySelector("button.govuk-button").before(status);

  const about = () => correcting || submission.value;
  const key = () => `${PREFIX}${whose}-${about()}`;
  const say = (...parts) => status.replaceChildren(...parts);
  const anything = () => basis > 0 || words.some((box) => box.value.trim());

  const typed = () => {
    const values = {};
    for (const box of boxes) {
      if (box.type === "checkbox" || box.type === "radio") {
        values[box.name] ??= [];
        if (box.checked) values[box.name].push(box.value);
      } else values[box.name] = [box.value];
    }
    return values;
  };
  const fill = (values) => {
    for (const box of boxes) {
      const value = values[box.name];
      if (!value) continue;
      if (box.type === "checkbox" || box.type === "radio") box.checked = value.includes(box.value);
      else box.value = value[0];
    }
  };
  const holdHere = () => localStorage.setItem(key(), JSON.stringify({ at: Date.now(), about: about(), basis, values: typed() }));

  // Signing in again, in another tab, gives the browser a new mark that this form has to carry.
  const newMark = async () => {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    if (answer.redirected) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const mark = page.querySelector("form[data-draft] [name=csrfmiddlewaretoken]");
    if (mark) form.elements.csrfmiddlewaretoken.value = mark.value;
    return Boolean(mark);
  };
  const post = () => {
    const data = new FormData(form);
    data.set("about", about());
    data.set("basis", basis);
    if (correcting) data.set("correcting", "on");
    return fetch(address, { method: "POST", body: data, credentials: "same-origin" });
  };
  const signedOut = () => {
    holdHere();
    const link = document.createElement("a");
    Object.assign(link, { href: signIn, target: "_blank", rel: "opener", className: "govuk-link", textContent: "Sign in again in a new tab" });
    say("You have been signed out. Your words are kept on this device. ", link, ", then come back here.");
    return false;
  };

  // Gives true where the server now holds what stands in the form.
  const answered = async (answer) => {
    if (answer.redirected) return signedOut();
    if (answer.status === 200) {
      basis = (await answer.json()).version;
      localStorage.removeItem(key());
      say(`Kept at ${new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}, not saved yet.${apart}`);
      return true;
    }
    if (answer.status === 409 && submission) {
      localStorage.removeItem(key());
      submission.value = (await answer.json()).about;
      basis = 0;
      apart = " You write about this family in another tab too: this is kept as a note of its own.";
      return answered(await post());
    }
    holdHere();
    if (answer.status === 409) say("You change this in another tab too. What you type here is kept on this device.");
    else if (answer.status === 410) say("This note was saved from another tab. If you save here as well, you will see both.");
    else if (answer.status === 413) say((await answer.json()).sentence);
    else say("This could not be kept with us just now. Your words are kept on this device.");
    return answer.status < 500;
  };
  const send = async () => {
    if (sending) return wait(A_PAUSE);
    if (!anything()) return;
    sending = true;
    unsent = false;
    try {
      let answer = await post();
      if (answer.status === 403 && (await newMark())) answer = await post();
      if (!(await answered(answer))) unsent = true;
    } catch {
      unsent = true;
      holdHere();
      say("The line is down. Your words are kept on this device, and sent when it is back.");
    }
    sending = false;
    if (unsent) wait(AGAIN);
  };
  const wait = (time) => {
    clearTimeout(timer);
    if (address) timer = setTimeout(send, time);
  };
  const changed = () => {
    if (!anything()) return;
    holdHere(); // until the server has said that it has it
    if (!address) say("Kept on this device, not saved yet.");
    wait(A_PAUSE);
  };
  const throwAway = (kept) => {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "as-link", textContent: "Throw them away and start again" });
    button.addEventListener("click", () => {
      localStorage.removeItem(kept);
      location.reload();
    });
    return button;
  };

  // What the device holds was typed after what the server has. A form that came back with errors holds its words itself.
  if (!document.querySelector(".govuk-error-summary")) {
    const keys = heldKeys(`${whose}-`);
    const found = keys.find((name) => name === key()) ?? (submission && basis === 0 ? keys.at(-1) : undefined);
    if (found) {
      const copy = held(found);
      fill(copy.values);
      basis = copy.basis;
      say("These are the words you had not saved yet. ", address ? "" : throwAway(found));
      wait(0);
    }
  }
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", (event) => {
    if (anything()) holdHere();
    clearTimeout(timer);
    if (navigator.onLine) return;
    event.preventDefault();
    say("The line is down, so this cannot be saved yet. Your words are kept on this device: save again when it is back.");
    wait(AGAIN);
  });
  for (const moment of ["online", "focus"]) window.addEventListener(moment, () => unsent && wait(0));
  for (const other of document.querySelectorAll('form[action$="/drop/"]')) {
    other.addEventListener("submit", () => localStorage.removeItem(`${PREFIX}${whose}-${other.elements.about.value}`));
  }
}
