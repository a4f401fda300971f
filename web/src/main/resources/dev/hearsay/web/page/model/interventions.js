// What people do to a lesson, and the lesson's text in which it is written.

import { inWords } from './lesson.js';

/** A lesson's text in two halves: its options, and what is done, each as EVENT:INTERVENTION. */
export function parted(text) {
  const pairs = text.split('&');
  const interventions = pairs.find((pair) => pair.startsWith('do='))?.slice(3) ?? '';
  return { options: pairs.filter((pair) => !pair.startsWith('do=')), interventions: interventions === '' ? [] : interventions.split(';') };
}

export function joined(options, interventions) {
  return [...options, ...(interventions.length === 0 ? [] : [`do=${interventions.join(';')}`])].join('&');
}

/** After how many events it is done. */
export function place(intervention) {
  return Number(intervention.split(':', 1)[0]);
}

function who(name) {
  return inWords(name.startsWith('s') ? `seed:${name.slice(1)}` : `sim:${name}`);
}

function spoken(encoded) {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}

/** What was done, after “You have”, and what is to be seen of it. */
const INTERVENTIONS = {
  kill: (a) => [`killed ${who(a)}`, 'It stops at once, without a word, so nobody knows. What it had saved is still on its disk.', 'Its neighbours will miss its heartbeats.'],
  restart: (a) => [`started ${who(a)} again`, 'It begins with what it had saved, and with nothing else: what is in memory only is lost by a crash.', 'It looks for its neighbours, and asks what it has missed.'],
  pause: (a) => [`paused ${who(a)}`, 'It stands still, as a process does that is swapped out. Messages to it wait; from outside it looks dead.', 'Suspicion comes after two silent heartbeats.'],
  resume: (a) => [`let ${who(a)} go on`, 'It finds all that has come in meanwhile, its own late timers included.', 'As soon as it speaks, whoever suspects it drops the suspicion.'],
  cut: (a, b) => [`cut the link from ${who(a)} to ${who(b)}`, 'Nothing passes in this direction any more; what is on its way arrives. In the other direction all passes.', `${who(b).replace(/^./, (c) => c.toUpperCase())} hears nothing of ${who(a)} any more, but the other neighbours do: they are the jury.`],
  mend: (a, b) => [`mended the link from ${who(a)} to ${who(b)}`, 'All passes again. What was lost meanwhile is found by anti-entropy.', 'Whoever was suspected because of it speaks again.'],
  drop: (number, b, flight) => [flight ? `dropped the message from ${flight}` : `dropped message ${number}`, 'Networks lose messages, and nobody is told. Eager spreading does not repeat it.', 'If nobody else sends it, anti-entropy will find that it is missing.'],
  first: (number, b, flight) => [flight ? `let the message from ${flight} arrive first` : `let message ${number} arrive first`, 'Networks keep no order. No rule of the protocol counts on one.', 'It arrives with the next step.'],
  publish: (a, words) => [`published “${spoken(words)}” at ${who(a)}`, 'Any node may be the origin of a message. It saves it, and gives it to its neighbours.', 'Each neighbour that has not seen it passes it on.'],
  accuse: (a, b) => [`let ${who(a)} lie that ${who(b)} is dead`, `It can sign for itself only. The seeds want the signatures of more than half of those whom ${who(b)} itself has named as its neighbours.`, 'Watch each seed count the confirmations.'],
  condemn: (a, b) => [`let ${who(a)} go bad: it wants ${who(b)} removed`, 'It proposes the removal to the other seeds, without any confirmation, and shows the peers a certificate that only it has signed. It has no key but its own.', 'The peers count the signatures, the other seeds the confirmations.'],
};

function entry(intervention, lesson, step) {
  const [kind, ...rest] = intervention.split(':');
  const flight = step?.flight && `${called(lesson, step.flight.from)} to ${called(lesson, step.flight.to)}`;
  return INTERVENTIONS[kind]?.(rest[0], rest.slice(1).join(':'), flight) ?? [intervention, '', ''];
}

function called(lesson, i) {
  return inWords(lesson.nodes[i].address);
}

/** The card of an intervention. */
export function interventionCard(step, lesson) {
  const [done, why, next] = entry(step.intervention, lesson, step);
  return { happened: `You have ${done}.`, why, next };
}

/** In a few words, such as “killed node 4”. */
export function interventionWords(intervention, lesson, step) {
  return entry(intervention, lesson, step)[0];
}
