// Builds what the browser gets from the sources here and the packages pinned in package-lock.json.
// Run by `npm run build`; what it writes is never committed.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const packages = resolve(here, "../../../node_modules");
const built = join(here, "static/built");
const font = join(packages, "@fontsource/atkinson-hyperlegible-next");

rmSync(built, { recursive: true, force: true });
mkdirSync(join(built, "fonts"), { recursive: true });

const { css } = compile(join(here, "styles/alongside.scss"), {
  loadPaths: [packages],
  style: "compressed",
  quietDeps: true,
});
writeFileSync(join(built, "alongside.css"), css);

for (const weight of ["400", "700"]) {
  for (const letters of ["latin", "latin-ext"]) {
    const file = `atkinson-hyperlegible-next-${letters}-${weight}-normal.woff2`;
    copyFileSync(join(font, "files", file), join(built, "fonts", file));
  }
}
copyFileSync(join(font, "LICENSE"), join(built, "fonts/LICENSE.txt"));

// Its last line names a source map that is not shipped, at which hashing the file names would stop.
const govuk = readFileSync(join(packages, "govuk-frontend/dist/govuk/govuk-frontend.min.js"), "utf8");
writeFileSync(join(built, "govuk-frontend.min.js"), govuk.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n"));

console.log(`Built ${built} (styles ${Math.round(css.length / 1024)} KB)`);
