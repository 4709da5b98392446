/** A browser: keeps cookies by path, follows redirects while they stay at the provider. */
export function ouvrirNavigateur() {
  const temoins = new Map<string, { nom: string; valeur: string; chemin: string }>();
  async function aller(adresse: string | URL, formulaire?: Record<string, string>): Promise<{ url: URL; statut: number; corps: string }> {
    const url = new URL(adresse);
    const envoyes = [...temoins.values()].filter((t) => url.pathname.startsWith(t.chemin)).map((t) => `${t.nom}=${t.valeur}`);
    const reponse = await fetch(url, {
      method: formulaire ? 'POST' : 'GET',
      headers: { accept: 'text/html', cookie: envoyes.join('; ') },
      body: formulaire ? new URLSearchParams(formulaire) : undefined,
      redirect: 'manual',
    });
    for (const ligne of reponse.headers.getSetCookie()) {
      const [, nom = '', valeur = ''] = /^([^=]+)=([^;]*)/.exec(ligne) ?? [];
      const chemin = /; path=([^;]+)/i.exec(ligne)?.[1] ?? '/';
      if (/expires=Thu, 01 Jan 1970/i.test(ligne)) temoins.delete(`${nom} ${chemin}`);
      else temoins.set(`${nom} ${chemin}`, { nom, valeur, chemin });
    }
    const suite = reponse.headers.get('location');
    if (!suite) return { url, statut: reponse.status, corps: await reponse.text() };
    const cible = new URL(suite, url);
    return cible.origin === url.origin ? aller(cible) : { url: cible, statut: reponse.status, corps: '' };
  }
  return { aller };
}
