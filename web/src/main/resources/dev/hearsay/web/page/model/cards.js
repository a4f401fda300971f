// What a step of a lesson means: what happened, why (the rule, with this step's numbers), and what to watch next.

import { interventionCard } from './interventions.js';
import { inWords } from './lesson.js';
import { MESSAGES, SIGNALS, TIMERS } from './rules.js';
import { capital } from './words.js';

export const PHASES = [
  ['seeds', 'Seeds', 'Seeds start, and know how many of them must agree.'],
  ['registration', 'Registration', 'Peers ask the seeds to be taken in, and the seeds vote.'],
  ['overlay', 'Overlay', 'Peers draw neighbours from the Peer List, and links form.'],
  ['dissemination', 'Dissemination', 'A message spreads; copies that nobody needs are dropped.'],
  ['detection', 'Failure detection', 'Somebody is silent, is suspected, and its neighbours are asked.'],
  ['removal', 'Removal', 'The seeds vote on who was reported dead.'],
];

/** Why there is no such phase in a lesson. */
export function absence(phase, lesson) {
  const hasSeeds = lesson.nodes.some((node) => node.role === 'seed');
  if (!hasSeeds && ['seeds', 'registration', 'detection', 'removal'].includes(phase)) return 'it has no seeds, and so neither witnesses nor a vote';
  if (!hasSeeds && phase === 'overlay') return 'neighbours are given from the beginning';
  if (phase === 'dissemination') return 'nobody publishes a message. Select a node, and let it';
  return 'nobody dies. Kill a node, or choose one that does';
}

const BEGINNING = {
  told: [],
  happened: 'Nothing has happened yet.',
  why: 'Every node is a state machine: it takes one event after the other, and all it does follows from them. The random seed decides the rest, so the same lesson always runs the same.',
};

/** The card of a step. */
export function card(step, lesson) {
  if (!step) return { ...BEGINNING, next: lesson.nodes.some((node) => node.role === 'seed') ? 'The seeds start first.' : 'The nodes start, one after the other.' };
  const signals = step.signals ?? [];
  const sentence = ({ trace, words }) => `${capital(inWords(trace.node))} ${inWords(words)}.`;
  const told = signals.map(sentence);
  if (step.kind === 'intervention') return { ...interventionCard(step, lesson), told };
  const names = Object.keys(SIGNALS);
  const [first] = signals.filter(({ trace }) => SIGNALS[trace.signal]).sort((a, b) => names.indexOf(a.trace.signal) - names.indexOf(b.trace.signal));
  if (!first) {
    const [why, next] = because(step);
    return { happened: happened(step), told, why, next };
  }
  const [why, next] = SIGNALS[first.trace.signal](first.trace, step);
  // What the rule is about comes first, the rest in its order.
  return { happened: happened(step), told: [sentence(first), ...signals.filter((one) => one !== first).map(sentence)], why, next };
}

function happened(step) {
  const node = step.node ? capital(inWords(step.node)) : '';
  switch (step.kind) {
    case 'started': return `${node} starts.`;
    case 'delivered': return `${node} gets from ${inWords(step.from)}: “${inWords(step.message.words)}”`;
    case 'lost': return `A message from ${inWords(step.from)} to ${inWords(step.node)} finds nobody: “${inWords(step.message.words)}”`;
    case 'waits': return `${step.message ? `A message from ${inWords(step.from)}` : 'A timer'} waits for ${inWords(step.node)}, which is paused.`;
    case 'timer': return `${node}: ${inWords(step.timer)}.`;
    case 'command': return 'Somebody publishes a message.';
    case 'fault': return `${step.isEnd ? 'It is over' : 'Something goes wrong'}: ${faultWords(step.words)}.`;
    case 'saved': return `What ${step.node ? inWords(step.node) : 'a node'} has saved is durable now.`;
    default: return `${capital(inWords(step.words ?? step.kind))}.`;
  }
}

const FAULTS = {
  crash: (who) => [`${who} crashes`, 'It stops at once, without a word. Nobody knows yet.'],
  leave: (who) => [`${who} leaves`, 'Who goes in good order says goodbye, so that nobody has to wait.'],
  pause: (who) => [`${who} stands still`, 'From outside, who stands still looks dead. What comes in waits.'],
  slow: (who) => [`${who} is slow`, 'It takes everything later; nothing is lost.'],
  partition: (who) => [`${who} ${who.includes(',') ? 'are' : 'is'} cut off from the others`, 'Nothing passes between the two sides, and neither knows whether the other is dead or only out of reach.'],
  cut: (who) => [`nobody hears ${who}`, 'They still hear the others: links can fail in one direction only.'],
  skew: (who) => [`the clock of ${who} jumps`, 'No rule counts on clocks that agree; timers count what has passed.'],
};

function fault(words) {
  const [kind, detail] = words.split(' ');
  const victims = detail.split('@')[0];
  const all = victims.split(',');
  const who = victims.includes('%') ? victims : `${/^\d/.test(victims) ? (all.filter((one) => /^\d/.test(one)).length === 1 ? 'node ' : 'nodes ') : 'seed '}${all.join(', ').replace(/(?<=\d), (?=s)/, ' and seed ')}`;
  return FAULTS[kind]?.(who) ?? [words, 'A fault that the lesson has planned.'];
}

function faultWords(words) {
  return fault(words)[0];
}

/** Why, and what next, where nothing was told. */
function because(step) {
  switch (step.kind) {
    case 'fault': return step.isEnd ? ['The fault had an end, and all is possible again.', 'Who was out of reach takes over what it has missed.'] : [fault(step.words)[1], 'Watch who notices it first.'];
    case 'lost': return ['Who is down takes nothing, and nobody tells the sender. Silence is all that it will notice.', 'Heartbeats without an answer are counted.'];
    case 'waits': return ['It is not lost: it lies in the queue of its process.', 'When the node goes on, it takes all of it in its order.'];
    case 'saved': return ['What depends on something saved leaves only when that is durable; so no crash can make a node break its word.', 'Votes, certificates and own messages are kept like that.'];
    case 'refused': return ['The text of the lesson asks for something that makes no sense at this place, so it is left out.', 'The rest of the lesson goes on.'];
    case 'settled': return ['Every live node has every message, and all Peer Lists are the same and hold exactly those who live.', 'Heartbeats and comparisons go on. Intervene, or begin another lesson.'];
    case 'end': return ['The lesson goes no further.', 'Go back, or begin another one.'];
    case 'command': return ['The lesson says when something is published, and the random seed at which peer.', 'The peer must be registered; if none is yet, it waits.'];
    case 'timer': return TIMERS.find(([words]) => words.test(step.timer)).slice(1);
    default: return MESSAGES[step.message?.content.type] ?? ['It is taken note of, and changes nothing that others would see.', 'The next event follows.'];
  }
}

/** Whether people should see it: something was told, has changed or was lost, or somebody has intervened. */
export function matters(step) {
  return (step.signals ?? []).length > 0 || (step.changed ?? []).length > 0 || (step.lost ?? []).length > 0 || ['intervention', 'fault', 'refused', 'settled', 'end', 'lost'].includes(step.kind);
}
