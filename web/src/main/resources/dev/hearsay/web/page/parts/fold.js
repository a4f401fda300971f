// More nodes than can be told apart: clusters around the nodes with most links, each drawn as one, with the share that has the message.

import { capital, called, count, number } from '../model/words.js';

const CLUSTERS = 80;

export class Fold {
  /** @param onMoved called when clusters have other places than before */
  constructor(onMoved) {
    this.onMoved = onMoved;
    this.groups = [];
    this.links = [];
    this.places = [];
  }

  update(scene) {
    const shape = `${scene.nodes.length} ${scene.links.length}`;
    if (shape === this.shape) return;
    this.shape = shape;
    this.gather(scene);
    this.worker?.terminate();
    this.worker = new Worker(new URL('./layout.js', import.meta.url), { type: 'module' });
    this.worker.onmessage = ({ data }) => {
      this.worker.terminate();
      this.places = data;
      this.onMoved();
    };
    this.worker.postMessage({ kind: 'forces', count: this.groups.length, links: this.links });
  }

  /** Every node belongs to the middle that is the fewest links away. */
  gather(scene) {
    const near = scene.neighbours;
    const degree = (node) => near[node.i]?.length ?? 0;
    const middles = [...scene.nodes].sort((a, b) => degree(b) - degree(a) || a.i - b.i).slice(0, CLUSTERS);
    const of = new Map(middles.map((node, g) => [node.i, g]));
    const queue = middles.map((node) => node.i);
    for (let at = 0; at < queue.length; at++) {
      for (const next of near[queue[at]] ?? []) {
        if (of.has(next)) continue;
        of.set(next, of.get(queue[at]));
        queue.push(next);
      }
    }
    this.groups = middles.map((middle) => ({ middle, members: [] }));
    for (const node of scene.nodes) this.groups[of.get(node.i) ?? 0].members.push(node.i);
    const between = new Set();
    for (const [a, b] of scene.links) {
      const [low, high] = [of.get(a) ?? 0, of.get(b) ?? 0].sort((x, y) => x - y);
      if (low !== high) between.add(low * CLUSTERS + high);
    }
    this.links = [...between].map((key) => [Math.floor(key / CLUSTERS), key % CLUSTERS]);
  }

  radius(group, graph) {
    return (5 + 2.2 * Math.sqrt(group.members.length)) * Math.sqrt(graph.view.scale);
  }

  tally(group, scene) {
    const tally = { has: 0, trouble: 0 };
    for (const i of group.members) {
      const state = scene.state(scene.nodes[i]);
      if (state === 'has' || state === 'origin') tally.has++;
      if (state === 'dead' || state === 'suspected' || state === 'unknown') tally.trouble++;
    }
    return tally;
  }

  paint(g, graph) {
    if (this.places.length !== this.groups.length) return;
    const points = this.places.map((place) => graph.project(place));
    graph.stroke(g, points, this.links, graph.ink.link, 0.6, []);
    this.groups.forEach((group, i) => {
      const { x, y } = points[i];
      const r = this.radius(group, graph);
      const { has, trouble } = this.tally(group, graph.scene);
      const share = has / group.members.length;
      g.lineWidth = 2;
      g.beginPath();
      g.arc(x, y, r, 0, 2 * Math.PI);
      g.fillStyle = graph.ink.ground;
      g.strokeStyle = graph.ink.ring;
      g.fill();
      g.stroke();
      if (share > 0) {
        g.beginPath();
        g.moveTo(x, y);
        g.arc(x, y, r, -Math.PI / 2, -Math.PI / 2 + 2 * Math.PI * share);
        g.closePath();
        g.fillStyle = '#0072B2';
        g.fill();
      }
      g.textAlign = 'center';
      g.textBaseline = 'top';
      g.font = '11px system-ui, sans-serif';
      g.fillStyle = graph.ink.text;
      g.fillText(`${number(group.members.length)}${trouble > 0 ? ` (${trouble} ?)` : ''}`, x, y + r + 3);
    });
  }

  /** What is at that point of the canvas, in words. */
  words(at, graph) {
    const found = this.groups.findIndex((group, i) => {
      const point = this.places[i] && graph.project(this.places[i]);
      return point && Math.hypot(point.x - at.x, point.y - at.y) <= this.radius(group, graph);
    });
    if (found < 0) return '';
    const group = this.groups[found];
    const { has, trouble } = this.tally(group, graph.scene);
    const ill = trouble === 0 ? '' : `, ${number(trouble)} suspected, dead or not reporting`;
    return `${capital(count(group.members.length, 'node'))} around ${called(group.middle)}: ${number(has)} have the message${ill}`;
  }
}
