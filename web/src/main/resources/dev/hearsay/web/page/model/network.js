// The network as it is now: snapshots and updates of the dashboard, put together.

import { ask } from './api.js';
import { Scene, emptyWay } from './scene.js';

const MESSAGES_MAX = 200;
const EVENTS_MAX = 5000;

export class Network extends Scene {
  constructor() {
    super();
    this.name = '';
    this.control = 'none';
    /** Whether this is a recording, in which nothing more will happen. */
    this.isReplay = false;
    this.at = 0;
    this.window = { from: 0, first: 1, last: 0 };
    this.linkMap = new Map();
    this.messageMap = new Map();
    this.ways = new Map();
    this.events = [];
    /** How many seeds of how many can be reached, while that is too few to decide. */
    this.areSeedsShort = '';
  }

  /** Takes a snapshot in: everything anew. Ways of older messages are asked for when they are needed. */
  replace(snapshot) {
    this.name = snapshot.network;
    this.control = snapshot.control;
    this.isReplay = snapshot.replay === true;
    this.window = snapshot.window ?? this.window;
    this.nodes = [];
    this.messageMap.clear();
    this.ways.clear();
    this.events = [];
    this.linkMap = new Map(snapshot.links.map(([a, b]) => [`${a} ${b}`, [a, b]]));
    this.link(snapshot.links);
    return this.apply(snapshot);
  }

  /** Takes an update in; returns the arrivals that are new. Every part of it may come twice. */
  apply(update) {
    this.at = Math.max(this.at, update.at ?? Date.now() * 1000);
    for (const node of update.nodes) this.nodes[node.i] = node;
    for (const [i, received, duplicates, published] of update.counts ?? []) Object.assign(this.nodes[i], { received, duplicates, published });
    this.relink(update.linkChanges);
    for (const message of update.messages) this.messageMap.set(message.m, message);
    while (this.messageMap.size > MESSAGES_MAX) {
      const oldest = [...this.messageMap.values()].reduce((a, b) => (a.at <= b.at ? a : b)).m;
      this.messageMap.delete(oldest);
      this.ways.delete(oldest);
    }
    const arrived = this.go(update);
    const last = this.events.at(-1)?.n ?? 0;
    for (const event of update.events) {
      if (event.n <= last) continue;
      this.events.push(event);
      this.window.last = Math.max(this.window.last, event.n);
      if (event.signal === 'seedsWithoutQuorum') this.areSeedsShort = /\d+ of \d+/.exec(event.text)?.[0] ?? '';
      if (event.signal === 'seedsWithQuorum') this.areSeedsShort = '';
    }
    if (this.events.length > EVENTS_MAX) this.events.splice(0, this.events.length - EVENTS_MAX);
    return arrived;
  }

  /** Links that have come or gone, each as [at, a, b, 1 or 0] with a below b. */
  relink(changes) {
    if (changes.length === 0) return;
    for (const [, a, b, isUp] of changes) {
      if (isUp) this.linkMap.set(`${a} ${b}`, [a, b]);
      else this.linkMap.delete(`${a} ${b}`);
    }
    this.link([...this.linkMap.values()]);
  }

  /** Takes the ways of messages in. */
  go(update) {
    const arrived = [];
    for (const [m, node, from, at, hops] of update.arrivals) {
      const way = this.way(m);
      if (way.arrivals.has(node)) continue;
      way.arrivals.set(node, { node, from, at, hops });
      arrived.push({ m, node, from, at, hops });
    }
    for (const [m, from, to, at] of update.copies) {
      const copies = this.way(m).copies;
      if (!copies.has(`${from}>${to}`)) copies.set(`${from}>${to}`, { from, to, at: at ?? 0 });
    }
    return arrived;
  }

  /** Asks for the whole way of a message, unless it is here; resolves to whether something has come. */
  async load(m) {
    const way = this.messageMap.has(m) ? this.way(m) : null;
    if (way === null || way.isWhole || way.isAsked) return false;
    way.isAsked = true;
    const { body, wrong } = await ask(`api/messages?number=${m}`);
    way.isAsked = false;
    if (wrong !== '') return false;
    this.go(body);
    this.way(m).isWhole = true;
    return true;
  }

  way(m) {
    if (!this.ways.has(m)) this.ways.set(m, emptyWay());
    return this.ways.get(m);
  }

  message(m) {
    return this.messageMap.get(m) ?? null;
  }

  /** All messages, the latest first. */
  messages() {
    return [...this.messageMap.values()].sort((a, b) => b.at - a.at);
  }
}
