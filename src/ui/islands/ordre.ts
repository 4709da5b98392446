/** Ordering by drag, or by Alt+arrows on an item's buttons; the form's own buttons do the same without this. */
for (const liste of document.querySelectorAll<HTMLElement>('[data-ordre]')) ordonner(liste);

function ordonner(liste: HTMLElement): void {
  const formulaire = document.getElementById(liste.dataset.ordre ?? '');
  if (!(formulaire instanceof HTMLFormElement)) return;
  const annonce = formulaire.querySelector('[data-ordre-annonce]');
  const points = () => [...liste.querySelectorAll<HTMLElement>(':scope > [data-ordre-point]')];
  let tenu: HTMLElement | null = null;
  let envoi: Promise<unknown> = Promise.resolve();
  let attente = 0;

  const numeroter = () => {
    const tous = points();
    tous.forEach((p, i) => {
      const rang = p.querySelector('.c-odj__rang');
      if (rang) rang.textContent = String(i + 1);
      const [haut, bas] = p.querySelectorAll<HTMLButtonElement>('.c-odj__actes button');
      if (haut) haut.disabled = i === 0;
      if (bas) bas.disabled = i === tous.length - 1;
    });
  };
  /** The order as the server has it: another person may have moved items too. */
  const suivre = (ordre: readonly string[]) => {
    const parId = new Map(points().map((p) => [p.dataset.ordrePoint ?? '', p]));
    if (ordre.some((id) => !parId.has(id)) || ordre.length !== parId.size) return window.location.reload();
    if (points().every((p, i) => p.dataset.ordrePoint === ordre[i])) return;
    const actif = document.activeElement;
    for (const id of ordre) liste.append(parId.get(id) ?? '');
    if (actif instanceof HTMLElement) actif.focus();
    numeroter();
  };
  /** One move after the other; the server makes each again on its own order. */
  const enregistrer = (point: HTMLElement) => {
    numeroter();
    const avant = points()[points().indexOf(point) - 1]?.dataset.ordrePoint ?? '';
    const corps = new URLSearchParams({ deplacer: `${point.dataset.ordrePoint}:${avant}` });
    attente += 1;
    envoi = envoi
      .then(() => fetch(formulaire.action, { method: 'POST', body: corps, headers: { accept: 'application/json' } }))
      .then(async (r) => {
        if (!r.ok) throw new Error(String(r.status));
        const { ordre } = (await r.json()) as { ordre: string[] };
        attente -= 1;
        // Moves made meanwhile here are still to be sent.
        if (attente === 0 && !tenu) suivre(ordre);
        if (annonce) annonce.textContent = `Point placé en position ${points().indexOf(point) + 1} sur ${points().length}. Ordre enregistré.`;
      })
      .catch(() => {
        if (annonce) annonce.textContent = 'L’ordre n’a pas pu être enregistré. La page va se recharger.';
        window.setTimeout(() => window.location.reload(), 2000);
      });
  };
  const deplacer = (point: HTMLElement, pas: -1 | 1) => {
    const tous = points();
    const voisin = tous[tous.indexOf(point) + pas];
    if (!voisin) return;
    liste.insertBefore(point, pas < 0 ? voisin : voisin.nextSibling);
    enregistrer(point);
  };

  for (const point of points()) {
    const tete = point.querySelector<HTMLElement>('.c-odj__tete');
    if (!tete) continue;
    tete.draggable = true;
    tete.addEventListener('dragstart', (e) => {
      tenu = point;
      point.classList.add('c-odj__point--glisse');
      e.dataTransfer?.setData('text/plain', point.dataset.ordrePoint ?? '');
    });
    tete.addEventListener('dragend', () => {
      point.classList.remove('c-odj__point--glisse');
      if (tenu) enregistrer(tenu);
      tenu = null;
    });
    point.addEventListener('dragover', (e) => {
      if (!tenu || tenu === point) return;
      e.preventDefault();
      const { top, height } = point.getBoundingClientRect();
      liste.insertBefore(tenu, e.clientY < top + height / 2 ? point : point.nextSibling);
    });
    point.addEventListener('drop', (e) => e.preventDefault());
    const [haut, bas] = point.querySelectorAll<HTMLButtonElement>('.c-odj__actes button');
    for (const [bouton, pas] of [
      [haut, -1],
      [bas, 1],
    ] as const)
      bouton?.addEventListener('click', (e) => {
        e.preventDefault();
        deplacer(point, pas);
        (bouton.disabled ? (pas < 0 ? bas : haut) : bouton)?.focus();
      });
    point.addEventListener('keydown', (e) => {
      if (!e.altKey || (e.key !== 'ArrowUp' && e.key !== 'ArrowDown')) return;
      e.preventDefault();
      const actif = document.activeElement;
      deplacer(point, e.key === 'ArrowUp' ? -1 : 1);
      if (actif instanceof HTMLElement) actif.focus();
    });
  }
}

export {};
