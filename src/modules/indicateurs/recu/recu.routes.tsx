/** Receipts of figures. Public: a receipt says what everyone could read at that moment. */
import { acces } from '../../../core/authorize.ts';
import type { Coffre } from '../../../core/coffre.ts';
import { jourDe } from '../../../core/clock.ts';
import { introuvable } from '../../../core/errors.ts';
import { type Contexte, get, page, redirige, type Route, texte } from '../../../core/http/http.ts';
import { cadrer, type Cadre } from '../cadre.ts';
import { getFigures } from '../chiffres.ts';
import { getFormulaire, listVersionsFormule } from '../formulaires.ts';
import { RecuPage } from './RecuPage.tsx';
import { cheminDuRecu, empreinteDe, lireRecu, type Recu } from './recu.rules.ts';

async function publie(c: Contexte, k: Pick<Cadre, 'f' | 'mesure' | 'periode' | 'territoireId'>): Promise<Recu['chiffre']> {
  const figures = await getFigures(c.db, c.contrat.id, k.f, {
    mesures: [k.mesure.id],
    periodes: [k.periode],
    territoireId: k.territoireId,
    aire: k.f.catalogue.aire(k.territoireId),
    aujourdhui: jourDe(c.maintenant),
  });
  const x = figures.get(k.periode)?.get(k.mesure.id);
  if (!x) throw introuvable('Ce chiffre');
  const { etat, valeur, texte, unite, incomplet, attenduDe, depuis, contributions, attendValidation } = x;
  const collecte = { ...(contributions ? { contributions } : {}), ...(attendValidation ? { attendValidation } : {}) };
  return { etat, valeur, texte, unite, incomplet, attenduDe: [...attenduDe], depuis, ...collecte };
}

export const routes = (coffre: Coffre): Route[] => [
  /** 303 to the receipt of what is published now; 404 unknown measure, period or territory. */
  get('/chiffres/:mesure/recu', acces.public, async (c) => {
    const k = await cadrer(c);
    // A receipt is public.
    if (k.f.catalogue.suivis.has(k.mesure.id)) throw introuvable('Le reçu de ce chiffre');
    const versions = k.f.formules.has(k.mesure.id) ? await listVersionsFormule(c.db, c.contrat.id, k.mesure.id) : [];
    return redirige(
      cheminDuRecu(coffre, {
        contrat: c.contrat.slug,
        mesure: k.mesure.id,
        periode: k.periode,
        territoire: k.territoireId,
        chiffre: await publie(c, k),
        definition: versions[0]?.version ?? null,
        le: c.maintenant.toISOString(),
      }),
    );
  }),
  /** 200 what was published then, beside what is now; 404 never given by this platform, or altered. */
  get('/recu', acces.public, async (c) => {
    const ecrit = texte(c.requete.c);
    const recu = lireRecu(coffre, ecrit);
    if (!recu || recu.contrat !== c.contrat.slug) throw introuvable('Ce reçu');
    const f = await getFormulaire(c.db, c.contrat.id);
    const mesure = f.mesures.get(recu.mesure);
    if (!mesure || !f.catalogue.territoires.has(recu.territoire)) throw introuvable('Le chiffre de ce reçu');
    const maintenant = await publie(c, { f, mesure, periode: recu.periode, territoireId: recu.territoire });
    return page({
      titre: `${mesure.court}, tel que publié`,
      section: 'barometre',
      fil: [
        { libelle: 'Baromètre', href: '/barometre' },
        { libelle: `Fiche ${mesure.fiche}`, href: `/fiches/${mesure.fiche}` },
        { libelle: mesure.id, href: `/chiffres/${mesure.id}` },
      ],
      corps: <RecuPage recu={recu} empreinte={empreinteDe(ecrit)} mesure={mesure} catalogue={f.catalogue} maintenant={maintenant} />,
    });
  }),
];
