// A list of very many rows of the same height, of which only those on the screen are made.

import { element } from '../model/words.js';

const BEYOND = 8;

export class Rows {
  /**
   * @param frame what scrolls; a listbox
   * @param paint fills the element of a row with what is at that place
   * @param onChoose called with the place of the row that was chosen
   * @param onScroll called when others are on the screen
   */
  constructor(frame, { paint, onChoose, onScroll }) {
    this.frame = frame;
    this.paint = paint;
    this.onChoose = onChoose;
    this.onScroll = onScroll;
    this.count = 0;
    this.cursor = 0;
    this.height = 24;
    this.space = element('div', { className: 'space' });
    this.pool = [];
    frame.append(this.space);
    frame.addEventListener('scroll', () => this.scrolled(), { passive: true });
    frame.addEventListener('keydown', (event) => this.onKey(event));
    frame.addEventListener('focus', () => this.show());
    frame.addEventListener('blur', () => this.show());
    new ResizeObserver(() => this.measure()).observe(frame);
  }

  /** Whether the first row is what somebody looks at. */
  get isAtTop() {
    return this.frame.scrollTop < this.height && this.cursor === 0;
  }

  /** The first row on the screen, and the one after the last. */
  get window() {
    const first = Math.floor(this.frame.scrollTop / this.height);
    return [first, first + Math.ceil(this.frame.clientHeight / this.height) + 1];
  }

  /** The height of a row is the style's. */
  measure() {
    const height = Number.parseFloat(getComputedStyle(this.frame).getPropertyValue('--row')) || 24;
    if (height !== this.height) {
      const top = this.frame.scrollTop / this.height;
      this.height = height;
      this.resize(this.count);
      this.frame.scrollTop = top * height;
    }
    this.scrolled();
  }

  scrolled() {
    this.show();
    this.onScroll();
  }

  /** There are so many rows now. */
  resize(count) {
    this.count = count;
    this.cursor = Math.max(0, Math.min(this.cursor, count - 1));
    this.space.style.height = `${count * this.height}px`;
  }

  top() {
    this.frame.scrollTop = 0;
    this.cursor = 0;
  }

  show() {
    const [first, last] = this.window;
    const from = Math.max(0, first - BEYOND);
    const to = Math.min(this.count, last + BEYOND);
    while (this.pool.length < to - from) {
      const row = element('div', { className: 'event', id: `${this.frame.id}-${this.pool.length}` });
      row.setAttribute('role', 'option');
      row.addEventListener('click', () => this.choose(Number(row.dataset.at)));
      this.pool.push(row);
      this.space.append(row);
    }
    const isFocused = document.activeElement === this.frame;
    let active = '';
    // A row keeps its element while it scrolls, so that screen readers are not told of it again.
    const size = this.pool.length;
    for (const row of this.pool) row.hidden = true;
    for (let at = from; at < to; at++) {
      const row = this.pool[at % size];
      row.hidden = false;
      row.dataset.at = at;
      row.style.transform = `translateY(${at * this.height}px)`;
      row.setAttribute('aria-posinset', at + 1);
      row.setAttribute('aria-setsize', this.count);
      const isCursor = at === this.cursor && isFocused;
      row.classList.toggle('cursor', isCursor);
      row.setAttribute('aria-selected', String(isCursor));
      if (isCursor) active = row.id;
      this.paint(row, at);
    }
    if (active === '') this.frame.removeAttribute('aria-activedescendant');
    else this.frame.setAttribute('aria-activedescendant', active);
  }

  choose(at) {
    this.cursor = at;
    this.onChoose(at);
    this.show();
  }

  onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(this.frame.clientHeight / this.height) - 1);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    if (event.key === 'Enter' && this.count > 0) this.choose(this.cursor);
    else if (event.key in steps) this.move(Math.max(0, Math.min(this.count - 1, this.cursor + steps[event.key])));
    else return;
    event.preventDefault();
  }

  move(at) {
    this.cursor = at;
    const top = at * this.height;
    const { scrollTop, clientHeight } = this.frame;
    if (top < scrollTop) this.frame.scrollTop = top;
    else if (top + this.height > scrollTop + clientHeight) this.frame.scrollTop = top + this.height - clientHeight;
    this.scrolled();
  }
}
