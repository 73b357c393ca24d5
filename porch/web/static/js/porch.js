// Fetches what a page has use for, and nothing else. Every page works without it.
const NEEDS = {
  "time[datetime]": "./times.js",
  "[data-theme-switch]": "./theme.js",
  "[data-live]": "./live.js",
  "[data-news]": "./news.js",
  "[data-bell]": "./bell.js",
  "[data-posts]": "./posts.js",
  "form[data-stays]": "./write.js",
  "[data-keys]": "./keys.js",
  "form[method=post]": "./forms.js",
  "form[data-upload]": "./upload.js",
  "details.menu": "./menu.js",
  ".prose :is(pre, table)": "./scroll.js",
  "form[data-passkey]": "./passkeys.js",
  "form[data-push]": "./push.js",
  "[data-copy]": "./copy.js",
  "[data-editor]": "./editor.js",
  "[data-dialog]": "./dialog.js",
  "select[data-own-zone]": "./zone.js",
  "[data-react]": "./reactions.js",
};

const wanted = Object.entries(NEEDS).filter(([selector]) => document.querySelector(selector));
const modules = await Promise.all(wanted.map(([, file]) => import(file)));
for (const module of modules) module.start();
document.documentElement.dataset.js = "ready";
