// The ways that a lesson has taken: each intervention begins another one, and all of them stay.

import { interventionWords, joined, parted, place } from './interventions.js';
import { Lesson, STEPS_MAX } from './lesson.js';
import { capital, span } from './words.js';

class Branch {
  constructor(engine, text) {
    this.text = text;
    this.lesson = new Lesson(engine, text);
    this.step = -1;
    Object.assign(this, parted(text));
  }

  /** How many of its interventions were done up to that step. */
  doneBy(step) {
    return this.lesson.interventionSteps.filter((one) => one.i <= step).length;
  }

  /** The step in which a intervention is done; -1 if it never comes to it. */
  stepOf(intervention) {
    const { steps, interventionSteps } = this.lesson;
    while (interventionSteps.length <= intervention && steps.length < STEPS_MAX && this.lesson.reach(steps.length + 1));
    return interventionSteps[intervention]?.i ?? -1;
  }

  /** Told apart from the others by what was done last. */
  get name() {
    const last = this.interventions.at(-1);
    if (last === undefined) return 'As it was';
    const step = this.lesson.interventionSteps[this.interventions.length - 1];
    const intervention = last.slice(last.indexOf(':') + 1);
    return `${capital(interventionWords(intervention, this.lesson, step))}${step ? `, ${span(step.micros)}` : ''}`;
  }
}

export class Branches {
  /**
   * @param texts of lessons; the first is the one that is shown
   * @throws Error whose message is a sentence for people, if one is no lesson
   */
  constructor(engine, texts) {
    this.engine = engine;
    this.all = [...new Set(texts)].map((text) => new Branch(engine, text));
    const [shown] = this.all;
    // Whatever was shown last comes from what less was done to.
    this.all.sort((one, other) => one.interventions.length - other.interventions.length);
    this.at = this.all.indexOf(shown);
    /** The branch beside the one that is shown; null if it is alone. */
    this.beside = null;
  }

  get shown() {
    return this.all[this.at];
  }

  get others() {
    return this.all.filter((branch) => branch !== this.shown);
  }

  show(branch) {
    // Whoever goes over to the branch that is compared sees the one that was shown beside it.
    if (branch === this.beside) this.beside = this.shown;
    this.at = this.all.indexOf(branch);
  }

  /** The branch after the one that is shown. */
  next() {
    this.show(this.all[(this.at + 1) % this.all.length]);
  }

  find(text) {
    return this.all.find((branch) => branch.text === text);
  }

  /** The branch of that text, made if there is none yet. */
  have(text) {
    const known = this.find(text);
    if (known) return known;
    this.all.push(new Branch(this.engine, text));
    return this.all.at(-1);
  }

  /**
   * Does something after a step of the branch that is shown, and shows the branch that begins so.
   *
   * @param interventions such as ['kill:4']
   * @throws Error whose message is a sentence for people, if it cannot be done; then all is as it was
   */
  fork(step, interventions) {
    const { shown } = this;
    const event = shown.lesson.steps[step]?.event ?? 0;
    const done = [...shown.interventions.slice(0, shown.doneBy(step)), ...interventions.map((intervention) => `${event}:${intervention}`)];
    const text = joined(shown.options, done);
    const branch = this.find(text) ?? new Branch(this.engine, text);
    const last = branch.stepOf(done.length - 1);
    for (const { kind, words } of branch.lesson.steps.slice(step + 1, last + 1)) if (kind === 'refused') throw new Error(words);
    if (!this.all.includes(branch)) this.all.push(branch);
    this.show(branch);
    branch.step = last;
  }

  get canUndo() {
    return this.shown.interventions.length > 0;
  }

  /** Back to where the branch that is shown left another; if that is not there, to the same without what was done last. */
  undo() {
    const { shown } = this;
    let left = shown.interventions.length - 1;
    let parent;
    for (let kept = left; kept >= 0 && !parent; kept--) {
      parent = this.others.find((other) => leaves(shown.interventions, other.interventions, kept));
      if (parent) left = kept;
    }
    parent ??= this.have(joined(shown.options, shown.interventions.slice(0, left)));
    const step = shown.stepOf(left) - 1;
    this.show(parent);
    parent.step = Math.max(-1, step);
  }
}

/** Whether the interventions of one branch are those of the other up to so many, and the other does nothing more before the first does. */
function leaves(interventions, others, kept) {
  return interventions.slice(0, kept).every((intervention, i) => others[i] === intervention) && (others.length === kept || (others.length > kept && others[kept] !== interventions[kept] && place(others[kept]) >= place(interventions[kept])));
}
