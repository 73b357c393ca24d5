// Chooses the reader's own time zone where the form knows it. Without this, the zone of the house is chosen.
export const start = () => {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const select of document.querySelectorAll("select[data-own-zone]")) {
    if ([...select.options].some((each) => each.value === own)) select.value = own;
  }
};
