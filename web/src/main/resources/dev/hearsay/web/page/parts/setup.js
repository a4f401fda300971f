// Which lesson: a prepared story, or one that people put together themselves.

import { parted } from '../model/interventions.js';
import { capital, element } from '../model/words.js';

const byId = (id) => document.getElementById(`learn-${id}`);

/** Name, label, and how the parameter is written; without one if there is none. */
const TOPOLOGIES = [
  ['powerlaw', 'power law', 'α, or α:K', true],
  ['random', 'random', 'K, such as 4'],
  ['circular', 'ring', ''],
  ['full', 'full', ''],
  ['grid', 'grid', ''],
  ['small-world', 'small world', 'K:P, such as 4:0.2'],
  ['scale-free', 'scale-free', 'M, such as 2'],
];
const DIES = /^crash=(\d+)@8s$/;

/** Which field a sentence of the engine is about. */
const FIELDS = [
  ['more', /^(a|in a) lesson/],
  ['seeds', /^seeds/],
  ['peers', /^peers/],
  ['random', /random-seed/],
  ['crash', /crash|there is no node|names no nodes/],
  ['parameter', /\b(ALPHA|K|M|P) must|parameters/],
  ['topology', /topology|overlay|powerlaw|random|circular|full|grid|small-world|scale-free/],
  ['more', /./],
];

export class Setup {
  /**
   * @param begin called with the text of the lesson that people want
   * @param jump called with the moment of the story that is shown
   */
  constructor(begin, jump) {
    this.form = byId('form');
    this.fields = this.form.elements;
    this.fields.topology.append(...TOPOLOGIES.map(([value, textContent]) => element('option', { value, textContent })));
    for (const name of ['topology', 'seeds']) this.fields[name].addEventListener('input', () => this.constrain());
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      begin(this.wanted());
    });
    byId('story').addEventListener('change', (event) => begin(this.stories[event.target.value].text));
    byId('jump').addEventListener('click', () => jump(this.story.moment));
  }

  offer(stories) {
    this.stories = stories;
    byId('story').append(element('option', { value: '', textContent: 'of your own', disabled: true }), ...stories.map(({ title }, i) => element('option', { value: i, textContent: title })));
  }

  /** The text of what the form asks for. */
  wanted() {
    const { seeds, peers, random, topology, parameter, crash, more } = this.fields;
    const value = (field) => field.value.trim();
    const pairs = [`seeds=${value(seeds)}`, `peers=${value(peers)}`, `random-seed=${value(random)}`];
    if (topology.value !== 'powerlaw' || value(parameter) !== '' || value(seeds) === '0') pairs.push(`topology=${topology.value}${value(parameter) === '' ? '' : `:${value(parameter)}`}`);
    if (value(crash) !== '') pairs.push(`crash=${value(crash)}@8s`);
    if (value(more) !== '') pairs.push(value(more));
    return pairs.join('&');
  }

  /** Shows in the form what the lesson is about. */
  fill(text) {
    const { options } = parted(text);
    const taken = new Set();
    const take = (name, otherwise) => {
      const found = options.find((option) => option.startsWith(`${name}=`));
      taken.add(found);
      return found?.slice(name.length + 1) ?? otherwise;
    };
    const { seeds, peers, random, topology, parameter, crash, more } = this.fields;
    seeds.value = take('seeds', '3');
    peers.value = take('peers', '8');
    random.value = take('random-seed', '1');
    const [kind, ...rest] = take('topology', seeds.value === '0' ? 'random:4' : 'powerlaw').split(':');
    topology.value = kind;
    parameter.value = rest.join(':');
    const dies = options.find((option) => DIES.test(option));
    taken.add(dies);
    crash.value = DIES.exec(dies ?? '')?.[1] ?? '';
    more.value = options.filter((option) => option !== '' && !taken.has(option)).join('&');
    this.constrain();
    this.story = this.stories.find((story) => story.text === text);
    byId('story').value = this.story ? String(this.stories.indexOf(this.story)) : '';
    byId('intro').textContent = this.story ? `${this.story.claim} ${this.story.watch}` : '';
    byId('jump').hidden = !this.story;
  }

  /** Seeds leave the drawing to the peers, so only the power law makes sense with them. */
  constrain() {
    const { seeds, topology, parameter } = this.fields;
    const hasSeeds = seeds.value.trim() !== '0';
    for (const option of topology.options) option.disabled = hasSeeds && option.value !== 'powerlaw';
    const hint = TOPOLOGIES.find(([name]) => name === topology.value)?.[2] ?? '';
    parameter.disabled = hint === '';
    parameter.placeholder = hint;
    if (hint === '') parameter.value = '';
  }

  /** Says what is wrong, and marks the field that it is about; nothing if the words are empty. */
  say(words, isWrong = false) {
    // On the command line options have dashes.
    byId('wrong').textContent = capital(words.replace(/--(?=[a-z])/g, ''));
    byId('wrong').classList.toggle('wrong', isWrong);
    for (const [name] of FIELDS) this.fields[name].removeAttribute('aria-invalid');
  }

  /** Says what is wrong with what the form asks for, and marks the field that it is about. */
  blame(words) {
    this.say(words, true);
    const [name] = FIELDS.find(([, about]) => about.test(words));
    this.fields[name].setAttribute('aria-invalid', 'true');
  }
}
