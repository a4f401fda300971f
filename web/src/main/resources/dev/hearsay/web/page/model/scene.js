// What all parts of the page draw: the network at one moment, be it now (Network) or earlier (Past).

export function emptyWay() {
  return { arrivals: new Map(), copies: new Map(), isWhole: false, isAsked: false };
}

export class Scene {
  constructor() {
    this.nodes = [];
    this.links = [];
    this.neighbours = [];
    /** The message that people have chosen; 0 for the latest. */
    this.chosen = 0;
    /** The moment that is shown, in microseconds since 1970; null for now. */
    this.moment = null;
  }

  link(links) {
    this.links = links;
    this.neighbours = [];
    for (const [a, b] of links) {
      (this.neighbours[a] ??= []).push(b);
      (this.neighbours[b] ??= []).push(a);
    }
  }

  latest() {
    return this.messages()[0] ?? null;
  }

  /** The message that is shown: the chosen one, or the latest; null if there is none yet. */
  current() {
    return this.message(this.chosen) ?? this.latest();
  }

  /** How the message came to the node; undefined if it has not, or had not by then. */
  arrival(m, node) {
    const arrival = this.way(m).arrivals.get(node);
    return arrival && (this.moment === null || arrival.at <= this.moment) ? arrival : undefined;
  }

  /** All arrivals by then. */
  arrivals(m) {
    const all = [...this.way(m).arrivals.values()];
    return this.moment === null ? all : all.filter((arrival) => arrival.at <= this.moment);
  }

  /** Nodes that should get every message and have not got this one. */
  missing(m) {
    return this.nodes.filter((node) => counts(node) && !this.arrival(m, node.i));
  }

  /** The state of a node, of which words.js knows the words. */
  state(node) {
    if (node.state !== 'live') return node.state;
    if (node.role === 'seed') return 'seed';
    const message = this.current();
    if (message === null) return 'live';
    if (message.origin === node.i) return 'origin';
    return this.arrival(message.m, node.i) ? 'has' : 'hasNot';
  }

  find(name) {
    return this.nodes.find((node) => node.name === name || node.address === name);
  }
}

/** Whether messages are expected to reach it. */
export function counts(node) {
  return node.role !== 'seed' && node.state !== 'dead' && node.state !== 'removed';
}
