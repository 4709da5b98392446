/** The page of a record and its form, with what they need of the tables. */
import { blocDesLieux } from '../lieux/surLEnregistrement.tsx';
import { jourDe } from '../../../core/clock.ts';
import { lireEnsemble } from '../../../core/base/database.ts';
import { type Contexte, page, type Reponse, texte } from '../../../core/http/http.ts';
import type { Activite } from '../activite.ts';
import { un } from '../brut.rules.ts';
import type { DefinitionRegistre } from '../definition.ts';
import { listLots } from '../import/lots.queries.ts';
import { avecCiblesDe, avecCiblesDuBrut, listChoix, quiDe } from '../liens/liens.ts';
import { listRattachements } from '../liens/liens.queries.ts';
import { Rattaches } from '../liens/pages/Rattaches.tsx';
import { OccupationDeLOffre } from '../occupation/Occupation.tsx';
import { listOccupations } from '../occupation/occupation.queries.ts';
import { contenuEnCours, proposerPour } from '../preuves/proposition.ts';
import type { Registres } from '../registres.contexte.ts';
import { organisationsDe, peutCreer, peutGererLot, peutLire, peutOuvrirJournal, territoiresDe } from '../registres.policy.ts';
import type { Repertoire } from '../registres.repertoire.ts';
import { ceNom, liensDe, nouveauNom, pourContrat } from '../registres.rules.ts';
import { contoursConnus } from '../../contrats/index.ts';
import { estEnDetail, VERIFIER } from './ordre.rules.ts';
import { RecordForm, type RecordFormProps } from './pages/RecordForm.tsx';
import { RecordPage } from './pages/RecordPage.tsx';
import type { RefusDActe } from './refus.ts';
import { cheminDe, listVersions } from './saisie.queries.ts';

export const filDe = (d: DefinitionRegistre) => [
  { libelle: 'Registres', href: '/registres' },
  { libelle: d.libelle, href: `/registres/${d.code}` },
];

/** Registers whose records may point to those of this one, that the reader may read. */
async function rattachables(r: Registres, c: Contexte, d: DefinitionRegistre): Promise<{ d: DefinitionRegistre; champs: string[] }[]> {
  const lexique = await r.getLexique(c.db, c.contrat.id);
  return r.definitions
    .filter((x) => peutLire(c.utilisateur, x))
    .map((x) => ({ d: pourContrat(x, lexique), champs: liensDe(x).flatMap((l) => (l.vers === d.code ? [l.code] : [])) }))
    .filter((x) => x.champs.length > 0);
}

/** `refus`: of which act, what is to be mended there, and what was typed. */
export async function detail(
  r: Registres,
  c: Contexte,
  o: { d: DefinitionRegistre; rep: Repertoire; a: Activite; ecrire: boolean },
  refus: RefusDActe | null = null,
): Promise<Reponse> {
  const lecteur = peutLire(c.utilisateur, o.d);
  const sources = lecteur ? await rattachables(r, c, o.d) : [];
  const versions = lecteur ? await listVersions(c.db, c.contrat.id, o.a.id) : [];
  const ids = [o.a.lotId, ...versions.map((v) => v.lotId)].filter((id) => id !== null);
  const lots = lecteur && ids.length > 0 ? await listLots(c.db, { contratId: c.contrat.id, registre: o.d.code }, { limite: ids.length, parId: ids }) : [];
  const contratId = c.contrat.id;
  const rep = await avecCiblesDe(r, quiDe(c), o.d, o.rep, [o.a.contenu, ...versions.map((v) => v.contenu)]);
  const occupation = await occupationDe(c, o);
  const [rattachements, proposition, mouvements] = await lireEnsemble(c.db, [
    () => listRattachements(c.db, contratId, o.a.id, sources),
    () => proposerPour(c.db, r, { contratId, d: o.d, rep: o.rep, contenu: o.a.contenu }),
    () => (lecteur ? r.getMouvements(c.db, contratId, { chemin: cheminDe({ registre: o.d.code, id: o.a.id }), version: o.a.version }) : null),
  ]);
  const vientDEcrire = lecteur && o.a.auteur === c.utilisateur?.nom && jourDe(o.a.modifieLe) === jourDe(c.maintenant);
  return page({
    titre: o.a.contenu.titre,
    statut: refus === null ? 200 : 422,
    largeur: lecteur ? 'travail' : 'public',
    section: 'registres',
    fil: lecteur ? filDe(o.d) : [],
    corps: (
      <RecordPage
        d={o.d}
        rep={rep}
        activite={o.a}
        versions={versions}
        proposition={proposition}
        mouvements={mouvements}
        vientDEcrire={vientDEcrire}
        lots={new Set(lots.filter((lot) => peutGererLot(c.utilisateur, lot, o.d)).map((lot) => lot.id))}
        public={!lecteur}
        auditable={peutOuvrirJournal(c.utilisateur)}
        peutEcrire={o.ecrire}
        peutCreer={peutCreer(c.utilisateur, o.d)}
        refus={refus}
        occupation={occupation}
        rattaches={lecteur ? <Rattaches cibleId={o.a.id} rattachements={rattachements} definitions={sources.map((s) => s.d)} /> : null}
        aujourdhui={jourDe(c.maintenant)}
        blocs={[...(lecteur ? await blocDesLieux(c, o.a.id) : []), ...(lecteur && r.blocs ? await r.blocs(c, { registre: o.d.code, id: o.a.id }) : [])]}
      />
    ),
  });
}

async function occupationDe(c: Contexte, { d, a }: { d: DefinitionRegistre; a: Activite }) {
  if (!d.capacite || !peutLire(c.utilisateur, { code: d.capacite.registre })) return null;
  const au = jourDe(c.maintenant);
  const o = (await listOccupations(c.db, { contratId: c.contrat.id, d, capacite: d.capacite, au }, [a.id])).get(a.id);
  return o ? <OccupationDeLOffre o={o} au={au} toutes={`/registres/${d.code}/occupation`} /> : null;
}

export async function formulaire(
  r: Registres,
  c: Contexte,
  d: DefinitionRegistre,
  rep: Repertoire,
  p: Pick<RecordFormProps, 'brut' | 'erreurs' | 'masques' | 'etonnements'> & { suiteDe?: Activite | null; repris?: readonly string[] },
  a: Activite | null,
  statut = 200,
): Promise<Reponse> {
  const titre = a ? `Corriger ${ceNom(d)}` : nouveauNom(d);
  const action = a ? `/registres/${d.code}/${a.id}/corriger` : `/registres/${d.code}/nouveau`;
  const vides = Math.min(60, (Number(texte(c.corps.lignes_vides)) || 1) + (texte(c.corps.ajouter) === 'lignes' ? 3 : 0));
  const permises = organisationsDe(c.utilisateur, d);
  // A record may belong to another organisation than those offered for a new one: its own stays in the list.
  const organisations = permises === null || a === null ? permises : [...permises, a.contenu.organisation_id];
  const lieux = territoiresDe(c.utilisateur, d, rep.descendants);
  const territoires = lieux === null ? null : [...lieux, un(p.brut, 'territoire_id')];
  const lie = await avecCiblesDuBrut(r, quiDe(c), d, rep, p.brut, a?.contenu);
  const proposition = await proposerPour(c.db, r, { contratId: c.contrat.id, d, rep: lie, contenu: contenuEnCours(d, lie, p.brut) });
  const choix = await listChoix(r, c, d, lie, p.brut);
  const localisable = await contoursConnus(c.db, c.contrat.id);
  const { suiteDe, repris, ...props } = p;
  return page({
    titre,
    statut,
    scripts: ['saisie.js'],
    largeur: 'travail',
    section: 'registres',
    fil: a ? [...filDe(d), { libelle: a.contenu.titre, href: `/registres/${d.code}/${a.id}` }] : filDe(d),
    corps: (
      <RecordForm
        d={d}
        rep={lie}
        choix={choix}
        titre={titre}
        action={action}
        retour={a ? `/registres/${d.code}/${a.id}` : `/registres/${d.code}`}
        organisations={organisations}
        territoires={territoires}
        lignesVides={vides}
        proposition={proposition}
        detailsOuverts={detailsOuverts(c, d, p, a)}
        localisable={localisable}
        aujourdhui={jourDe(c.maintenant)}
        suiteDe={suiteDe ?? null}
        repris={repris ?? []}
        {...props}
      />
    ),
  });
}

/** Open on an error, on what is not simply done, on what was asked from there, and to correct what is already filled. */
function detailsOuverts(c: Contexte, d: DefinitionRegistre, p: Pick<RecordFormProps, 'brut' | 'erreurs'>, a: Activite | null): boolean {
  const ajouter = texte(c.corps.ajouter);
  return (
    a !== null ||
    p.erreurs.some((e) => estEnDetail(d, e.champ)) ||
    ['programmee', 'annulee'].includes(un(p.brut, 'etape')) ||
    (ajouter !== '' && ajouter !== VERIFIER)
  );
}
