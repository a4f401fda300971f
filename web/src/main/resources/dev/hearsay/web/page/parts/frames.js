// However much happens at once, it is shown once.

/** What asks for `showNow` to be called with the next frame. */
export function eachFrame(showNow) {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    // A page in the background has no frames, and must not fall behind.
    const later = document.hidden ? setTimeout : requestAnimationFrame;
    later(() => {
      isDue = false;
      showNow();
    });
  };
}
