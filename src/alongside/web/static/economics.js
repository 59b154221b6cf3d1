// Puts a slider beside the first number of each input, and says by its field what is wrong. The number is the truth: the
// sheet works without this file.
for (const box of document.querySelectorAll("[data-slide]")) {
  const [min, max, step] = box.dataset.slide.split(" ");
  const slider = document.createElement("input");
  Object.assign(slider, { type: "range", className: "input__slider", min, max, step });
  slider.setAttribute("aria-label", box.dataset.about);
  const plain = () => Number(box.value.replace(/[£%,\s]/g, ""));
  slider.value = plain();
  box.closest(".input__boxes").after(slider);
  slider.addEventListener("input", () => {
    box.value = slider.value;
  });
  box.addEventListener("input", () => {
    if (!Number.isNaN(plain())) slider.value = plain();
  });
}

const answer = document.getElementById("answer");
answer.addEventListener("htmx:afterSwap", () => {
  for (const place of document.querySelectorAll(".input__wrong")) {
    place.textContent = "";
    place.closest(".input").classList.remove("input--wrong");
  }
  for (const box of document.querySelectorAll(".sheet .govuk-input--error")) box.classList.remove("govuk-input--error");
  for (const link of answer.querySelectorAll("[data-wrong]")) {
    const place = document.getElementById(`${link.dataset.wrong}-wrong`);
    place.textContent = link.textContent;
    place.closest(".input").classList.add("input--wrong");
    place.closest("details")?.setAttribute("open", "");
    document.getElementById(link.dataset.wrong).classList.add("govuk-input--error");
  }
  document.getElementById("line").textContent = answer.querySelector("[data-line]").dataset.line;
});
