/** A document as it is written and sent: new, or in place of another. */
import { readFile } from 'node:fs/promises';
import type { Utilisateur } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { conflit, type ErreurDeChamp, interdit } from '../../../core/errors.ts';
import { type Contexte, lire, liste, page, redirige, type Reponse, texte } from '../../../core/http/http.ts';
import type { Services } from '../../../core/module.ts';
import { CONFIRME, estConfirme } from '../../../ui/Confirmer.tsx';
import { getCatalogue, nomsConnus } from '../../contrats/index.ts';
import { lireDocument } from '../../indicateurs/index.ts';
import { direListe, instancesVues, listDestinataires, type Suite, suiteDeLaListe } from './destinataires.ts';
import { CADRE, FIL, type Ouvert } from './diffusions.contexte.ts';
import { accorderLectures } from './diffusions.dus.ts';
import { peutDiffuserUnDocument } from './diffusions.policy.ts';
import { addLecteurs, createDocument, type DocumentDiffuse, type Lecteur, listLecteurs, retirerDocument } from './diffusions.queries.ts';
import { documentDiffuseSchema, type Liste, listeSchema } from './diffusions.schema.ts';
import { CHEMIN, envoyerAuxLecteurs } from './lien.ts';
import { lireLesNoms } from './noms.rules.ts';
import { EcrirePage } from './pages/EcrirePage.tsx';

const LECTEURS_MAX = 500;
export const PERSONNE: Liste = { roles: [], organisations: [], instances: [] };

interface Essai {
  champs: Readonly<Record<string, string>>;
  choix: { roles: readonly string[]; organisations: readonly string[]; instances: readonly string[] };
  erreurs: readonly ErreurDeChamp[];
  doutes: readonly ErreurDeChamp[];
}
/** Throws 403. */
function exigerDiffusion(c: Contexte): Utilisateur {
  const u = c.utilisateur;
  if (!u || !peutDiffuserUnDocument(u))
    throw interdit('Diffuser un document demande un mandat de coordination, de pilote ou de producteur, sans limite de territoire ni de fiche.');
  return u;
}
async function suiteDe(c: Contexte, d: DocumentDiffuse): Promise<Suite & { anciens: Lecteur[] }> {
  const anciens = await listLecteurs(c.db, c.contrat.id, d.id);
  return { anciens, ...(await suiteDeLaListe(c, d, anciens)) };
}
export async function formulaire(c: Contexte, essai: Essai, remplace: DocumentDiffuse | null): Promise<Reponse> {
  exigerDiffusion(c);
  const cat = await getCatalogue(c.db, c.contrat.id);
  return page({
    ...CADRE,
    titre: remplace ? 'Remplacer le document' : 'Diffuser un document',
    fil: FIL,
    statut: essai.erreurs.length + essai.doutes.length > 0 ? 422 : 200,
    corps: (
      <EcrirePage
        {...essai}
        catalogue={cat}
        instances={remplace ? [] : await instancesVues(c, cat)}
        remplace={remplace}
        partis={remplace ? (await suiteDe(c, remplace)).partis : []}
      />
    ),
  });
}

/** Written once: new, or in place of another, for those of its list. */
export async function diffuser(c: Contexte, s: Pick<Services, 'coffre' | 'adresse'>, remplace: Ouvert | null): Promise<Reponse> {
  const u = exigerDiffusion(c);
  const cat = await getCatalogue(c.db, c.contrat.id);
  const champs = Object.fromEntries(['titre', 'texte', 'lire_avant', 'jusqu_au', 'sans_mineur'].map((k) => [k, texte(c.corps[k])]));
  const choix = { roles: liste(c.corps.roles), organisations: liste(c.corps.organisations), instances: liste(c.corps.instances) };
  const instances = remplace ? [] : await instancesVues(c, cat);
  const lu = lire(documentDiffuseSchema(jourDe(c.maintenant)), champs);
  const lue = remplace
    ? ({ ok: true, valeur: PERSONNE } as const)
    : lire(listeSchema({ organisations: new Set(cat.acteurs.keys()), instances: new Set(instances.map((i) => i.id)) }), choix);
  const recu = await lireDocument(c);
  const erreurs: ErreurDeChamp[] = [...(lu.ok ? [] : lu.erreurs), ...(lue.ok ? [] : lue.erreurs)];
  if (recu && !recu.ok) erreurs.push({ champ: 'fichier', message: recu.message });
  if (champs.texte === '' && !recu) erreurs.push({ champ: 'texte', message: 'Écrivez un texte, ou joignez un fichier.' });
  const noms = lireLesNoms(
    [
      { champ: 'titre', texte: champs.titre ?? '' },
      { champ: 'texte', texte: champs.texte ?? '' },
      ...(recu?.ok ? [{ champ: 'fichier', texte: recu.nom, fichier: true as const }] : []),
    ],
    Number(jourDe(c.maintenant).slice(0, 4)),
    nomsConnus(cat),
  );
  erreurs.push(...noms.erreurs);
  const { doutes } = noms;
  const suite = remplace ? await suiteDe(c, remplace.d) : null;
  const destinataires = suite?.lecteurs ?? (lue.ok ? await listDestinataires(c, lue.valeur) : []);
  if (suite && destinataires.length === 0)
    erreurs.push({ champ: '', message: 'Plus personne de cette liste ne peut le recevoir : retirez ce document, et diffusez-en un autre.' });
  else if (lue.ok && destinataires.length === 0)
    erreurs.push({ champ: 'roles', message: 'Personne n’est sur cette liste : choisissez des rôles, des organismes ou des instances.' });
  if (destinataires.length > LECTEURS_MAX)
    erreurs.push({ champ: 'roles', message: `Cette liste a ${destinataires.length} personnes : ${LECTEURS_MAX} au plus. Resserrez-la.` });
  if (!lu.ok || !lue.ok || erreurs.length > 0 || !estConfirme(doutes, c.corps[CONFIRME])) {
    const tous =
      recu && erreurs.every((e) => e.champ !== 'fichier')
        ? [...erreurs, { champ: 'fichier', message: `Choisissez à nouveau « ${recu.ok ? recu.nom : ''} » : un navigateur ne le garde pas.` }]
        : erreurs;
    return formulaire(c, { champs, choix, erreurs: tous, doutes }, remplace?.d ?? null);
  }
  if (
    remplace &&
    !(await retirerDocument(c.db, c.contrat.id, remplace.d.id, { par: u.nom, motif: 'Remplacé par une version plus récente', quand: c.maintenant }))
  )
    throw conflit('Ce document est déjà retiré ou remplacé.');
  const neuf = {
    titre: lu.valeur.titre,
    texte: lu.valeur.texte,
    fichier: recu?.ok ? await readFile(recu.chemin) : null,
    fichierNom: recu?.ok ? recu.nom : '',
    fichierType: recu?.ok ? recu.type : '',
    version: (remplace?.d.version ?? 0) + 1,
    remplace: remplace?.d.id ?? null,
    liste: remplace?.d.liste ?? direListe(lue.valeur, cat, instances),
    pourRoles: remplace?.d.pourRoles ?? lue.valeur.roles,
    pourOrganisations: remplace?.d.pourOrganisations ?? lue.valeur.organisations,
    pourInstances: remplace?.d.pourInstances ?? lue.valeur.instances,
    lireAvant: lu.valeur.lire_avant,
    jusquAu: lu.valeur.jusqu_au,
    organisationId: remplace?.d.organisationId ?? u.organisationId,
    diffusePar: u.nom,
    diffuseLe: c.maintenant,
  };
  const id = await createDocument(c.db, c.contrat.id, neuf);
  const lecteurs = await addLecteurs(c.db, c.contrat.id, id, destinataires, c.maintenant);
  await envoyerAuxLecteurs(c.db, c.contrat.id, s, { ...neuf, id }, lecteurs, cat.nomActeur(neuf.organisationId));
  await accorderLectures(c.db, c.contrat.id, [...(suite?.anciens ?? []).map((l) => l.id), ...lecteurs.map((l) => l.id)], c.maintenant);
  await c.auditer(
    remplace ? 'document.remplace' : 'document.diffuse',
    `${CHEMIN}/${id}`,
    { lecteurs: lecteurs.length, partis: suite?.partis.length ?? 0, version: neuf.version, fichier: recu !== null, confirmes: doutes.length },
    { apres: { doutes } },
  );
  return redirige(`${CHEMIN}/${id}?fait=${remplace ? 'remplace' : 'diffuse'}`);
}
