/** A producer's page keeps what is typed, field by field. Without it, « Garder pour plus tard » does the same. */
type Champ = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function demarrer(f: HTMLFormElement): void {
  const vers = f.dataset.collecte ?? '';
  const etat = f.querySelector<HTMLElement>('[data-collecte-etat]');
  const vu = new Map<string, string>();
  const dire = (texte: string) => {
    if (etat) etat.textContent = texte;
  };
  let suite: Promise<void> = Promise.resolve();

  async function garder(nom: string, valeur: string): Promise<void> {
    const base = vu.get(nom) ?? '';
    if (base === valeur) return;
    const corps = new URLSearchParams({ [nom]: valeur, _vu: JSON.stringify({ [nom]: base }), version: '' });
    const r = await fetch(vers, { method: 'POST', headers: { accept: 'application/json' }, body: corps }).catch(() => null);
    if (r?.ok) {
      vu.set(nom, valeur);
      const lu = (await r.json().catch(() => ({}))) as { dit?: string };
      dire(lu.dit ?? 'Gardé. Rien n’est encore envoyé.');
    } else if (r?.status === 409) {
      const lu = (await r.json().catch(() => ({}))) as { detail?: string };
      dire(lu.detail ?? 'Quelqu’un d’autre vient de remplir ce champ : rechargez la page pour voir ce qu’il a écrit.');
    } else dire('Pas gardé : le réseau manque. Vos mots sont encore sur cette page ; « Garder pour plus tard » réessaie.');
  }

  const champs = [...f.elements].filter((e): e is Champ => 'name' in e && 'value' in e && /^[velscxmi][.\d]/.test((e as Champ).name));
  for (const c of champs) {
    vu.set(c.name, c.value);
    // One after the other: the last thing typed is the last thing kept.
    c.addEventListener('change', () => {
      suite = suite.then(() => garder(c.name, c.value));
    });
  }
}

for (const f of document.querySelectorAll<HTMLFormElement>('form[data-collecte]')) demarrer(f);
