// The events that somebody looks through: those that fit, the newest first, fetched from the dashboard in blocks as they are needed.

import { ask } from './api.js';

const BLOCK = 1000;
const BLOCK_MAX = 5000;
/** While the newest are followed, older ones than these are let go; they can be fetched again. */
const FOLLOWED_MAX = 5000;

export class Journal {
  constructor(onChange) {
    this.onChange = onChange;
    this.begin({}, null);
  }

  /**
   * Begins anew.
   *
   * @param filter the parameters of `/api/log` that choose events
   * @param until the last moment; null for all
   */
  begin(filter, until) {
    this.filter = filter;
    this.until = until;
    this.rows = [];
    /** How many fit, fetched or not. */
    this.matched = 0;
    /** How many of those that fit have come since. */
    this.newer = 0;
    /** The number of the last event that was looked at. */
    this.last = 0;
    this.isLoaded = false;
    this.trouble = '';
    this.asked = null;
    this.goal = 0;
  }

  address(more) {
    const query = new URLSearchParams({ ...this.filter, ...more });
    if (this.until !== null && !query.has('until')) query.set('until', Math.round(this.until));
    return `api/log?${query}`;
  }

  /** Asks one thing at a time; what was asked before the journal began anew is forgotten. */
  async ask(more, then) {
    const { filter } = this;
    const asked = {};
    this.asked = asked;
    const { body, wrong } = await ask(this.address(more));
    if (this.asked !== asked || this.filter !== filter) return;
    this.trouble = wrong;
    if (wrong === '') then(body);
    this.asked = null;
    this.onChange();
    if (this.trouble === '') this.fill();
  }

  /** Fetches the newest, and keeps what is here of the older ones if they follow on. */
  load() {
    return this.ask({ limit: BLOCK }, (answer) => {
      const oldest = answer.events.at(-1)?.n ?? 0;
      const joins = this.rows.length > 0 && answer.events.length === BLOCK && this.rows[0].n >= oldest;
      this.rows = joins ? [...answer.events, ...this.rows.filter((event) => event.n < oldest)] : answer.events;
      this.matched = answer.matched;
      this.last = answer.last;
      this.newer = 0;
      this.isLoaded = true;
    });
  }

  /** Sees to it that so many of the newest are here. */
  need(rows) {
    this.goal = Math.min(rows, this.matched);
    if (this.asked === null) this.fill();
  }

  fill() {
    if (!this.isLoaded || this.rows.length >= this.goal || this.rows.length === 0) return;
    const limit = this.goal - this.rows.length > BLOCK ? BLOCK_MAX : BLOCK;
    this.ask({ limit, before: this.rows.at(-1).n }, ({ events }) => {
      this.rows.push(...events);
      // What had to make room meanwhile will not come any more.
      if (events.length < limit) this.matched = this.rows.length;
    });
  }

  /** Looks for newer ones: takes them in, or only counts them. */
  look(isFollowing) {
    if (this.asked !== null || !this.isLoaded) return;
    if (!isFollowing) {
      this.ask({ limit: 1, after: this.rows[0]?.n ?? this.last }, (answer) => (this.newer = answer.matched));
      return;
    }
    this.ask({ limit: BLOCK, after: this.rows[0]?.n ?? this.last }, (answer) => {
      const isGap = answer.matched > answer.events.length;
      this.rows = isGap ? answer.events : [...answer.events, ...this.rows].slice(0, FOLLOWED_MAX);
      this.last = answer.last;
      this.newer = 0;
      // Only if everything fits can it be told how many of the oldest are gone.
      this.matched = Object.keys(this.filter).length === 0 ? answer.last - answer.first + 1 : this.matched + answer.matched;
    });
  }

  /** Shows what was up to an earlier moment than before. */
  cut(until) {
    this.until = until;
    const kept = this.rows.filter((event) => event.at <= until);
    this.matched -= this.rows.length - kept.length;
    this.rows = kept;
    this.newer = 0;
  }

  /** All that fit, the oldest first; `onBlock` hears how many there are by now. */
  async all(onBlock) {
    const found = [];
    for (let after = 0; ; ) {
      const { body, wrong } = await ask(this.address({ order: 'asc', limit: BLOCK_MAX, after }));
      if (wrong !== '') throw new Error(wrong);
      found.push(...body.events);
      onBlock(found.length);
      if (body.events.length < BLOCK_MAX) return found;
      after = found.at(-1).n;
    }
  }
}
