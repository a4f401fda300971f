// What is known of the node that is selected.

import { STATES, called, capital, clock, count, element, number, span, title } from '../model/words.js';

const MESSAGES_SHOWN = 8;

export class Inspector {
  constructor(place, app, onSelect) {
    this.place = place;
    this.app = app;
    this.scene = app.scene;
    this.onSelect = onSelect;
  }

  update(scene) {
    this.scene = scene;
    const { selected } = this.app;
    const node = this.scene.nodes[selected];
    if (!node) {
      this.key = '';
      this.place.replaceChildren(element('p', { className: 'hint', textContent: 'Select a node in the graph or in the list.' }));
      return;
    }
    const near = (this.scene.neighbours[selected] ?? []).map((i) => this.scene.nodes[i]).filter(Boolean);
    const heard = this.heard(node);
    // Anew only if something is different: whoever is about to press a button here must not lose it.
    const key = JSON.stringify([node, near.map((other) => [other.i, this.scene.state(other)]), heard, this.scene.state(node)]);
    if (key === this.key) return;
    this.key = key;
    const focused = this.place.contains(document.activeElement) ? document.activeElement.textContent : null;
    this.place.replaceChildren(
      element('h3', { textContent: capital(called(node)) }),
      this.facts(node),
      element('h4', { textContent: node.role === 'seed' ? 'Links' : count(near.length, 'neighbour') }),
      element('p', { className: 'buttons' }, ...near.map((other) => this.button(other))),
      ...(node.role === 'seed' ? [] : [element('h4', { textContent: 'Messages' }), this.list(heard)]),
      element('p', { className: 'hint' }, 'Look closer: ', element('code', { textContent: `gossip list-peers ${node.name}` })),
    );
    if (focused) [...this.place.querySelectorAll('button')].find((button) => button.textContent === focused)?.focus();
  }

  facts(node) {
    const facts = [
      ['State', capital(STATES[this.scene.state(node)])],
      ['Address', node.address],
      ['Role', node.role],
      ['New, duplicate, own', `${number(node.received)}, ${number(node.duplicates)}, ${number(node.published)}`],
      ['Waiting to be sent', count(node.queued, 'message')],
      ['Members it knows', number(node.members)],
    ];
    if (node.suspectedBy.length > 0) facts.push(['Suspected by', this.names(node.suspectedBy)]);
    if (node.givenUpBy.length > 0) facts.push(['Given up by', this.names(node.givenUpBy)]);
    if (!node.reporting && node.heard > 0) facts.push(['Heard last', clock(node.heard)]);
    return element('dl', {}, ...facts.flatMap(([name, value]) => [element('dt', { textContent: name }), element('dd', { textContent: value })]));
  }

  names(indexes) {
    return indexes.map((i) => this.scene.nodes[i]?.name ?? '?').join(', ');
  }

  button(node) {
    const button = element('button', { type: 'button', textContent: node.name, title: STATES[this.scene.state(node)] });
    button.addEventListener('click', () => this.onSelect(node.i));
    return button;
  }

  /** The latest messages of which it is known here whether they have come to this node. */
  heard(node) {
    return this.scene
      .messages()
      .filter((message) => this.scene.way(message.m).arrivals.size > 0)
      .slice(0, MESSAGES_SHOWN)
      .map((message) => {
        const arrival = this.scene.arrival(message.m, node.i);
        if (!arrival) return [title(message), 'not here'];
        if (arrival.from < 0) return [title(message), 'its own'];
        return [title(message), `${span(arrival.at - message.at)}, ${count(arrival.hops, 'hop')}, from ${called(this.scene.nodes[arrival.from])}`];
      });
  }

  list(heard) {
    if (heard.length === 0) return element('p', { className: 'hint', textContent: 'None yet.' });
    return element('dl', {}, ...heard.flatMap(([name, value]) => [element('dt', { textContent: name }), element('dd', { textContent: value })]));
  }
}
