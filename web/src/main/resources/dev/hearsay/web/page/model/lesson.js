// A lesson: a small network of real nodes, run by the engine in this page, of which every step that was made is kept, so that one can go back.

import { Scene } from './scene.js';

/** No more: a page must not be busy for minutes. */
export const STEPS_MAX = 20_000;
const NAME = /\b(sim|seed):(\d+)/g;

/** As the page calls nodes: sim:3 is 3, seed:0 is s0; so do the texts of lessons. */
export function shortName(address) {
  return address.replace(NAME, (all, kind, number) => (kind === 'seed' ? `s${number}` : number));
}

/** Words of the engine, with nodes called as the page calls them. */
export function inWords(text) {
  return text.replace(NAME, (all, kind, number) => (kind === 'seed' ? `seed s${number}` : `node ${number}`));
}

export class Lesson {
  /** @throws Error whose message is a sentence for people, if there is no such lesson */
  constructor(engine, text) {
    this.handle = engine.lesson(text);
    this.text = this.handle.text() || text;
    this.steps = [];
    /** Those in which somebody has intervened. */
    this.interventionSteps = [];
    this.flights = [];
    this.byNumber = new Map();
    this.rumors = [];
    /** Peers whose removal a quorum of seeds has decided, and by which step. */
    this.removals = [];
    /** Links that somebody has cut or mended, by which step. */
    this.cuts = [];
    this.faults = new Set();
    this.isOver = false;
    const nodes = JSON.parse(this.handle.nodes());
    this.nodes = nodes.map((node, i) => ({ i, address: node.node, name: shortName(node.node), role: node.node.startsWith('seed') ? 'seed' : 'peer', heard: 1, suspectedBy: [], givenUpBy: [], firstUp: Infinity, firstListed: Infinity }));
    this.index = new Map(this.nodes.map((node) => [node.address, node.i]));
    this.sights = new Map(nodes.map((node) => [node.node, node]));
    this.shown = -1;
  }

  /** Makes steps until there are so many; returns whether there are. */
  reach(count) {
    while (this.steps.length < count && !this.isOver) this.take(this.handle.next());
    return this.steps.length >= count;
  }

  take(text) {
    if (text === null) {
      this.isOver = true;
      return;
    }
    const step = JSON.parse(text);
    step.i = this.steps.length;
    this.steps.push(step);
    if (step.kind === 'end') this.isOver = true;
    if (step.intervention !== undefined) this.interventionSteps.push(step);
    if (step.message && step.kind !== 'waits') this.land(step.message.number, step.i);
    if (step.kind === 'intervention') this.meddle(step);
    if (step.kind === 'fault') {
      // Told twice in the same words: when it begins, and when it is over.
      step.isEnd = this.faults.has(step.words);
      this.faults.add(step.words);
    }
    for (const sent of step.sent ?? []) if (sent.from !== undefined) this.fly(sent, step);
    for (const { node, after } of step.changed ?? []) {
      const known = this.nodes[this.index.get(node)];
      if (after.state?.[0] === 'up') known.firstUp = Math.min(known.firstUp, step.i);
    }
    for (const { trace } of step.signals ?? []) this.tell(trace, step);
  }

  meddle(step) {
    const [intervention, one, other] = step.intervention.split(':');
    if (intervention === 'cut' || intervention === 'mend') this.cuts.push({ i: step.i, link: `${one}>${other}`, isCut: intervention === 'cut' });
    if (intervention !== 'drop' && intervention !== 'first') return;
    const flight = this.byNumber.get(Number(one));
    if (flight) step.flight = flight;
    this.land(Number(one), step.i);
  }

  fly(sent, step) {
    const isRumor = sent.content.type === 'GOSSIP' || sent.content.type === 'REPAIR';
    const flight = { number: sent.number, from: this.index.get(sent.from), to: this.index.get(sent.to), words: sent.words, isRumor, at: step.micros, arrives: sent.arrives, begun: step.i, ended: Infinity };
    this.flights.push(flight);
    this.byNumber.set(sent.number, flight);
  }

  land(number, i) {
    const flight = this.byNumber.get(number);
    if (flight && flight.ended === Infinity) flight.ended = i;
  }

  tell(trace, step) {
    if (trace.signal === 'published') {
      const m = this.rumors.length + 1;
      this.rumors.push({ m, id: trace.id, text: '', origin: this.index.get(trace.node), at: step.micros, begun: step.i, arrivals: new Map(), copies: new Map(), dropped: [] });
      this.arrive(this.rumors.at(-1), trace.node, -1, step, 0);
    }
    if (trace.signal === 'listChanged' && trace.statement.change === 'register') {
      const known = this.nodes[this.index.get(trace.statement.peer)];
      known.firstListed = Math.min(known.firstListed, step.i);
    }
    if (trace.signal === 'decided' && trace.approved && trace.statement.change === 'remove') this.removals.push({ i: step.i, peer: trace.statement.peer });
    const rumor = trace.id && this.rumors.find((known) => known.id === trace.id);
    if (!rumor) return;
    if (trace.signal === 'delivered') this.arrive(rumor, trace.node, this.index.get(trace.from), step, trace.hops);
    if (trace.signal === 'duplicate') {
      rumor.dropped.push(step.i);
      const key = `${this.index.get(trace.from)}>${this.index.get(trace.node)}`;
      if (!rumor.copies.has(key)) rumor.copies.set(key, { from: this.index.get(trace.from), to: this.index.get(trace.node), at: step.micros });
    }
  }

  arrive(rumor, address, from, step, hops) {
    const node = this.index.get(address);
    if (!rumor.arrivals.has(node)) rumor.arrivals.set(node, { node, from, at: step.micros, hops });
  }

  /** The last step up to a moment, in microseconds; -1 if there is none. */
  stepAt(micros) {
    while (!this.isOver && (this.steps.at(-1)?.micros ?? 0) <= micros) this.reach(this.steps.length + 1);
    return this.steps.findLastIndex((step) => step.micros <= micros);
  }

  /** What is seen after that step; -1 for the beginning. */
  at(i) {
    while (this.shown < i) this.change(this.steps[++this.shown], 'after', 'before');
    while (this.shown > i) this.change(this.steps[this.shown--], 'before', 'after');
    return new LessonScene(this, i);
  }

  change(step, into, outOf) {
    for (const change of step.changed ?? []) {
      const sight = this.sights.get(change.node);
      for (const name of Object.keys(change[outOf])) if (!(name in change[into])) delete sight[name];
      Object.assign(sight, change[into]);
    }
  }
}

/** The network of a lesson after one of its steps. */
class LessonScene extends Scene {
  constructor(lesson, i) {
    super();
    this.name = `lesson ${lesson.nodes.length}`;
    this.lesson = lesson;
    this.step = i;
    this.moment = i < 0 ? 0 : lesson.steps[i].micros;
    const sight = (node) => lesson.sights.get(node.address);
    const count = (list) => new Set(list.map((address) => lesson.index.get(address)));
    const step = lesson.steps[i];
    /** The message whose arrival this step is. */
    this.last = step?.from && step.node ? { from: lesson.index.get(step.from), to: lesson.index.get(step.node) } : null;
    const suspected = count(lesson.nodes.flatMap((node) => [...(sight(node).suspects ?? []), ...(sight(node).silent ?? [])]));
    const seeds = lesson.nodes.filter((node) => node.role === 'seed');
    const isListed = (node) => node.role === 'seed' || seeds.length === 0 || seeds.some((seed) => (sight(seed).members ?? []).includes(node.address));
    this.nodes = lesson.nodes.map((node) => ({ ...node, sight: sight(node), state: stateOf(node, sight(node), i, suspected, isListed(node)) }));
    const pairs = new Map();
    for (const node of lesson.nodes) {
      for (const address of sight(node).neighbours ?? []) {
        const [a, b] = [node.i, lesson.index.get(address)].sort((x, y) => x - y);
        pairs.set(`${a} ${b}`, [a, b]);
      }
    }
    this.link([...pairs.values()]);
    this.flights = lesson.flights.filter((flight) => flight.begun <= i && flight.ended > i);
    /** Links that are cut by hand, each as from>to by the names of its ends. */
    this.cuts = new Set();
    for (const { i: at, link, isCut } of lesson.cuts) {
      if (at > i) break;
      if (isCut) this.cuts.add(link);
      else this.cuts.delete(link);
    }
  }

  isCut(a, b) {
    return this.cuts.has(`${this.nodes[a].name}>${this.nodes[b].name}`);
  }

  /** How many messages were sent so far. */
  sent() {
    return this.lesson.flights.filter((flight) => flight.begun <= this.step).length;
  }

  removed() {
    return [...new Set(this.lesson.removals.filter((removal) => removal.i <= this.step).map((removal) => removal.peer))];
  }

  message(m) {
    const rumor = this.lesson.rumors[m - 1];
    if (!rumor || rumor.begun > this.step) return null;
    const reached = [...rumor.arrivals.values()].filter((arrival) => arrival.at <= this.moment).length;
    return { ...rumor, reached, of: this.nodes.filter((node) => node.role !== 'seed').length, t100: Math.max(...[...rumor.arrivals.values()].map((arrival) => arrival.at)) - rumor.at, duplicates: rumor.dropped.filter((i) => i <= this.step).length };
  }

  messages() {
    return this.lesson.rumors.filter((rumor) => rumor.begun <= this.step).map((rumor) => this.message(rumor.m)).reverse();
  }

  way(m) {
    return this.lesson.rumors[m - 1];
  }
}

/** What has become of a node, as somebody sees it who sees everything. */
function stateOf(node, sight, step, suspected, isListed) {
  if (step < node.firstUp) return 'absent';
  if (!isListed && step >= node.firstListed) return 'removed';
  if (sight.state[0] === 'down') return 'dead';
  if (sight.state[0] === 'paused') return 'paused';
  if (suspected.has(node.i)) return 'suspected';
  return isListed ? 'live' : 'applying';
}
