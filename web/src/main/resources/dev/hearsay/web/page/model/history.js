// What the network was like: changes of nodes and links, in order, so that any moment of the window can be shown.

import { ask } from './api.js';
import { Scene, counts } from './scene.js';

const MARKS_MAX = 4000;
/** Signals that are worth a tick on the time bar. */
const MARKED = new Set(['published', 'suspected', 'silent', 'departed', 'memberRemoved', 'memberDismissed', 'registered', 'memberAdded', 'decided', 'faultBegan', 'faultEnded']);

export class History {
  constructor(network) {
    this.network = network;
    this.forget();
  }

  forget() {
    this.isLoaded = false;
    this.from = 0;
    this.base = { states: new Map(), links: new Map() };
    this.changes = [];
    this.linkChanges = [];
    this.marks = [];
    this.rewind();
  }

  /** Begins anew with what is so now; `load` adds what was before. */
  begin() {
    this.forget();
    const { nodes, links, at } = this.network;
    this.from = at;
    this.base = { states: new Map(nodes.map((node) => [node.i, node.state])), links: new Map(links.map(([a, b]) => [key(a, b), [a, b]])) };
    this.rewind();
  }

  /** Asks the dashboard for its window; what comes meanwhile is in it or is taken in afterwards. */
  async load() {
    const early = { changes: [], linkChanges: [] };
    this.early = early;
    const { body: window, wrong } = await ask('api/history');
    if (this.early !== early) return;
    this.early = null;
    // Without it, only what happens from now on can be looked back at.
    if (wrong !== '') return this.apply({ ...early, events: [] });
    this.from = window.from;
    this.base = { states: new Map(window.states), links: new Map(window.links.map(([a, b]) => [key(a, b), [a, b]])) };
    this.changes = window.changes;
    this.linkChanges = window.linkChanges;
    this.marks = window.marks;
    this.isLoaded = true;
    this.rewind();
    // Told twice does no harm: a change says what is, not what is different.
    this.apply({ ...early, events: [] });
  }

  /** Takes an update in. */
  apply(update) {
    const into = this.early ?? this;
    append(into.changes, update.changes ?? []);
    append(into.linkChanges, update.linkChanges ?? []);
    for (const event of update.events) {
      if (MARKED.has(event.signal)) this.marks.push([event.at, event.signal, event.node, event.text]);
    }
    if (this.marks.length > MARKS_MAX) this.marks.splice(0, this.marks.length - MARKS_MAX);
  }

  /** The network as it was. Cheap if moments are asked for one after the other. */
  at(moment) {
    if (moment < this.cursor.at) this.rewind();
    const { states, links } = this.cursor;
    while (this.cursor.change < this.changes.length && this.changes[this.cursor.change][0] <= moment) {
      const [, node, state] = this.changes[this.cursor.change++];
      states.set(node, state);
    }
    while (this.cursor.link < this.linkChanges.length && this.linkChanges[this.cursor.link][0] <= moment) {
      const [, a, b, isUp] = this.linkChanges[this.cursor.link++];
      if (isUp) links.set(key(a, b), [a, b]);
      else links.delete(key(a, b));
    }
    this.cursor.at = moment;
    return new Past(this.network, moment, states, [...links.values()]);
  }

  rewind() {
    this.cursor = { at: 0, change: 0, link: 0, states: new Map(this.base.states), links: new Map(this.base.links) };
  }
}

function key(a, b) {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

/** Changes of several nodes may come a little out of order. */
function append(list, more) {
  for (const change of more) {
    let at = list.length;
    while (at > 0 && list[at - 1][0] > change[0]) at--;
    list.splice(at, 0, change);
  }
}

/** The network at an earlier moment. */
class Past extends Scene {
  constructor(network, moment, states, links) {
    super();
    this.network = network;
    this.moment = moment;
    this.chosen = network.chosen;
    this.name = network.name;
    this.control = network.control;
    this.nodes = network.nodes.map((node) => ({ ...node, state: states.get(node.i) ?? 'absent' }));
    this.link(links);
    this.counted = new Set(this.nodes.filter((node) => node.state !== 'absent' && counts(node)).map((node) => node.i));
  }

  way(m) {
    return this.network.way(m);
  }

  get events() {
    return this.network.events;
  }

  message(m) {
    const message = this.network.message(m);
    return message !== null && message.at <= this.moment ? this.asOf(message) : null;
  }

  messages() {
    return this.network.messages().filter((message) => message.at <= this.moment).map((message) => this.asOf(message));
  }

  /** How far it had come by then. */
  asOf(message) {
    const { isWhole } = this.way(message.m);
    const isOver = message.at + message.t100 <= this.moment;
    if (isOver && !isWhole) return message;
    const arrivals = this.arrivals(message.m);
    // Who has died since was one of them then.
    const of = isWhole ? this.counted.size : message.of;
    const reached = isWhole ? arrivals.filter(({ node }) => this.counted.has(node)).length : arrivals.length;
    if (isOver) return { ...message, of, reached };
    const delays = arrivals.map((arrival) => arrival.at - message.at).sort((a, b) => a - b);
    const share = (part) => delays[Math.ceil((delays.length - 1) * part)] ?? 0;
    const duplicates = [...this.way(message.m).copies.values()].filter((copy) => copy.at <= this.moment).length;
    return { ...message, of, reached, duplicates, t50: share(0.5), t90: share(0.9), t100: share(1) };
  }
}
