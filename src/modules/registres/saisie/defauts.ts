/** What a new record starts from: today, the mandate, and the last record of whoever writes. */
import { territoireDe, type Utilisateur } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { abreger } from '../../../core/couper.ts';
import { type Contexte, texte } from '../../../core/http/http.ts';
import type { Activite } from '../activite.ts';
import { type Brut, brutDe, un } from '../brut.rules.ts';
import { nomCourt } from '../champs.tsx';
import type { DefinitionRegistre } from '../definition.ts';
import { ficheImposee, territoiresDe } from '../registres.policy.ts';
import type { Repertoire } from '../registres.repertoire.ts';
import { libelleOption } from '../valeurs.rules.ts';
import { ordreDeSaisie } from './ordre.rules.ts';

/** Sent with the form: another one is wanted once this one is saved. */
export const SUITE = 'suite';

/** The day asked first: what is done is most often done today; what opens or is planned has its own day. */
const jourParDefaut = (d: DefinitionRegistre, aujourdhui: string): string => (d.sens.jour === 'fait' ? aujourdhui : '');

/** A new record, with what hardly changes from one to the next. `derniere`: the last one of this person, or of their organisation. */
export function brutNouveau(c: Contexte, d: DefinitionRegistre, rep: Repertoire, derniere: Activite | null): Brut {
  const k = derniere?.contenu;
  const brut = k ? brutDe(d, k) : {};
  const stables = Object.fromEntries(d.champs.filter((x) => x.stable).map((x) => [`donnees.${x.code}`, brut[`donnees.${x.code}`] ?? '']));
  return {
    ...encoreOffertes(d, stables),
    jour: jourParDefaut(d, jourDe(c.maintenant)),
    organisation_id: c.utilisateur?.organisationId ?? '',
    territoire_id: territoireParDefaut(c.utilisateur, d, rep, k?.territoire_id ?? ''),
    fiches: texte(c.requete.fiche) || ficheImposee(c.utilisateur, d),
    lignes: texte(c.requete.ligne),
  };
}

/** Labels of what a new record takes from the last one: said, for a place kept by mistake is a false figure. */
export function reprisDe(d: DefinitionRegistre, u: Utilisateur | null, brut: Brut, derniere: Activite | null): string[] {
  if (derniere === null) return [];
  const lieu = territoireDe(u) === null && un(brut, 'territoire_id') !== '' ? ['Territoire'] : [];
  return [...lieu, ...d.champs.filter((x) => x.stable && un(brut, `donnees.${x.code}`) !== '').map((x) => x.libelle)];
}

/** The last place, where the mandate allows it; else the mandate's own. */
function territoireParDefaut(u: Utilisateur | null, d: DefinitionRegistre, rep: Repertoire, dernier: string): string {
  const permis = territoiresDe(u, d, rep.descendants);
  const mandat = territoireDe(u);
  if (mandat !== null) return mandat;
  return permis === null || permis.includes(dernier) ? dernier : '';
}

/** A value withdrawn since is not proposed again. */
function encoreOffertes(d: DefinitionRegistre, valeurs: Readonly<Record<string, string | readonly string[]>>): Record<string, string | readonly string[]> {
  return Object.fromEntries(
    Object.entries(valeurs).filter(([nom, v]) => {
      const c = d.champs.find((x) => `donnees.${x.code}` === nom);
      return c?.type !== 'liste' || v === '' || c.options.some((o) => o.code === v && !o.retiree);
    }),
  );
}

/**
 * « Comme la dernière fois » : all but what each one counts or dates. A number of another day, kept by mistake, would be a false figure.
 * `jour`: the one of the record just saved, when several of the same day are entered one after the other.
 */
export function brutCommeAvant(d: DefinitionRegistre, rep: Repertoire, a: Activite, jour: string): Brut {
  const k = a.contenu;
  const brut = brutDe(d, k);
  const propres = d.champs.filter((c) => c.type === 'nombre' || c.type === 'date' || c.type === 'lignes');
  const gardes = Object.fromEntries(
    Object.entries(brut).filter(([nom]) => !propres.some((c) => nom === `donnees.${c.code}` || nom.startsWith(`donnees.${c.code}.`))),
  );
  const titre = k.titre === titreDe(d, rep, brut) ? '' : k.titre;
  return { ...encoreOffertes(d, gardes), titre, jour, fin: '', commentaire: '', etape: 'realisee', annulation: '' };
}

/** « Maraude, 18e »: what a record is called when nobody gives it a name. Empty while it does not say what it is. */
export function titreDe(d: DefinitionRegistre, rep: Repertoire, brut: Brut): string {
  const [quoi] = ordreDeSaisie(d).quoi;
  const code = quoi ? un(brut, `donnees.${quoi.code}`) : '';
  if (quoi?.type !== 'liste' || !quoi.options.some((o) => o.code === code)) return '';
  const lieu = un(brut, 'territoire_id');
  const nom = rep.territoires.has(lieu) ? nomCourt(rep, lieu) : '';
  return abreger([libelleOption(quoi, code), nom].filter((t) => t !== '').join(', '), 200);
}
