// Runs before the first paint: that scripts run at all, and the theme chosen here before.
{
  const root = document.documentElement;
  root.dataset.js = "";
  try {
    const theme = localStorage.getItem("porch-theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch {
    // Storage may be shut. The system's theme is a fine one.
  }
}
