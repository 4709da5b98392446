/** Whatever who keeps the body does, in whatever order: what is shown is accepted, letters open, nobody ends another's word, nobody is locked for good. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { courriels } from '../../../../tests/support/courriels.ts';
import { listApprobations } from '../cloture/contenu.queries.ts';
import { type Gens, ouvrirSalle, type Salle } from '../tenue/tenue.fixtures.ts';

let salle: Salle;
beforeAll(async () => {
  salle = await ouvrirSalle();
});
afterAll(() => salle.app.close());

const LIEN = /\/paroles\/[0-9a-f-]{36}\/[\w-]+/;
let graine = 11;
const hasard = (n: number): number => {
  graine = (graine * 48271) % 2147483647;
  return graine % n;
};
const parmi = <T>(liste: readonly T[]): T | undefined => liste[hasard(Math.max(1, liste.length))];
/** The forms of a page: where they go, and what they carry. */
const formulaires = (html: string, vers: RegExp) =>
  [...html.matchAll(/<form\b[^>]*action="([^"]+)"[^>]*>([\s\S]*?)<\/form>/g)]
    .map(([, url = '', corps = '']) => {
      const champs: Record<string, string> = {};
      for (const [, attributs = ''] of corps.matchAll(/<input\b([^>]*)>/g)) {
        const [nom, valeur] = [/name="([^"]*)"/.exec(attributs)?.[1], /value="([^"]*)"/.exec(attributs)?.[1]];
        if (nom) champs[nom] = valeur ?? '';
      }
      if (corps.includes('name="contestation"')) champs.contestation = 'Ce n’est pas exact';
      return { url, champs };
    })
    .filter((f) => vers.test(f.url));
let envois = 0;
/** Each from elsewhere: how often one address asks is not what is looked at. */
const dAilleurs = () => `10.3.${envois >> 8}.${envois++ & 255}`;
const ouvrir = (url: string, q?: Gens) => salle.app.serveur.inject({ url, remoteAddress: dAilleurs(), headers: q ? { cookie: q.temoin } : {} });
const poster = async (url: string, champs: Record<string, string>, q?: Gens) =>
  (
    await salle.app.serveur.inject({
      ...{ method: 'POST', url, remoteAddress: dAilleurs() },
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...(q ? { cookie: q.temoin } : {}) },
      payload: new URLSearchParams(champs).toString(),
    })
  ).statusCode;

const [A, CONNUE, ELLE] = ['maire-a@hasard.fr', 'paul@hasard.fr', 'fatou.ndiaye@hasard.fr'];
/** Each under its own name: hers is the account that bears the name of the line. */
const quelquUn = (): [string, string] =>
  parmi<[string, string]>([
    ['Fatou Ndiaye', 'fatou.ndiaye@hasard.fr'],
    ['Fatou Ndiaye', 'boite-1@hasard.fr'],
    ['Fatou Ndiaye', 'boite-2@hasard.fr'],
    ['Ada Neuve', 'boite-2@hasard.fr'],
    ['Ada Neuve', 'ada@hasard.fr'],
  ]) ?? ['', ''];
const BOITES = [A, CONNUE, ELLE, 'boite-1@hasard.fr', 'boite-2@hasard.fr', 'ada@hasard.fr', 'pierre@hasard.fr'] as const;

test('au hasard : ce qui est montré est accepté, chaque lettre s’ouvre, personne ne finit la parole d’un autre, personne n’est arrêté pour toujours', async () => {
  const { owner } = salle.app.base;
  const comptes = new Map<string, Gens>();
  const gestes = new Map<string, number>();
  for (let tour = 0; tour < 8; tour += 1) {
    await salle.preparer({}, { confidentialite: 'publique' });
    const [maire, directrice] = [await salle.siege('Maire'), await salle.siege('Directrice du collège')];
    const url = `/seances/${salle.seance}`;
    const asseoir = (nom: string, courriel: string, paul: string, ligne: boolean) =>
      sql`with s as (update instance_membres m set nom = ${nom}, courriel = ${courriel}, suppleant_nom = ${paul === CONNUE ? 'Paul Petit' : 'Pierre Grand'}, suppleant_courriel = ${paul}
          from seance_participants p where p.id = ${maire}::uuid and m.id = p.membre_id)
        update seance_participants set nom = ${nom}, courriel = ${courriel}, suppleant_nom = ${paul === CONNUE ? 'Paul Petit' : 'Pierre Grand'}, suppleant_courriel = ${paul}
        where id = ${maire}::uuid and ${ligne}`.execute(owner);
    await asseoir('Fatou Ndiaye', A, CONNUE, true);
    await salle.convoquer(parmi(['titulaires', 'suppleants'] as const) ?? null);
    // Before the session: replaced where they were only known, convoked again, or another person.
    for (let pas = hasard(3); pas > 0; pas -= 1) {
      await asseoir(...quelquUn(), parmi([CONNUE, 'pierre@hasard.fr']) ?? '', true);
      if (hasard(2)) await salle.convoquer('titulaires');
    }
    await asseoir('Fatou Ndiaye', parmi([A, 'boite-1@hasard.fr']) ?? A, CONNUE, true);
    await sql`update seance_participants set presence = 'present' where id = any(${[maire, directrice]}::uuid[])`.execute(owner);
    expect((await salle.poster(salle.anne, '/lever', { confirme_heures: 'oui' })).statusCode).toBe(303);
    await sql`update seances set relecture_jusqu_a = null where id = ${salle.seance}::uuid`.execute(owner);
    let etat = 'present';
    let ouvertes = 0;
    const ecartees: string[] = [];
    const empreinteLue = async (q: Gens) => /name="empreinte" value="([0-9a-f]{64})"/.exec((await salle.lire(q, '/clore')).body)?.[1] ?? '';
    const noter = async () =>
      salle.poster(salle.anne, '/approbations', { participant: maire, piece: 'Message', empreinte: await empreinteLue(salle.anne), confirme_absence: maire });
    const changer = async () => {
      const suite = etat === 'present' ? 'absent' : 'present';
      const r = await salle.poster(salle.anne, '/presences', {
        [`presence-${directrice}`]: suite,
        [`par-${directrice}`]: '',
        [`avant-${directrice}`]: `${etat}|`,
      });
      if (r.statusCode === 303) etat = suite;
    };
    const aLiens = async () => (await courriels(salle.app, url)).filter((x) => LIEN.test(x.texte));
    const suivre = async (lettre: Awaited<ReturnType<typeof aLiens>>[number] | undefined) => {
      const chemin = LIEN.exec(lettre?.texte ?? '')?.[0];
      if (!chemin || !lettre) return;
      const q = hasard(2) ? comptes.get(lettre.pour) : undefined;
      const page = await ouvrir(chemin, q);
      const f = parmi(formulaires(page.body, /^\/paroles\//));
      expect([page.statusCode === 200 && ecartees.includes(lettre.pour), f !== undefined && page.statusCode !== 200]).toEqual([false, false]);
      if (f) expect([tour, f, await poster(f.url, f.champs, q)]).toEqual([tour, f, 303]);
    };
    const faire: Record<string, () => Promise<unknown>> = {
      noter,
      changer,
      figer: () => salle.figer(),
      rectifier: () => salle.poster(salle.anne, '/rectifier', { motif: 'Un motif de rectificatif' }),
      asseoir: () => asseoir(...quelquUn(), parmi([CONNUE, 'pierre@hasard.fr']) ?? '', false),
      compte: async () => {
        const boite = parmi(BOITES) ?? A;
        if (!comptes.has(boite)) comptes.set(boite, await salle.personne(boite));
      },
      ecarter: async () => {
        const f = parmi(formulaires((await salle.lire(salle.anne, '/clore')).body, /\/adresses\/ecarter$/));
        if (!f) return;
        expect([tour, 'écarter', await poster(f.url, f.champs, salle.anne)]).toEqual([tour, 'écarter', 303]);
        ecartees.push(f.champs.adresse ?? '');
      },
      lien: async () => suivre(parmi(await aLiens())),
      /** Everybody who was written to answers their latest letter, one after the other. */
      tous: async () => {
        for (const lettre of new Map((await aLiens()).map((x) => [x.pour, x])).values()) await suivre(lettre);
      },
      signe: async () => {
        const q = parmi([...comptes.values()]);
        const f = q && parmi(formulaires((await salle.lire(q, '/clore')).body, /\/(approuver|approbations\/repondre)$/));
        if (f) expect([tour, q.nom, f, await poster(f.url, f.champs, q)]).toEqual([tour, q.nom, f, 303]);
      },
    };
    for (let pas = 0; pas < 22; pas += 1) {
      const geste = parmi(['noter', 'changer', 'figer', 'rectifier', 'asseoir', 'compte', 'ecarter', 'lien', 'lien', 'tous', 'signe', 'signe']) ?? 'lien';
      gestes.set(geste, (gestes.get(geste) ?? 0) + 1);
      await faire[geste]?.();
      // Every letter opens, as it leaves, and none leaves to an address that was not theirs.
      const lettres = await courriels(salle.app, url);
      for (const x of lettres.slice(ouvertes).filter((l) => LIEN.test(l.texte))) {
        const { statusCode } = await ouvrir(LIEN.exec(x.texte)?.[0] ?? '');
        expect([tour, pas, geste, x.sujet, x.pour, statusCode, geste !== 'ecarter' && ecartees.includes(x.pour)]).toEqual([
          tour,
          pas,
          geste,
          x.sujet,
          x.pour,
          200,
          false,
        ]);
      }
      // Nor to who was replaced before anything was sent to them: the seat never called them, and does not name them any more.
      const { rows: siennes } = await sql<{ adresse: string }>`
        select k.adresse from seance_convocations k
        join seance_participants p on p.id = k.participant_id join instance_membres m on m.id = p.membre_id
        where k.participant_id = ${maire}::uuid and (k.partie
          or mots_du_nom(k.nom) in (mots_du_nom(case when k.suppleant then p.suppleant_nom else p.nom end), mots_du_nom(case when k.suppleant then m.suppleant_nom else m.nom end)))
        union select lower(x) from seance_participants p join instance_membres m on m.id = p.membre_id
          cross join lateral unnest(array[p.courriel, p.suppleant_courriel, m.courriel, m.suppleant_courriel]) as x where p.id = ${maire}::uuid`.execute(owner);
      const appelees = new Set(siennes.map((x) => x.adresse));
      const perdues = lettres.slice(ouvertes).filter((l) => LIEN.test(l.texte) && BOITES.some((b) => b === l.pour) && !appelees.has(l.pour));
      expect([tour, pas, geste, perdues.map((l) => [l.pour, l.sujet])]).toEqual([tour, pas, geste, []]);
      ouvertes = lettres.length;
      // What stands of each address, as it was said: nobody but its author, an account of that name, or who says that it was not theirs, ends it.
      const { rows } = await sql<{ adresse: string; contestee: boolean; prouve: boolean; empreinte: string; convoquee: boolean; parLien: boolean }>`
        select d.adresse, d.acte = 'contestee' as contestee, d.empreinte, d.par_lien,
          exists (select from seance_convocations k where k.participant_id = d.participant_id and k.adresse = d.adresse and k.partie) as convoquee,
          exists (select from seance_approbation_reponses y where y.participant_id = d.participant_id and y.empreinte = d.empreinte and not y.par_lien
            and mots_du_nom(y.par) = mots_du_nom('Fatou Ndiaye'))
          or exists (select from seance_approbations y where y.participant_id = d.participant_id and y.empreinte = d.empreinte
            and y.notee_par = '' and mots_du_nom(y.par) = mots_du_nom('Fatou Ndiaye')) as prouve
        from seance_approbation_reponses d
        where d.seance_id = ${salle.seance}::uuid and d.voie = 'titulaire' and not d.depuis and d.rang = (
          select max(x.rang) from seance_approbation_reponses x where x.participant_id = d.participant_id and x.empreinte = d.empreinte and x.adresse = d.adresse)`.execute(
        owner,
      );
      const lues = new Map((await listApprobations(owner, salle.app.contratId, salle.seance)).map((x) => [x.empreinte, x.reponse]));
      for (const x of rows) {
        expect([tour, pas, geste, x.parLien && !x.convoquee]).toEqual([tour, pas, geste, false]);
        if (x.contestee && !x.prouve && !ecartees.includes(x.adresse))
          expect([tour, pas, geste, x.adresse, lues.get(x.empreinte)]).toEqual([tour, pas, geste, x.adresse, 'contestee']);
      }
    }
    // To the end: who presided, signed in under her name at an address of her seat, settles what is at hand and approves.
    await asseoir('Fatou Ndiaye', ELLE, CONNUE, false);
    const elle = comptes.get(ELLE) ?? (await salle.personne(ELLE));
    comptes.set(ELLE, elle);
    await faire.rectifier?.();
    await changer();
    if (ecartees.includes(ELLE)) continue;
    // Of the text at hand she approves, or says of what is noted that it is hers; what she contests of an older one stays hers to take back.
    for (let pas = 0; pas < 8; pas += 1) {
      const miens = formulaires((await salle.lire(elle, '/clore')).body, /\/(approuver|approbations\/repondre)$/);
      const f = miens.find((x) => x.url.endsWith('/approuver')) ?? miens.find((x) => x.champs.acte === 'confirmer');
      if (!f) break;
      expect([tour, f, await poster(f.url, f.champs, elle)]).toEqual([tour, f, 303]);
    }
    const arrete = await salle.figer();
    expect([tour, arrete.statusCode, arrete.statusCode === 303 || arrete.body]).toEqual([tour, 303, true]);
  }
  for (const geste of ['ecarter', 'rectifier', 'figer', 'lien', 'signe']) expect([geste, (gestes.get(geste) ?? 0) > 0]).toEqual([geste, true]);
}, 240_000);
