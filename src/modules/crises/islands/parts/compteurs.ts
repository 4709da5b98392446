/** Time that runs: since when something is known and not told. */
export function startCompteurs(): void {
  const champs = [...document.querySelectorAll<HTMLElement>('[data-depuis]')];
  if (champs.length === 0) return;
  window.setInterval(() => {
    for (const e of champs) {
      const minutes = Math.floor((Date.now() - Number(e.dataset.depuis)) / 60_000);
      if (minutes < 1) continue;
      const [h, m] = [Math.floor(minutes / 60), minutes % 60];
      e.textContent = h === 0 ? `${m}\u00a0min` : `${h}\u00a0h${m === 0 ? '' : `\u00a0${String(m).padStart(2, '0')}`}`;
    }
  }, 10_000);
}
