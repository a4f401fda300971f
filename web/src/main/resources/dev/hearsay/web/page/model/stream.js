// The line to the dashboard. It is taken up again when it breaks, and says how long ago that was.

const RETRY_MILLIS = 2000;
/** The dashboard says at least that it lives more often than this. */
const SILENCE_MILLIS = 12_000;

export class Stream {
  /**
   * @param onSnapshot takes everything, anew
   * @param onUpdate takes what has changed
   * @param onState called at least once a second
   */
  constructor(onSnapshot, onUpdate, onState) {
    this.onSnapshot = onSnapshot;
    this.onUpdate = onUpdate;
    this.onState = onState;
    this.heardAt = 0;
    this.retryAt = 0;
    this.isBroken = false;
    setInterval(() => this.watch(), 1000);
    this.open();
  }

  get isStale() {
    return this.isBroken || (this.heardAt > 0 && Date.now() - this.heardAt > SILENCE_MILLIS);
  }

  /** What to tell people; empty if all is well. */
  get trouble() {
    if (this.heardAt === 0) return this.isBroken ? 'The dashboard does not answer. Retrying …' : 'Connecting …';
    if (!this.isStale) return '';
    const ago = Math.round((Date.now() - this.heardAt) / 1000);
    const wait = Math.max(1, Math.ceil((this.retryAt - Date.now()) / 1000));
    return `Connection lost ${ago} s ago; showing the last known state. Retrying in ${wait} s.`;
  }

  open() {
    this.source?.close();
    this.source = new EventSource('api/events');
    this.source.addEventListener('snapshot', (event) => this.heard(() => this.onSnapshot(JSON.parse(event.data))));
    this.source.addEventListener('update', (event) => this.heard(() => this.onUpdate(JSON.parse(event.data))));
    this.source.addEventListener('alive', () => this.heard(() => {}));
    this.source.addEventListener('error', () => this.broke());
  }

  heard(then) {
    this.heardAt = Date.now();
    this.isBroken = false;
    then();
    this.onState();
  }

  broke() {
    this.isBroken = true;
    this.retryAt = Date.now() + RETRY_MILLIS;
    if (this.source.readyState === EventSource.CLOSED) setTimeout(() => this.open(), RETRY_MILLIS);
    this.onState();
  }

  watch() {
    if (this.heardAt > 0 && Date.now() - this.heardAt > 3 * SILENCE_MILLIS && this.source.readyState === EventSource.OPEN) {
      this.broke();
      this.open();
    }
    this.onState();
  }
}
