// Another branch beside the one that is shown: its network at the same time and the same places, and what differs.

import { differences, stepBeside } from '../model/compare.js';
import { element, put } from '../model/words.js';
import { Graph } from './graph.js';
import { Stage } from './stage.js';

const byId = (id) => document.getElementById(`learn-${id}`);

export class Comparison {
  /** @param graph of the branch that is shown; its places hold here, too */
  constructor(graph, onSelect) {
    this.stage = new Stage(onSelect);
    this.graph = new Graph(byId('other'), byId('other-tip'), this.stage);
    const { places } = graph;
    this.graph.places = { get: (i) => places.get(i), put: (i, place) => places.put(i, place), update() {} };
    places.onMoved = () => {
      graph.due();
      this.graph.due();
    };
  }

  update(scene, branches, step) {
    const { shown, beside } = branches;
    for (const id of ['beside', 'shown-name', 'differences']) byId(id).hidden = beside === null;
    byId('beside').closest('.picture').classList.toggle('compared', beside !== null);
    if (beside === null) return;
    const theirs = beside.lesson.at(stepBeside(shown.lesson, beside.lesson, step));
    this.stage.scene = theirs;
    this.graph.show(theirs);
    put(byId('shown-name'), shown.name);
    put(byId('beside-name'), beside.name);
    put(byId('here'), shown.name);
    put(byId('there'), beside.name);
    const rows = differences(scene, theirs);
    const key = JSON.stringify(rows);
    if (this.key === key) return;
    this.key = key;
    byId('rows').replaceChildren(...rows.map(([about, here, there]) => element('tr', { className: here === there ? 'same' : '' }, element('th', { scope: 'row', textContent: about }), element('td', { textContent: here }), element('td', { textContent: there }))));
  }
}
