// What modules say that they serve, against what the run showed. Both are titles of the vitest report: the declarations are the
// tests of tests/depot/capacites.test.ts, the scenarios are tests named « GOUV-01, ordre-du-jour, vote : … ».

const PROMESSE = /^« ([a-z-]+) », servie par ([a-z]+), est montrée par ([A-Z]+-\d+|\d+\.\d+-\d+[a-z]?)$/;
const SCENARIO = /^([A-Z]+-\d+|\d+\.\d+-\d+[a-z]?)((?:, [a-z][a-z-]*)+) : ./;

/** The system and the capabilities that a title says it shows; null for any other test. */
export function capacitesPromises(titre) {
  const m = SCENARIO.exec(titre);
  return m ? { scenario: m[1], capacites: m[2].slice(2).split(', ') } : null;
}

/** One sentence for each declared capability whose scenario did not pass in this report. */
export function scenariosManquants(rapport) {
  const essais = rapport.testResults.flatMap((f) => f.assertionResults ?? []);
  const reussis = essais.filter((e) => e.status === 'passed').flatMap((e) => capacitesPromises(e.title) ?? []);
  return essais.flatMap((e) => {
    const [, capacite, module, scenario] = PROMESSE.exec(e.title) ?? [];
    if (!capacite || reussis.some((r) => r.scenario === scenario && r.capacites.includes(capacite))) return [];
    return [`« ${capacite} », servie par ${module} : aucun scénario « ${scenario}, ${capacite} : … » n’a réussi`];
  });
}
