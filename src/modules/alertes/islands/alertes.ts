/** The screen of an alert follows what happens: each marked part is read again when something is told, and nothing that is being typed is lost. */
const racine = document.querySelector<HTMLElement>('[data-alerte]');
const base = racine?.dataset.alerte;

async function relire(): Promise<void> {
  const r = await fetch(location.pathname, { headers: { accept: 'text/html' } }).catch(() => null);
  if (!r?.ok) return;
  const lu = new DOMParser().parseFromString(await r.text(), 'text/html');
  for (const ici of document.querySelectorAll<HTMLElement>('[data-vivant]')) {
    const la = lu.querySelector(`[data-vivant="${ici.dataset.vivant}"]`);
    // Someone is writing there: it waits for the next time.
    if (la && !ici.contains(document.activeElement)) ici.innerHTML = la.innerHTML;
  }
}

if (base) {
  let attente = 0;
  const bientot = () => {
    window.clearTimeout(attente);
    attente = window.setTimeout(() => void relire(), 150);
  };
  const source = new EventSource(`${base}/direct`);
  source.addEventListener('message', (e: MessageEvent<string>) => {
    const { genre } = JSON.parse(e.data) as { genre: string };
    if (genre !== 'bonjour' && genre !== 'presents') bientot();
  });
  window.addEventListener('pagehide', () => source.close());
}
