import { describe, expect, test } from 'vitest';
import { type Mandat, ROLES, type Role, type Utilisateur } from '../../../core/authorize.ts';
import { type Acte, type ActeSurCompte, type Cible, juger, peutConfirmer } from './gestion.policy.ts';
import { A_DEUX, couvreMandat, incompatibilite, SENSIBLES } from './separation.rules.ts';

/**
 * Every composition of acts that give or take a right, up to four steps, by one person who holds one account at the start and the
 * mailbox of every account that person opens. The others do nothing. The policy is the real one; the state moves as the routes move it.
 */
interface Compte extends Cible {
  ouvert: boolean;
}
interface Monde {
  comptes: readonly Compte[];
  /** Accounts in the hands of the person who tries. */
  tenus: readonly string[];
  propositions: readonly { acte: ActeSurCompte; par: string }[];
}
interface Regles {
  juger: (u: Utilisateur, acte: Acte) => 'seul' | 'a-deux' | 'non';
  confirmer: (u: Utilisateur, p: { acte: ActeSurCompte; proposePar: string }) => boolean;
}
type Pas = { dit: string; monde: Monde };

const contient = (grand: string, petit: string) => grand === petit || grand === 'ville';
const VRAIES: Regles = {
  juger: (u, acte) => juger(u, acte, contient).issue,
  confirmer: (u, p) => peutConfirmer(u, p, contient),
};

const m = (role: Role, territoireId: string | null = null): Mandat => ({ role, territoireId, fiche: null, registre: null });
const compte = (id: string, organisationId: string, mandats: Mandat[], gestionnaire = false): Compte => ({
  id,
  organisationId,
  mandats,
  gestionnaire,
  ouvert: true,
});
const DEPART: readonly Compte[] = [
  compte('admin', 'VILLE', [m('administrateur')]),
  compte('coordination', 'DPMP', [m('coordination')]),
  compte('dpo', 'VILLE', [m('dpo')]),
  compte('gestionnaire', 'DPMP', [m('agent', 'nord')], true),
  compte('agent', 'DPMP', [m('agent', 'nord')]),
  compte('cadre', 'VILLE', [m('coordonnateur', 'nord')]),
];
const acteur = (c: Compte): Utilisateur => ({ ...c, nom: c.id, courriel: '', fonction: '', forte: true });

interface Champ {
  roles: readonly Role[];
  lieux: readonly (string | null)[];
  organisations: readonly string[];
}
const TOUT: Champ = { roles: Object.keys(ROLES) as Role[], lieux: [null, 'nord', 'sud'], organisations: ['VILLE', 'DPMP'] };

const dire = (x: Mandat) => `${x.role}${x.territoireId ? `@${x.territoireId}` : ''}`;
const remplacer = (w: Monde, c: Compte): Monde => ({ ...w, comptes: w.comptes.map((x) => (x.id === c.id ? c : x)) });

/** What the routes write for an act that may be done. */
function accomplir(w: Monde, acte: Acte): Monde {
  if (acte.genre === 'inviter') {
    const id = `+${w.comptes.length}`;
    return { ...w, comptes: [...w.comptes, compte(id, acte.organisationId, acte.mandat ? [acte.mandat] : [])], tenus: [...w.tenus, id] };
  }
  const cible = w.comptes.find((c) => c.id === acte.cible.id);
  if (!cible) return w;
  switch (acte.genre) {
    case 'accorder':
    case 'deleguer':
      return remplacer(w, { ...cible, mandats: [...cible.mandats, acte.mandat] });
    case 'finir':
      return remplacer(w, { ...cible, mandats: cible.mandats.filter((x) => dire(x) !== dire(acte.mandat)) });
    case 'fermer':
      return remplacer(w, { ...cible, mandats: [], gestionnaire: false, ouvert: false });
    case 'gestionnaire':
      return remplacer(w, { ...cible, gestionnaire: acte.oui });
  }
}

function* actes(w: Monde, u: Compte, champ: Champ): Generator<Acte> {
  const mandats = champ.roles.flatMap((r) => champ.lieux.map((l) => m(r, l)));
  for (const organisationId of champ.organisations) for (const mandat of [null, ...mandats]) yield { genre: 'inviter', organisationId, mandat };
  for (const cible of w.comptes.filter((c) => c.ouvert)) {
    for (const mandat of mandats) if (!cible.mandats.some((x) => dire(x) === dire(mandat))) yield { genre: 'accorder', cible, mandat };
    for (const mandat of cible.mandats) yield { genre: 'finir', cible, mandat };
    yield { genre: 'fermer', cible };
    yield { genre: 'gestionnaire', cible, oui: !cible.gestionnaire };
    for (const mandat of u.mandats) if (!cible.mandats.some((x) => dire(x) === dire(mandat))) yield { genre: 'deleguer', cible, mandat };
  }
}
const direActe = (u: Compte, a: Acte, aDeux: boolean): string =>
  [u.id, aDeux ? 'propose' : '', a.genre, 'cible' in a ? a.cible.id : a.organisationId, 'mandat' in a && a.mandat ? dire(a.mandat) : '']
    .filter(Boolean)
    .join(' ');

function* suites(w: Monde, regles: Regles, champ: Champ): Generator<Pas> {
  for (const u of w.comptes.filter((c) => c.ouvert && w.tenus.includes(c.id))) {
    for (const acte of actes(w, u, champ)) {
      const issue = regles.juger(acteur(u), acte);
      if (issue === 'seul') yield { dit: direActe(u, acte, false), monde: accomplir(w, acte) };
      if (issue === 'a-deux' && acte.genre !== 'inviter')
        yield { dit: direActe(u, acte, true), monde: { ...w, propositions: [...w.propositions, { acte, par: u.id }] } };
    }
    for (const [i, p] of w.propositions.entries()) {
      // The account may have changed since: the act is judged anew, as the route does.
      const cible = w.comptes.find((c) => c.id === p.acte.cible.id && c.ouvert);
      const proposeur = w.comptes.find((c) => c.id === p.par && c.ouvert);
      if (!cible || !proposeur) continue;
      const acte: ActeSurCompte = { ...p.acte, cible };
      if (regles.confirmer(acteur(u), { acte, proposePar: p.par }) && regles.juger(acteur(proposeur), acte) !== 'non')
        yield { dit: `${u.id} confirme ${p.acte.genre} ${cible.id}`, monde: { ...accomplir(w, acte), propositions: w.propositions.filter((_, j) => j !== i) } };
    }
  }
}
/** Two worlds that differ by the names of new accounts only are one. */
const cle = (w: Monde): string => {
  const nom = (id: string) => (id.startsWith('+') ? decrire(w.comptes.find((c) => c.id === id)) : id);
  const decrire = (c: Compte | undefined) => (c ? `${c.organisationId}/${c.mandats.map(dire).sort().join(',')}/${c.gestionnaire}/${c.ouvert}` : '');
  return JSON.stringify([
    w.comptes.map((c) => `${c.id.startsWith('+') ? '' : c.id}${decrire(c)}`).sort(),
    w.propositions.map((p) => `${nom(p.par)} ${p.acte.genre} ${nom(p.acte.cible.id)} ${'mandat' in p.acte ? dire(p.acte.mandat) : ''}`).sort(),
  ]);
};

/** The shortest way to what must not be; null when there is none. `vus`: how many worlds were reached. */
function chercher(
  qui: string | readonly string[],
  atteint: (w: Monde) => boolean,
  o: { regles?: Regles; champ?: Champ; pas?: number; comptes?: readonly Compte[] } = {},
) {
  const debut: Monde = { comptes: o.comptes ?? DEPART, tenus: [qui].flat(), propositions: [] };
  const vus = new Set([cle(debut)]);
  let front: { monde: Monde; chemin: string[] }[] = [{ monde: debut, chemin: [] }];
  for (let n = 0; n < (o.pas ?? 4); n++) {
    const suivant: typeof front = [];
    for (const { monde, chemin } of front)
      for (const s of suites(monde, o.regles ?? VRAIES, o.champ ?? TOUT)) {
        if (atteint(s.monde)) return { chemin: [...chemin, s.dit], vus: vus.size };
        const k = cle(s.monde);
        if (vus.has(k)) continue;
        vus.add(k);
        suivant.push({ monde: s.monde, chemin: [...chemin, s.dit] });
      }
    front = suivant;
  }
  return { chemin: null, vus: vus.size };
}

const tenus = (w: Monde) => w.comptes.filter((c) => w.tenus.includes(c.id));
const donneesMetier = (w: Monde) => tenus(w).some((c) => c.gestionnaire || c.mandats.some((x) => x.role !== 'administrateur'));
const sansDpo = (w: Monde) => !w.comptes.find((c) => c.id === 'dpo')?.mandats.some((x) => x.role === 'dpo');
/** Somebody else of the first people lost a sensitive role. */
const sensiblePerdu = (qui: string) => (w: Monde) =>
  DEPART.some((d) => d.id !== qui && d.mandats.some((x) => x.role in A_DEUX && !w.comptes.find((c) => c.id === d.id)?.mandats.some((y) => y.role === x.role)));
/** A sensitive role in one more hand than at the start. */
const sensibleGagne = (qui: string) => (w: Monde) => tenus(w).some((c) => c.id !== qui && c.mandats.some((x) => x.role in A_DEUX));
/** The narrow field in which whoever may give almost everything is searched: one role of each kind. */
const PEU: Champ = { roles: ['agent', 'signataire', 'coordination', 'dpo', 'administrateur', 'membre_cellule'], lieux: [null], organisations: ['DPMP'] };

/** What the policy said before: managers counted their organisation, ranks were not compared, nobody confirmed. */
const ANCIENNES: Regles = {
  confirmer: () => false,
  juger: (u, acte) => {
    const a = (...r: Role[]) => u.mandats.some((x) => r.includes(x.role));
    const gere = (o: string) => a('coordination', 'administrateur') || (u.gestionnaire === true && u.organisationId === o);
    const accorde = (r: Role, o: string) =>
      a('coordination')
        ? r !== 'administrateur'
        : (a('administrateur') && r === 'administrateur') || (gere(o) && u.gestionnaire === true && ['agent', 'association', 'producteur'].includes(r));
    const oui = (() => {
      if (acte.genre === 'inviter') return gere(acte.organisationId) && acte.mandat !== null && accorde(acte.mandat.role, acte.organisationId);
      if (acte.cible.id === u.id) return false;
      if (acte.genre === 'deleguer') return acte.cible.organisationId === u.organisationId;
      if (!gere(acte.cible.organisationId)) return false;
      return acte.genre === 'gestionnaire'
        ? a('coordination', 'administrateur')
        : acte.genre !== 'accorder' || accorde(acte.mandat.role, acte.cible.organisationId);
    })();
    return oui ? 'seul' : 'non';
  },
};

describe('Composer les actes qui donnent ou retirent un droit', () => {
  test('de l’administration technique, aucun chemin ne mène aux données', () => {
    const r = chercher('admin', donneesMetier);
    expect(r.chemin).toBeNull();
    expect(r.vus).toBeGreaterThan(50);
  });

  test.each(DEPART.map((c) => c.id).filter((id) => id !== 'dpo'))('%s ne peut écarter seul ni le délégué, ni aucun autre rôle protégé', (qui) => {
    const champ = qui === 'coordination' ? PEU : TOUT;
    expect(chercher(qui, sensiblePerdu(qui), { champ, pas: qui === 'coordination' ? 3 : 4 }).chemin).toBeNull();
  });

  test('le délégué ne donne ni ne retire aucun droit seul', () => {
    expect(chercher('dpo', (w) => sensiblePerdu('dpo')(w) || tenus(w).length > 1).chemin).toBeNull();
  });

  test('la coordination ne se fait pas, seule, une seconde paire d’yeux', () => {
    const r = chercher('coordination', (w) => sensibleGagne('coordination')(w) || sansDpo(w), { champ: PEU, comptes: DEPART.slice(0, 3) });
    expect(r.chemin).toBeNull();
    expect(r.vus).toBeGreaterThan(1000);
  });

  test('un gestionnaire ne donne jamais plus qu’il ne tient, ni hors de son périmètre', () => {
    const deborde = (w: Monde) =>
      w.comptes.some(
        (c) => c.id.startsWith('+') && c.mandats.some((x) => !['agent', 'association'].includes(x.role) || !couvreMandat(m('agent', 'nord'), x, contient)),
      );
    expect(chercher('gestionnaire', deborde, { champ: { ...TOUT, organisations: ['DPMP'] }, pas: 3 }).chemin).toBeNull();
    expect(chercher('gestionnaire', (w) => tenus(w).length > 1, { pas: 1 }).chemin).not.toBeNull();
  });

  test('aucun compte ne cumule deux rôles incompatibles, quoi que composent la coordination et le délégué ensemble', () => {
    const cumul = (w: Monde) => w.comptes.some((c) => c.mandats.some((a) => c.mandats.some((b) => incompatibilite(a.role, b.role) !== null)));
    expect(
      chercher(['coordination', 'dpo'], cumul, {
        champ: { ...PEU, roles: ['dpo', 'administrateur', 'agent', 'financement', 'association'] },
        comptes: DEPART.slice(0, 3),
        pas: 3,
      }).chemin,
    ).toBeNull();
  });

  test('la recherche voit : les anciennes règles ouvrent les données à l’administration et laissent écarter le délégué', () => {
    expect(chercher('admin', donneesMetier, { regles: ANCIENNES }).chemin).not.toBeNull();
    const metier = (w: Monde) => w.comptes.find((c) => c.id === 'admin')?.mandats.some((x) => x.role === 'agent') ?? false;
    expect(chercher('admin', metier, { regles: ANCIENNES, champ: { ...TOUT, lieux: [null], roles: ['administrateur', 'agent'] } }).chemin).toEqual([
      'admin inviter VILLE administrateur',
      expect.stringMatching(/^admin gestionnaire \+\d$/),
      expect.stringMatching(/^\+\d accorder admin agent$/),
    ]);
    expect(chercher('admin', sansDpo, { regles: ANCIENNES }).chemin).toHaveLength(1);
    expect(chercher('gestionnaire', (w) => !w.comptes.find((c) => c.id === 'coordination')?.ouvert, { regles: ANCIENNES }).chemin).toEqual([
      'gestionnaire fermer coordination',
    ]);
  });

  test('elle voit aussi une seule règle gâtée : un rôle donné par un seul ne peut pas confirmer', () => {
    const signataireConfirme: Regles = {
      ...VRAIES,
      confirmer: (u, p) => VRAIES.confirmer(u, p) || (u.id !== p.proposePar && u.mandats.some((x) => x.role === 'signataire')),
    };
    const r = chercher('coordination', sansDpo, { regles: signataireConfirme, champ: PEU, comptes: DEPART.slice(0, 3), pas: 3 });
    expect(r.chemin).toHaveLength(3);
    // The invariant behind it.
    for (const r of Object.values(A_DEUX)) for (const role of [...r.propose, ...r.confirme]) expect(SENSIBLES).toContain(role);
  });
});
