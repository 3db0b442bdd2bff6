/* Applies the chosen theme before the first paint; without a choice the system's counts. */
try {
  const { theme } = JSON.parse(localStorage.getItem('souk:settings:current')).data
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  /* Nothing chosen, or storage is closed to this page: the system's theme it is. */
}
