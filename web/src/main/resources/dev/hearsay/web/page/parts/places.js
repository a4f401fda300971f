// The places of nodes: found once, kept for the next visit, and never changed by others that come or go.

import { byName } from '../model/words.js';
import { circle } from './layout.js';

/** Up to so many nodes a circle shows best who is linked to whom. */
const CIRCLE_MAX = 24;
/** New nodes may still come; until it is quiet for so long, all are laid out anew. */
const SETTLE_MILLIS = 1500;
const NETWORKS_KEPT = 12;

export const LAYOUTS = [
  ['auto', 'Layout: automatic'],
  ['circle', 'Layout: circle'],
  ['shells', 'Layout: degree shells'],
  ['forces', 'Layout: forces'],
];

export class Places {
  /** @param onMoved called when nodes have other places than before */
  constructor(onMoved) {
    this.onMoved = onMoved;
    this.places = new Map();
    this.kind = 'auto';
    this.isSettled = false;
  }

  get(i) {
    return this.places.get(i);
  }

  /** Somebody has put it there. */
  put(i, place) {
    this.places.set(i, place);
    this.isSettled = true;
    this.keep();
    this.onMoved();
  }

  /** Lays all nodes out anew. */
  choose(kind, scene) {
    this.kind = kind;
    this.isSettled = false;
    this.placed = '';
    this.places = new Map();
    this.update(scene);
  }

  /** Gives a place to every node that has none; those that have one keep it. */
  update(scene) {
    this.scene = scene;
    const { nodes } = scene;
    if (nodes.length === 0) return;
    if (this.network !== scene.name) this.recall(scene);
    const shape = `${nodes.length} ${scene.links.length}`;
    if (this.isSettled) {
      const late = nodes.filter((node) => !this.places.has(node.i));
      for (const node of late) this.places.set(node.i, this.beside(node));
      if (late.length > 0) {
        this.keep();
        this.onMoved();
      }
    } else if (this.placed !== shape || nodes.some((node) => !this.places.has(node.i))) {
      this.placed = shape;
      clearTimeout(this.settling);
      this.settling = setTimeout(() => this.settle(), SETTLE_MILLIS);
      this.layOut();
    }
  }

  layOut() {
    const { nodes, links } = this.scene;
    const isCircle = this.kind === 'circle' || (this.kind === 'auto' && nodes.length <= CIRCLE_MAX);
    // Until forces are found, too.
    if (isCircle || this.places.size === 0) {
      const sorted = [...nodes].sort(byName);
      const isInside = (node) => node.role === 'seed';
      const outside = sorted.filter((node) => !isInside(node));
      this.take(circle(outside.map((node) => node.i), sorted.filter(isInside).map((node) => node.i)));
    }
    if (isCircle) return;
    this.worker?.terminate();
    this.worker = new Worker(new URL('./layout.js', import.meta.url), { type: 'module' });
    this.worker.onmessage = ({ data }) => {
      this.worker.terminate();
      this.worker = null;
      this.take(data);
      if (this.isSettled) this.keep();
    };
    this.worker.postMessage({ kind: this.kind === 'shells' ? 'shells' : 'forces', count: nodes.length, links });
  }

  take(places) {
    places.forEach((place, i) => this.places.set(i, place));
    this.onMoved();
  }

  settle() {
    this.isSettled = true;
    if (!this.worker) this.keep();
  }

  /** A place near the neighbours of a node that has come later. */
  beside(node) {
    const near = (this.scene.neighbours[node.i] ?? []).map((i) => this.places.get(i)).filter(Boolean);
    const sum = near.reduce((total, place) => ({ x: total.x + place.x, y: total.y + place.y }), { x: 0, y: 0 });
    const angle = node.i * 2.4;
    const count = Math.max(1, near.length);
    return { x: (sum.x / count) * 0.8 + 0.12 * Math.cos(angle), y: (sum.y / count) * 0.8 + 0.12 * Math.sin(angle) };
  }

  // --- From visit to visit ------------------------------------------------------------------------------------------

  /** By address, as numbers are given anew whenever the dashboard starts. */
  keep() {
    const all = stored();
    delete all[this.network];
    const round = (value) => Math.round(value * 1e4) / 1e4;
    const places = {};
    for (const node of this.scene.nodes) {
      const place = this.places.get(node.i);
      if (place) places[node.address] = [round(place.x), round(place.y)];
    }
    all[this.network] = { kind: this.kind, places };
    for (const name of Object.keys(all).slice(0, -NETWORKS_KEPT)) delete all[name];
    try {
      localStorage.setItem('places', JSON.stringify(all));
    } catch {
      // No room, or not allowed: then it is laid out anew at the next visit.
    }
  }

  recall(scene) {
    this.network = scene.name;
    this.places = new Map();
    this.isSettled = false;
    this.placed = '';
    const kept = stored()[scene.name];
    this.kind = kept?.kind ?? 'auto';
    const known = scene.nodes.filter((node) => kept?.places[node.address]);
    // Another network of the same name is laid out for itself.
    if (known.length === 0 || known.length < scene.nodes.length / 2) return;
    for (const node of known) {
      const [x, y] = kept.places[node.address];
      this.places.set(node.i, { x, y });
    }
    this.isSettled = true;
  }
}

function stored() {
  try {
    return JSON.parse(localStorage.getItem('places') ?? '{}');
  } catch {
    return {};
  }
}
