// The list of nodes: what the canvas shows, in words, for keyboards and screen readers.

import { STATES, byName, called, capital, element } from '../model/words.js';

const SHAPES = {
  hasNot: '○', coming: '◐', has: '●', origin: '★', suspected: '?', dead: '×', removed: '◌', paused: '❚❚', unknown: '…', seed: '□', live: '○', beyond: '·', applying: '+',
};

export class NodeList {
  constructor(list, app, graph) {
    this.list = list;
    this.app = app;
    this.scene = app.scene;
    this.graph = graph;
    this.rows = [];
    this.current = 0;
    list.addEventListener('keydown', (event) => this.onKey(event));
    list.addEventListener('focus', () => this.focus(this.current));
  }

  update(scene) {
    this.scene = scene;
    const selected = this.app.selected;
    this.order = this.sorted(scene).filter((node) => this.graph.isShown(node)).filter((node) => !this.app.found || this.app.found(node));
    for (const node of this.order) this.row(node, selected);
    const wanted = this.order.map((node) => this.rows[node.i].item);
    if (wanted.length !== this.list.children.length || wanted.some((item, i) => this.list.children[i] !== item)) {
      this.list.replaceChildren(...wanted);
    }
  }

  /** By name, anew only when names have changed: a thousand nodes take a while. */
  sorted(scene) {
    const names = scene.nodes.map((node) => node.name).join('\n');
    if (names !== this.names) {
      this.names = names;
      this.sortedIndexes = [...scene.nodes].sort(byName).map((node) => node.i);
    }
    return this.sortedIndexes.map((i) => scene.nodes[i]);
  }

  row(node, selected) {
    const row = (this.rows[node.i] ??= this.make(node));
    const state = this.scene.state(node);
    const words = node.role === 'seed' && state !== 'seed' ? `seed, ${STATES[state]}` : STATES[state];
    const key = `${node.name} ${words} ${selected === node.i}`;
    if (row.key === key) return;
    row.key = key;
    row.shape.textContent = SHAPES[state];
    row.button.dataset.state = state;
    row.name.textContent = capital(called(node));
    row.words.textContent = words;
    row.button.setAttribute('aria-pressed', String(selected === node.i));
  }

  make(node) {
    const shape = element('span', { className: 'shape', ariaHidden: 'true' });
    const name = element('span', { className: 'name' });
    const words = element('span', { className: 'words' });
    const button = element('button', { type: 'button', tabIndex: node.i === this.current ? 0 : -1 }, shape, name, words);
    button.addEventListener('click', () => this.app.select(node.i === this.app.selected ? -1 : node.i));
    button.addEventListener('focus', () => this.roam(node.i));
    return { item: element('li', {}, button), button, shape, name, words };
  }

  /** One row alone is on the way of the Tab key. */
  roam(i) {
    if (this.rows[this.current]) this.rows[this.current].button.tabIndex = -1;
    this.current = i;
    this.rows[i].button.tabIndex = 0;
  }

  focus(i) {
    this.rows[i]?.button.focus();
  }

  onKey(event) {
    const at = this.order.findIndex((node) => node.i === this.current);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      this.focus(this.order[(at + step + this.order.length) % this.order.length].i);
    } else if (event.key === 'Home' || event.key === 'End') {
      event.preventDefault();
      this.focus(this.order.at(event.key === 'Home' ? 0 : -1).i);
    } else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      event.preventDefault();
      const near = this.scene.neighbours[this.current] ?? [];
      if (near.length > 0) this.focus(event.key === 'ArrowRight' ? near[0] : near[near.length - 1]);
    }
  }
}
