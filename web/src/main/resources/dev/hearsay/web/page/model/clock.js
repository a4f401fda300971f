// Which moment is shown: now, one that stands still, or one that moves through what has been recorded.

import { ask } from './api.js';

export const SPEEDS = [0.01, 0.03, 0.1, 0.3, 1, 3, 10];
const STEP_MICROS_MIN = 1;

export class Clock {
  /**
   * @param network the network as it is now
   * @param onChange called when another moment is shown, or the mode is another
   */
  constructor(network, history, onChange) {
    this.network = network;
    this.history = history;
    this.onChange = onChange;
    this.mode = 'live';
    this.moment = null;
    this.speed = 1;
    /** The number of the last event that is shown; null if it is not known yet. */
    this.number = null;
  }

  get isLive() {
    return this.mode === 'live';
  }

  /** The moment that is shown, in microseconds since 1970. */
  get now() {
    return this.moment ?? this.network.at;
  }

  /** How many events have come after what is shown; null if it is not known yet. */
  get behind() {
    return this.isLive ? 0 : this.number === null ? null : Math.max(0, this.network.window.last - this.number);
  }

  live() {
    this.mode = 'live';
    this.moment = null;
    this.number = null;
    this.onChange();
  }

  pause() {
    if (this.mode === 'paused') return;
    if (this.isLive) this.number = this.network.window.last;
    this.moment = this.now;
    this.mode = 'paused';
    this.onChange();
    this.count();
  }

  play() {
    if (this.isLive) return;
    this.mode = 'playing';
    this.frameAt = performance.now();
    requestAnimationFrame((at) => this.move(at));
    this.onChange();
  }

  toggle() {
    if (this.mode === 'paused') this.play();
    else this.pause();
  }

  /** Shows that moment, standing still. */
  seek(moment, number = null) {
    this.mode = 'paused';
    this.moment = Math.round(Math.min(this.network.at, Math.max(this.history.from, moment)));
    this.number = number;
    this.onChange();
    if (number === null) this.count();
  }

  faster(steps) {
    const at = SPEEDS.indexOf(this.speed);
    this.speed = SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, at + steps))];
    this.onChange();
  }

  move(at) {
    if (this.mode !== 'playing') return;
    this.moment += Math.max(STEP_MICROS_MIN, (at - this.frameAt) * 1000 * this.speed);
    this.frameAt = at;
    this.number = null;
    if (this.moment >= this.network.at) return this.live();
    this.onChange();
    requestAnimationFrame((next) => this.move(next));
  }

  /** Goes to the next event, or to the one before. */
  async step(direction) {
    this.pause();
    const from = this.number ?? (await this.count());
    if (from === null) return;
    const event = await this.event(from, direction);
    if (event) this.seek(event.at, event.n);
  }

  async event(number, direction) {
    const near = this.network.events.find((event) => event.n === number + direction);
    if (near) return near;
    const query = direction > 0 ? `after=${number}&order=asc` : `before=${number}`;
    const { body, wrong } = await ask(`api/log?limit=1&${query}`);
    return wrong === '' ? body.events[0] : undefined;
  }

  /** Finds out which event is the last that is shown. */
  async count() {
    clearTimeout(this.counting);
    const moment = this.moment;
    if (this.number !== null || moment === null) return this.number;
    const { body: found, wrong } = await new Promise((resolve) => {
      this.counting = setTimeout(() => resolve(ask(`api/log?limit=1&until=${Math.round(moment)}`)), 60);
    });
    if (wrong !== '' || this.moment !== moment) return null;
    this.number = found.events[0]?.n ?? found.first - 1;
    this.onChange();
    return this.number;
  }
}
