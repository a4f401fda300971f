// What the shapes and lines mean, drawn as the graph draws them. Each entry hides or shows what it stands for.

import { STATES, element, span } from '../model/words.js';
import { PAINT, cividis, zigzag } from './paint.js';

const NODES = ['hasNot', 'coming', 'has', 'origin', 'seed', 'suspected', 'paused', 'unknown', 'dead', 'removed'];
const LINKS = [
  ['first', 'came on this link first'],
  ['copy', 'duplicate'],
  ['impaired', 'impaired'],
  ['idle', 'idle link'],
];

export class Legend {
  constructor(list, app, graph) {
    this.list = list;
    this.app = app;
    this.graph = graph;
    this.entries = [];
    for (const state of NODES) this.add(state, STATES[state], (g) => PAINT[state](g, 12, 12, 7, graph.ink, { role: state === 'seed' ? 'seed' : 'node' }));
    for (const [kind, words] of LINKS) this.add(kind, words, (g) => this.drawLink(g, kind));
    this.scale = element('li', { className: 'scale', hidden: true });
    list.append(this.scale);
  }

  add(kind, words, paint) {
    const canvas = element('canvas', { width: 48, height: 48, ariaHidden: 'true' });
    const button = element('button', { type: 'button', title: 'Hide or show' }, canvas, words);
    button.setAttribute('aria-pressed', 'true');
    button.addEventListener('click', () => this.toggle(kind, button));
    this.list.append(element('li', {}, button));
    this.entries.push({ canvas, paint });
  }

  toggle(kind, button) {
    const { hidden } = this.graph;
    // What is on its way to a node is a state of one that has it not yet.
    const kinds = kind === 'hasNot' ? ['hasNot', 'live'] : [kind];
    const isHidden = hidden.has(kind);
    for (const each of kinds) {
      if (isHidden) hidden.delete(each);
      else hidden.add(each);
    }
    button.setAttribute('aria-pressed', String(isHidden));
    this.app.show();
  }

  draw() {
    for (const { canvas, paint } of this.entries) {
      const g = canvas.getContext('2d');
      g.setTransform(2, 0, 0, 2, 0, 0);
      g.clearRect(0, 0, 24, 24);
      g.setLineDash([]);
      g.lineWidth = 2;
      paint(g);
    }
  }

  drawLink(g, kind) {
    const { ink } = this.graph;
    g.strokeStyle = { first: ink.first, copy: ink.ring, impaired: '#D55E00', idle: ink.ring }[kind];
    g.lineWidth = { first: 3.5, copy: 2, impaired: 1.8, idle: 1 }[kind];
    g.setLineDash(kind === 'copy' ? [2, 4] : []);
    g.beginPath();
    if (kind === 'impaired') zigzag(g, { x: 1, y: 12 }, { x: 23, y: 12 });
    else {
      g.moveTo(1, 12);
      g.lineTo(23, 12);
    }
    g.stroke();
  }

  /** The scale of colours, if nodes are coloured by arrival time. */
  update(scene) {
    const message = scene.current();
    this.scale.hidden = !this.graph.isByArrival || message === null;
    if (this.scale.hidden) return;
    const words = `0 to ${span(message.t100)}`;
    if (this.scale.textContent === words) return;
    const canvas = element('canvas', { width: 160, height: 20, ariaHidden: 'true' });
    const g = canvas.getContext('2d');
    for (let x = 0; x < 160; x++) {
      g.fillStyle = cividis(x / 159);
      g.fillRect(x, 0, 1, 20);
    }
    this.scale.replaceChildren(canvas, words);
  }
}
