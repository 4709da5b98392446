/**
 * Waits for what the server makes. `data-attente`: the page itself no longer says that it waits. `data-suivi`: a long job at its address (`data-suivi`, JSON `{ fait, total, termine, detail }`) until it is done. Then
 * the page reloads, once.
 */
interface Suivi {
  fait: number;
  total: number;
  termine: boolean;
  detail?: string;
}

export function startProgression(): void {
  for (const bloc of document.querySelectorAll<HTMLElement>('[data-suivi]')) void suivre(bloc, 1000);
  if (document.querySelector('[data-attente]')) window.setTimeout(() => void attendre(2000), 2000);
}

async function attendre(attente: number): Promise<void> {
  const reponse = await fetch(window.location.href, { headers: { accept: 'text/html' } }).catch(() => null);
  const recue = reponse?.ok ? await reponse.text().catch(() => '') : '';
  if (recue !== '' && !recue.includes('data-attente')) return window.location.reload();
  window.setTimeout(() => void attendre(Math.min(attente * 2, 15_000)), attente);
}

async function suivre(bloc: HTMLElement, attente: number): Promise<void> {
  const reponse = await fetch(bloc.dataset.suivi ?? '', { headers: { accept: 'application/json' } }).catch(() => null);
  if (!reponse?.ok) {
    // The server restarts or the network is away: wait longer, the page's own refresh still stands.
    window.setTimeout(() => void suivre(bloc, Math.min(attente * 2, 15_000)), attente);
    return;
  }
  const s: Suivi = await reponse.json();
  const barre = bloc.querySelector('progress');
  if (barre) {
    barre.max = Math.max(1, s.total);
    if (s.total > 0) barre.value = s.fait;
  }
  const etat = bloc.querySelector('[data-etat]');
  if (etat && s.detail) etat.textContent = s.detail;
  if (s.termine) window.location.reload();
  else window.setTimeout(() => void suivre(bloc, 1000), 1000);
}
