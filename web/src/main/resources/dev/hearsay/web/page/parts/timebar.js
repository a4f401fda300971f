// The bar at the bottom of every page: which moment is shown, what happened around it, and how to get to another.

import { SPEEDS } from '../model/clock.js';
import { clock as clockText, element, span, speedText } from '../model/words.js';

const STEPS = 10_000;
const SECOND = 1_000_000;
const RANGES = [
  ['message', 'this message'],
  [String(10 * SECOND), '10 s'],
  [String(60 * SECOND), '1 min'],
  [String(600 * SECOND), '10 min'],
  ['all', 'all'],
];
/** How marks are drawn: troubles tall and in their colour, the rest short. */
const MARKS = {
  published: ['message', 0.5],
  suspected: ['trouble', 0.8],
  silent: ['dead', 1],
  departed: ['dead', 1],
  memberRemoved: ['dead', 1],
  memberDismissed: ['dead', 1],
  faultBegan: ['fault', 1],
  faultEnded: ['fault', 0.6],
  decided: ['vote', 0.8],
};

export class TimeBar {
  constructor(root, app) {
    this.app = app;
    const find = (id) => root.querySelector(`#time-${id}`);
    this.slider = find('slider');
    this.marks = find('marks');
    this.text = find('text');
    this.playButton = find('play');
    this.speed = find('speed');
    this.range = find('range');
    this.liveButton = find('live');
    this.speed.append(...SPEEDS.map((speed) => element('option', { value: speed, textContent: speedText(speed) })));
    this.range.append(...RANGES.map(([value, textContent]) => element('option', { value, textContent })));
    this.range.value = String(60 * SECOND);
    find('start').addEventListener('click', () => app.clock.seek(this.ends()[0]));
    find('back').addEventListener('click', () => app.clock.step(-1));
    find('forward').addEventListener('click', () => app.clock.step(1));
    this.playButton.addEventListener('click', () => app.clock.toggle());
    this.liveButton.addEventListener('click', () => app.clock.live());
    this.speed.addEventListener('change', () => app.clock.faster(SPEEDS.indexOf(Number(this.speed.value)) - SPEEDS.indexOf(app.clock.speed)));
    this.range.addEventListener('change', () => app.show());
    this.slider.addEventListener('input', () => this.onSlide());
    new ResizeObserver(() => this.draw()).observe(this.marks.parentElement);
  }

  /** Shows how this message spread, slowly enough to be seen. */
  replay(message) {
    const { clock } = this.app;
    this.range.value = 'message';
    clock.seek(message.at - 1);
    clock.speed = SPEEDS.findLast((speed) => message.t100 / SECOND / speed >= 3) ?? SPEEDS[0];
    clock.play();
  }

  /** The first and the last moment that the slider reaches. */
  ends() {
    const { network, history, scene, clock } = this.app;
    const wanted = this.range.value;
    const message = wanted === 'message' ? scene.current() ?? network.current() : null;
    if (message !== null) {
      const whole = network.message(message.m)?.t100 ?? message.t100;
      const margin = Math.max(1000, whole * 0.05);
      return [message.at - margin, Math.min(network.at, message.at + whole + margin)];
    }
    const length = wanted === 'all' || wanted === 'message' ? network.at - history.from : Number(wanted);
    // What stands still stays where it is on the bar; only what is live moves on.
    if (clock.isLive || this.to === undefined || clock.now > this.to || clock.now < this.to - length) {
      this.to = clock.isLive ? network.at : Math.min(network.at, Math.max(clock.now + length / 4, history.from + length));
    }
    return wanted === 'all' ? [history.from, network.at] : [Math.max(history.from, this.to - length), this.to];
  }

  onSlide() {
    const [from, to] = this.ends();
    const share = Number(this.slider.value) / STEPS;
    if (share === 1 && to === this.app.network.at) this.app.clock.live();
    else this.app.clock.seek(from + share * (to - from));
  }

  update() {
    const { clock, network, scene } = this.app;
    const [from, to] = this.ends();
    const share = to > from ? (clock.now - from) / (to - from) : 1;
    this.slider.value = Math.round(Math.min(1, Math.max(0, share)) * STEPS);
    if (network.isReplay) this.liveButton.textContent = 'To the end';
    const words = clock.isLive ? (network.isReplay ? 'the end of the recording' : 'now') : this.words(clock.now, scene.current(), network.at);
    if (this.text.textContent !== words) this.text.textContent = words;
    this.slider.setAttribute('aria-valuetext', words);
    const [sign, name] = clock.mode === 'playing' || clock.isLive ? ['❚❚', 'Pause'] : ['▶', 'Play'];
    if (this.playButton.lastElementChild.textContent !== name) this.playButton.replaceChildren(`${sign} `, element('span', { textContent: name }));
    this.speed.value = String(clock.speed);
    this.speed.disabled = clock.isLive;
    this.liveButton.disabled = clock.isLive;
    this.draw();
  }

  words(moment, message, now) {
    const time = clockText(moment, true);
    if (message !== null && moment >= message.at && moment - message.at < 10 * SECOND) return `${time}, ${span(moment - message.at)} after message ${message.m}`;
    return `${time}, ${span(now - moment)} ${this.app.network.isReplay ? 'before the end' : 'ago'}`;
  }

  colours() {
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(`--${name}`).trim();
    this.ink = { plain: colour('ring'), message: colour('accent'), trouble: colour('stripe'), dead: '#D55E00', fault: '#CC79A7', vote: '#009E73', passed: colour('line') };
    this.draw();
  }

  draw() {
    if (!this.ink) return;
    const { width, height } = this.marks.parentElement.getBoundingClientRect();
    const ratio = devicePixelRatio || 1;
    if (this.marks.width !== Math.round(width * ratio)) this.marks.width = Math.round(width * ratio);
    if (this.marks.height !== Math.round(height * ratio)) this.marks.height = Math.round(height * ratio);
    const g = this.marks.getContext('2d');
    g.setTransform(ratio, 0, 0, ratio, 0, 0);
    g.clearRect(0, 0, width, height);
    const [from, to] = this.ends();
    // The thumb of a slider is this wide, and its middle cannot reach the ends.
    const inset = 8;
    const at = (moment) => inset + ((moment - from) / (to - from)) * (width - 2 * inset);
    const tick = (moment, [kind, tall]) => {
      if (moment < from || moment > to) return;
      g.fillStyle = this.ink[kind];
      g.fillRect(at(moment) - 0.75, (height - 6) * (1 - tall), 1.5, (height - 6) * tall);
    };
    if (this.range.value === 'message') {
      const message = this.app.network.current();
      if (message !== null) for (const arrival of this.app.network.way(message.m).arrivals.values()) tick(arrival.at, ['message', 0.6]);
    }
    for (const [moment, signal] of this.app.history.marks) tick(moment, MARKS[signal] ?? ['plain', 0.4]);
  }
}
