// The page Learn as one file, to be taken along.

import { save } from '../model/files.js';

const OPENS = /<meta name="opens" content="[^"]*">/;

/** Lets this button save the file; it opens with the lesson and the step that are shown now. If it cannot be had, that is said in this place. */
export function offerFile(button, place) {
  button.addEventListener('click', async () => {
    const text = await file();
    place.textContent = text === null ? 'The file could not be had: the dashboard does not answer. Try again when it does.' : '';
    place.classList.toggle('wrong', text === null);
    if (text === null) return;
    const opens = location.hash.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
    save('lesson.html', new Blob([text.replace(OPENS, () => `<meta name="opens" content="${opens}">`)], { type: 'text/html' }));
  });
}

/** The text of the file: this page's own if it is one, the dashboard's otherwise; null if that does not answer. */
async function file() {
  if (globalThis.wholeFile !== undefined) return globalThis.wholeFile;
  try {
    const answer = await fetch('learn.html');
    return answer.ok ? await answer.text() : null;
  } catch {
    return null;
  }
}
