// Writes times in the reader's own zone and language; the title keeps UTC.
const FORMS = {
  minute: { dateStyle: "medium", timeStyle: "short" },
  day: { dateStyle: "medium" },
};
// Of the reader's languages, the one that the page is written in: its region decides the order of day and month.
const page = document.documentElement.lang;
const language = navigator.languages.find((each) => each.split("-")[0] === page.split("-")[0]) ?? page;
const written = Object.fromEntries(
  Object.entries(FORMS).map(([name, form]) => [name, new Intl.DateTimeFormat(language, form)]),
);

export function localize(root) {
  for (const time of root.querySelectorAll("time[datetime]:not([title])")) {
    const at = new Date(time.dateTime);
    if (Number.isNaN(at.valueOf()) || !time.dateTime.endsWith("Z")) continue;
    time.title = time.dateTime.replace("T", " ").replace(/(:\d\d)?Z$/, " UTC");
    time.textContent = written[time.dataset.form ?? "minute"].format(at);
  }
}

export const start = () => localize(document);
