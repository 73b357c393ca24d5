// Fetches what a page has use for, and nothing else. Every page works without it.
const NEEDS = {
  "time[datetime]": "./times.js",
  "[data-theme-switch]": "./theme.js",
  "[data-live]": "./live.js",
  "form[method=post]": "./forms.js",
  "details.menu": "./menu.js",
  "[data-copy]": "./copy.js",
  "[data-dialog]": "./dialog.js",
};

for (const [selector, file] of Object.entries(NEEDS)) {
  if (document.querySelector(selector)) import(file).then((module) => module.start());
}
