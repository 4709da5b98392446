export interface Rapport {
  testResults: { assertionResults?: { title: string; status: string }[] }[];
}
export function capacitesPromises(titre: string): { scenario: string; capacites: string[] } | null;
export function scenariosManquants(rapport: Rapport): string[];
