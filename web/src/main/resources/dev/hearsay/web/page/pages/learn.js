// The page Learn: a small network of real nodes, step by step, forwards and backwards, with the reason of each step.

import { PHASES, card, matters } from '../model/cards.js';
import { Lesson, inWords, shortName } from '../model/lesson.js';
import { Scene } from '../model/scene.js';
import { STATES, called, capital, count, element, number, span } from '../model/words.js';
import { Graph } from '../parts/graph.js';

const byId = (id) => document.getElementById(`learn-${id}`);
const SPEEDS = [0.1, 0.3, 1, 3, 10];
const STEPS_PER_SECOND = 2;
const STEPS_MAX = 20_000;
/** So many steps at once; then the page has its turn. */
const BATCH = 200;

const STORIES = [
  ['seeds=3&peers=8&random-seed=42&crash=4@8s', 'The life of a network', 'Three seeds, eight peers, one message, and a peer that dies.'],
  ['seeds=3&peers=8&random-seed=42&pause=4@5s+1500ms', 'Slow is not dead', 'A peer stands still for a second and a half. Is it removed?'],
  ['seeds=3&peers=20&random-seed=7&loss=10%', 'The last node to know', 'Every tenth message is lost. Who hears last, and how?'],
];

export class LearnPage {
  static id = 'learn';
  static title = 'Learn';

  constructor(root, app) {
    this.root = root;
    this.app = app;
    this.step = -1;
    this.speed = 1;
    this.isPlaying = false;
    this.branches = [];
    this.branch = -1;
    this.stage = new Stage(this);
    this.graph = new Graph(byId('graph'), byId('tip'), this.stage);
    this.keys = {
      ' ': () => this.toggle(),
      ArrowRight: () => this.go(1),
      ArrowLeft: () => this.go(-1),
      'Shift+ArrowRight': () => this.phase(1),
      'Shift+ArrowLeft': () => this.phase(-1),
      '+': () => this.faster(1),
      '-': () => this.faster(-1),
      f: () => this.graph.fit(),
      k: () => this.stage.selected >= 0 && this.intervene(`kill:${this.nameOf(this.stage.selected)}`),
    };
    this.listen();
  }

  listen() {
    byId('form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.begin(this.wanted());
    });
    byId('story').append(...STORIES.map(([, title], i) => element('option', { value: i, textContent: title })));
    byId('story').addEventListener('change', (event) => this.begin(STORIES[event.target.value][0]));
    byId('back').addEventListener('click', () => this.go(-1));
    byId('next').addEventListener('click', () => this.go(1));
    byId('first').addEventListener('click', () => this.seek(-1));
    byId('play').addEventListener('click', () => this.toggle());
    byId('undo').addEventListener('click', () => this.undo());
    byId('speed').append(...SPEEDS.map((speed) => element('option', { value: speed, textContent: speed < 1 ? `1/${Math.round(1 / speed)}` : `${speed}×` })));
    byId('speed').value = '1';
    byId('speed').addEventListener('change', (event) => (this.speed = Number(event.target.value)));
    byId('scrub').addEventListener('input', (event) => this.seek(Number(event.target.value)));
    byId('all').addEventListener('change', () => this.app.show());
    byId('phases').append(
      ...PHASES.map(([id, title]) => {
        const button = element('button', { type: 'button', textContent: title });
        button.dataset.phase = id;
        button.addEventListener('click', () => this.toPhase(id));
        return element('li', {}, button);
      }),
    );
  }

  // --- Which lesson -------------------------------------------------------------------------------------------------

  /** The page is looked at: now the engine is needed, which is large. */
  async opened() {
    if (this.isOpened) return;
    this.isOpened = true;
    try {
      this.engine = await import('../engine.js');
    } catch {
      this.isOpened = false;
      return this.say('The engine could not be loaded; reload the page.', true);
    }
    const text = this.app.route.get('lesson');
    const step = Number(this.app.route.get('step') || -1);
    if (this.begin(text === '' ? STORIES[0][0] : text)) return this.seek(step);
    // A link to what is no lesson: the page stays usable, and says why it shows another one.
    const why = byId('wrong').textContent;
    this.begin(STORIES[0][0]);
    this.say(why, true);
  }

  wanted() {
    const form = byId('form').elements;
    return `seeds=${form.seeds.value}&peers=${form.peers.value}&random-seed=${form.random.value}${form.crash.value === '' ? '' : `&crash=${form.crash.value}@8s`}`;
  }

  /** Begins a lesson anew; returns whether there is such a one. */
  begin(text) {
    try {
      const lesson = new Lesson(this.engine, text);
      this.branches = [{ text, lesson, name: 'As it was' }];
    } catch (e) {
      this.say(e.message, true);
      return false;
    }
    this.say('');
    this.show(0);
    this.stage.selected = -1;
    this.seek(-1);
    this.fill(text);
    return true;
  }

  /** Shows in the form what the lesson is about. */
  fill(text) {
    const query = new URLSearchParams(text);
    const form = byId('form').elements;
    form.seeds.value = query.get('seeds') ?? 3;
    form.peers.value = query.get('peers') ?? 8;
    form.random.value = query.get('random-seed') ?? 1;
    form.crash.value = /^(\d+)@/.exec(query.get('crash') ?? '')?.[1] ?? '';
    const story = STORIES.findIndex(([known]) => known === text);
    byId('story').value = story < 0 ? '' : story;
    byId('intro').textContent = story < 0 ? '' : STORIES[story][2];
  }

  show(branch) {
    this.branch = branch;
    this.lesson = this.branches[branch].lesson;
  }

  say(words, isWrong = false) {
    byId('wrong').textContent = words;
    byId('wrong').classList.toggle('wrong', isWrong);
  }

  // --- Steps --------------------------------------------------------------------------------------------------------

  isSeen(i) {
    return byId('all').checked || matters(this.lesson.steps[i]);
  }

  /** To the next step that is worth seeing, or to the one before. */
  go(direction) {
    if (!this.lesson) return;
    let i = this.step + direction;
    while (i >= 0 && this.lesson.reach(i + 1) && i < STEPS_MAX && !this.isSeen(i)) i += direction;
    if (i >= this.lesson.steps.length) return this.pause();
    this.seek(Math.max(-1, i));
  }

  seek(i) {
    if (!this.lesson) return;
    this.lesson.reach(Math.min(STEPS_MAX, i + 1));
    this.step = Math.max(-1, Math.min(i, this.lesson.steps.length - 1));
    // Who comes back to this branch finds it as it was left.
    this.branches[this.branch].step = this.step;
    this.app.show();
  }

  /** To where that phase begins; the steps until then are made in pieces, so that the page stays alive. */
  async toPhase(id) {
    this.pause();
    const order = PHASES.map(([phase]) => phase);
    const isThere = (step) => order.indexOf(step.phase) >= order.indexOf(id);
    let found = this.lesson.steps.findIndex(isThere);
    while (found < 0 && !this.lesson.isOver && this.lesson.steps.length < STEPS_MAX) {
      const from = this.lesson.steps.length;
      this.lesson.reach(from + BATCH);
      found = this.lesson.steps.findIndex((step, i) => i >= from && isThere(step));
      if (found < 0 && this.lesson.steps.at(-1)?.done) break;
      this.say(`Looking for it … ${number(this.lesson.steps.length)} steps`);
      await new Promise((resolve) => setTimeout(resolve));
    }
    if (found < 0) return this.say(`In this lesson there is no ${PHASES[order.indexOf(id)][1].toLowerCase()}: nobody dies. Kill a node, or choose one that does.`);
    this.say('');
    this.seek(found);
  }

  phase(direction) {
    const order = PHASES.map(([phase]) => phase);
    const at = order.indexOf(this.lesson.steps[this.step]?.phase ?? 'seeds');
    const wanted = order[at + direction];
    if (wanted) this.toPhase(wanted);
  }

  toggle() {
    if (!this.lesson) return;
    if (this.isPlaying) return this.pause();
    this.isPlaying = true;
    this.playOn();
    this.app.show();
  }

  pause() {
    this.isPlaying = false;
    clearTimeout(this.playing);
    this.app.show();
  }

  playOn() {
    this.go(1);
    if (this.isPlaying) this.playing = setTimeout(() => this.playOn(), 1000 / (STEPS_PER_SECOND * this.speed));
  }

  faster(steps) {
    this.speed = SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, SPEEDS.indexOf(this.speed) + steps))];
    byId('speed').value = String(this.speed);
  }

  // --- Another way --------------------------------------------------------------------------------------------------

  /** Does something after the step that is shown: a branch of its own begins, and the old one stays. */
  intervene(deed) {
    this.pause();
    const event = this.lesson.steps[this.step]?.event ?? 0;
    const base = this.branches[this.branch].text;
    const query = base.split('&').filter((pair) => !pair.startsWith('do='));
    const deeds = (base.split('&').find((pair) => pair.startsWith('do='))?.slice(3) ?? '').split(';').filter((done) => done !== '' && Number(done.split(':')[0]) <= event);
    const text = [...query, `do=${[...deeds, `${event}:${deed}`].join(';')}`].join('&');
    try {
      const lesson = new Lesson(this.engine, text);
      const isDone = (step) => step.deed === deed && step.event >= event;
      while (!lesson.steps.some(isDone) && lesson.steps.length < STEPS_MAX && !lesson.isOver) lesson.reach(lesson.steps.length + 1);
      const at = lesson.steps.findIndex(isDone);
      if (lesson.steps[at]?.kind === 'refused') return this.say(`${capital(inWords(lesson.steps[at].words))}.`, true);
      this.branches.push({ text, lesson, name: `${deed.replaceAll(':', ' ')} at ${span(lesson.steps[at].micros)}`, parent: this.branch, from: this.step });
      this.say('');
      this.show(this.branches.length - 1);
      this.seek(at);
    } catch (e) {
      this.say(e.message, true);
    }
  }

  /** Back to where this branch left the other. */
  undo() {
    const { parent, from } = this.branches[this.branch];
    if (parent === undefined) return;
    this.show(parent);
    this.seek(from);
  }

  nameOf(i) {
    return this.lesson.nodes[i].name;
  }

  // --- Showing ------------------------------------------------------------------------------------------------------

  colours() {
    this.graph.colours();
  }

  update() {
    if (!this.lesson) return;
    const step = this.lesson.steps[this.step];
    const scene = this.lesson.at(this.step);
    scene.last = step?.from && step.node ? { from: this.lesson.index.get(step.from), to: this.lesson.index.get(step.node) } : null;
    this.stage.scene = scene;
    this.graph.show(scene);
    this.showCard(step);
    this.showWhere(step);
    this.showFlights(scene);
    this.showNode(scene);
    this.showBranches();
    this.app.route.note({ lesson: this.branches[this.branch].text, step: this.step < 0 ? '' : String(this.step), node: '', message: '', link: '', at: '', as: '' });
  }

  showCard(step) {
    const { happened, told = [], why, next } = card(step, this.lesson);
    set(byId('happened'), happened);
    byId('told').replaceChildren(...told.map((words) => element('li', { textContent: words })));
    set(byId('why'), why);
    set(byId('watch'), next);
    byId('ahead').hidden = next === '';
    const changes = (step?.changed ?? []).flatMap(({ node, before, after }) =>
      Object.keys({ ...before, ...after }).map((name) => element('tr', {}, element('th', { scope: 'row', textContent: `${capital(inWords(node))}, ${name}` }), cell(before[name]), cell(after[name]))),
    );
    byId('changes').replaceChildren(...changes);
    byId('changed').hidden = changes.length === 0;
  }

  showWhere(step) {
    const phase = step?.phase ?? 'seeds';
    for (const button of byId('phases').querySelectorAll('button')) {
      if (button.dataset.phase === phase) button.setAttribute('aria-current', 'step');
      else button.removeAttribute('aria-current');
    }
    set(byId('phase-words'), PHASES.find(([id]) => id === phase)[2]);
    set(byId('time'), step ? `Step ${number(this.step + 1)}, ${span(step.micros)} after the beginning` : 'The beginning');
    byId('scrub').max = Math.max(0, this.lesson.steps.length - 1);
    byId('scrub').value = Math.max(0, this.step);
    byId('scrub').setAttribute('aria-valuetext', byId('time').textContent);
    set(byId('play'), this.isPlaying ? '❚❚ Pause' : '▶ Play');
    byId('undo').disabled = this.branches[this.branch].parent === undefined;
  }

  /** What is on its way, and what one may do to it. */
  showFlights(scene) {
    const shown = scene.flights.filter((flight) => flight.arrives >= scene.moment).slice(0, 12);
    const key = shown.map((flight) => flight.number).join();
    set(byId('flight-count'), scene.flights.length === 0 ? 'nothing' : count(scene.flights.length, 'message'));
    if (byId('flights').dataset.key === key) return;
    byId('flights').dataset.key = key;
    byId('flights').replaceChildren(
      ...shown.map((flight) =>
        element(
          'li',
          {},
          element('span', { textContent: `${shortName(flight.from)} → ${shortName(flight.to)}: ${inWords(flight.words)}` }),
          this.button('Drop', () => this.intervene(`drop:${flight.number}`), `Drop the message from ${inWords(flight.from)} to ${inWords(flight.to)}`),
          this.button('First', () => this.intervene(`first:${flight.number}`), `Deliver the message from ${inWords(flight.from)} to ${inWords(flight.to)} first`),
        ),
      ),
    );
  }

  button(textContent, then, ariaLabel = textContent) {
    const button = element('button', { type: 'button', className: 'quiet', textContent, ariaLabel });
    button.addEventListener('click', then);
    return button;
  }

  /** What is known of the node that is selected, and what one may do to it. */
  showNode(scene) {
    const pick = byId('node');
    if (pick.options.length !== scene.nodes.length + 1 || pick.dataset.lesson !== String(this.branch)) {
      pick.dataset.lesson = String(this.branch);
      pick.replaceChildren(element('option', { value: -1, textContent: 'none' }), ...scene.nodes.map((node) => element('option', { value: node.i, textContent: called(node) })));
      pick.onchange = () => this.stage.select(Number(pick.value));
    }
    pick.value = String(this.stage.selected);
    const node = scene.nodes[this.stage.selected];
    const place = byId('about');
    const key = JSON.stringify([node?.sight, node?.state]);
    if (place.dataset.key === key) return;
    place.dataset.key = key;
    if (!node) return place.replaceChildren(element('p', { className: 'hint', textContent: 'Select a node to see what it knows, and to intervene.' }));
    const { sight } = node;
    const facts = [['State', STATES[scene.state(node)]]];
    for (const name of ['neighbours', 'members', 'rumors', 'suspects', 'silent', 'votes']) if (sight[name]?.length > 0) facts.push([capital(name), sight[name].map((text) => (name === 'votes' ? inWords(text) : shortName(text))).join(', ')]);
    const isUp = sight.state[0] === 'up';
    place.replaceChildren(
      element('dl', {}, ...facts.flatMap(([name, value]) => [element('dt', { textContent: name }), element('dd', { textContent: value })])),
      element(
        'p',
        { className: 'buttons' },
        isUp ? this.button('Kill', () => this.intervene(`kill:${node.name}`)) : this.button('Start again', () => this.intervene(`restart:${node.name}`)),
        sight.state[0] === 'paused' ? this.button('Go on', () => this.intervene(`resume:${node.name}`)) : isUp ? this.button('Pause', () => this.intervene(`pause:${node.name}`)) : '',
        isUp && node.role !== 'seed' ? this.button('Publish a message', () => this.intervene(`publish:${node.name}:hello`)) : '',
      ),
    );
  }

  showBranches() {
    const key = `${this.branches.map((branch) => branch.name).join()} ${this.branch}`;
    if (byId('branches').dataset.key === key) return;
    byId('branches').dataset.key = key;
    byId('branches').replaceChildren(
      ...this.branches.map((branch, i) => {
        const button = this.button(branch.name, () => {
          this.pause();
          this.show(i);
          this.seek(branch.step);
        });
        button.setAttribute('aria-pressed', String(i === this.branch));
        return element('li', {}, button);
      }),
    );
  }
}

/** Before the first lesson. */
class Nothing extends Scene {
  message() {
    return null;
  }

  messages() {
    return [];
  }
}

/** What the graph needs to know of the page that it is on. */
class Stage {
  constructor(page) {
    this.page = page;
    this.scene = new Nothing();
    this.selected = -1;
    this.selectedLink = null;
    this.marked = new Set();
    this.found = null;
    this.network = { window: { last: 0 } };
  }

  select(i) {
    this.selected = i;
    this.page.app.show();
  }

  selectLink() {}

  impairs() {
    return false;
  }
}

function set(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

function cell(words) {
  return element('td', { textContent: words === undefined || words.length === 0 ? '–' : words.map(inWords).join(', ') });
}
