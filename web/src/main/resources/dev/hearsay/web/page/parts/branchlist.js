// All branches of a lesson: which one is shown, and which one beside it.

import { element } from '../model/words.js';
import { interventionButton } from './facts.js';

export class BranchList {
  /**
   * @param onShow called with the branch to show
   * @param onCompare called with the branch to show beside it, or null
   */
  constructor(list, compare, onShow, onCompare) {
    this.list = list;
    this.compare = compare;
    this.onShow = onShow;
    compare.addEventListener('change', () => onCompare(this.all[compare.value] ?? null));
  }

  update({ all, shown, beside }) {
    const key = `${all.map((branch) => branch.name).join()} ${all.indexOf(shown)} ${all.indexOf(beside)}`;
    this.all = all;
    if (this.key === key) return;
    this.key = key;
    // Whoever has just pressed a button stays on it.
    const focused = [...this.list.children].findIndex((item) => item.contains(document.activeElement));
    const button = (branch) => {
      const made = interventionButton(branch.name, () => this.onShow(branch));
      made.setAttribute('aria-pressed', String(branch === shown));
      return element('li', {}, made);
    };
    this.list.replaceChildren(...all.map(button));
    this.list.children[focused]?.firstChild.focus();
    this.compare.replaceChildren(element('option', { value: '', textContent: 'nothing' }), ...all.flatMap((branch, i) => (branch === shown ? [] : element('option', { value: i, textContent: branch.name }))));
    this.compare.value = beside === null ? '' : String(all.indexOf(beside));
    this.compare.disabled = all.length < 2;
  }
}
