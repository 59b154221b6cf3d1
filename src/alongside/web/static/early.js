// Runs before anything is drawn: tells the styles that scripts work here, so that nothing jumps about later.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
