// The network on a canvas. It is drawn when something has changed, and while something travels; never otherwise.

import { Fold } from './fold.js';
import { PAINT, body, cividis, ring, zigzag } from './paint.js';
import { Places } from './places.js';
import { Pointer } from './pointer.js';
import { SvgContext } from './svgcontext.js';

/** A live message crosses one link in this time on the picture; in truth it takes far less. */
const HOP_MILLIS = 260;
const DUPLICATE_MILLIS = 700;
const FLASHES_MAX = 2000;
const LABELS_MAX = 60;
const MARGIN = 36;
/** More nodes than this are shown as clusters, unless people want all. */
export const FOLD_ABOVE = 2000;

export class Graph {
  constructor(canvas, tip, app) {
    this.canvas = canvas;
    this.app = app;
    this.scene = app.scene;
    this.places = new Places(() => this.due());
    this.fold = new Fold(() => this.due());
    this.isUnfolded = false;
    this.isByArrival = false;
    this.hidden = new Set();
    this.begun = new Map();
    this.flashes = new Map();
    this.view = { scale: 1, x: 0, y: 0 };
    this.size = { width: 0, height: 0 };
    this.pointer = new Pointer(this, tip);
    const isStill = matchMedia('(prefers-reduced-motion: reduce)');
    this.travel = !isStill.matches;
    isStill.addEventListener('change', (event) => (this.travel = !event.matches));
    new ResizeObserver(() => this.resize()).observe(canvas.parentElement);
    this.colours();
  }

  show(scene) {
    this.scene = scene;
    this.isFolded = scene.nodes.length > FOLD_ABOVE && !this.isUnfolded;
    if (this.isFolded) this.fold.update(scene);
    else this.places.update(scene);
    this.due();
  }

  // --- The view -----------------------------------------------------------------------------------------------------

  fit() {
    this.view = { scale: 1, x: 0, y: 0 };
    this.due();
  }

  zoom(factor) {
    this.view.scale = Math.min(16, Math.max(0.4, this.view.scale * factor));
    this.due();
  }

  resize() {
    const { width, height } = this.canvas.parentElement.getBoundingClientRect();
    const ratio = devicePixelRatio || 1;
    this.size = { width, height };
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.due();
  }

  /** Half of what [-1, 1] takes on the canvas, in CSS pixels. Few nodes make use of a wide frame, so that names have room. */
  half() {
    const { width, height } = this.size;
    const half = Math.max(20, Math.min(width, height) / 2 - MARGIN);
    return { x: half * Math.min(1.6, Math.max(1, (width / 2 - 60) / half)), y: half };
  }

  /** Where a place is on the canvas, in CSS pixels. */
  project(place) {
    const half = this.half();
    return {
      x: this.size.width / 2 + (place.x * half.x + this.view.x) * this.view.scale,
      y: this.size.height / 2 + (place.y * half.y + this.view.y) * this.view.scale,
    };
  }

  /** The place at a point of the canvas. */
  place(point) {
    const half = this.half();
    return {
      x: ((point.x - this.size.width / 2) / this.view.scale - this.view.x) / half.x,
      y: ((point.y - this.size.height / 2) / this.view.scale - this.view.y) / half.y,
    };
  }

  point(i) {
    const place = this.places.get(i);
    return place ? this.project(place) : undefined;
  }

  isShown(node) {
    return node !== undefined && node.state !== 'absent' && !this.hidden.has(this.scene.state(node));
  }

  // --- What happens -------------------------------------------------------------------------------------------------

  /** Lets these arrivals be seen one hop after the other. */
  arrive(arrivals) {
    if (!this.travel) return;
    const now = performance.now();
    for (const { m, node, hops } of arrivals) {
      if (!this.begun.has(m)) this.begun.set(m, { at: now, nodes: new Map() });
      const begun = this.begun.get(m);
      begun.nodes.set(node, Math.max(now, begun.at + hops * HOP_MILLIS));
    }
    // Only the message that is shown is seen travelling.
    const shown = this.scene.current()?.m;
    for (const m of this.begun.keys()) if (m !== shown && this.begun.size > 3) this.begun.delete(m);
    this.due();
  }

  duplicate(copies) {
    if (!this.travel) return;
    const until = performance.now() + DUPLICATE_MILLIS;
    for (const [, , to] of copies) if (this.flashes.size < FLASHES_MAX) this.flashes.set(to, until);
    this.due();
  }

  /** When the arrival of the current message at this node is to be seen, as performance.now() tells time. */
  shownAt(i) {
    return this.begun.get(this.message?.m)?.nodes.get(i) ?? 0;
  }

  /** What a node looks like at this moment. */
  look(node, now) {
    const state = this.scene.state(node);
    if (this.scene.moment !== null) return state === 'hasNot' && this.isComing(node.i) ? 'coming' : state;
    if (state !== 'has') return state;
    const at = this.shownAt(node.i);
    if (now >= at) return 'has';
    this.isMoving = true;
    return now >= at - HOP_MILLIS ? 'coming' : 'hasNot';
  }

  /** Whether the message is between the node that gave it to this one and this one, at the moment that is shown. */
  isComing(i) {
    const sent = this.way?.arrivals.get(this.way.arrivals.get(i)?.from);
    return sent !== undefined && sent.at <= this.scene.moment;
  }

  /** Whether the message came over this link first, and how far it has come on it; null if not. */
  carried(a, b, now) {
    const arrivals = this.way?.arrivals;
    if (arrivals === undefined) return null;
    const to = arrivals.get(b)?.from === a ? b : arrivals.get(a)?.from === b ? a : -1;
    if (to < 0) return null;
    const from = to === a ? b : a;
    const share = this.share(arrivals.get(from), arrivals.get(to), now);
    return share > 0 ? { from, to, share: Math.min(1, share) } : null;
  }

  share(sent, arrival, now) {
    const { moment } = this.scene;
    if (moment !== null) {
      if (arrival.at <= moment) return 1;
      return sent === undefined ? 0 : (moment - sent.at) / Math.max(1, arrival.at - sent.at);
    }
    const share = 1 - (this.shownAt(arrival.node) - now) / HOP_MILLIS;
    if (share < 1) this.isMoving = true;
    return share;
  }

  isCopied(a, b) {
    const copies = this.way?.copies;
    const copy = copies?.get(`${a}>${b}`) ?? copies?.get(`${b}>${a}`);
    return copy !== undefined && (this.scene.moment === null || copy.at <= this.scene.moment);
  }

  // --- Drawing ------------------------------------------------------------------------------------------------------

  colours() {
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(`--${name}`).trim();
    this.ink = { text: colour('text'), faint: colour('faint'), link: colour('link'), ground: colour('panel'), ring: colour('ring'), first: colour('first') };
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
    if (this.canvas.closest('[hidden]') !== null) return;
    const g = this.canvas.getContext('2d');
    const ratio = devicePixelRatio || 1;
    g.setTransform(ratio, 0, 0, ratio, 0, 0);
    g.clearRect(0, 0, this.size.width, this.size.height);
    this.isMoving = false;
    this.paint(g, now);
    for (const [node, until] of this.flashes) if (until <= now) this.flashes.delete(node);
    this.canvas.dataset.event = this.app.network.window.last;
    if (this.isMoving || this.flashes.size > 0) this.due();
  }

  /** Everything, on a canvas or on what records what is drawn. */
  paint(g, now) {
    this.message = this.scene.current();
    this.way = this.message === null ? null : this.scene.way(this.message.m);
    if (this.isFolded) return this.fold.paint(g, this);
    const { nodes } = this.scene;
    const frame = Math.min(this.size.width, this.size.height);
    this.radius = Math.max(3.5, Math.min(16, frame / 24, (frame * 0.2) / Math.sqrt(Math.max(1, nodes.length)))) * Math.sqrt(this.view.scale);
    const points = nodes.map((node) => (this.isShown(node) ? this.point(node.i) : undefined));
    this.paintLinks(g, points, now);
    if (this.scene.flights) this.paintFlights(g, points);
    for (const node of nodes) if (points[node.i] && this.isInSight(points[node.i])) this.paintNode(g, node, points[node.i], now);
    if (nodes.length <= LABELS_MAX || this.view.scale > 2) this.paintLabels(g, points);
    if (this.pointer.lasso) this.pointer.paintLasso(g, this.ink);
  }

  isInSight({ x, y }) {
    return x > -40 && y > -40 && x < this.size.width + 40 && y < this.size.height + 40;
  }

  /** Links that look alike are drawn as one path: a thousand nodes have many. */
  paintLinks(g, points, now) {
    const kinds = { idle: [], near: [], copy: [], first: [], impaired: [], chosen: [] };
    const travelling = [];
    const { selected, selectedLink } = this.app;
    for (const link of this.scene.links) {
      const [a, b] = link;
      if (!points[a] || !points[b]) continue;
      const first = this.carried(a, b, now);
      const kind = this.app.impairs(a, b) ? 'impaired' : first ? 'first' : this.isCopied(a, b) ? 'copy' : selected === a || selected === b ? 'near' : 'idle';
      if (this.hidden.has(kind === 'near' ? 'idle' : kind)) continue;
      kinds[kind].push(link);
      if (first && first.share < 1) travelling.push(first);
      if (selectedLink && selectedLink[0] === a && selectedLink[1] === b) kinds.chosen.push(link);
    }
    // The more links, the finer, so that nodes stay in sight.
    const thin = Math.min(1, Math.max(0.35, Math.sqrt(120 / Math.max(1, this.scene.links.length)))) * Math.min(2, Math.sqrt(this.view.scale));
    this.stroke(g, points, kinds.chosen, this.ink.text, 8, []);
    this.stroke(g, points, kinds.idle, this.ink.link, Math.max(0.5, thin), []);
    this.stroke(g, points, kinds.near, this.ink.ring, 1.6, []);
    this.stroke(g, points, kinds.copy, this.ink.ring, 2 * thin, [2, 5]);
    this.stroke(g, points, kinds.first, this.ink.first, 3.5 * thin, []);
    this.stroke(g, points, kinds.impaired, '#D55E00', 1.8, [], zigzag);
    g.fillStyle = '#56B4E9';
    for (const { from, to, share } of travelling) {
      g.beginPath();
      g.arc(points[from].x + (points[to].x - points[from].x) * share, points[from].y + (points[to].y - points[from].y) * share, 5, 0, 2 * Math.PI);
      g.fill();
    }
  }

  /** Messages between any two that are on their way at this moment, where the scene knows them. */
  paintFlights(g, points) {
    for (const flight of this.scene.flights) {
      const from = points[flight.from];
      const to = points[flight.to];
      if (!from || !to) continue;
      const share = Math.min(1, Math.max(0, (this.scene.moment - flight.at) / Math.max(1, flight.arrives - flight.at)));
      g.setLineDash([3, 4]);
      g.lineWidth = 1.2;
      g.strokeStyle = flight.isRumor ? '#0072B2' : this.ink.ring;
      g.beginPath();
      g.moveTo(from.x, from.y);
      g.lineTo(to.x, to.y);
      g.stroke();
      g.setLineDash([]);
      g.fillStyle = flight.isRumor ? '#56B4E9' : this.ink.ring;
      g.beginPath();
      g.arc(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share, flight.isRumor ? 5 : 3.5, 0, 2 * Math.PI);
      g.fill();
    }
    const { last } = this.scene;
    if (last && points[last.from] && points[last.to]) {
      g.lineWidth = 3;
      g.strokeStyle = '#E69F00';
      g.beginPath();
      g.moveTo(points[last.from].x, points[last.from].y);
      g.lineTo(points[last.to].x, points[last.to].y);
      g.stroke();
    }
  }

  stroke(g, points, links, colour, width, dash, path) {
    if (links.length === 0) return;
    g.setLineDash(dash);
    g.lineWidth = width;
    g.strokeStyle = colour;
    g.beginPath();
    for (const [a, b] of links) {
      if (path) path(g, points[a], points[b]);
      else {
        g.moveTo(points[a].x, points[a].y);
        g.lineTo(points[b].x, points[b].y);
      }
    }
    g.stroke();
    g.setLineDash([]);
  }

  paintNode(g, node, at, now) {
    const state = this.look(node, now);
    const r = this.radius;
    g.globalAlpha = state === 'removed' ? 0.35 : this.app.found && !this.app.found(node) ? 0.25 : 1;
    g.lineWidth = r < 6 ? 1.2 : 2;
    g.setLineDash([]);
    if (this.isByArrival && state === 'has') this.paintArrival(g, node, at, r);
    else PAINT[state](g, at.x, at.y, r, this.ink, node);
    g.setLineDash([]);
    if (this.flashes.has(node.i)) ring(g, at.x, at.y, r + 5, this.ink.ring, 1.5);
    if (this.app.selected === node.i) ring(g, at.x, at.y, r + 8, this.ink.text, 2.5);
    if (this.app.marked.has(node.i)) ring(g, at.x, at.y, r + 6, '#CC79A7', 3);
    g.globalAlpha = 1;
  }

  paintArrival(g, node, at, r) {
    const delay = this.scene.arrival(this.message.m, node.i).at - this.message.at;
    body(g, at.x, at.y, r, node, cividis(delay / Math.max(1, this.message.t100)), this.ink.ring);
  }

  paintLabels(g, points) {
    g.fillStyle = this.ink.text;
    g.font = '12px system-ui, sans-serif';
    g.textAlign = 'center';
    g.textBaseline = 'top';
    // What is behind a name must not cross it out.
    g.strokeStyle = this.ink.ground;
    g.lineWidth = 4;
    g.lineJoin = 'round';
    for (const node of this.scene.nodes) {
      const at = points[node.i];
      if (!at || !this.isInSight(at)) continue;
      const text = node.name.length > 22 ? `…${node.name.slice(-20)}` : node.name;
      g.strokeText(text, at.x, at.y + this.radius + 6);
      g.fillText(text, at.x, at.y + this.radius + 6);
    }
  }

  // --- Pictures -----------------------------------------------------------------------------------------------------

  /** What is seen, as an SVG. */
  svg() {
    const g = new SvgContext(this.size.width, this.size.height, this.ink.ground);
    this.paint(g, performance.now());
    return g.toString();
  }

  /** What is seen, as a PNG. */
  png() {
    const copy = document.createElement('canvas');
    copy.width = this.size.width * 2;
    copy.height = this.size.height * 2;
    const g = copy.getContext('2d');
    g.scale(2, 2);
    g.fillStyle = this.ink.ground;
    g.fillRect(0, 0, this.size.width, this.size.height);
    this.paint(g, performance.now());
    return new Promise((resolve) => copy.toBlob(resolve, 'image/png'));
  }
}
