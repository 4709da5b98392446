/**
 * The table that people keep today, brought in: all of it or nothing. Each fault says its line, its column and what to write; an act that is
 * here already is counted and left as it is, so that the same table, completed, is sent again.
 */
import { ouvrirFichier } from '../../core/tableur/tableur.ts';
import { cleTexte } from '../../core/mots.ts';
import { invalide } from '../../core/errors.ts';
import { lireDate } from '../../core/jours.ts';
import { type Contexte, lire } from '../../core/http/http.ts';
import type { Catalogue } from '../contrats/index.ts';
import { acteurDe, COLONNES, type Champ, enMots, natureDe, territoireDe, TITRES } from './colonnes.rules.ts';
import { seSigne } from './conventions.rules.ts';
import { auteurDe, tenuDe } from './conventions.contexte.ts';
import { peutConfirmer } from './conventions.policy.ts';
import { buildPartieSchema, conventionSchema, type SaisieConvention } from './conventions.schema.ts';
import { addPartie, createActe } from './ecriture.queries.ts';

export interface Faute {
  ligne: number;
  colonne: string;
  message: string;
}
export interface Bilan {
  crees: string[];
  deja: number;
  /** Signatures noted in the name of organisations of the directory, which are not that of who brings the table in. */
  signees: { acte: string; organisationId: string; partie: string; jour: string }[];
  fautes: Faute[];
}
const LIGNES_MAX = 2000;
const FAUTES_MAX = 200;
const FORMULAIRE_VIDE = { jours: [], heure_de: '', heure_a: '', saison_de: '', saison_a: '', interdits: '', remplace: '' };
interface Lue {
  ligne: number;
  acte: SaisieConvention;
  parties: { organisation: string; nom: string; signataire: string; fonction: string; signee_le: string | null }[];
}
/** What makes two acts the same one: as the table of acts has it. */
const cleDe = (a: SaisieConvention): string => [a.nature, a.porteur, a.titre.toLowerCase()].join('|');
const colonneDe = (champ: string): string => Object.entries(COLONNES).find(([, c]) => c === champ)?.[0] ?? champ;

/** One row, read in the words of the contract. `faute`: notes what is wrong with it. */
function lireLigne(
  ligne: number,
  d: Readonly<Record<Champ, string>>,
  cat: Catalogue,
  aujourdhui: string,
  faute: (champ: string, message: string) => void,
): Lue | null {
  let saine = true;
  const refuser = (champ: string, message: string) => {
    saine = false;
    faute(champ, message);
  };
  const nature = natureDe(d.nature);
  if (!nature) refuser('nature', `« ${d.nature} » : écrivez convention, protocole, charte, arrêté ou protocole de site.`);
  const porteur = acteurDe(cat, d.porteur);
  if (!porteur) refuser('porteur', `« ${d.porteur} » n’est pas une organisation de l’annuaire du contrat : écrivez son nom ou son code comme sur sa page.`);
  const territoires = enMots(d.territoires).flatMap((mot) => {
    const t = territoireDe(cat, mot);
    if (!t) refuser('territoires', `« ${mot} » n’est pas un territoire du contrat.`);
    return t ?? [];
  });
  const systemes = enMots(d.systemes);
  for (const s of systemes)
    if (!cat.systemes.has(s)) refuser('systemes', `« ${s} » n’est pas un dispositif du contrat : écrivez son code, par exemple CONV-01.`);
  const lu = lire(conventionSchema, { ...FORMULAIRE_VIDE, ...d, nature: nature ?? 'convention', porteur: porteur ?? 'x', territoires, systemes });
  if (!lu.ok) for (const e of lu.erreurs) refuser(e.champ, e.message);
  if (lu.ok) for (const l of lu.valeur.lignes) if (!cat.lignes.has(l)) refuser('lignes', `Le contrat n’a pas de ligne « ${l} ».`);
  const mots = enMots(d.parties);
  if (nature && !seSigne(nature) && mots.length > 0) refuser('parties', 'Un arrêté n’a pas de parties : il a une autorité, dans « Tenu par ».');
  const parties = mots.flatMap((mot) => {
    const organisation = acteurDe(cat, mot);
    const partie = lire(buildPartieSchema(aujourdhui), {
      organisation: organisation ?? '',
      nom: organisation ? '' : mot,
      signataire: '',
      fonction: '',
      signee_le: d.signee_le,
    });
    if (!partie.ok) for (const e of partie.erreurs) refuser(e.champ === 'signee_le' ? 'signee_le' : 'parties', e.message);
    return partie.ok ? [partie.valeur] : [];
  });
  if (d.signee_le !== '' && mots.length === 0) {
    const date = lireDate(d.signee_le);
    if (!date.ok) refuser('signee_le', date.message);
    else
      refuser(
        'signee_le',
        nature && !seSigne(nature)
          ? 'Un arrêté ne se signe pas à plusieurs : écrivez ce jour dans « Date d’effet ».'
          : 'Écrivez qui a signé ce jour-là, dans « Parties ».',
      );
  }
  const cles = parties.map((p) => p.organisation || cleTexte(p.nom));
  const double = cles.findIndex((cle, i) => cles.indexOf(cle) !== i);
  if (double >= 0) refuser('parties', `« ${mots[double]} » est nommée deux fois.`);
  return lu.ok && saine ? { ligne, acte: lu.valeur, parties } : null;
}

/** Writes nothing when there is a fault. Throws `invalide` for what is no table of acts. */
export async function importer(c: Contexte, cat: Catalogue, f: { chemin: string; nom: string }, aujourdhui: string): Promise<Bilan> {
  const ouvert = await ouvrirFichier(f.chemin, f.nom, null, TITRES);
  const bilan: Bilan = { crees: [], deja: 0, signees: [], fautes: [] };
  const lues: Lue[] = [];
  let champs: (Champ | null)[] | null = null;
  for await (const l of ouvert.lignes) {
    if (!champs) {
      champs = l.cellules.map((t) => (Object.entries(COLONNES).find(([titre]) => cleTexte(titre) === cleTexte(t))?.[1] as Champ | undefined) ?? null);
      const manquent = (['nature', 'titre', 'porteur'] as const).filter((x) => !champs?.includes(x)).map((x) => `« ${colonneDe(x)} »`);
      if (manquent.length > 0) throw invalide(`« ${f.nom} » n’a pas la colonne ${manquent.join(', ni ')}. Reprenez les titres du modèle, puis recommencez.`);
      continue;
    }
    const noms = champs;
    const brut = Object.fromEntries(noms.flatMap((champ, i) => (champ ? [[champ, (l.cellules[i] ?? '').trim()]] : [])));
    if (Object.values(brut).every((v) => v === '')) continue;
    const complet = { ...Object.fromEntries(Object.values(COLONNES).map((x) => [x, ''])), ...brut } as Record<Champ, string>;
    const dire = (champ: string, message: string) => {
      if (bilan.fautes.length < FAUTES_MAX) bilan.fautes.push({ ligne: l.numero, colonne: colonneDe(champ), message });
    };
    const lue = lireLigne(l.numero, complet, cat, aujourdhui, dire);
    const premiere = lue && lues.find((x) => cleDe(x.acte) === cleDe(lue.acte));
    if (premiere) {
      dire('titre', `Même nature, même titre, même organisation qu’à la ligne ${premiere.ligne} : gardez-en une.`);
      continue;
    }
    if (lue) lues.push(lue);
    if (lues.length > LIGNES_MAX) throw invalide(`« ${f.nom} » a plus de ${LIGNES_MAX} lignes : coupez-le en plusieurs fichiers.`);
  }
  if (bilan.fautes.length > 0) return bilan;
  if (lues.length === 0) throw invalide(`« ${f.nom} » n’a aucune ligne sous ses titres.`);
  const a = auteurDe(c);
  for (const { acte, parties } of lues) {
    const id = await createActe(c.db, c.contrat.id, acte, a);
    if (id === null) {
      bilan.deja++;
      continue;
    }
    const tenu = tenuDe(cat, { ...acte, porteurId: acte.porteur });
    for (const p of parties) {
      const parElle = peutConfirmer(c.utilisateur, tenu, p.organisation || null, cat.contient);
      const partie = await addPartie(c.db, { contratId: c.contrat.id, id }, { ...p, parElle }, a);
      if (partie && p.signee_le && p.organisation && !parElle) bilan.signees.push({ acte: id, organisationId: p.organisation, partie, jour: p.signee_le });
    }
    bilan.crees.push(id);
  }
  return bilan;
}
