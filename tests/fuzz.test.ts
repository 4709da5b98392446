import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { empreinteDe } from '../src/core/trace/audit.ts';
import { createCoffre } from '../src/core/coffre.ts';
import { ErreurConfiguration, loadConfig } from '../src/core/config.ts';
import { estLocal } from '../src/core/http/cookies.ts';
import {
  acceptationSchema,
  codeSchema,
  connexionSchema,
  delegationSchema,
  invitationSchema,
  jetonSchema,
  mandatSchema,
} from '../src/modules/comptes/comptes.schema.ts';
import { DEPART, type EnteteChaine, empreinteDuMaillon, lireEntete, verifierChaine } from '../src/modules/comptes/journal/chaine.rules.ts';
import { acteursSchema, contratSchema, ficheSchema, systemesSchema, territoiresSchema } from '../src/modules/contrats/contrats.schema.ts';
import { calculSchema } from '../src/modules/indicateurs/calcul/calcul.schema.ts';
import { lirePeriode } from '../src/modules/indicateurs/periode.rules.ts';
import { lignesCsv } from '../src/core/csv.ts';
import { saisieSchema } from '../src/modules/indicateurs/saisie/saisie.schema.ts';
import { lireBrut } from '../src/modules/registres/brut.rules.ts';
import { lireFiltres } from '../src/modules/registres/liste/filtres.schema.ts';
import { essais, petiteVille } from '../src/modules/registres/registres.fixtures.ts';
import { buildCreation } from '../src/modules/registres/registres.schema.ts';
import { lireBooleen, lireDate, lireNombre } from '../src/modules/registres/valeurs.rules.ts';
import { lireJour, lireNumero, lirePoint, lireEntete as lireTitres, themeDe } from '../src/modules/signalements/import/dialecte.rules.ts';

/** Whatever comes from outside is read or refused: no parser throws, none lets through what it must stop. */
const texte = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc.constantFrom('', ' ', '\u0000', '=1+1', '-3', '1e999', '٣', '2026-02-30', '31/02/2026', '{"lon": 1}'),
);
const champs = fc.dictionary(
  fc.oneof(
    texte,
    fc.constantFrom('jour', 'titre', 'territoire_id', 'organisation_id', 'lignes', 'donnees.theme', 'donnees.suites.0.quoi', 'q', 'tri', 'page', '__proto__'),
  ),
  fc.oneof(texte, fc.array(texte, { maxLength: 3 })),
  { maxKeys: 12 },
);

// The same inputs every time, so that a failure is someone's change; another seed hunts for more.
fc.configureGlobal({ seed: Number(process.env.CONCORDE_GRAINE ?? 20261124) });

describe('Ce qui vient du dehors', () => {
  test('une redirection ne mène jamais ailleurs', () => {
    const bouts = fc.constantFrom('/', '//', '\\', '/\\', 'https:', 'javascript:', 'ailleurs.fr', '@', '\t', '\n', '.', '%2f', '?', '#', 'registres');
    fc.assert(
      fc.property(
        fc.oneof(
          texte,
          fc.array(bouts, { maxLength: 6 }).map((b) => b.join('')),
        ),
        (v) => {
          const mene = URL.canParse(v, 'https://concorde.example') ? new URL(v, 'https://concorde.example').origin : 'nulle part';
          if (estLocal(v)) expect(mene).toBe('https://concorde.example');
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('un nombre écrit en français se relit ; rien d’autre ne devient un nombre', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999_999 }), fc.integer({ min: 0, max: 99 }), (n, d) => {
        const ecrit = `${n.toLocaleString('fr-FR')},${String(d).padStart(2, '0')}`;
        const lu = lireNombre(ecrit, { entier: false });
        expect(lu.ok && lu.valeur).toBeCloseTo(n + d / 100, 6);
      }),
    );
    fc.assert(
      fc.property(texte, fc.boolean(), (v, entier) => {
        const lu = lireNombre(v, { entier });
        expect(!lu.ok || lu.valeur === null || Number.isFinite(lu.valeur)).toBe(true);
      }),
    );
  });

  test('dates, périodes, points, numéros : lus ou refusés, jamais inventés', () => {
    fc.assert(
      fc.property(texte, (v) => {
        const date = lireDate(v);
        if (date.ok && date.valeur !== null) expect(new Date(date.valeur).toISOString().slice(0, 10)).toBe(date.valeur);
        const jour = lireJour(v);
        if (jour !== null) expect(jour).toMatch(/^\d{4}-\d{2}-\d{2}/);
        const point = lirePoint(v);
        if (point !== null) expect(point.every(Number.isFinite)).toBe(true);
        const periode = lirePeriode(v);
        if (periode !== null) expect(periode.debut < periode.fin).toBe(true);
        lireNumero(v, v);
        lireBooleen(v);
        themeDe(v, v);
        lireTitres([v, v]);
      }),
      { numRuns: 2000 },
    );
  });

  test('un formulaire de registre et ses filtres ne tombent jamais', () => {
    const schema = buildCreation(essais, petiteVille);
    fc.assert(
      fc.property(champs, (b) => {
        const lu = lireBrut(essais, petiteVille, schema, b);
        expect(lu.contenu !== null || lu.erreurs.length > 0).toBe(true);
        lireFiltres(essais, petiteVille, b);
      }),
      { numRuns: 1000 },
    );
  });

  test('aucun schéma ne lève d’exception, ce qui est refusé dit où', () => {
    const schemas = [
      ...[connexionSchema, codeSchema, acceptationSchema, mandatSchema, invitationSchema, delegationSchema, jetonSchema, saisieSchema],
      ...[calculSchema, contratSchema, ficheSchema, acteursSchema, territoiresSchema, systemesSchema],
    ];
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.jsonValue(), champs), (v) => {
        for (const s of schemas) {
          const lu = s.safeParse(v);
          if (!lu.success) expect(lu.error.issues.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('une cellule exportée ne s’exécute pas dans un tableur', () => {
    fc.assert(
      fc.property(texte, (v) => {
        const nue = lignesCsv([[v]])
          .replace(/\r\n$/, '')
          .replace(/^"([\s\S]*)"$/, '$1');
        expect(/^[=+\-@\t\r]/.test(nue)).toBe(false);
        expect(nue.replaceAll('""', '"').replace(/^'(?=[=+\-@\t\r])/, '')).toBe(v.startsWith("'") && /^'[=+\-@\t\r]/.test(v) ? v.slice(1) : v);
      }),
    );
  });

  test('un export du journal touché n’importe où n’est plus valide', async () => {
    let avant = DEPART.empreinte;
    const maillons = Array.from({ length: 6 }, (_, i) => {
      const ligne = JSON.stringify([i + 1, '2026-01-01T00:00:00.000Z', null, null, null, 'essai.fait', `/x/${i}`, null, null, {}, null]);
      const m = { id: i + 1, precedente: avant, empreinte: empreinteDuMaillon(avant, ligne), ligne };
      avant = m.empreinte;
      return m;
    });
    const entete: EnteteChaine = { type: 'chaine', version: 1, contrat: 'c', exporteLe: '', depart: DEPART, tete: { numero: 6, empreinte: avant }, sceaux: [] };
    const lignes = [entete, ...maillons].map((x) => JSON.stringify(x));
    async function* lire(l: readonly string[]) {
      yield* l;
    }
    expect((await verifierChaine(lire(lignes))).valide).toBe(true);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 6 }), fc.nat(), fc.string({ minLength: 1, maxLength: 1 }), async (i, ou, par) => {
        const l = lignes[i] ?? '';
        const touchee = l.slice(0, ou % l.length) + par + l.slice((ou % l.length) + 1);
        fc.pre(touchee !== l && JSON.stringify(lireOuRien(touchee)) !== l);
        const v = await verifierChaine(lire(lignes.map((x, j) => (j === i ? touchee : x))));
        expect([v.valide, v.premiereRupture]).not.toEqual([true, null]);
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(texte, (v) => {
        expect(lireEntete(v)).toBe(null);
      }),
    );
  });

  test('l’empreinte ne dépend pas de l’ordre des champs ; le coffre refuse un seul bit changé', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (o) => {
        const inverse = Object.fromEntries(Object.entries(o).reverse());
        expect(empreinteDe(inverse)).toBe(empreinteDe(o));
      }),
    );
    const coffre = createCoffre(randomBytes(32));
    fc.assert(
      fc.property(texte, fc.nat(), (clair, bit) => {
        const ferme = coffre.chiffrer(clair);
        expect(coffre.dechiffrer(ferme)).toBe(Buffer.from(clair, 'utf8').toString('utf8'));
        const touche = Buffer.from(ferme);
        const octet = bit % touche.length;
        touche[octet] = (touche[octet] ?? 0) ^ (1 << (bit % 8));
        expect(() => coffre.dechiffrer(touche)).toThrow();
      }),
    );
  });

  test('un réglage se lit ou se refuse par une erreur qui n’en dit pas le secret', () => {
    const secret = 'motdepasse-tres-secret';
    const valeurs = fc.oneof(
      texte,
      fc.constant(`postgresql://u:${secret}@h/b`),
      fc.constantFrom(`mysql://u:${secret}@h/b`, `postgresql//u:${secret}@h/b`, `mysql://h/b?password=${secret}`, `host=h password=${secret}`),
      fc.constant(`http://u:${secret}@h`),
    );
    fc.assert(
      fc.property(
        fc.record({ PORT: texte, DATABASE_URL: valeurs, SMTP_URL: valeurs, OIDC_SECRET: valeurs, CONCORDE_URL: texte }, { requiredKeys: [] }),
        (env) => {
          try {
            loadConfig(env);
          } catch (e) {
            expect(e).toBeInstanceOf(ErreurConfiguration);
            expect((e as Error).message).not.toContain(secret);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

function lireOuRien(l: string): unknown {
  try {
    return JSON.parse(l);
  } catch {
    return null;
  }
}
