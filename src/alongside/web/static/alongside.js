// What every page does when scripts work. Every page works without this file.
import { initAll } from "./built/govuk-frontend.min.js";

initAll();

// A block that HTMX has put in may hold components too.
document.addEventListener("htmx:afterSwap", (event) => initAll({ scope: event.detail.target }));

// The paper says when it was printed, not when the page was opened.
const said = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
window.addEventListener("beforeprint", () => {
  for (const place of document.querySelectorAll("[data-print-moment]")) place.textContent = said.format(new Date());
});
