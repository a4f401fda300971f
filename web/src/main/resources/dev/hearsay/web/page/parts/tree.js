// The delivery tree of a message: who had it from whom.

import { hint, label, standalone, svg } from './svg.js';
import { deliveryTree, levels, nearest, tidy } from '../model/tree.js';
import { called, capital, count, element, number, span } from '../model/words.js';

const DRAWN_MAX = 60;
const RELAYS_SHOWN = 6;
const ROW = 22;
const MARGIN = 12;
const GAP = 34;
const CHARACTER = 6.7;

export class Tree {
  constructor(place, app) {
    this.app = app;
    this.words = element('p', { className: 'hint' });
    this.levels = element('ol', { className: 'levels' });
    this.frame = element('div', { className: 'tree', tabIndex: 0, role: 'region', ariaLabel: 'Delivery tree, drawn' });
    this.list = element('div', { className: 'branches' });
    this.listing = element('details', {}, element('summary', { textContent: 'The tree as a list' }), this.list);
    this.listing.addEventListener('toggle', () => this.showList());
    place.append(this.words, this.levels, this.frame, this.listing);
  }

  /** Shows the way of a message as far as it is known; what had not happened by the moment shown is faint. */
  show(message, scene) {
    const arrivals = [...this.app.network.way(message.m).arrivals.values()];
    const isLarge = arrivals.length > DRAWN_MAX;
    const key = `${message.m} ${message.at} ${arrivals.length} ${scene.nodes.length} ${isLarge ? this.app.selected : ''}`;
    this.scene = scene;
    if (key !== this.key) {
      this.key = key;
      this.message = message;
      this.draw(arrivals, isLarge);
    }
    this.mark(scene);
  }

  draw(arrivals, isLarge) {
    const { origin } = this.message;
    const { roots, branches } = deliveryTree(origin, arrivals);
    const chosen = isLarge ? branches.get(this.app.selected) : undefined;
    const shown = isLarge ? nearest(chosen ? [chosen] : roots, DRAWN_MAX) : roots;
    const path = [];
    for (let above = chosen?.parent ?? null; above !== null; above = above.parent) path.unshift(this.name(above));
    this.words.textContent = this.sentence(isLarge, chosen, path, branches.size);
    this.levels.replaceChildren(...(isLarge ? levels(branches).map((level, hops) => this.level(level, hops)) : []));
    this.levels.hidden = !isLarge;
    this.draught(shown);
    this.roots = shown;
    this.showList();
  }

  sentence(isLarge, chosen, path, size) {
    if (size === 0) return 'Nothing is known of its way.';
    if (!isLarge) return 'From the origin at the left; each node is behind the one that gave it the message first.';
    if (chosen) {
      const way = path.length === 0 ? '' : ` It came by way of ${path.join(' → ')}.`;
      return `${capital(this.name(chosen))}, and ${count(chosen.size - 1, 'node')} that had the message through it.${way}`;
    }
    return `The ${DRAWN_MAX} nodes nearest to the origin are drawn. Select a node to see what came through it; the number behind its name says how many nodes that were.`;
  }

  /** The nodes of one hop, in numbers, and the most important of them. */
  level(level, hops) {
    const relays = level.slice(0, RELAYS_SHOWN).filter((branch) => branch.size > 1);
    const names = relays.map((branch) => this.button(branch, ` → ${number(branch.size - 1)}`));
    return element('li', {}, element('strong', { textContent: hops === 0 ? 'Origin' : `Hop ${hops}: ${count(level.length, 'node')}` }), ...names);
  }

  button(branch, more = '') {
    const button = element('button', { type: 'button', className: 'quiet', textContent: `${this.name(branch)}${more}` });
    if (more !== '') button.title = `${capital(this.name(branch))}: ${count(branch.size - 1, 'node')} had the message through it`;
    button.addEventListener('click', () => this.app.select(branch.node));
    return button;
  }

  name(branch) {
    return called(this.app.network.nodes[branch.node]);
  }

  text(branch) {
    const time = branch.arrival && branch.arrival.from >= 0 ? ` · ${span(Math.max(0, branch.arrival.at - this.message.at))}` : '';
    return `${this.app.network.nodes[branch.node]?.name ?? '?'}${time}${branch.more > 0 ? ` (+${number(branch.more)})` : ''}`;
  }

  draught(roots) {
    const { order, rows } = tidy(roots);
    this.parts = new Map();
    if (order.length === 0) return this.frame.replaceChildren();
    const least = order.reduce((depth, branch) => Math.min(depth, branch.depth), Infinity);
    const widths = [];
    for (const branch of order) {
      branch.column = branch.depth - least;
      widths[branch.column] = Math.max(widths[branch.column] ?? 0, this.text(branch).length * CHARACTER + 16);
    }
    const starts = [MARGIN];
    for (let i = 0; i < widths.length; i++) starts.push(starts[i] + (widths[i] ?? 0) + GAP);
    const picture = svg('svg', { role: 'img', 'aria-label': `Delivery tree of message ${this.message.m}; the list below says the same.` });
    const width = starts.at(-1) - GAP + MARGIN;
    const height = rows * ROW + MARGIN;
    for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}` })) picture.setAttribute(name, value);
    picture.append(...order.map((branch) => this.edge(branch, starts)).filter(Boolean), ...order.map((branch) => this.mote(branch, starts)));
    this.frame.replaceChildren(picture);
    // The root of a tall tree is in its middle.
    this.frame.scrollTop = MARGIN / 2 + (roots[0].row + 0.5) * ROW - this.frame.clientHeight / 2;
  }

  edge(branch, starts) {
    if (branch.parent === null || !Number.isFinite(branch.parent.column)) return null;
    const x = starts[branch.column] - 7;
    const y = MARGIN / 2 + (branch.row + 0.5) * ROW;
    const fromX = starts[branch.parent.column] + this.text(branch.parent).length * CHARACTER + 15;
    const fromY = MARGIN / 2 + (branch.parent.row + 0.5) * ROW;
    const middle = x - GAP / 2 + 4;
    return svg('path', { class: 'edge', d: `M${fromX} ${fromY}H${middle - 6}C${middle} ${fromY} ${middle - 6} ${y} ${middle} ${y}H${x}` });
  }

  mote(branch, starts) {
    const x = starts[branch.column];
    const y = MARGIN / 2 + (branch.row + 0.5) * ROW;
    const isOrigin = branch.node === this.message.origin;
    const shape = isOrigin ? svg('path', { class: 'mark', d: star(x, y, 7) }) : svg('circle', { class: 'mark', cx: x, cy: y, r: 5 });
    const from = branch.arrival ? this.app.network.nodes[branch.arrival.from] : undefined;
    const way = isOrigin ? 'the origin' : from ? `from ${called(from)}, ${count(branch.arrival.hops, 'hop')}` : 'from a node that is not known here';
    const words = hint(`${capital(this.name(branch))}: ${way}`);
    const part = svg('g', { class: isOrigin ? 'mote origin' : 'mote' }, words, shape, label(x + 10, y + 4, this.text(branch), 'start'));
    part.addEventListener('click', () => this.app.select(branch.node));
    this.parts.set(branch.node, part);
    return part;
  }

  mark(scene) {
    for (const [node, part] of this.parts) {
      part.classList.toggle('yet', !scene.arrival(this.message.m, node) && !(scene.moment === null && node === this.message.origin));
      part.classList.toggle('selected', node === this.app.selected);
    }
  }

  showList() {
    if (!this.listing.open) return this.list.replaceChildren();
    const list = (branches) => element('ul', {}, ...branches.map(item));
    const item = (branch) => {
      const { arrival } = branch;
      const words = arrival && arrival.from >= 0 ? ` after ${span(Math.max(0, arrival.at - this.message.at))}, ${count(arrival.hops, 'hop')}` : branch.parent === null ? ' the origin' : '';
      const more = branch.more > 0 ? `, and ${count(branch.more, 'node')} more through it` : '';
      return element('li', {}, this.button(branch), `${words}${more}`, ...(branch.children.length > 0 ? [list(branch.children)] : []));
    };
    this.list.replaceChildren(list(this.roots ?? []));
  }

  /** The drawing as a file; null if there is none. */
  file() {
    const picture = this.frame.querySelector('svg');
    return picture === null ? null : standalone(picture, getComputedStyle(document.documentElement).getPropertyValue('--panel').trim());
  }
}

function star(x, y, radius) {
  const points = Array.from({ length: 10 }, (_, i) => {
    const r = i % 2 === 0 ? radius : radius / 2.4;
    const angle = (i * Math.PI) / 5 - Math.PI / 2;
    return `${(x + r * Math.cos(angle)).toFixed(1)} ${(y + r * Math.sin(angle)).toFixed(1)}`;
  });
  return `M${points.join('L')}Z`;
}
