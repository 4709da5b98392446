/** Whose word a figure is, played in any order by everyone: what is told of it is the same everywhere, and each has a way out. */
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, type Qui } from '../../../../tests/support/app.ts';
import { aLHeureDeParis } from '../../../../tests/support/fuseau.ts';
import { verifierEcheances } from '../../echeances/accorder.ts';
import { verifierChiffres } from '../formulaires.ts';
import { nouvellesDesChiffres } from '../nouvelles.ts';

const COORDINATION: Qui = { comme: 'coordination', organisation: 'DPMP' };

describe('Ce que chacun dit d’un chiffre, joué dans n’importe quel ordre', () => {
  let app: AppDeTest;
  const maintenant = () => new Date('2026-11-28T10:00:00Z');
  beforeAll(async () => {
    app = await ouvrirApp({ horloge: maintenant });
  });
  afterAll(() => app.close());
  const saisir = (mesure: string, champs: Record<string, string>, qui: Qui) =>
    app.post(`/chiffres/${mesure}/saisir`, { source: 'Comptage du service', commentaire: '', version: '', ...champs }, qui);
  const lire = async (mesure: string, periode: string, qui?: Qui) =>
    (await app.get(`/chiffres/${mesure}?periode=${periode}`, qui)).body.replace(/<!-- -->/g, '').replace(/[\u00a0\u202f]/g, ' ');
  const sansEcart = async () => {
    expect((await verifierChiffres(app.base.owner, app.contratId)).differences).toEqual([]);
    const e = await aLHeureDeParis(verifierEcheances)(app.base.owner, app.contratId, { maintenant: maintenant() });
    expect(e.differences).toEqual([]);
  };
  const AUTRE_COMPTE: Qui = { comme: 'pilote', organisation: 'DPMP' };
  const VILLE: Qui = { comme: 'coordination', organisation: 'VILLE' };
  /** Two debtors that add up, for the whole contract. */
  const choisir = () =>
    [...app.catalogue.mesures.values()].find(
      (m) =>
        m.obtention === 'collecte' &&
        m.nature === 'compte' &&
        m.grain.debiteurs !== 'meme-fait' &&
        !m.grain.territoires &&
        m.grain.ventilations.length === 0 &&
        m.periodicite.includes('annuel') &&
        m.aupres.length === 2 &&
        m.aupres.every((d) => !['DPMP', 'VILLE'].includes(d) && !app.catalogue.acteurs.get(d)?.local),
    );
  interface Modele {
    version: number;
    id: string;
    autrui: boolean;
    valide: string | null;
    confirme: boolean;
    contestee: Set<string>;
    verrou: string | null;
  }
  const parole = (m: Modele): string =>
    m.contestee.size > 0
      ? 'contestee'
      : m.autrui && !m.confirme && (m.valide ?? 'DPMP') === 'DPMP'
        ? 'a_confirmer'
        : m.valide === null
          ? 'a_valider'
          : 'acquise';

  test('page, total et dettes disent le même état, sous un verrou aussi, et personne n’est jamais sans issue', async () => {
    const mesure = choisir();
    const [id, [d = '', tiers = ''], fiche] = [mesure?.id ?? '', mesure?.aupres ?? [], mesure?.fiche ?? ''];
    const DEBITEUR: Qui = { comme: 'producteur', organisation: d };
    const TIERS: Qui = { comme: 'producteur', organisation: tiers };
    const qui: Record<string, Qui> = { [d]: DEBITEUR, [tiers]: TIERS, VILLE };
    const acte = async (quoi: string, m: Modele, par: Qui) =>
      (await app.post(`/chiffres/${id}/${quoi}`, { periode: '2025', valeur: m.id, motif: 'Deux faits y sont comptés en double' }, par)).statusCode;
    const un = async <T>(q: ReturnType<typeof sql<T>>): Promise<T | undefined> => (await q.execute(app.base.owner)).rows[0];
    const lu = () =>
      un(sql<{ id: string; parole: string; contestee: string[] }>`select id::text as id, parole, contestee_par as contestee from valeurs
      where mesure_id = ${id} and periode = '2025' and debiteur = ${d} and courante`);
    const donner = async (m: Modele, par: Qui): Promise<number> => {
      const version = `2025|${app.catalogue.racine.id}|${d}|${m.version}`;
      // Once a period was locked, a correction says why.
      const rectifie = 'Un service entier s’est trompé';
      const r = await saisir(id, { periode: '2025', debiteur: d, etat: 'valeur', valeur: String(40 + (m.version % 3)), version, rectifie }, par);
      if (r.statusCode === 303)
        Object.assign(m, { version: m.version + 1, autrui: par !== DEBITEUR, valide: null, confirme: false, contestee: new Set(), id: (await lu())?.id ?? '' });
      // Whatever else refuses it is not of this test, and says so.
      expect(r.statusCode === 422 ? /govuk-error-[\s\S]{0,900}/.exec(r.body)?.[0] : '').toBe('');
      return r.statusCode;
    };
    const figer = async (m: Modele): Promise<void> => {
      const champs = { periode: '2025', fiche, motif: 'Publication du bilan annuel' };
      const r = await app.post('/chiffres/verrous', champs, COORDINATION);
      const confirme = /name="confirme"[^>]*value="([^"]+)"/.exec(r.body)?.[1] ?? '';
      const pose = r.statusCode === 303 ? r : await app.post('/chiffres/verrous', { ...champs, confirme }, COORDINATION);
      expect(pose.statusCode).toBe(303);
      m.verrou = String(pose.headers.location).split('/').at(-1) ?? '';
    };
    const lever = async (m: Modele): Promise<void> => {
      expect((await app.post(`/chiffres/verrous/${m.verrou}/lever`, { motif: 'Un service entier s’est trompé' }, VILLE)).statusCode).toBe(303);
      m.verrou = null;
    };
    /** Everything that tells the state of this version tells the same one. */
    const accorde = async (m: Modele): Promise<void> => {
      const [etat, total] = [
        await lu(),
        await un(sql<{ provisoire: boolean }>`select provisoire from valeur_totaux where mesure_id = ${id} and periode = '2025' and ensemble = 'recent'
          and territoire_id = ${app.catalogue.racine.id} and ventilation = ''`),
      ];
      const { rows: dues } = await sql<{ genre: string; etat: string; ouverte: boolean }>`
        select genre, solde_etat as etat, soldee_le is null as ouverte from echeances
        where sujet = ${id} and periode = '2025' and sans_objet_le is null and (objet_id = ${m.id} or organisation_id = ${d} and genre <> 'contestation')`.execute(
        app.base.owner,
      );
      const due = (genre: string) => dues.some((x) => x.genre === genre && x.ouverte);
      expect({
        parole: etat?.parole,
        par: [...(etat?.contestee ?? [])].sort(),
        provisoire: total?.provisoire,
        chiffre: dues.find((x) => x.genre === 'chiffre')?.etat,
        conteste: due('contestation'),
        aDire: due('chiffre-a-confirmer'),
      }).toEqual({
        parole: parole(m),
        par: [...m.contestee].sort(),
        provisoire: parole(m) !== 'acquise',
        chiffre: { contestee: 'conteste', acquise: 'valide' }[parole(m)] ?? 'a_valider',
        conteste: m.contestee.size > 0,
        aDire: m.autrui && !m.confirme && !m.contestee.has(d),
      });
    };
    /** A form is there exactly when its act would be taken. */
    const pageAccordee = async (m: Modele): Promise<void> => {
      for (const [organisation, par] of Object.entries(qui)) {
        const page = await lire(id, '2025', par);
        const offre = (action: string) =>
          [...page.matchAll(new RegExp(`action="/chiffres/${id}/${action}"[\\s\\S]*?</form>`, 'g'))].some((f) => f[0].includes(m.id));
        expect([organisation, offre('contester'), offre('contester/retirer'), offre('confirmer')]).toEqual([
          organisation,
          !m.contestee.has(organisation),
          m.contestee.has(organisation),
          organisation === d && m.autrui && (!m.confirme || m.contestee.has(d)),
        ]);
        for (const o of m.contestee) expect(page).toContain(`ontesté par ${app.catalogue.nomActeur(o).replace(/[\u00a0\u202f]/g, ' ')}`);
      }
      if (m.valide === null) return;
      const csv = (await app.get(`/chiffres/${id}/contributions.csv?periode=2025`)).body.replace(/[\u00a0\u202f]/g, ' ');
      const ligne = csv.split('\r\n').find((l) => l.includes(app.catalogue.nomActeur(d).replace(/[\u00a0\u202f]/g, ' '))) ?? '';
      expect([/contesté par/.test(ligne), /;"?validé(, confirmé par [^;"]*)?"?;/.test(ligne)]).toEqual([m.contestee.size > 0, parole(m) === 'acquise']);
    };

    expect((await saisir(id, { periode: '2025', debiteur: tiers, etat: 'valeur', valeur: '10' }, TIERS)).statusCode).toBe(303);
    const sienne = await un(sql<{ id: string }>`select id::text as id from valeurs where mesure_id = ${id} and debiteur = ${tiers} and courante`);
    expect((await app.post(`/chiffres/${id}/valider`, { valeur: sienne?.id ?? '' }, VILLE)).statusCode).toBe(303);
    const m: Modele = { version: 0, id: '', autrui: true, valide: null, confirme: false, contestee: new Set(), verrou: null };
    const etape = fc.tuple(
      fc.constantFrom('donner', 'valider', 'valider', 'contester', 'contester', 'contester', 'retirer', 'confirmer', 'confirmer', 'verrou'),
      fc.nat(2),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(etape, { minLength: 6, maxLength: 14 }), fc.boolean(), async (suite, parAutrui) => {
        expect(await donner(m, parAutrui ? COORDINATION : DEBITEUR)).toBe(303);
        for (const [quoi, rang] of suite) {
          const [organisation = '', par = VILLE] = Object.entries(qui)[rang] ?? [];
          if (quoi === 'donner') expect(await donner(m, rang === 0 ? DEBITEUR : COORDINATION)).toBe(m.verrou ? 409 : 303);
          else if (quoi === 'verrou') await (m.verrou ? lever(m) : figer(m));
          else if (quoi === 'valider') {
            const [maison, compte]: [string, Qui] = rang === 0 ? ['DPMP', { ...AUTRE_COMPTE, fiche }] : ['VILLE', VILLE];
            const libre = m.verrou === null && m.valide === null;
            expect([quoi, await acte('valider', m, compte)]).toEqual([quoi, libre ? 303 : 409]);
            if (libre) {
              m.valide = maison;
              m.contestee.delete(maison);
            }
          } else if (quoi === 'contester') {
            expect([quoi, await acte('contester', m, par)]).toEqual([quoi, m.contestee.has(organisation) ? 409 : 303]);
            m.contestee.add(organisation);
          } else if (quoi === 'retirer') {
            expect([quoi, await acte('contester/retirer', m, par)]).toEqual([quoi, m.contestee.has(organisation) ? 303 : 403]);
            m.contestee.delete(organisation);
          } else {
            const libre = m.autrui && (!m.confirme || m.contestee.has(d));
            expect([quoi, await acte('confirmer', m, DEBITEUR)]).toEqual([quoi, libre ? 303 : 409]);
            if (libre) {
              m.confirme = true;
              m.contestee.delete(d);
            }
          }
          await accorde(m);
        }
        await pageAccordee(m);
        // Whatever was said, each has a way out, and the last of them makes the figure everyone's.
        for (const o of [...m.contestee]) {
          expect(await acte('contester/retirer', m, qui[o] ?? VILLE)).toBe(303);
          m.contestee.delete(o);
        }
        if (m.autrui && !m.confirme) expect(await acte('confirmer', m, DEBITEUR)).toBe(303);
        m.confirme = m.autrui;
        if (m.verrou) await lever(m);
        if (m.valide === null) expect(await acte('valider', m, VILLE)).toBe(303);
        m.valide ??= 'VILLE';
        await accorde(m);
        expect(parole(m)).toBe('acquise');
        await sansEcart();
      }),
      { numRuns: 8 },
    );
    // Its organisation, within the mandate: nobody else, nor one bounded elsewhere, nor of another figure.
    expect(await acte('contester', m, TIERS)).toBe(303);
    const refus = await Promise.all([
      acte('contester/retirer', m, VILLE),
      acte('contester/retirer', m, { ...TIERS, territoire: 'mairie-18' }),
      acte('contester/retirer', m, { ...TIERS, fiche: fiche === '1.1' ? '1.2' : '1.1' }),
      app.post('/chiffres/2.2-03/contester/retirer', { valeur: m.id }, TIERS).then((r) => r.statusCode),
      app.post(`/chiffres/${id}/contester/retirer`, { valeur: m.id }).then((r) => r.statusCode),
    ]);
    expect(refus).toEqual([403, 403, 403, 403, 401]);
    expect([await acte('contester/retirer', m, TIERS), await acte('contester/retirer', m, TIERS)]).toEqual([303, 403]);
    // What was said and taken back is kept, and shown to those who work on it.
    expect(await lire(id, '2025', VILLE)).toMatch(/Contesté par [^<]*, retiré le 28 novembre 2026 : Deux faits y sont comptés en double/);
    expect(await lire(id, '2025')).not.toContain('comptés en double');
    // Corrected, and locked before the correction is validated: what the public reads is still answered for.
    const publie = { ...m };
    expect(await donner(m, COORDINATION)).toBe(303);
    await figer(m);
    const csv = async () => (await app.get(`/chiffres/${id}/contributions.csv?periode=2025`)).body;
    expect([/contesté par/.test(await csv()), await acte('contester', publie, TIERS)]).toEqual([false, 303]);
    expect([/contesté par/.test(await csv()), await acte('contester', publie, TIERS), (await lire(id, '2025', TIERS)).includes(publie.id)]).toEqual([
      true,
      409,
      true,
    ]);
    const ouverte = () =>
      un(sql<{ n: number }>`select count(*)::int as n from echeances where genre = 'contestation' and objet_id = ${publie.id} and soldee_le is null`);
    expect(await ouverte()).toEqual({ n: 1 });
    await sansEcart();
    expect([await acte('contester/retirer', publie, TIERS), await ouverte()]).toEqual([303, { n: 0 }]);
    await lever(m);
    expect(await acte('valider', m, VILLE)).toBe(303);
    // Replaced for good, nothing is said of it any more.
    expect(await acte('contester', publie, TIERS)).toBe(409);
    await sansEcart();
  }, 240_000);

  test('qui a contesté pour un organisme, puis en a rejoint un autre, ne retire pas la contestation de celui-ci', async () => {
    const mesure = choisir();
    const [id, tiers, fiche] = [mesure?.id ?? '', mesure?.aupres[1] ?? '', mesure?.fiche ?? ''];
    const { owner } = app.base;
    const { rows } = await sql<{ valeur: string }>`
      select id::text as valeur from valeurs where mesure_id = ${id} and periode = '2025' and debiteur = ${tiers} and courante`.execute(owner);
    const dit = { periode: '2025', valeur: rows[0]?.valeur ?? '', motif: 'Deux faits y sont comptés en double' };
    const acte = async (quoi: string, qui: Qui | string) => (await app.post(`/chiffres/${id}/${quoi}`, dit, qui)).statusCode;
    const ouvertes = async () =>
      (
        await sql<{ o: string }>`
          select organisation_id as o from valeur_contestations where valeur_id = ${dit.valeur}::uuid and retiree_le is null`.execute(owner)
      ).rows
        .map((x) => x.o)
        .sort();
    const personne = await app.temoin({ comme: 'producteur', organisation: tiers });
    expect([await acte('contester', personne), await acte('contester', VILLE)]).toEqual([303, 303]);
    const rejoindre = (organisation: string) =>
      sql`with qui as (select par_id as id from valeur_contestations where valeur_id = ${dit.valeur}::uuid and organisation_id = ${tiers} and retiree_le is null),
          m as (update mandats set fiche = ${fiche === '1.1' ? '1.2' : '1.1'} where compte_id in (select id from qui))
        update comptes set organisation_id = ${organisation} where id in (select id from qui)`.execute(owner);
    await rejoindre('VILLE');
    expect([await acte('contester/retirer', personne), await ouvertes()]).toEqual([403, ['VILLE', tiers].sort()]);
    expect((await app.get(`/chiffres/${id}?periode=2025`, personne)).body).not.toContain(`action="/chiffres/${id}/contester/retirer"`);
    // Theirs is still theirs to take back, for whom they said it.
    await rejoindre(tiers);
    expect([await acte('contester/retirer', personne), await ouvertes()]).toEqual([303, ['VILLE']]);
    expect(await acte('contester/retirer', VILLE)).toBe(303);
  });

  test('sa confirmation tardive l’annonce ; une contestation retirée n’annonce pas deux fois', async () => {
    const id = choisir()?.id ?? '';
    const annonces = async (depuis: string) =>
      (
        await aLHeureDeParis(nouvellesDesChiffres)(
          { db: app.base.owner, contrat: { id: app.contratId } as never, maintenant: maintenant() },
          { depuis: new Date(depuis), max: 500 },
        )
      ).filter((n) => n.titre.startsWith('Chiffre validé') && n.chemin.startsWith(`/chiffres/${id}?`)).length;
    const dire = (champs: ReturnType<typeof sql>) =>
      sql`update valeurs set ${champs} where mesure_id = ${id} and periode = '2025' and valide_le is not null`.execute(app.base.owner);
    await dire(sql`pour_autrui = true, valide_le = '2026-10-05', valide_organisation = saisi_par_organisation,
      confirme_le = '2026-11-20', confirme_par = 'Une personne', confirme_organisation = debiteur`);
    await sql`delete from valeur_contestations`.execute(app.base.owner);
    expect([await annonces('2026-11-15'), await annonces('2026-11-25')]).toEqual([1, 0]);
    await dire(sql`pour_autrui = false`);
    expect([await annonces('2026-10-01'), await annonces('2026-11-15')]).toEqual([1, 0]);
    const contester = (le: string) =>
      sql`
      insert into valeur_contestations (contrat_id, valeur_id, organisation_id, du_debiteur, par, le, motif, retiree_le, retiree_par)
      select contrat_id, id, 'RATP', false, 'Une personne', ${le}::timestamptz, 'Deux fois', '2026-11-22', 'Une personne' from valeurs
      where mesure_id = ${id} and periode = '2025' and courante`.execute(app.base.owner);
    await contester('2026-11-10');
    expect(await annonces('2026-11-15')).toBe(0);
    await contester('2026-10-01');
    expect(await annonces('2026-11-15')).toBe(1);
  });
});
