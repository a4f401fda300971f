// What is on its way, and what one may do to it.

import { inWords } from '../model/lesson.js';
import { called, count, element, put } from '../model/words.js';
import { interventionButton } from './facts.js';

const SHOWN_MAX = 12;

export class Flights {
  /** @param intervene called with what people want done */
  constructor(list, counter, intervene) {
    this.list = list;
    this.counter = counter;
    this.intervene = intervene;
  }

  update(scene) {
    const shown = scene.flights.filter((flight) => flight.arrives >= scene.moment).slice(0, SHOWN_MAX);
    const more = scene.flights.length - shown.length;
    put(this.counter, scene.flights.length === 0 ? 'nothing' : `${count(scene.flights.length, 'message')}${more > 0 && shown.length === SHOWN_MAX ? `, the first ${SHOWN_MAX}` : ''}`);
    const key = shown.map((flight) => flight.number).join();
    if (this.key === key) return;
    this.key = key;
    this.list.replaceChildren(...shown.map((flight) => this.row(flight, scene)));
  }

  row(flight, scene) {
    const from = scene.nodes[flight.from];
    const to = scene.nodes[flight.to];
    const way = `from ${called(from)} to ${called(to)}`;
    return element(
      'li',
      {},
      element('span', { textContent: `${from.name} → ${to.name}: ${inWords(flight.words)}` }),
      interventionButton('Drop', () => this.intervene(`drop:${flight.number}`), `Drop the message ${way}`),
      interventionButton('First', () => this.intervene(`first:${flight.number}`), `First: deliver the message ${way} before all others`),
    );
  }
}
