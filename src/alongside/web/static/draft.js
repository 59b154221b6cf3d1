// Keeps what is being typed into a form on this device until it is saved, so that a time-out or a lost line loses no
// words. The form works without it. A draft is taken away once the row that it became stands on the page.
const DAYS_KEPT = 1;
const PREFIX = "draft:";
const now = Date.now();

const drafts = () => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));

for (const key of drafts()) {
  const draft = JSON.parse(localStorage.getItem(key));
  const old = now - draft.at > DAYS_KEPT * 24 * 60 * 60 * 1000;
  if (old || document.getElementById(`contact-${draft.values.submission}`)) localStorage.removeItem(key);
}

const form = document.querySelector("form[data-draft]");
if (form) {
  const key = PREFIX + form.dataset.draft;
  const kept = [...form.elements].filter((box) => box.name && box.type !== "file" && box.name !== "csrfmiddlewaretoken");
  const words = kept.filter((box) => box.tagName === "TEXTAREA" || box.name === "came_of_it");
  const draft = JSON.parse(localStorage.getItem(key));

  // A form that came back with errors holds what was typed already.
  if (draft && !document.querySelector(".govuk-error-summary")) {
    for (const box of kept) {
      const value = draft.values[box.name];
      if (value === undefined) continue;
      if (box.type === "checkbox" || box.type === "radio") box.checked = value.includes(box.value);
      else box.value = value;
    }
    const notice = document.createElement("div");
    notice.className = "notice";
    notice.setAttribute("role", "status");
    notice.innerHTML = "<p>These are the words you had not saved yet.</p>";
    const forget = document.createElement("button");
    forget.type = "button";
    forget.className = "govuk-button govuk-button--secondary";
    forget.textContent = "Start again with an empty form";
    forget.addEventListener("click", () => {
      localStorage.removeItem(key);
      location.reload();
    });
    notice.append(forget);
    form.before(notice);
  }

  const keep = () => {
    if (!words.some((box) => box.value.trim())) return localStorage.removeItem(key);
    const values = {};
    for (const box of kept) {
      if (box.type === "checkbox" || box.type === "radio") {
        values[box.name] ??= [];
        if (box.checked) values[box.name].push(box.value);
      } else values[box.name] = box.value;
    }
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), values }));
  };
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
}
