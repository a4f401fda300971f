// What this page knows of the network: snapshots and updates of the dashboard, put together.

const MESSAGES_MAX = 200;
const EVENTS_MAX = 2000;

export class Network {
  constructor() {
    this.name = '';
    this.control = 'none';
    this.nodes = [];
    this.links = [];
    this.neighbours = [];
    this.messages = new Map();
    this.ways = new Map();
    this.events = [];
    this.areSeedsShort = '';
    this.chosen = 0;
  }

  /** Takes a snapshot in: everything anew. What it does not tell of older messages stays. */
  replace(snapshot) {
    this.name = snapshot.network;
    this.control = snapshot.control;
    this.nodes = [];
    this.messages.clear();
    this.ways.clear();
    this.events = [];
    return this.apply(snapshot);
  }

  /** Takes an update in; returns the arrivals that are new. Every part of it may come twice. */
  apply(update) {
    for (const node of update.nodes) this.nodes[node.i] = node;
    if (update.links) this.link(update.links);
    for (const message of update.messages) this.messages.set(message.m, message);
    while (this.messages.size > MESSAGES_MAX) {
      const oldest = [...this.messages.values()].reduce((a, b) => (a.at <= b.at ? a : b)).m;
      this.messages.delete(oldest);
      this.ways.delete(oldest);
    }
    const arrived = this.go(update);
    const last = this.events.length === 0 ? 0 : this.events[this.events.length - 1].n;
    for (const event of update.events) {
      if (event.n <= last) continue;
      this.events.push(event);
      if (event.signal === 'seedsWithoutQuorum') this.areSeedsShort = event.text;
      if (event.signal === 'seedsWithQuorum') this.areSeedsShort = '';
    }
    if (this.events.length > EVENTS_MAX) this.events.splice(0, this.events.length - EVENTS_MAX);
    return arrived;
  }

  /** Takes the ways of messages in. */
  go(update) {
    const arrived = [];
    for (const [m, node, from, at, hops] of update.arrivals) {
      const way = this.way(m);
      if (!way.arrivals.has(node)) {
        way.arrivals.set(node, { node, from, at, hops });
        arrived.push({ m, node, from, at, hops });
      }
    }
    for (const [m, from, to] of update.copies) this.way(m).copies.add(`${from}>${to}`);
    return arrived;
  }

  way(m) {
    if (!this.ways.has(m)) this.ways.set(m, { arrivals: new Map(), copies: new Set(), isWhole: false });
    return this.ways.get(m);
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
    let latest = null;
    for (const message of this.messages.values()) if (latest === null || message.at > latest.at) latest = message;
    return latest;
  }

  /** The message that is shown: the chosen one, or the latest. */
  current() {
    return this.messages.get(this.chosen) ?? this.latest();
  }

  /** The state of a node, of which words.js knows the words. */
  state(node) {
    if (node.state !== 'live') return node.state;
    if (node.role === 'seed') return 'seed';
    const message = this.current();
    if (message === null) return 'live';
    if (message.origin === node.i) return 'origin';
    return this.way(message.m).arrivals.has(node.i) ? 'has' : 'hasNot';
  }

  find(name) {
    return this.nodes.find((node) => node.name === name || node.address === name);
  }
}
