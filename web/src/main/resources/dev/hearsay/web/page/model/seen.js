// The network as one node sees it: its neighbours, whom it has given up, and whom it knows by name only.

import { Scene } from './scene.js';

export class Seen extends Scene {
  /**
   * @param scene the whole network
   * @param viewer the index of the node
   * @param known addresses of the members it knows; null if it has not been asked yet
   */
  constructor(scene, viewer, known) {
    super();
    this.whole = scene;
    this.viewer = viewer;
    this.moment = scene.moment;
    this.chosen = scene.chosen;
    this.name = scene.name;
    const near = new Set(scene.neighbours[viewer] ?? []);
    this.nodes = scene.nodes.map((node) => ({ ...node, state: opinion(node, viewer, near, known) }));
    this.link(scene.links.filter(([a, b]) => a === viewer || b === viewer));
  }

  /** It knows of no message but those that have come to it. */
  way(m) {
    const { arrivals } = this.whole.way(m);
    const own = arrivals.get(this.viewer);
    return { arrivals: new Map(own ? [[this.viewer, own]] : []), copies: new Map() };
  }

  message(m) {
    return this.whole.message(m);
  }

  messages() {
    return this.whole.messages();
  }

  /** Of others it cannot tell whether they have a message. */
  state(node) {
    if (node.i !== this.viewer && node.state === 'live') return node.role === 'seed' ? 'seed' : 'live';
    return super.state(node);
  }
}

function opinion(node, viewer, near, known) {
  if (node.i === viewer) return node.state;
  if (node.givenUpBy.includes(viewer)) return 'dead';
  if (node.suspectedBy.includes(viewer)) return 'suspected';
  if (near.has(node.i)) return 'live';
  if (known !== null && !known.has(node.address)) return 'absent';
  return node.state === 'removed' ? 'removed' : 'beyond';
}
