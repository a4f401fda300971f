// What things are called, and how numbers read.

const ADDRESS = /(?:\[[0-9a-f:]+\]|[\w.-]+):\d+/gi;
const NUMBER = new Intl.NumberFormat('en');
const NAMES = new Intl.Collator('en', { numeric: true });

/** The state of a node as far as messages go is `has`, `hasNot`, `coming` or `origin`; all others are about the node itself. */
export const STATES = {
  hasNot: 'has not the message',
  coming: 'the message is on its way',
  has: 'has the message',
  origin: 'has sent the message',
  suspected: 'suspected',
  dead: 'dead',
  removed: 'removed',
  paused: 'paused',
  unknown: 'not reporting',
  seed: 'seed',
  live: 'connected',
  absent: 'not known yet',
  applying: 'asks to be registered',
  beyond: 'known by name only',
};

/** The order of nodes in lists: 2 before 10. */
export function byName(a, b) {
  return NAMES.compare(a.name, b.name);
}

export function number(value) {
  return NUMBER.format(value);
}

export function count(value, noun) {
  return `${number(value)} ${value === 1 ? noun : plural(noun)}`;
}

function plural(noun) {
  return /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}

/** A time that passed, from microseconds. */
export function span(micros) {
  if (micros < 1000) return `${Math.round(micros)} µs`;
  if (micros < 100_000) return `${(micros / 1000).toFixed(1)} ms`;
  if (micros < 1_000_000) return `${Math.round(micros / 1000)} ms`;
  return `${(micros / 1_000_000).toFixed(1)} s`;
}

/** How fast the past is shown: 1/10, 3×. */
export function speedText(speed) {
  return speed < 1 ? `1/${number(Math.round(1 / speed))}` : `${speed}×`;
}

/** A time of day, from microseconds since 1970. */
export function clock(micros, isExact = false) {
  const date = new Date(micros / 1000);
  const pad = (value, digits) => String(value).padStart(digits, '0');
  const time = `${pad(date.getHours(), 2)}:${pad(date.getMinutes(), 2)}:${pad(date.getSeconds(), 2)}`;
  return isExact ? `${time}.${pad(date.getMilliseconds(), 3)}` : time;
}

/** The same to the microsecond. */
export function exactly(micros) {
  return `${clock(micros, true)}${String(Math.floor(micros % 1000)).padStart(3, '0')}`;
}

/** A node, for the beginning of a sentence or a list. */
export function called(node) {
  if (!node) return 'a node';
  if (node.name.includes(':')) return node.name;
  return node.role === 'seed' ? `seed ${node.name}` : `node ${node.name}`;
}

/** Names say more than addresses. */
export function named(text, network) {
  return text.replace(ADDRESS, (address) => {
    const node = network.find(address);
    return node ? called(node) : address;
  });
}

export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A message in few words. */
export function title(message) {
  const text = message.text ? `“${message.text.length > 40 ? `${message.text.slice(0, 40)}…` : message.text}”` : message.id.slice(0, 8);
  return `${message.m}: ${text}`;
}

/** How far a message has come. */
export function reach(message) {
  const copies = message.duplicates === 0 ? '' : `; ${count(message.duplicates, 'duplicate')} dropped`;
  return `Reached ${number(message.reached)} of ${count(message.of, 'node')} in ${span(message.t100)}${copies}.`;
}

/** A word as a shell takes it. */
export function quoted(word) {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** Changes a text only where it differs, so that nothing is announced twice. */
export function put(place, text) {
  if (place.textContent !== text) place.textContent = text;
}
