/* Applies the chosen theme before the first paint; without a choice the system's counts. */
try {
  const theme = localStorage.getItem('souk:theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  /* Storage is closed to this page: the system's theme it is. */
}
