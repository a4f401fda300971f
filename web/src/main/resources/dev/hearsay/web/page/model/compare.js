// What differs between two branches of a lesson at the same simulated time.

import { shortName } from './lesson.js';
import { STATES, called, capital, count, number } from './words.js';

const LISTS = ['members', 'neighbours', 'rumors'];

/** The step of another branch that stands beside this one: the same while both were one, and then the last one up to the same time. */
export function stepBeside(shown, other, step) {
  if (step < 0) return -1;
  other.reach(step + 1);
  const isSame = (i) => other.steps[i]?.event === shown.steps[i].event && other.steps[i].intervention === shown.steps[i].intervention && other.steps[i].micros === shown.steps[i].micros;
  let same = 0;
  while (same <= step && isSame(same)) same++;
  return same > step ? step : other.stepAt(shown.steps[step].micros);
}

/** The whole first, then every node that is not the same: what it is about, here, and there. */
export function differences(here, there) {
  const rows = [
    ['The message', reached(here), reached(there)],
    ['Messages sent', number(here.sent()), number(there.sent())],
    ['Removed by the seeds', named(here.removed()), named(there.removed())],
  ];
  here.nodes.forEach((node, i) => {
    const other = there.nodes[i];
    const name = capital(called(node));
    const [one, two] = [STATES[here.state(node)], STATES[there.state(other)]];
    if (one !== two) rows.push([`${name}: state`, one, two]);
    for (const list of LISTS) {
      const [mine, theirs] = [only(node, other, list), only(other, node, list)];
      if (mine.length + theirs.length > 0) rows.push([`${name}: ${list}`, extra(mine), extra(theirs)]);
    }
  });
  return rows;
}

function reached(scene) {
  const message = scene.current();
  return message === null ? 'none yet' : `reached ${number(message.reached)} of ${count(message.of, 'peer')}; ${count(message.duplicates, 'duplicate')} dropped`;
}

function named(addresses) {
  return addresses.length === 0 ? 'nobody' : addresses.map(shortName).join(', ');
}

function only(node, other, list) {
  const theirs = new Set(other.sight[list] ?? []);
  return (node.sight[list] ?? []).filter((one) => !theirs.has(one));
}

function extra(list) {
  return list.length === 0 ? '–' : `+ ${list.map(shortName).join(', ')}`;
}
