// Finds a step of a lesson. Steps are made as they are needed, in pieces, so that the page stays alive.

import { STEPS_MAX } from './lesson.js';

/** So many steps at once; then the page has its turn. */
const BATCH = 200;

/**
 * The first step of which this holds; -1 if there is none.
 *
 * @param holds takes the step and its number
 * @param onProgress called now and then with how many steps there are
 * @param isBeyond whether to look on after all that was to happen has happened
 */
export async function search(lesson, holds, onProgress, isBeyond = false) {
  for (let i = 0; i < STEPS_MAX; i++) {
    const isNew = i === lesson.steps.length;
    if (isNew && i > 0 && i % BATCH === 0) {
      onProgress(i);
      await new Promise((resolve) => setTimeout(resolve));
    }
    if (!lesson.reach(i + 1)) return -1;
    if (holds(lesson.steps[i], i)) return i;
    if (lesson.steps[i].done && i === lesson.steps.length - 1 && !isBeyond) return -1;
  }
  return -1;
}
