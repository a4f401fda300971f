// What is known of the node or link that is selected, and what can be done to it.

import { STATES, called, capital, clock, count, element, number, span, title } from '../model/words.js';

const MESSAGES_SHOWN = 8;

export class Inspector {
  constructor(place, app, faults) {
    this.place = place;
    this.app = app;
    this.faults = faults;
  }

  update(scene) {
    this.scene = scene;
    const { selected, selectedLink } = this.app;
    const node = scene.nodes[selected];
    const shown = node ? this.node(node) : selectedLink ? this.link(...selectedLink) : [element('p', { className: 'hint', textContent: 'Select a node or a link in the graph, or a node in the list.' })];
    // Anew only if something is different: whoever is about to press a button here must not lose it.
    const key = shown.map((part) => part.outerHTML).join('');
    if (key === this.key) return;
    this.key = key;
    const focused = this.place.contains(document.activeElement) ? document.activeElement.textContent : null;
    this.place.replaceChildren(...shown);
    if (focused) [...this.place.querySelectorAll('button')].find((button) => button.textContent === focused)?.focus();
  }

  // --- A node -------------------------------------------------------------------------------------------------------

  node(node) {
    const near = (this.scene.neighbours[node.i] ?? []).map((i) => this.scene.nodes[i]).filter(Boolean);
    const isSeed = node.role === 'seed';
    return [
      element('h3', { textContent: capital(called(node)) }),
      this.list(this.facts(node)),
      this.actions(node),
      element('h4', { textContent: isSeed ? 'Links' : count(near.length, 'neighbour') }),
      element('p', { className: 'buttons' }, ...near.map((other) => this.button(other.name, () => this.app.select(other.i), STATES[this.scene.state(other)]))),
      ...(isSeed ? [] : [element('h4', { textContent: 'Messages' }), this.heard(node)]),
      element('p', { className: 'hint' }, 'Look closer: ', element('code', { textContent: `gossip list-peers ${node.name}` })),
    ];
  }

  facts(node) {
    const facts = [
      ['State', capital(STATES[this.scene.state(node)])],
      ['Address', node.address],
      ['Role', node.role],
    ];
    // Counters are known as they are now; the past has only states, links and messages.
    if (this.scene.moment === null) {
      facts.push(['New, duplicate, own', `${number(node.received)}, ${number(node.duplicates)}, ${number(node.published)}`]);
      facts.push(['Waiting to be sent', count(node.queued, 'message')]);
      facts.push(['Members it knows', number(node.members)]);
      if (node.suspectedBy.length > 0) facts.push(['Suspected by', this.names(node.suspectedBy)]);
      if (node.givenUpBy.length > 0) facts.push(['Given up by', this.names(node.givenUpBy)]);
      if (!node.reporting && node.heard > 0) facts.push(['Heard last', clock(node.heard)]);
    }
    return facts;
  }

  names(indexes) {
    return indexes.map((i) => this.scene.nodes[i]?.name ?? '?').join(', ');
  }

  actions(node) {
    const { app } = this;
    const actions = [];
    if (node.role !== 'seed') {
      const isSeen = app.seenBy === node.i;
      actions.push(this.button(isSeen ? 'See the whole network' : 'See the network as this node does', () => app.seeAs(isSeen ? -1 : node.i)));
    }
    if (this.scene.moment === null && app.faults.can) {
      const isKilled = app.faults.list.some((fault) => fault.kind === 'kill' && fault.nodes.includes(node.i));
      if (isKilled) actions.push(this.button('Start again', () => this.faults.restart(node.i)));
      else if (node.state !== 'removed') {
        actions.push(this.button('Pause …', () => this.faults.of('pause', node.i)));
        actions.push(this.button('Kill …', () => this.faults.of('kill', node.i), 'K'));
      }
    }
    return element('p', { className: 'buttons actions' }, ...actions);
  }

  button(textContent, then, title = '') {
    const button = element('button', { type: 'button', textContent, title });
    button.addEventListener('click', then);
    return button;
  }

  /** The latest messages of which it is known here whether they have come to this node. */
  heard(node) {
    const messages = this.scene
      .messages()
      .filter((message) => this.scene.way(message.m).arrivals.size > 0)
      .slice(0, MESSAGES_SHOWN);
    if (messages.length === 0) return element('p', { className: 'hint', textContent: 'None yet.' });
    return this.list(
      messages.map((message) => {
        const arrival = this.scene.arrival(message.m, node.i);
        if (!arrival) return [title(message), 'not here'];
        if (arrival.from < 0) return [title(message), 'its own'];
        return [title(message), `${span(arrival.at - message.at)}, ${count(arrival.hops, 'hop')}, from ${called(this.scene.nodes[arrival.from])}`];
      }),
    );
  }

  list(facts) {
    return element('dl', {}, ...facts.flatMap(([name, value]) => [element('dt', { textContent: name }), element('dd', { textContent: value })]));
  }

  // --- A link -------------------------------------------------------------------------------------------------------

  link(a, b) {
    const [one, other] = [this.scene.nodes[a], this.scene.nodes[b]];
    const isThere = (this.scene.neighbours[a] ?? []).includes(b);
    const { app } = this;
    const parts = [
      element('h3', { textContent: `Link ${one.name} – ${other.name}` }),
      this.list([['State', isThere ? this.impairment(a, b) : 'not there at this moment'], ...this.carried(a, b), ...this.opinions(one, other)]),
      element('p', { className: 'buttons actions' }, this.button(capital(called(one)), () => app.select(a)), this.button(capital(called(other)), () => app.select(b))),
    ];
    if (this.scene.moment === null && app.faults.can && isThere) {
      const both = (from, to) => ({ kind: 'cut', from: [from], to: [to], for: '30s' });
      parts.at(-1).append(
        this.button(`Cut ${one.name} → ${other.name} …`, () => this.faults.ask(both(a, b))),
        this.button(`Cut ${other.name} → ${one.name} …`, () => this.faults.ask(both(b, a))),
      );
    }
    return parts;
  }

  impairment(a, b) {
    const fault = this.scene.moment === null ? this.app.faults.impairing(a, b) : undefined;
    return fault ? `impaired: ${this.faults.named(fault.what)}` : 'well';
  }

  /** What the current message has done on it. */
  carried(a, b) {
    const message = this.scene.current();
    if (message === null) return [];
    const facts = [];
    for (const [from, to] of [[a, b], [b, a]]) {
      const arrival = this.scene.arrival(message.m, to);
      const way = `${called(this.scene.nodes[from])} to ${called(this.scene.nodes[to])}`;
      if (arrival?.from === from) facts.push([`Message ${message.m}`, `${way}, first, after ${span(arrival.at - message.at)}`]);
      const copy = this.scene.way(message.m).copies.get(`${from}>${to}`);
      if (copy && (this.scene.moment === null || copy.at <= this.scene.moment)) facts.push([`Message ${message.m}`, `${way}, a duplicate, after ${span(Math.max(0, copy.at - message.at))}`]);
    }
    return facts.length === 0 ? [[`Message ${message.m}`, 'did not cross it']] : facts;
  }

  /** What its ends think of each other. */
  opinions(one, other) {
    if (this.scene.moment !== null) return [];
    const opinion = (of, about) => {
      if (about.givenUpBy.includes(of.i)) return `has given up ${called(about)}`;
      return about.suspectedBy.includes(of.i) ? `suspects ${called(about)}` : `hears ${called(about)}`;
    };
    return [[capital(called(one)), opinion(one, other)], [capital(called(other)), opinion(other, one)]];
  }
}
