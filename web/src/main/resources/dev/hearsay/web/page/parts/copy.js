// Buttons that copy a text.

const TOLD_MILLIS = 4000;

/**
 * Lets this button copy a text, and say so for a while.
 *
 * @param text answers what to copy
 */
export function offerCopy(button, text) {
  const label = button.textContent;
  let telling;
  button.addEventListener('click', async () => {
    const words = text();
    try {
      await navigator.clipboard.writeText(words);
      button.textContent = 'Copied';
    } catch {
      // Where pages may not copy, people can.
      button.textContent = words;
    }
    clearTimeout(telling);
    telling = setTimeout(() => (button.textContent = label), TOLD_MILLIS);
  });
}
