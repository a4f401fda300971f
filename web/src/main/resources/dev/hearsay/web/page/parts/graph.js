// The network on a canvas. It is drawn when something has changed, and while something travels; never otherwise.

import { CIRCLE_MAX, circle } from './layout.js';
import { STATES, called, capital } from '../model/words.js';

/** A message crosses one link in this time on the picture; in truth it takes far less. */
const HOP_MILLIS = 260;
const DUPLICATE_MILLIS = 700;
/** New nodes may still come; until it is quiet for so long, all are laid out anew. */
const SETTLE_MILLIS = 1500;
const LABELS_MAX = 60;

export class Graph {
  constructor(canvas, tip, app, onSelect) {
    this.canvas = canvas;
    this.tip = tip;
    this.app = app;
    this.scene = app.scene;
    this.onSelect = onSelect;
    this.places = new Map();
    this.shownAt = new Map();
    this.flashes = [];
    this.view = { scale: 1, x: 0, y: 0 };
    this.isSettled = false;
    this.isDue = false;
    this.travel = !matchMedia('(prefers-reduced-motion: reduce)').matches;
    matchMedia('(prefers-reduced-motion: reduce)').addEventListener('change', (event) => (this.travel = !event.matches));
    new ResizeObserver(() => this.resize()).observe(canvas.parentElement);
    this.colours();
    this.listen();
  }

  // --- Places -------------------------------------------------------------------------------------------------------

  show(scene) {
    this.scene = scene;
    this.place();
    this.due();
  }

  /** Gives a place to every node that has none; those that have one keep it. */
  place() {
    const nodes = this.scene.nodes;
    if (nodes.every((node) => this.places.has(node.i)) && (this.isSettled || this.placed === this.shape())) return;
    if (this.isSettled && this.places.size > 0) {
      for (const node of nodes) if (!this.places.has(node.i)) this.places.set(node.i, this.beside(node));
      return this.due();
    }
    this.placed = this.shape();
    clearTimeout(this.settling);
    this.settling = setTimeout(() => (this.isSettled = nodes.length > 0), SETTLE_MILLIS);
    if (nodes.length <= CIRCLE_MAX || this.places.size === 0) this.places = circle(nodes);
    if (nodes.length > CIRCLE_MAX) this.spread();
    this.due();
  }

  shape() {
    return `${this.scene.nodes.map((node) => node.name + node.role).join()} ${this.scene.links.length}`;
  }

  /** Lets a worker find places. */
  spread() {
    this.worker?.terminate();
    this.worker = new Worker(new URL('./layout.js', import.meta.url), { type: 'module' });
    this.worker.onmessage = ({ data }) => {
      data.forEach((place, i) => this.places.set(i, place));
      this.worker.terminate();
      this.due();
    };
    this.worker.postMessage({ count: this.scene.nodes.length, links: this.scene.links });
  }

  /** A place near the neighbours of a node that has come later. */
  beside(node) {
    const near = (this.scene.neighbours[node.i] ?? []).map((i) => this.places.get(i)).filter(Boolean);
    const sum = near.reduce((total, place) => ({ x: total.x + place.x, y: total.y + place.y }), { x: 0, y: 0 });
    const angle = node.i * 2.4;
    const count = Math.max(1, near.length);
    return { x: (sum.x / count) * 0.8 + 0.12 * Math.cos(angle), y: (sum.y / count) * 0.8 + 0.12 * Math.sin(angle) };
  }

  fit() {
    this.view = { scale: 1, x: 0, y: 0 };
    this.due();
  }

  resize() {
    const { width, height } = this.canvas.parentElement.getBoundingClientRect();
    const ratio = devicePixelRatio || 1;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.due();
  }

  /** Where a place is on the canvas, in CSS pixels. */
  point(i) {
    const place = this.places.get(i) ?? { x: 0, y: 0 };
    const ratio = devicePixelRatio || 1;
    const width = this.canvas.width / ratio;
    const height = this.canvas.height / ratio;
    const half = Math.max(20, Math.min(width, height) / 2 - 36);
    // Few nodes make use of a wide frame, so that names have room.
    const wide = Math.min(1.6, Math.max(1, (width / 2 - 60) / half));
    return {
      x: width / 2 + (place.x * half * wide + this.view.x) * this.view.scale,
      y: height / 2 + (place.y * half + this.view.y) * this.view.scale,
    };
  }

  // --- What happens -------------------------------------------------------------------------------------------------

  /** Lets these arrivals be seen one hop after the other. */
  arrive(arrivals) {
    const now = performance.now();
    for (const arrival of arrivals) {
      if (!this.travel) continue;
      const key = `begin ${arrival.m}`;
      if (!this.shownAt.has(key)) this.shownAt.set(key, now);
      this.shownAt.set(`${arrival.m} ${arrival.node}`, Math.max(now, this.shownAt.get(key) + arrival.hops * HOP_MILLIS));
    }
    this.due();
  }

  duplicate(copies) {
    const now = performance.now();
    if (this.travel) for (const [, from, to] of copies) this.flashes.push({ from, to, until: now + DUPLICATE_MILLIS });
    if (this.flashes.length > 2000) this.flashes.splice(0, this.flashes.length - 2000);
    this.due();
  }

  /** What a node looks like at this moment. */
  look(node, now) {
    const state = this.scene.state(node);
    if (this.scene.moment !== null) return state === 'hasNot' && this.isComing(node.i) ? 'coming' : state;
    if (state !== 'has') return state;
    const at = this.shownAt.get(`${this.scene.current().m} ${node.i}`) ?? 0;
    if (now >= at) return 'has';
    this.isMoving = true;
    return now >= at - HOP_MILLIS ? 'coming' : 'hasNot';
  }

  // --- Drawing ------------------------------------------------------------------------------------------------------

  colours() {
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(`--${name}`).trim();
    this.ink = { text: colour('text'), faint: colour('faint'), link: colour('link'), ground: colour('panel'), ring: colour('ring') };
    this.due();
  }

  due() {
    if (this.isDue) return;
    this.isDue = true;
    requestAnimationFrame((now) => {
      this.isDue = false;
      this.draw(now);
    });
  }

  draw(now) {
    const g = this.canvas.getContext('2d');
    const ratio = devicePixelRatio || 1;
    g.setTransform(ratio, 0, 0, ratio, 0, 0);
    g.clearRect(0, 0, this.canvas.width, this.canvas.height);
    this.isMoving = false;
    const nodes = this.scene.nodes;
    const frame = Math.min(this.canvas.width, this.canvas.height) / ratio;
    this.radius = Math.max(4, Math.min(16, frame / 24, 80 / Math.sqrt(Math.max(1, nodes.length)))) * Math.sqrt(this.view.scale);
    const points = nodes.map((node) => this.point(node.i));
    this.drawLinks(g, points, now);
    for (const node of nodes) if (node.state !== 'absent') this.drawNode(g, node, points[node.i], now);
    if (nodes.length <= LABELS_MAX || this.view.scale > 2) this.drawLabels(g, points);
    this.flashes = this.flashes.filter((flash) => flash.until > now);
    if (this.isMoving || this.flashes.length > 0) this.due();
  }

  drawLinks(g, points, now) {
    const message = this.scene.current();
    const way = message === null ? null : this.scene.way(message.m);
    for (const [a, b] of this.scene.links) {
      if (!points[a] || !points[b]) continue;
      const first = way && this.carried(way, a, b, now);
      const isCopy = way && (this.isCopied(way, `${a}>${b}`) || this.isCopied(way, `${b}>${a}`));
      const isNear = this.app.selected === a || this.app.selected === b;
      g.setLineDash(!first && isCopy ? [2, 5] : []);
      g.lineWidth = first ? 3.5 : isCopy ? 2 : isNear ? 1.6 : 1;
      g.strokeStyle = first ? '#0072B2' : isCopy || isNear ? this.ink.ring : this.ink.link;
      g.beginPath();
      g.moveTo(points[a].x, points[a].y);
      g.lineTo(points[b].x, points[b].y);
      g.stroke();
      if (first && first.share < 1) this.drawTraveller(g, points[first.from], points[first.to], first.share);
    }
    g.setLineDash([]);
  }

  /** Whether the message is between the node that gave it to this one and this one, at the moment that is shown. */
  isComing(i) {
    const way = this.scene.way(this.scene.current().m);
    const sent = way.arrivals.get(way.arrivals.get(i)?.from);
    return sent !== undefined && sent.at <= this.scene.moment;
  }

  /** Whether the message came over this link first, and how far it has come on it. */
  carried(way, a, b, now) {
    for (const [from, to] of [[a, b], [b, a]]) {
      const arrival = way.arrivals.get(to);
      if (arrival?.from !== from) continue;
      if (this.scene.moment !== null) {
        const sent = way.arrivals.get(from)?.at ?? arrival.at;
        const share = arrival.at <= this.scene.moment ? 1 : (this.scene.moment - sent) / Math.max(1, arrival.at - sent);
        return share > 0 ? { from, to, share } : null;
      }
      const at = this.shownAt.get(`${this.scene.current().m} ${to}`) ?? 0;
      const share = 1 - (at - now) / HOP_MILLIS;
      if (share < 1) this.isMoving = true;
      return share > 0 ? { from, to, share: Math.min(1, share) } : null;
    }
    return null;
  }

  isCopied(way, key) {
    const copy = way.copies.get(key);
    return copy !== undefined && (this.scene.moment === null || copy.at <= this.scene.moment);
  }

  drawTraveller(g, from, to, share) {
    g.fillStyle = '#56B4E9';
    g.beginPath();
    g.arc(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share, 5, 0, 2 * Math.PI);
    g.fill();
  }

  drawNode(g, node, at, now) {
    const state = this.look(node, now);
    const r = this.radius;
    g.globalAlpha = state === 'removed' ? 0.35 : this.app.found && !this.app.found(node) ? 0.25 : 1;
    g.lineWidth = 2;
    g.setLineDash([]);
    PAINT[state](g, at.x, at.y, r, this.ink, node);
    g.setLineDash([]);
    if (this.flashes.some((flash) => flash.to === node.i)) ring(g, at.x, at.y, r + 5, this.ink.ring, 1.5);
    if (this.app.selected === node.i) ring(g, at.x, at.y, r + 8, this.ink.text, 2.5);
    g.globalAlpha = 1;
  }

  drawLabels(g, points) {
    g.fillStyle = this.ink.text;
    g.font = '12px system-ui, sans-serif';
    g.textAlign = 'center';
    g.textBaseline = 'top';
    // What is behind a name must not cross it out.
    g.strokeStyle = this.ink.ground;
    g.lineWidth = 4;
    g.lineJoin = 'round';
    for (const node of this.scene.nodes) {
      const text = node.name.length > 22 ? `…${node.name.slice(-20)}` : node.name;
      g.strokeText(text, points[node.i].x, points[node.i].y + this.radius + 6);
      g.fillText(text, points[node.i].x, points[node.i].y + this.radius + 6);
    }
  }

  // --- People -------------------------------------------------------------------------------------------------------

  listen() {
    let drag = null;
    this.canvas.addEventListener('pointerdown', (event) => {
      drag = { x: event.offsetX, y: event.offsetY, view: { ...this.view }, isMoved: false };
      this.canvas.setPointerCapture(event.pointerId);
    });
    this.canvas.addEventListener('pointermove', (event) => {
      if (!drag) return this.hover(event);
      const dx = event.offsetX - drag.x;
      const dy = event.offsetY - drag.y;
      drag.isMoved ||= Math.hypot(dx, dy) > 4;
      if (drag.isMoved) {
        this.view.x = drag.view.x + dx / this.view.scale;
        this.view.y = drag.view.y + dy / this.view.scale;
        this.due();
      }
    });
    this.canvas.addEventListener('pointerup', (event) => {
      if (drag && !drag.isMoved) this.onSelect(this.hit(event)?.i ?? -1);
      drag = null;
    });
    this.canvas.addEventListener('pointerleave', () => (this.tip.hidden = true));
    this.canvas.addEventListener(
      'wheel',
      (event) => {
        event.preventDefault();
        this.view.scale = Math.min(12, Math.max(0.4, this.view.scale * Math.exp(-event.deltaY / 400)));
        this.due();
      },
      { passive: false },
    );
  }

  hit(event) {
    const near = (node) => {
      const at = this.point(node.i);
      return Math.hypot(at.x - event.offsetX, at.y - event.offsetY);
    };
    const closest = this.scene.nodes.filter((node) => node.state !== 'absent').reduce((a, b) => (a && near(a) <= near(b) ? a : b), null);
    return closest && near(closest) <= Math.max(12, this.radius + 4) ? closest : null;
  }

  hover(event) {
    const node = this.hit(event);
    this.tip.hidden = !node;
    this.canvas.style.cursor = node ? 'pointer' : 'grab';
    if (!node) return;
    this.tip.textContent = `${capital(called(node))}: ${STATES[this.scene.state(node)]}`;
    this.tip.style.left = `${Math.min(event.offsetX + 14, this.canvas.clientWidth - 160)}px`;
    this.tip.style.top = `${event.offsetY + 14}px`;
  }
}

// --- Shapes of states: never colour alone -----------------------------------------------------------------------------

function outline(g, x, y, r, node) {
  g.beginPath();
  if (node?.role === 'seed') g.rect(x - r, y - r, 2 * r, 2 * r);
  else g.arc(x, y, r, 0, 2 * Math.PI);
}

function ring(g, x, y, r, colour, width) {
  g.beginPath();
  g.arc(x, y, r, 0, 2 * Math.PI);
  g.strokeStyle = colour;
  g.lineWidth = width;
  g.stroke();
}

function body(g, x, y, r, node, fill, stroke) {
  outline(g, x, y, r, node);
  g.fillStyle = fill;
  g.strokeStyle = stroke;
  g.fill();
  g.stroke();
}

function sign(g, x, y, r, text, colour) {
  g.fillStyle = colour;
  g.font = `bold ${Math.round(r * 1.3)}px system-ui, sans-serif`;
  g.textAlign = 'center';
  g.textBaseline = 'middle';
  g.fillText(text, x, y + 1);
}

/** How each state is drawn, on the graph and in the legend. */
export const PAINT = {
  live: (g, x, y, r, ink, node) => body(g, x, y, r, node, ink.ground, ink.ring),
  hasNot: (g, x, y, r, ink, node) => body(g, x, y, r, node, ink.ground, ink.ring),
  coming(g, x, y, r, ink, node) {
    body(g, x, y, r, node, ink.ground, '#56B4E9');
    g.beginPath();
    g.arc(x, y, r, Math.PI / 2, (3 * Math.PI) / 2);
    g.fillStyle = '#56B4E9';
    g.fill();
  },
  has: (g, x, y, r, ink, node) => body(g, x, y, r, node, '#0072B2', '#0072B2'),
  origin(g, x, y, r, ink) {
    g.beginPath();
    for (let i = 0; i < 10; i++) {
      const length = i % 2 === 0 ? r * 1.35 : r * 0.6;
      const angle = (Math.PI * i) / 5 - Math.PI / 2;
      g.lineTo(x + length * Math.cos(angle), y + length * Math.sin(angle));
    }
    g.closePath();
    g.fillStyle = '#E69F00';
    g.strokeStyle = ink.text;
    g.lineWidth = 1;
    g.fill();
    g.stroke();
  },
  suspected(g, x, y, r, ink, node) {
    g.setLineDash([4, 3]);
    body(g, x, y, r, node, '#F0E442', ink.text);
    sign(g, x, y, r, '?', '#1b1b1b');
  },
  dead(g, x, y, r, ink, node) {
    body(g, x, y, r, node, '#D55E00', '#D55E00');
    sign(g, x, y, r, '×', '#ffffff');
  },
  removed(g, x, y, r, ink, node) {
    g.setLineDash([2, 4]);
    body(g, x, y, r, node, 'transparent', ink.ring);
  },
  paused(g, x, y, r, ink, node) {
    body(g, x, y, r, node, ink.ground, ink.text);
    g.fillStyle = ink.text;
    g.fillRect(x - r * 0.45, y - r * 0.5, r * 0.3, r);
    g.fillRect(x + r * 0.15, y - r * 0.5, r * 0.3, r);
  },
  unknown(g, x, y, r, ink, node) {
    g.setLineDash([1, 3]);
    body(g, x, y, r, node, ink.ground, ink.ring);
    sign(g, x, y, r, '…', ink.text);
  },
  seed: (g, x, y, r, ink) => body(g, x, y, r, { role: 'seed' }, ink.ground, ink.ring),
};
