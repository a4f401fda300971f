// The six phases, and where the step that is shown is among them.

import { PHASES } from '../model/cards.js';
import { element, put } from '../model/words.js';

export class Rail {
  /** @param onChoose called with the phase that people want to see */
  constructor(list, words, onChoose) {
    this.words = words;
    this.buttons = PHASES.map(([id, title]) => {
      const button = element('button', { type: 'button', textContent: title });
      button.addEventListener('click', () => onChoose(id));
      list.append(element('li', {}, button));
      return button;
    });
  }

  update(phase) {
    PHASES.forEach(([id, , words], i) => {
      if (id === phase) {
        this.buttons[i].setAttribute('aria-current', 'step');
        put(this.words, words);
      } else this.buttons[i].removeAttribute('aria-current');
    });
  }
}
