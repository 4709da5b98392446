/**
 * Procedures: read by everyone (200; 404), corrected by the institution that holds them (GET 200; POST 303, 409 another version came in,
 * shown beside what was typed, 422 with what was typed; 403; 404). What is reserved is read on the partners' plane alone.
 */
import { acces, accesMetier } from '../../../core/authorize.ts';
import { type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, lire, page, post, redirige, type Reponse, type Route, texte } from '../../../core/http/http.ts';
import { type Catalogue, getCatalogue } from '../../contrats/index.ts';
import type { Demarche, Guide } from '../guide/guide.schema.ts';
import { CorrigerPage } from '../pages/CorrigerPage.tsx';
import { DemarchePage, DemarchesPage } from '../pages/DemarchePages.tsx';
import { HORS_DICI, HorsDiciPage } from '../pages/HorsDici.tsx';
import { ProfessionnelsPage } from '../pages/ProfessionnelsPage.tsx';
import { enSecours } from '../secours.cadre.ts';
import { lireNumeros } from '../verifications/lire.ts';
import type { Secours } from '../secours.donnees.ts';
import { peutCorriger, peutLireReserve, peutVerifier } from '../secours.policy.ts';
import type { SecoursFichier } from '../secours.schema.ts';
import { addVersion, listCorrections, listReserves, listVersions, tenirDemarche } from './corrections.queries.ts';
import { correctionSchema } from './corrections.schema.ts';
import { lireDemarche } from './demarche.rules.ts';
import { lignesDirectes } from './texte.rules.ts';

const TITRE = 'Démarche';
const CADRE = { largeur: 'travail', section: 'orientation' } as const;

const visee = (cat: Catalogue, d: Demarche) => ({ tenuPar: d.tenu_par, fiches: cat.systemes.get(d.systeme ?? '')?.fiches ?? [] });

export function buildDemarchesRoutes({ numeros: s, guide: g }: Secours): Route[] {
  return s && g ? [...publiques(s, g), ...deTravail(s, g).map((r) => ({ ...r, plan: 'partenariat' as const }))] : [];
}

function trouver(g: Guide, c: Contexte): Demarche {
  const d = g.demarches.find((x) => x.code === c.params.demarche);
  if (!d) throw introuvable('Cette démarche');
  return d;
}

const publiques = (s: SecoursFichier, g: Guide): Route[] => [
  get(
    '/aide/demarches',
    acces.public,
    () => enSecours({ titre: 'Démarches', corps: <DemarchesPage demarches={g.demarches.map((d) => lireDemarche(d, undefined))} /> }),
    {
      secours: ['/aide/demarches'],
    },
  ),
  get(
    '/aide/demarches/:demarche',
    acces.public,
    async (c) => {
      const d = trouver(g, c);
      const cat = await getCatalogue(c.db, c.contrat.id);
      const lue = lireDemarche(d, (await listCorrections(c.db, c.contrat.id, [d.code])).get(d.code));
      const lignes = (cat.systemes.get(d.systeme ?? '')?.lignes ?? []).flatMap((id) => cat.lignes.get(id) ?? []);
      return enSecours({
        titre: TITRE,
        corps: <DemarchePage d={lue} s={await lireNumeros(c, s)} nommer={cat.nomActeur} lignes={lignes} mesures={cat.mesures} />,
      });
    },
    { secours: g.demarches.map((d) => `/aide/demarches/${d.code}`) },
  ),
  /** Only where the contract says that something goes outside of here. */
  ...(g.demarches.some((d) => d.dehors)
    ? [
        get(
          HORS_DICI,
          acces.public,
          async (c) => {
            const cat = await getCatalogue(c.db, c.contrat.id);
            const demarches = g.demarches.filter((d) => d.dehors !== undefined);
            return enSecours({ titre: 'Hors de Concorde', corps: <HorsDiciPage demarches={demarches} nommer={cat.nomActeur} mesures={cat.mesures} /> });
          },
          { secours: [HORS_DICI] },
        ),
      ]
    : []),
];

const deTravail = (s: SecoursFichier, g: Guide): Route[] => {
  const publies = s.numeros.map((n) => n.numero);
  /** Throws 404 unknown, 403 when it is not this person's to correct. */
  const ouvrir = async (c: Contexte) => {
    const d = trouver(g, c);
    const cat = await getCatalogue(c.db, c.contrat.id);
    const u = c.utilisateur;
    if (!u || !peutCorriger(u, visee(cat, d), cat.contient))
      throw interdit(`Cette démarche se corrige par ${d.tenu_par.map(cat.nomActeur).join(' ou ')}, ou par la coordination.`);
    return { d, cat, u };
  };
  const formulaire = async (
    c: Contexte,
    { d, cat }: { d: Demarche; cat: Catalogue },
    x: { champs?: { etapes: string; reserve: string }; erreurs?: readonly ErreurDeChamp[]; venue?: boolean; statut?: number } = {},
  ): Promise<Reponse> => {
    const versions = await listVersions(c.db, c.contrat.id, d.code);
    const [enVigueur] = versions;
    const champs = x.champs ?? { etapes: enVigueur?.etapes || d.etapes.join('\n'), reserve: enVigueur?.texte ?? '' };
    return page({
      ...CADRE,
      titre: 'Corriger une démarche',
      fil: [{ libelle: 'Orientation', href: '/aide/professionnels' }],
      statut: x.statut ?? 200,
      corps: (
        <CorrigerPage d={d} versions={versions} champs={champs} erreurs={x.erreurs ?? []} venue={x.venue ? (enVigueur ?? null) : null} nommer={cat.nomActeur} />
      ),
    });
  };
  return [
    get('/aide/professionnels', accesMetier, async (c) => {
      if (!peutLireReserve(c.utilisateur)) throw interdit('Cette page est aux partenaires qui travaillent sur tout le contrat.');
      const cat = await getCatalogue(c.db, c.contrat.id);
      const codes = g.demarches.map((d) => d.code);
      const [corrections, reserves] = [await listCorrections(c.db, c.contrat.id, codes), await listReserves(c.db, c.contrat.id, codes)];
      const demarches = g.demarches.map((d) => ({
        d: lireDemarche(d, corrections.get(d.code)),
        reserve: reserves.get(d.code) ?? null,
        corrigible: peutCorriger(c.utilisateur, visee(cat, d), cat.contient),
      }));
      return page({
        ...CADRE,
        titre: 'Orientation',
        corps: <ProfessionnelsPage demarches={demarches} nommer={cat.nomActeur} verifie={peutVerifier(c.utilisateur)} />,
      });
    }),
    get('/aide/demarches/:demarche/corriger', accesMetier, async (c) => formulaire(c, await ouvrir(c))),
    post('/aide/demarches/:demarche/corriger', accesMetier, async (c) => {
      const o = await ouvrir(c);
      await tenirDemarche(c.db, c.contrat.id, o.d.code);
      const [enVigueur] = await listVersions(c.db, c.contrat.id, o.d.code);
      // A field that does not come in is left as it is.
      const dit = (v: unknown, avant: string) => (v === undefined ? avant : texte(v));
      const champs = { etapes: dit(c.corps.etapes, enVigueur?.etapes ?? ''), reserve: dit(c.corps.reserve, enVigueur?.texte ?? '') };
      const version = enVigueur?.version ?? 0;
      if (texte(c.corps.version) !== String(version)) return formulaire(c, o, { champs, venue: true, statut: 409 });
      const lu = lire(correctionSchema, champs);
      if (!lu.ok) return formulaire(c, o, { champs, erreurs: lu.erreurs, statut: 422 });
      const directes = lignesDirectes(lu.valeur.etapes, publies);
      if (directes.length > 0) {
        const message = `Ce que lit le public : ${directes.join(', ')} ${directes.length > 1 ? 'ne sont' : 'n’est'} pas dans les numéros publiés. Une ligne directe ou un courriel s’écrit dans la partie réservée aux professionnels.`;
        return formulaire(c, o, { champs, erreurs: [{ champ: 'etapes', message }], statut: 422 });
      }
      // The contract's own steps are no correction.
      const etapes = lu.valeur.etapes === o.d.etapes.join('\n') ? '' : lu.valeur.etapes;
      const vers = redirige(`/aide/demarches/${o.d.code}`);
      if (etapes === (enVigueur?.etapes ?? '') && lu.valeur.reserve === (enVigueur?.texte ?? '')) return vers;
      await addVersion(c.db, c.contrat.id, {
        demarche: o.d.code,
        version: version + 1,
        etapes,
        texte: lu.valeur.reserve,
        organisationId: o.u.organisationId,
        quand: c.maintenant,
      });
      await c.auditer('demarche.corrigee', `/aide/demarches/${o.d.code}`, { version: version + 1 });
      return vers;
    }),
  ];
};
