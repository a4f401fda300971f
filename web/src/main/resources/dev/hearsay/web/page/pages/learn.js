// The page Learn: a small network of real nodes, step by step, forwards and backwards, with the reason of each step.

import { asked, note } from '../model/address.js';
import { Branches } from '../model/branches.js';
import { PHASES, absence, matters } from '../model/cards.js';
import { STEPS_MAX, inWords } from '../model/lesson.js';
import { search } from '../model/search.js';
import { number, put, span } from '../model/words.js';
import { BranchList } from '../parts/branchlist.js';
import { showCard } from '../parts/card.js';
import { Comparison } from '../parts/comparison.js';
import { Facts } from '../parts/facts.js';
import { Flights } from '../parts/flights.js';
import { Graph } from '../parts/graph.js';
import { Player } from '../parts/player.js';
import { Rail } from '../parts/rail.js';
import { Setup } from '../parts/setup.js';
import { Stage } from '../parts/stage.js';

const byId = (id) => document.getElementById(`learn-${id}`);
/** After so many steps in which nothing happens that people should see, nothing will. */
const QUIET_MAX = 1000;
const ORDER = PHASES.map(([id]) => id);

export class LearnPage {
  static id = 'learn';
  static title = 'Learn';

  constructor(root, app) {
    this.root = root;
    this.app = app;
    this.step = -1;
    this.branches = null;
    const select = (node, link) => this.select(node, link);
    const intervene = (...interventions) => this.intervene(...interventions);
    this.stage = new Stage(select);
    this.graph = new Graph(byId('graph'), byId('tip'), this.stage);
    this.comparison = new Comparison(this.graph, select);
    this.flights = new Flights(byId('flights'), byId('flight-count'), intervene);
    this.facts = new Facts(byId('node'), byId('about'), this.stage, intervene);
    this.setup = new Setup((text) => this.begin([text]), (moment) => this.toMoment(moment));
    this.player = new Player(byId('play'), byId('speed'), () => this.go(1), () => app.show());
    this.rail = new Rail(byId('phases'), byId('phase-words'), (phase) => this.toPhase(phase));
    this.branchList = new BranchList(byId('branches'), byId('compare'), (branch) => this.otherBranch(() => this.branches.show(branch)), (branch) => this.otherBranch(() => (this.branches.beside = branch)));
    this.keys = {
      ' ': () => this.player.toggle(),
      ArrowRight: () => this.go(1),
      ArrowLeft: () => this.go(-1),
      'Shift+ArrowRight': () => this.phase(1),
      'Shift+ArrowLeft': () => this.phase(-1),
      Home: () => this.seek(-1),
      End: () => this.toEnd(),
      '+': () => this.player.faster(1),
      '-': () => this.player.faster(-1),
      f: () => this.graph.fit(),
      k: () => this.stage.selected >= 0 && this.intervene(`kill:${this.lesson.nodes[this.stage.selected].name}`),
      u: () => this.undo(),
      b: () => this.otherBranch(() => this.branches.next()),
    };
    this.listen();
  }

  listen() {
    const onClick = { back: () => this.go(-1), next: () => this.go(1), first: () => this.seek(-1), last: () => this.toEnd(), undo: () => this.undo() };
    for (const [id, act] of Object.entries(onClick)) byId(id).addEventListener('click', act);
    byId('scrub').addEventListener('input', (event) => this.seek(Number(event.target.value)));
    byId('all').addEventListener('change', () => this.app.show());
  }

  get lesson() {
    return this.branches?.shown.lesson;
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
      return this.setup.say('The engine could not be loaded; reload the page.', true);
    }
    this.stories = JSON.parse(this.engine.stories());
    this.setup.offer(this.stories);
    await this.enter();
  }

  /** Shows what the address asks for. Where that is nothing that there is, the page stays usable, and says why it shows another lesson. */
  async enter() {
    const { key, story: name, texts, beside, step } = asked(this.app.route);
    this.noted = key;
    const story = this.stories.find((one) => one.name === name);
    const [first] = this.stories;
    if (story || texts[0] === '') texts[0] = (story ?? first).text;
    let trouble = name === '' || story ? '' : `There is no story “${name}”; choose one of the list.`;
    if (!this.begin(texts)) {
      trouble = byId('wrong').textContent;
      this.begin([first.text]);
    }
    if (trouble !== '') return this.setup.say(trouble, true);
    this.branches.beside = this.branches.others.find(({ text }) => text === beside) ?? null;
    const isStep = step < 0 || (step < STEPS_MAX && (await this.toFirst((one, i) => i === step, true)));
    if (!isStep) this.setup.say(`This lesson has no step ${number(step + 1)}; here is its beginning.`, true);
    else if (beside !== null && this.branches.beside === null) this.setup.say('The branch to compare with is none of this lesson; choose another one.', true);
  }

  /** Begins a lesson anew, of the first text, with the others as branches; returns whether there is such a one. */
  begin(texts) {
    this.player.stop();
    if (!this.engine) {
      this.setup.say('The engine is not loaded yet; try again in a moment.', true);
      return false;
    }
    try {
      this.branches = new Branches(this.engine, texts);
    } catch (e) {
      this.setup.blame(e.message);
      return false;
    }
    this.setup.fill(texts[0]);
    this.setup.say('');
    this.select(-1, null);
    this.seek(-1);
    return true;
  }

  // --- Steps --------------------------------------------------------------------------------------------------------

  isSeen(i) {
    return byId('all').checked || matters(this.lesson.steps[i]);
  }

  /** To the next step that is worth seeing, or to the one before. */
  go(direction) {
    if (!this.lesson) return;
    let i = this.step + direction;
    while (i >= 0 && i < STEPS_MAX && i - this.step <= QUIET_MAX && this.lesson.reach(i + 1) && !this.isSeen(i)) i += direction;
    if (i - this.step > QUIET_MAX) this.setup.say(`Nothing worth telling happens in the next ${number(QUIET_MAX)} steps; “every event” shows them.`);
    if (i - this.step > QUIET_MAX || i >= this.lesson.steps.length) return this.player.stop();
    this.seek(Math.max(-1, i));
  }

  seek(i) {
    if (!this.lesson) return;
    this.lesson.reach(Math.min(STEPS_MAX, i + 1));
    this.step = Math.max(-1, Math.min(i, this.lesson.steps.length - 1));
    // Who comes back to this branch finds it as it was left.
    this.branches.shown.step = this.step;
    this.app.show();
  }

  /** To the first step of which this holds; returns whether there is one, or people have gone elsewhere meanwhile. */
  async toFirst(holds, isBeyond = false) {
    if (!this.lesson) return true;
    this.player.stop();
    const { lesson } = this;
    const errand = {};
    this.errand = errand;
    const isOff = () => lesson !== this.lesson || errand !== this.errand;
    const found = await search(lesson, holds, (steps) => isOff() || this.setup.say(`Making steps … ${number(steps)}`), isBeyond);
    if (isOff()) return true;
    this.setup.say('');
    if (found >= 0) this.seek(found);
    return found >= 0;
  }

  async toPhase(id) {
    const at = ORDER.indexOf(id);
    if (!(await this.toFirst((step) => ORDER.indexOf(step.phase) >= at))) this.setup.say(`In this lesson there is no ${PHASES[at][1].toLowerCase()}: ${absence(id, this.lesson)}.`);
  }

  phase(direction) {
    const wanted = ORDER[ORDER.indexOf(this.lesson?.steps[this.step]?.phase ?? 'seeds') + direction];
    if (wanted) this.toPhase(wanted);
  }

  /** To where a story gets interesting: the first step of that kind, or in which that was told. */
  toMoment(moment) {
    this.toFirst((step) => step.kind === moment || step.signals?.some(({ trace }) => trace.signal === moment));
  }

  /** To where all that was to happen has happened. */
  toEnd() {
    this.toFirst((step) => step.done);
  }

  // --- Another way --------------------------------------------------------------------------------------------------

  /** Does something after the step that is shown: a branch of its own begins, and the old one stays. */
  intervene(...interventions) {
    this.otherBranch(() => this.branches.fork(this.step, interventions));
  }

  undo() {
    if (this.branches?.canUndo) this.otherBranch(() => this.branches.undo());
  }

  /** Goes over to another branch, at the step at which it was left. */
  otherBranch(choose) {
    if (!this.branches) return;
    this.player.stop();
    try {
      choose();
    } catch (e) {
      return this.setup.say(inWords(e.message), true);
    }
    this.setup.say('');
    this.seek(this.branches.shown.step);
  }

  select(node, link) {
    for (const stage of [this.stage, this.comparison.stage]) {
      stage.selected = node;
      stage.selectedLink = link;
    }
    this.app.show();
  }

  // --- Showing ------------------------------------------------------------------------------------------------------

  colours() {
    this.graph.colours();
    this.comparison.graph.colours();
  }

  update() {
    if (!this.lesson) return;
    if (this.noted !== asked(this.app.route).key) return void this.enter();
    const step = this.lesson.steps[this.step];
    const scene = this.lesson.at(this.step);
    this.stage.scene = scene;
    this.graph.show(scene);
    showCard(step, this.lesson, scene);
    this.showWhere(step);
    this.flights.update(scene);
    this.facts.update(scene);
    this.branchList.update(this.branches);
    this.comparison.update(scene, this.branches, this.step);
    note(this.app.route, this.branches, this.stories, this.step);
    this.noted = asked(this.app.route).key;
  }

  showWhere(step) {
    this.rail.update(step?.phase ?? 'seeds');
    byId('empty').hidden = step !== undefined;
    put(byId('time'), step ? `Step ${number(this.step + 1)}, ${span(step.micros)} after the beginning` : 'The beginning');
    byId('scrub').max = Math.max(0, this.lesson.steps.length - 1);
    byId('scrub').value = Math.max(0, this.step);
    byId('scrub').setAttribute('aria-valuetext', byId('time').textContent);
    byId('undo').disabled = !this.branches.canUndo;
  }
}
