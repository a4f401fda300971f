// The card of a step: what happened, why, what to watch next, and the numbers behind it.

import { card } from '../model/cards.js';
import { SUSPICION, progress, ranks, suspicion, tally } from '../model/evidence.js';
import { inWords } from '../model/lesson.js';
import { capital, element, put } from '../model/words.js';

const byId = (id) => document.getElementById(`learn-${id}`);

/** Lists that are longer are told by what has come and what is gone. */
const WHOLE_MAX = 4;
/** More than these are folded. */
const TOLD_MAX = 4;

export function showCard(step, lesson, scene) {
  const { happened, told, why, next } = card(step, lesson);
  put(byId('happened'), happened);
  showTold(told);
  put(byId('why'), why);
  put(byId('watch'), next);
  const sofar = progress(step, scene);
  byId('progress').hidden = sofar === '';
  put(byId('progress'), sofar);
  showSuspicion(suspicion(step));
  showTally(step && tally(step, lesson));
  showRanks(step && ranks(step, lesson));
  const changes = (step?.changed ?? []).flatMap(({ node, before, after }) => Object.keys({ ...before, ...after }).filter((name) => before[name]?.length > 0 || after[name]?.length > 0).map((name) => change(node, name, before[name] ?? [], after[name] ?? [])));
  byId('changes').replaceChildren(...changes);
  byId('changed').hidden = changes.length === 0;
}

function showTold(told) {
  const item = (words) => element('li', { textContent: words });
  const isLong = told.length > TOLD_MAX + 1;
  const rest = isLong ? told.slice(TOLD_MAX) : [];
  const more = element('details', {}, element('summary', { textContent: `and ${rest.length} more` }), element('ul', {}, ...rest.map(item)));
  byId('told').replaceChildren(...(isLong ? told.slice(0, TOLD_MAX) : told).map(item), ...(isLong ? [element('li', {}, more)] : []));
}

function showSuspicion(at) {
  byId('suspicion').hidden = at < 0;
  if (at < 0) return;
  byId('suspicion').replaceChildren(
    ...SUSPICION.map((stage, i) => {
      const item = element('li', { textContent: capital(stage) });
      if (i === at) item.setAttribute('aria-current', 'step');
      return item;
    }),
  );
}

function showTally(votes) {
  byId('tally').hidden = !votes;
  if (!votes) return;
  put(byId('ballot'), `${votes.title}:`);
  byId('votes').replaceChildren(...votes.votes.map(([seed, vote]) => element('li', { className: vote === '–' ? 'open' : vote }, element('strong', { textContent: seed }), ` ${vote}`)));
  put(byId('sum'), `${votes.sum}.`);
}

function showRanks(draw) {
  byId('draw').hidden = !draw;
  if (!draw) return;
  put(byId('alpha'), `Zipf's weights with α = ${draw.alpha}. The share is that of the first draw; whoever is drawn is not drawn again.`);
  byId('ranks').replaceChildren(
    ...draw.rows.map(({ rank, name, weight, share, note }) =>
      element(
        'tr',
        { className: note },
        element('td', { textContent: rank }),
        element('th', { scope: 'row', textContent: name }),
        element('td', { textContent: weight.toFixed(3) }),
        element('td', { textContent: share === null ? '–' : `${(share * 100).toFixed(1)} %` }),
        element('td', { textContent: note === 'drawn' ? '✓ drawn' : note }),
      ),
    ),
  );
}

function change(node, name, before, after) {
  const isLong = before.length > WHOLE_MAX || after.length > WHOLE_MAX;
  const gone = before.filter((one) => !after.includes(one)).map((one) => `− ${one}`);
  const come = after.filter((one) => !before.includes(one)).map((one) => `+ ${one}`);
  return element('tr', {}, element('th', { scope: 'row', textContent: `${capital(inWords(node))}, ${name}` }), isLong ? cell(gone, `${before.length} in all`) : cell(before), isLong ? cell(come, `${after.length} in all`) : cell(after));
}

function cell(words, sum = '–') {
  const text = words.map(inWords).join(', ');
  return element('td', { textContent: text === '' ? sum : sum === '–' ? text : `${sum}: ${text}` });
}
