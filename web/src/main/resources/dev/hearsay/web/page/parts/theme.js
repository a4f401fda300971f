// Light, dark, or as the system has it; remembered for the next visit.

const THEMES = ['system', 'light', 'dark'];

/** Lets people choose by this button, and tells when colours have changed. */
export function offerTheme(button, onChange) {
  let chosen = remembered();
  const show = () => {
    if (chosen === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = chosen;
    button.textContent = `Theme: ${chosen}`;
    onChange();
  };
  button.addEventListener('click', () => {
    chosen = THEMES[(THEMES.indexOf(chosen) + 1) % THEMES.length];
    remember(chosen);
    show();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', show);
  show();
}

function remembered() {
  try {
    const theme = localStorage.getItem('theme');
    return THEMES.includes(theme) ? theme : THEMES[0];
  } catch {
    return THEMES[0];
  }
}

function remember(theme) {
  try {
    localStorage.setItem('theme', theme);
  } catch {
    // A file may not be allowed to: then it is chosen anew at the next visit.
  }
}
