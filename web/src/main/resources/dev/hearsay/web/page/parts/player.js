// Goes on by itself, at a speed that people choose.

import { element, put, speedText } from '../model/words.js';

const SPEEDS = [0.1, 0.3, 1, 3, 10];
const STEPS_PER_SECOND = 2;

export class Player {
  /** @param onTick called for each step to take; onChange when it begins or stops */
  constructor(button, select, onTick, onChange) {
    this.button = button;
    this.select = select;
    this.onTick = onTick;
    this.onChange = onChange;
    this.isPlaying = false;
    select.append(...SPEEDS.map((speed) => element('option', { value: speed, textContent: speedText(speed) })));
    select.value = '1';
    button.addEventListener('click', () => this.toggle());
  }

  toggle() {
    if (this.isPlaying) return this.stop();
    this.isPlaying = true;
    this.tick();
    this.changed();
  }

  stop() {
    this.isPlaying = false;
    clearTimeout(this.timer);
    this.changed();
  }

  tick() {
    this.onTick();
    if (this.isPlaying) this.timer = setTimeout(() => this.tick(), 1000 / (STEPS_PER_SECOND * Number(this.select.value)));
  }

  faster(steps) {
    const { select } = this;
    select.selectedIndex = Math.min(SPEEDS.length - 1, Math.max(0, select.selectedIndex + steps));
  }

  changed() {
    put(this.button, this.isPlaying ? '❚❚ Pause' : '▶ Play');
    this.onChange();
  }
}
