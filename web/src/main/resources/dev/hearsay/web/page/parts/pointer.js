// The mouse, the pen or the finger on the graph: move it, zoom it, point at a node or a link, drag a node, draw a lasso.

import { STATES, called, capital, span } from '../model/words.js';

const CLICK_PIXELS = 4;
const LINK_PIXELS = 6;

export class Pointer {
  constructor(graph, tip) {
    this.graph = graph;
    this.tip = tip;
    /** The line that is being drawn around nodes; null unless a lasso is asked for. */
    this.lasso = null;
    this.onLasso = null;
    this.down = null;
    const { canvas } = graph;
    canvas.addEventListener('pointerdown', (event) => this.onDown(event));
    canvas.addEventListener('pointermove', (event) => (this.down ? this.onDrag(event) : this.hover(event)));
    canvas.addEventListener('pointerup', (event) => this.onUp(event));
    canvas.addEventListener('pointercancel', () => (this.down = null));
    canvas.addEventListener('pointerleave', () => (this.tip.hidden = true));
    canvas.addEventListener('wheel', (event) => this.onWheel(event), { passive: false });
  }

  /** The next line that is drawn chooses the nodes within. */
  askLasso(then) {
    this.lasso = [];
    this.onLasso = then;
    this.graph.canvas.style.cursor = 'crosshair';
  }

  endLasso() {
    this.lasso = null;
    this.onLasso = null;
    this.graph.due();
  }

  onDown(event) {
    const at = { x: event.offsetX, y: event.offsetY };
    this.down = { at, view: { ...this.graph.view }, node: this.lasso ? null : this.node(at), isMoved: false };
    if (this.lasso) this.lasso = [at];
    this.graph.canvas.setPointerCapture(event.pointerId);
  }

  onDrag(event) {
    const { graph, down } = this;
    const at = { x: event.offsetX, y: event.offsetY };
    down.isMoved ||= Math.hypot(at.x - down.at.x, at.y - down.at.y) > CLICK_PIXELS;
    if (!down.isMoved) return;
    if (this.lasso) this.lasso.push(at);
    else if (down.node) graph.places.put(down.node.i, graph.place(at));
    else {
      graph.view.x = down.view.x + (at.x - down.at.x) / graph.view.scale;
      graph.view.y = down.view.y + (at.y - down.at.y) / graph.view.scale;
    }
    graph.due();
  }

  onUp(event) {
    const { down } = this;
    this.down = null;
    if (!down) return;
    if (this.lasso) return this.closeLasso();
    if (down.isMoved) return;
    const at = { x: event.offsetX, y: event.offsetY };
    const { app } = this.graph;
    const node = this.node(at);
    const link = node ? null : this.link(at);
    if (link) app.selectLink(link[0], link[1]);
    else app.select(node && node.i !== app.selected ? node.i : -1);
  }

  onWheel(event) {
    event.preventDefault();
    const { graph } = this;
    // What is under the pointer stays there.
    const at = { x: event.offsetX, y: event.offsetY };
    const before = graph.place(at);
    graph.zoom(Math.exp(-event.deltaY / 400));
    const after = graph.project(before);
    graph.view.x += (at.x - after.x) / graph.view.scale;
    graph.view.y += (at.y - after.y) / graph.view.scale;
  }

  // --- What is there ------------------------------------------------------------------------------------------------

  node(at) {
    const { graph } = this;
    if (graph.isFolded) return null;
    let closest = null;
    let least = Math.max(12, graph.radius + 4);
    for (const node of graph.scene.nodes) {
      const point = graph.isShown(node) ? graph.point(node.i) : undefined;
      const distance = point ? Math.hypot(point.x - at.x, point.y - at.y) : Infinity;
      if (distance <= least) [closest, least] = [node, distance];
    }
    return closest;
  }

  link(at) {
    const { graph } = this;
    if (graph.isFolded) return null;
    let closest = null;
    let least = LINK_PIXELS;
    for (const link of graph.scene.links) {
      const a = graph.point(link[0]);
      const b = graph.point(link[1]);
      const distance = a && b ? toSegment(at, a, b) : Infinity;
      if (distance <= least) [closest, least] = [link, distance];
    }
    return closest;
  }

  hover(event) {
    const at = { x: event.offsetX, y: event.offsetY };
    const { graph, tip } = this;
    const node = this.node(at);
    const link = node ? null : this.link(at);
    const words = graph.isFolded ? graph.fold.words(at, graph) : node ? this.nodeWords(node) : link ? this.linkWords(link) : '';
    tip.hidden = words === '';
    if (!this.lasso) graph.canvas.style.cursor = words === '' ? 'grab' : 'pointer';
    if (words === '') return;
    tip.textContent = words;
    tip.style.left = `${Math.min(at.x + 14, graph.size.width - 180)}px`;
    tip.style.top = `${at.y + 14}px`;
  }

  nodeWords(node) {
    const { scene } = this.graph;
    const message = scene.current();
    const arrival = message && scene.arrival(message.m, node.i);
    const after = arrival && arrival.from >= 0 ? `, after ${span(arrival.at - message.at)}` : '';
    return `${capital(called(node))}: ${STATES[scene.state(node)]}${after}`;
  }

  linkWords([a, b]) {
    const { nodes } = this.graph.scene;
    const first = this.graph.carried(a, b, performance.now());
    const carried = first ? `: came to ${called(nodes[first.to])} first` : this.graph.isCopied(a, b) ? ': duplicate' : '';
    const impaired = this.graph.app.impairs(a, b) ? ', impaired by a fault' : '';
    return `Link ${nodes[a].name} – ${nodes[b].name}${carried}${impaired}`;
  }

  // --- The lasso ----------------------------------------------------------------------------------------------------

  closeLasso() {
    const line = this.lasso;
    const then = this.onLasso;
    this.endLasso();
    const { graph } = this;
    const inside = graph.scene.nodes.filter((node) => graph.isShown(node) && graph.point(node.i) && isInside(graph.point(node.i), line));
    then(inside.map((node) => node.i));
  }

  paintLasso(g, ink) {
    if (this.lasso.length < 2) return;
    g.setLineDash([6, 4]);
    g.lineWidth = 2;
    g.strokeStyle = ink.text;
    g.beginPath();
    for (const { x, y } of this.lasso) g.lineTo(x, y);
    g.closePath();
    g.stroke();
    g.setLineDash([]);
  }
}

function toSegment(at, a, b) {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const share = Math.min(1, Math.max(0, ((at.x - a.x) * dx + (at.y - a.y) * dy) / Math.max(1e-9, dx * dx + dy * dy)));
  return Math.hypot(at.x - a.x - share * dx, at.y - a.y - share * dy);
}

/** Whether a line that begins at the point crosses the outline an odd number of times. */
function isInside({ x, y }, outline) {
  let inside = false;
  for (let i = 0, j = outline.length - 1; i < outline.length; j = i++) {
    const a = outline[i];
    const b = outline[j];
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}
