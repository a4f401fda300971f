// The numbers behind a step's card: who has voted how, how likely each neighbour was to be drawn, how far a message has come, and how far a suspicion.

import { parted } from './interventions.js';
import { inWords, shortName } from './lesson.js';
import { count } from './words.js';

const traces = (step) => (step?.signals ?? []).map(({ trace }) => trace);

/** The votes of all seeds on what this step is about, as whoever proposed it has them; null if it is about no vote. */
export function tally(step, lesson) {
  const trace = traces(step).find(({ signal }) => ['decided', 'voteReceived', 'proposed', 'voted'].includes(signal));
  if (!trace) return null;
  const { statement } = trace;
  const proposer = trace.proposer ?? trace.node;
  const ballot = (lesson.sights.get(proposer)?.votes ?? []).find((text) => text.startsWith(`${statement.change} ${statement.peer}:`)) ?? '';
  const votes = new Map([...ballot.matchAll(/(seed:\d+) (yes|no)/g)].map(([, seed, vote]) => [seed, vote]));
  const onItsWay = trace.signal === 'voted' && !votes.has(trace.node);
  if (onItsWay) votes.set(trace.node, trace.yes ? 'yes' : 'no');
  const seeds = lesson.nodes.filter((node) => node.role === 'seed');
  const needed = trace.needed ?? Math.floor(seeds.length / 2) + 1;
  const yes = [...votes.values()].filter((vote) => vote === 'yes').length;
  return {
    title: `To ${statement.change === 'register' ? 'register' : 'remove'} ${inWords(statement.peer)}, proposed by ${inWords(proposer)}`,
    votes: seeds.map((seed) => [seed.name, votes.get(seed.address) ?? '–']),
    sum: `${yes} yes of ${seeds.length}; ⌊${seeds.length} / 2⌋ + 1 = ${needed} needed${onItsWay ? '; this vote is on its way' : ''}`,
  };
}

/** The exponent of Zipf's law in this lesson. */
function alpha(lesson) {
  const topology = parted(lesson.text).options.find((option) => option.startsWith('topology=powerlaw:'));
  return topology ? Number(topology.split(':')[1]) : 1;
}

/** For a draw of neighbours: each member by its rank, its weight, and its share among those who could be drawn; null if nobody draws. */
export function ranks(step, lesson) {
  const drawn = traces(step).find(({ signal }) => signal === 'neighboursDrawn');
  if (!drawn) return null;
  const sight = lesson.sights.get(drawn.node);
  const before = step.changed?.find(({ node }) => node === drawn.node)?.before ?? {};
  const linked = before.neighbours ?? sight.neighbours ?? [];
  const silent = before.silent ?? sight.silent ?? [];
  const exponent = alpha(lesson);
  const rows = (sight.members ?? []).map((member, i) => {
    const note = member === drawn.node ? 'itself' : drawn.neighbours.includes(member) ? 'drawn' : linked.includes(member) ? 'linked' : silent.includes(member) ? 'silent' : '';
    return { rank: i + 1, name: shortName(member), weight: 1 / (i + 1) ** exponent, note };
  });
  const isCandidate = (row) => row.note === 'drawn' || row.note === '';
  const total = rows.filter(isCandidate).reduce((all, row) => all + row.weight, 0);
  return { alpha: exponent, rows: rows.map((row) => ({ ...row, share: isCandidate(row) ? row.weight / total : null })) };
}

/** How far the message has come by now, in words; empty if this step is not about one. */
export function progress(step, scene) {
  const trace = traces(step).find(({ signal }) => ['published', 'delivered', 'duplicate'].includes(signal));
  const message = trace && scene.messages().find((one) => one.id === trace.id);
  return message ? `So far ${message.reached} of ${count(message.of, 'peer')} have it, and ${count(message.duplicates, 'duplicate')} ${message.duplicates === 1 ? 'was' : 'were'} dropped.` : '';
}

export const SUSPICION = ['silence', 'suspicion', 'ping', 'witnesses'];

/** At which stage of detection this step is; -1 if it is about something else. */
export function suspicion(step) {
  if (step?.about !== 'detection') return -1;
  const signals = traces(step).map(({ signal }) => signal);
  const type = step.message?.content.type;
  if (signals.includes('jurySpoke') || type === 'SUSPECT_QUERY' || type === 'SUSPECT_REPLY' || /witnesses/.test(step.timer ?? '')) return 3;
  if (signals.includes('suspected')) return 1;
  if (type === 'PING' || type === 'PONG' || /no neighbour/.test(step.timer ?? '')) return 2;
  return 0;
}
