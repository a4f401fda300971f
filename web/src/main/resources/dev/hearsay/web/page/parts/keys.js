// Keys that work wherever one is on a page, and the help that lists them.

/**
 * Listens to keys.
 *
 * @param find what a key such as `k` or `Shift+ArrowLeft` does; undefined if nothing
 * @param onEscape what Esc does where nothing is being typed
 */
export function listenToKeys(find, onEscape) {
  const help = () => document.getElementById('keys').showModal();
  document.getElementById('help').addEventListener('click', help);
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
    const isTyping = event.target.closest('input:not([type=range], [type=checkbox]), select, textarea');
    if (event.key === 'Escape') {
      if (isTyping) event.target.blur();
      else onEscape();
      return;
    }
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    // Buttons and links are pressed with Space, sliders moved with arrows.
    if (event.key === ' ' && event.target.closest('button, a, summary, [type=checkbox]')) return;
    if (event.key.startsWith('Arrow') && event.target.closest('input[type=range]')) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : `${event.shiftKey ? 'Shift+' : ''}${event.key}`;
    const act = key === '?' ? help : find(key);
    if (act) {
      event.preventDefault();
      act();
    }
  });
}
