// The address of the page: it says what is shown, so that a link shows it to somebody else.
// #/messages?message=ID&node=NAME&link=NAME,NAME&at=2026-01-31T10:00:00.000000Z

export class Route {
  constructor(pages, onChange) {
    this.pages = pages;
    this.onChange = onChange;
    this.read();
    addEventListener('hashchange', () => {
      this.read();
      this.onChange();
    });
  }

  read() {
    const [path, query = ''] = location.hash.replace(/^#\/?/, '').split('?');
    this.page = this.pages.includes(path) ? path : this.pages[0];
    this.query = new URLSearchParams(query);
  }

  get(name) {
    return this.query.get(name) ?? '';
  }

  /** The moment in microseconds since 1970; null for now. */
  get moment() {
    return parseMoment(this.get('at'));
  }

  /** The address of a page with this selection. */
  to(page, changes = {}) {
    const query = new URLSearchParams(this.query);
    for (const [name, value] of Object.entries(changes)) {
      if (value === '' || value === null) query.delete(name);
      else query.set(name, value);
    }
    const text = query.toString();
    return `#/${page}${text === '' ? '' : `?${text}`}`;
  }

  /** Changes the address without a step in the browser's history, and without telling. */
  note(changes) {
    // Somebody may just have gone to another page.
    this.read();
    const address = this.to(this.page, changes);
    if (address === location.hash) return;
    history.replaceState(null, '', `${location.search}${address}`);
    this.read();
  }

  go(page, changes = {}) {
    location.hash = this.to(page, changes);
  }
}

/** Microseconds since 1970 as the address has them. */
export function momentText(micros) {
  const millis = Math.floor(micros / 1000);
  return `${new Date(millis).toISOString().slice(0, -1)}${String(Math.floor(micros - millis * 1000)).padStart(3, '0')}Z`;
}

export function parseMoment(text) {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3})(\d{3})Z$/.exec(text);
  const millis = match ? Date.parse(`${match[1]}Z`) : Number.NaN;
  return Number.isNaN(millis) ? null : millis * 1000 + Number(match[2]);
}
